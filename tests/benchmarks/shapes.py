"""Measure fluxes of each shape, sent by API, beside ``xmllint --stream --schema`` on the same file.

    python -m tests.benchmarks.shapes [--passages 20000] [--runs 2] [--shapes NAME ...]

Each file goes to a ``mockportal serve --processing manual`` on a data folder: when that answers, it
has received the file and done the first control; then it is told to do the second one. Of each
shape the best run is shown, by wall time and by the CPU time of all the portal's processes. Exits
with 1 when the upload and the first control of one are above its limit by both. Linux only.
"""

import argparse
import os
import platform
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple
from urllib.request import Request, urlopen

from mockportal.client import ApiClient
from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.resources import schema_path
from tests.benchmarks.first_meeting import Limit
from tests.benchmarks.large import Run, told
from tests.benchmarks.large_flux import write_flux
from tests.benchmarks.load import served
from tests.benchmarks.people import registry_of, some_people
from tests.benchmarks.shape_files import SHAPES, Shape
from tests.benchmarks.stock import CERTIFIER
from tests.benchmarks.upload import cpu_of

_PREFIX = "PREFIX"
_NEWEST = "1.1.5"
"""It takes all that the older schemas take."""
_WARMING = 2_000
_PATIENCE = 60.0
_JSON = {"Content-Type": "application/json"}
_MEGABYTE = 1_000_000


class Measure(NamedTuple):
    """What a deposit took the portal, and xmllint on the same file."""

    control: Run
    """The upload and the first control."""
    receipt: float
    """Seconds from the first byte sent to the available receipt: the second control as well."""
    xmllint: Run


def main(words: Sequence[str] | None = None) -> None:
    """Print the table, and exit with 1 when a limit is broken."""
    names = [shape.name for shape in SHAPES]
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=2)
    parser.add_argument("--shapes", nargs="*", choices=names, default=names)
    arguments = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="mockportal-shapes-") as scratch:
        folder = Path(scratch)
        registry_of(folder / "data", arguments.passages)
        people = some_people(folder / "data", arguments.passages)
        plain = folder / "plain.xml"
        with served(folder / "data", "--schema", _NEWEST, "--processing", "manual") as (
            (host, port),
            processes,
        ):
            portal = Portal(f"http://{host}:{port}", processes.first)
            write_flux(plain, people, _WARMING, prefix="WARM")
            portal.deposited(plain)
            write_flux(plain, people, arguments.passages, prefix=_PREFIX)
            text = plain.read_text(encoding="utf-8")
            print(f"{platform.machine()}, Python {platform.python_version()}, "
                  f"{arguments.passages} passages, best of {arguments.runs} runs")  # fmt: skip
            print(f"{'shape':30}{'MB':>6}{'xmllint s':>11}{'control s':>11}{'times':>7}{'CPU':>7}"
                  f"{'receipt s':>11}{'times':>7}  limit")  # fmt: skip
            broken = [
                shape.name
                for shape in SHAPES
                if shape.name in arguments.shapes
                and is_above(shape, text, folder / "flux.xml", portal, arguments.runs)
            ]  # fmt: skip
    if broken:
        raise SystemExit(f"above their limits: {', '.join(broken)}")


def is_above(shape: Shape, text: str, flux: Path, portal: "Portal", runs: int) -> bool:
    """Print the row of a shape; tell whether it is above its limit."""
    limit = Limit(shape.limit)
    measures = []
    for number in range(runs):
        name = f"{SHAPES.index(shape)}-{number}"
        flux.write_bytes(shape.make(text.replace(_PREFIX, name), Random(number)))
        os.sync()  # so that neither waits for it
        yardstick = told("tests.benchmarks.yardstick", str(schema_path(shape.version)), str(flux))
        beside = Run(yardstick["seconds"], yardstick["cpu"])
        control, receipt = portal.deposited(flux)
        measures.append(Measure(control, receipt, beside))
    best = min(measures, key=lambda measure: limit.share(measure.control, measure.xmllint))
    control, receipt, beside = best
    print(
        f"{shape.name:30}{flux.stat().st_size / _MEGABYTE:>6.1f}{beside.wall:>11.2f}"
        f"{control.wall:>11.2f}{control.wall / beside.wall:>7.2f}{control.cpu / beside.cpu:>7.2f}"
        f"{receipt:>11.2f}{receipt / beside.wall:>7.2f}  {limit}",
        flush=True,
    )
    return limit.share(control, beside) > 1


class Portal:
    """A portal that is served, and does the second control when it is told."""

    def __init__(self, url: str, process: int) -> None:
        self._url, self._process = url, process
        self._client = ApiClient(url, CERTIFIER, DEMO_PASSWORD)

    def deposited(self, flux: Path) -> tuple[Run, float]:
        """Deposit a good file; return what the answer took, and the seconds until the receipt."""
        begun, used = time.perf_counter(), cpu_of(self._process)
        with flux.open("rb") as content:
            deposit = self._client.deposit(content, flux.name)
        control = Run(time.perf_counter() - begun, cpu_of(self._process) - used)
        request = Request(f"{self._url}/_mock/process", b"{}", _JSON)  # noqa: S310  # our own
        with urlopen(request) as answer:  # noqa: S310
            answer.read()
        while deposit["status"] == "processing":
            deposit = self._client.look(deposit["id"], wait=_PATIENCE)
        receipt = time.perf_counter() - begun
        if deposit["status"] == "refused":
            raise SystemExit(f"a good file is refused: {self._client.explanation(deposit['id'])}")
        return control, receipt


if __name__ == "__main__":
    main()

"""How long the portal takes for its lists, with many passages stored: in its own process.

    python -m tests.benchmarks.pages [--passages 1000000] [--database URL]

That is the measure of the largest portals: at rest, then while a worker treats a large file.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from random import Random

from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import AccountId
from mockportal.domain.people import Holder
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.deposit import Upload, record
from mockportal.journeys.register import generate_people
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.benchmarks.large_flux import write_flux
from tests.web.visitor import Visitor
from tests.working import deposited, seen

_ACCOUNT = AccountId("CERT00001")
_SMALL = 60
"""Deposits of one passage beside the large one: the history has more than one page."""
_WARM, _REQUESTS = 5, 100
_BOUND, _AT_REST, _AT_WORK = 100, 60, 150
"""Milliseconds that a page may take, at the 95th percentile: these, at rest and at work, with a
million passages stored."""
_LARGEST = 150_000
"""Passages of a file just below the limit of an upload."""
_PEOPLE = 50_000
_TO_START = 3.0


def main() -> None:
    """Measure the lists at rest, and while a large file is treated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--database")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mockportal-pages-") as scratch:
        folder = Path(scratch)
        settings = Settings(data=folder / "portal", database=given.database)
        with assemble(settings) as portal:
            world = portal.desk.stores.worlds.named(DEFAULT_WORLD)
            assert world is not None
            invented = generate_people(portal.desk, world, Random(1), _PEOPLE)
            portal.desk.stores.registry.add(world, invented)
            people = [one for one, _ in portal.desk.stores.registry.everyone(world)]
            flux = folder / "flux.xml"
            _fill(portal, flux, people, given.passages)
            visitor = Visitor(create_app(portal))
            visitor.log_in(_ACCOUNT)
            _print_lists(f"{given.passages} passages stored", visitor, people[0], _AT_REST)
            with _treating(portal, flux, people) as at_work:
                title = f"while {_LARGEST} passages are treated"
                _print_lists(title, visitor, people[0], _AT_WORK)
                print("" if at_work() else "    (the treatment ended before the measure did)")


@contextmanager
def _treating(portal: Portal, flux: Path, people: list[Holder]) -> Iterator[Callable[[], bool]]:
    """Have a worker process treat a large file; yield what tells whether it still does."""
    account = portal.desk.stores.organisations.account(_ACCOUNT)
    assert account is not None
    write_flux(flux, people, _LARGEST, prefix="MEANWHILE")
    with flux.open("rb") as content:
        deposit = record(portal.desk, account, Upload(flux.name, content))
    assert isinstance(deposit, Deposit)
    portal.desk.stores.agenda.free(deposit.id)
    settings = portal.settings
    kept = ["--database", settings.database] if settings.database else []
    command = [sys.executable, "-m", "mockportal", "worker", "--data", str(settings.data), *kept]
    with subprocess.Popen(command) as worker:
        time.sleep(_TO_START)
        yield lambda: seen(portal.desk, deposit.id).status is Status.PROCESSING
        worker.terminate()


def compare_pages(folder: Path, people: list[Holder], passages: int) -> None:
    """Print a row for each list: the median, what 95 of 100 requests keep to, the processor's time.

    The last tells how much of the others is a busy machine.
    """
    with assemble(Settings(data=folder / "portal")) as portal:
        _fill(portal, folder / "flux.xml", people, passages)
        visitor = Visitor(create_app(portal))
        visitor.log_in(_ACCOUNT)
        _print_lists(f"pages with {passages} passages stored", visitor, people[0], _BOUND)


def _print_lists(title: str, visitor: Visitor, first: Holder, bound: int) -> None:
    print(f"\n{title:42}{'p50 ms':>10}{'p95 ms':>9}{'cpu ms':>9}")
    for name, path in (
        ("first page of the passages", "/passages"),
        ("history of the deposits", "/depots"),
        ("search by the start of a name", f"/passages?nom={first.birth_name[:4]}"),
        ("search by the start of an identifier", "/passages?debut=PAGES/2026_9"),
        ("access by an identifier", "/passages/acces?identifiant=PAGES/2026_7_JMRIN_900"),
    ):
        taken = [_milliseconds(visitor, path) for _ in range(_WARM + _REQUESTS)][_WARM:]
        times, worked = zip(*taken, strict=True)
        p95 = statistics.quantiles(times, n=20)[-1]
        late = "" if p95 <= bound else f"   over {bound}"
        cpu = statistics.median(worked)
        print(f"{name:42}{statistics.median(times):>10.1f}{p95:>9.1f}{cpu:>9.1f}{late}", flush=True)


def _fill(portal: Portal, flux: Path, people: list[Holder], passages: int) -> None:
    account = portal.desk.stores.organisations.account(_ACCOUNT)
    if account is None:
        raise SystemExit(f"no {_ACCOUNT}")
    for first in range(0, passages, _LARGEST):
        here = min(_LARGEST, passages - first)
        write_flux(flux, people, here, prefix="PAGES" if not first else f"PAGES{first}")
        with flux.open("rb") as content:
            deposit = deposited(portal.desk, account, flux.name, content)
        # Among invented people a few are homonyms that no datum tells apart.
        if deposit.accepted < 0.99 * here:
            raise SystemExit(f"expected {here} accepted passages, got {deposit.accepted}")
    for number in range(_SMALL):
        write_flux(flux, people[number : number + 1], 1, prefix=f"SMALL{number}")
        deposited(portal.desk, account, f"small-{number}.xml", BytesIO(flux.read_bytes()))


def _milliseconds(visitor: Visitor, path: str) -> tuple[float, float]:
    begun, cpu = time.perf_counter(), time.process_time()
    answer = visitor.get(path)
    taken, worked = time.perf_counter() - begun, time.process_time() - cpu
    if answer.status_code not in (200, 303):
        raise SystemExit(f"{path}: {answer.status}")
    return taken * 1_000, worked * 1_000


if __name__ == "__main__":
    main()

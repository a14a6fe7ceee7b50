"""Measure what each command, page, export and call takes at N passages, and at four times as many.

    python -m tests.benchmarks.growth [--passages 20000]

All passages OK, then all KO, each in a portal of its own. A file of one passage is measured, too,
and taken off: what a start costs says nothing about growth. Seconds are those of the processors, of
this process and of those that it starts: what else the machine does hardly changes them. Exits with
1 when something takes more than 5.5 times as long for four times the data.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from mockportal.assembly import assemble
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import AccountId
from mockportal.domain.people import Holder
from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.settings import Settings
from mockportal.web import create_app
from mockportal.workers import collect_rarely
from tests.benchmarks.large_flux import write_flux
from tests.benchmarks.people import registry_of, some_people
from tests.benchmarks.stock import CERTIFIER
from tests.served_here import served_here
from tests.web.visitor import Visitor
from tests.working import deposited

MOST = 5.5
"""Times as long, at most, for four times the data."""
_MORE = 4
_SHORTEST = 0.5
"""Seconds below which a measure tells nothing: a start takes as much longer now and then."""
_STRANGER = " INCONNU"
_PAGES = (
    "/depots", "/depots/{id}", "/depots/{id}/acceptes", "/passages", "/passages?tri=nom",
    "/chiffres", "/passages/export.csv", "/passages/export.xlsx",
    "/depots/{id}/accuse-de-traitement",
    "/depots/{id}/accuse-de-traitement.csv", "/depots/{id}/accuse-de-traitement.xlsx",
    "/depots/{id}/passages-ko.xml", "/coulisses",
)  # fmt: skip
_CALLS = (
    "/api/v1/deposits", "/api/v1/deposits/{id}", "/api/v1/deposits/{id}/receipt",
    "/api/v1/deposits/{id}/explanation", "/api/v1/passages", "/_mock/state", "/_mock/coverage",
    "/_mock/requests", "/_mock/journal",
)  # fmt: skip
Seconds = dict[str, float]


def main() -> None:
    """Print the table, and exit with 1 when something grows faster than the data."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=20_000)
    passages = parser.parse_args().passages
    print(f"{'':52}{passages:>9}{_MORE * passages:>9}{'ratio':>8}")
    too_fast = [name for name, ratio in compared(passages) if ratio > MOST]
    if too_fast:
        raise SystemExit(f"more than {MOST} times for {_MORE} times the data: {too_fast}")


def compared(passages: int) -> Iterator[tuple[str, float]]:
    """Yield each measure with its ratio, and print it."""
    for verdict in ("OK", "KO"):
        base, few, many = (measured(size, verdict) for size in (1, passages, _MORE * passages))
        for name, seconds in many.items():
            ratio = times(seconds - base[name], few[name] - base[name])
            title = f"{name}, all {verdict}"
            print(f"{title:52}{few[name]:>9.2f}{seconds:>9.2f}{ratio:>8.1f}", flush=True)
            yield title, ratio


def times(many: float, few: float) -> float:
    """Return how many times as long; 1 where it is too short to tell."""
    return 1.0 if many < _SHORTEST else many / max(few, _SHORTEST / 2)


def measured(passages: int, verdict: str) -> Seconds:
    """Return the seconds of everything, in a new portal that knows as many people."""
    collect_rarely()
    with tempfile.TemporaryDirectory(prefix="mockportal-growth-") as scratch:
        folder = Path(scratch)
        data = folder / "portal"
        registry_of(data, passages)
        people = some_people(data, passages)
        if verdict == "KO":
            people = [one._replace(birth_name=one.birth_name + _STRANGER) for one in people]
        flux = folder / "flux.xml"
        write_flux(flux, people, passages, prefix="GROWTH")
        return {**commands(folder, data, flux, passages), **visits(folder, data, flux, people)}


def commands(folder: Path, data: Path, flux: Path, passages: int) -> Seconds:
    """Return the seconds of the commands that need no portal that is served."""
    own, table = ("--data", str(data)), folder / "people.csv"
    new = iter(folder / f"new{number}" for number in range(9))

    def fresh() -> tuple[str, str]:
        return "--data", str(next(new))

    return {
        "check": ran("check", *own, flux),
        "check --junit": ran("check", *own, "--junit", folder / "junit.xml", flux),
        "check --json": ran("check", *own, "--json", flux),
        "check --registry open": ran("check", *own, "--registry", "open", flux),
        "registry learn": ran("registry", "learn", *fresh(), flux),
        "registry generate": ran("registry", "generate", *fresh(), "--holders", passages),
        "registry export": ran("registry", "export", *own, table),
        "registry import": ran("registry", "import", *fresh(), without_nir(table)),
    }


def without_nir(table: Path) -> Path:
    """Return a people file whose NIR are left to the import."""
    head, *rows = table.read_text(encoding="utf-8").splitlines()
    at = head.split(",").index("nir")
    bare = [",".join([*cells[:at], "", *cells[at + 1 :]]) for cells in map(_cells, rows)]
    made = table.with_name("bare.csv")
    made.write_text("\n".join([head, *bare]) + "\n", encoding="utf-8")
    return made


def _cells(row: str) -> list[str]:
    return row.split(",")


def visits(folder: Path, data: Path, flux: Path, people: list[Holder]) -> Seconds:
    """Return the seconds of deposits, pages, exports and calls."""
    seconds: Seconds = {}
    with served_here(data=data) as served:
        seconds["deposit --junit"] = ran(
            "deposit", "--url", f"http://127.0.0.1:{served.port}", "--account", CERTIFIER,
            "--password", DEMO_PASSWORD, "--junit", folder / "deposit.xml", "--wait", "600", flux,
        )  # fmt: skip
    learned = folder / "open.xml"
    write_flux(learned, people, len(people), prefix="OPEN")
    with assemble(Settings(data=folder / "open", open_registry=True)) as portal:
        account = portal.desk.stores.organisations.account(AccountId(CERTIFIER))
        assert account is not None

        def deposit() -> Deposit:
            with learned.open("rb") as content:
                return deposited(portal.desk, account, "open.xml", content)

        seconds["deposit, open registry"] = timed(deposit)
    with assemble(Settings(data=data)) as portal:
        app = create_app(portal)
        visitor = Visitor(app)
        visitor.log_in(CERTIFIER)
        client = app.test_client()
        auth = (CERTIFIER, DEMO_PASSWORD)
        listed = client.get("/api/v1/deposits", auth=auth).get_json()["items"]
        for path in _PAGES:
            seconds[path] = asked(lambda p=path: visitor.get(p.format(id=listed[0]["id"])))  # type: ignore[misc]  # bound now
        for path in _CALLS:
            seconds[path] = asked(
                lambda p=path: client.get(p.format(id=listed[0]["id"]), auth=auth, buffered=True)  # type: ignore[misc]  # likewise
            )
        flux_bytes = flux.read_bytes()
        seconds["/_mock/learn"] = asked(
            lambda: client.post("/_mock/learn", data=flux_bytes, content_type="application/xml")
        )
    archive = folder / "journal.zip"
    seconds["journal export"] = ran("journal", "export", "--data", data, archive)
    seconds["journal replay"] = ran("journal", "replay", "--data", folder / "again", archive)
    seconds["coverage"] = ran("coverage", "--data", data)
    return seconds


def asked(visit: Callable[[], object]) -> float:
    """Return the seconds of a visit, which must be answered well or with « there is none »."""
    answers: list[object] = []
    seconds = timed(lambda: answers.append(visit()))
    status = getattr(answers[0], "status_code", 200)
    if status >= 500:
        raise SystemExit(f"{answers[0]} of {visit}")
    return seconds


def ran(*words: object) -> float:
    """Return the seconds of a command in a process of its own; raise SystemExit where it fails."""
    command = [sys.executable, "-m", "mockportal", *map(str, words)]
    begun = processor_seconds()
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    if done.returncode > 1:
        raise SystemExit(f"{words}: {done.returncode}\n{done.stderr[-2000:]}")
    return processor_seconds() - begun


def timed(work: Callable[[], object]) -> float:
    """Return the seconds of something done in this process."""
    begun = processor_seconds()
    work()
    return processor_seconds() - begun


def processor_seconds() -> float:
    """Return what this process has used so far, and those that it has started and seen end."""
    return sum(os.times()[:4])


if __name__ == "__main__":
    main()

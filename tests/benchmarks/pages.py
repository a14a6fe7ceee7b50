"""How long the portal takes for its lists, with many passages stored: in its own process.

    python -m tests.benchmarks.pages [--passages 1000000] [--folder DIR] [--requests 100]
        [--files 5] [--database URL] [--at-rest]

That is the measure of the largest portals: at rest, then, of first pages and searches, while a
worker beside treats files of 200 000 passages one after the other. A portal that is kept in
``--folder`` is used again; each measure at work adds those files to it. Of each page: the median
and what 95 of 100 requests keep to, in milliseconds, and the median of this process's own CPU time,
which other work on the machine disturbs less.
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from mockportal.assembly import Portal
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import DepositId
from mockportal.domain.organisations import Account
from mockportal.domain.passages import PassageSearch
from mockportal.journeys.consult import deposits_of
from mockportal.journeys.deposit import Upload, record
from mockportal.journeys.figures import recount_figures
from mockportal.web import create_app
from tests.benchmarks.large_flux import write_flux
from tests.benchmarks.stock import (
    CERTIFIER,
    DEPOSITOR,
    LARGEST,
    OTHER_CERTIFIER,
    account_of,
    people_of,
    stocked,
)
from tests.web.visitor import Visitor
from tests.working import seen

_WARM = 3
_AT_REST, _AT_WORK = 60, 150
"""Milliseconds that a list may take, at the 95th percentile, with a million passages stored."""
_PAGE, _ALL = 25, PassageSearch()
_OFTEN_ENOUGH = 20
"""Requests below which a 95th percentile says little."""
_TO_START, _TO_END = 120.0, 600.0


class Row(NamedTuple):
    """A page that somebody looks at; ``listed``: it is one of those with a bound."""

    who: Visitor
    name: str
    path: str
    listed: bool = True


class Taken(NamedTuple):
    """Milliseconds of one request, and of this process's CPU time."""

    wall: float
    cpu: float


def main() -> None:
    """Measure the lists at rest, and while a large file is treated."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--requests", type=int, default=100)
    parser.add_argument("--database")
    parser.add_argument("--files", type=int, default=5, help="that are treated one by one")
    parser.add_argument("--at-rest", action="store_true", help="only")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mockportal-pages-") as scratch:
        folder = given.folder or Path(scratch)
        with stocked(folder, given.passages, given.database) as portal:
            rows = _rows(portal)
            _print_at_rest(f"about {given.passages} passages stored", rows, given.requests)
            if given.at_rest:
                return
            rows = [row for row in rows if "first page" in row.name or "search" in row.name]
            with _treating(portal, folder / "flux.xml", given.files) as at_work:
                taken = _measured(rows, given.requests, at_work)
            _print(f"while {LARGEST} passages are treated", rows, taken, _AT_WORK)


def compare_pages(folder: Path, passages: int) -> None:
    """Print a row for each list, with about so many passages stored in a new portal."""
    with stocked(folder, passages) as portal:
        _print_at_rest(f"pages with {passages} passages stored", _rows(portal), 100)


def _print_at_rest(title: str, rows: list[Row], requests: int) -> None:
    _print(title, rows, _measured(rows, requests, lambda: True), _AT_REST)


def _rows(portal: Portal) -> list[Row]:
    while recount_figures(portal.desk):  # a worker's upkeep, which is not measured
        pass
    app = create_app(portal)
    rows = []
    for identifier in (CERTIFIER, DEPOSITOR, OTHER_CERTIFIER):
        visitor, account = Visitor(app), account_of(portal, identifier)
        visitor.log_in(identifier)
        rows += [
            row._replace(name=f"{identifier} {row.name}")
            for row in (*_lists(portal, visitor, account), *_others(portal, visitor, account))
        ]
    return rows


def _lists(portal: Portal, visitor: Visitor, account: Account) -> Iterator[Row]:
    name = people_of(portal)[0].birth_name
    for words, path in (
        ("passages, first page", "/passages"),
        ("history, first page", "/depots"),
        ("search: name begins", f"/passages?nom={name[:4]}"),
        ("search: first letter of a name", f"/passages?nom={name[0]}"),
        ("search: identifier begins", "/passages?debut=STOCK1/2026_9"),
        ("search: a common beginning", "/passages?debut=STOCK"),
        ("search: whole identifier", "/passages/acces?identifiant=STOCK1/2026_7"),
        ("search: a certification", "/passages?certification=RNCP90002"),
        ("search: two days", "/passages?du=2026-09-10&au=2026-09-11"),
        ("search: three criteria",
         f"/passages?nom={name[:4]}&certification=RNCP90002&du=2026-09-10"),
        ("passages by name", "/passages?tri=nom"),
        ("passages by date", "/passages?tri=validite"),
        ("history, refused", "/depots?statut=refused"),
        ("history, since a day", "/depots?du=2026-01-01"),
    ):  # fmt: skip
        yield Row(visitor, words, path)
    passages = portal.desk.stores.passages.page(account.organisation, _ALL, 1, _PAGE)
    deposits = deposits_of(portal.desk, account, size=_PAGE)
    for words, place, total, beside in (
        ("passages", "/passages", passages.total, passages.items[-1].id),
        ("history", "/depots", deposits.total, deposits.items[-1].processing_id),
    ):
        last = max(1, -(-total // _PAGE))
        yield Row(visitor, f"{words}, next page", f"{place}?page=2&apres={beside}")
        yield Row(visitor, f"{words}, middle page by number", f"{place}?page={max(1, last // 2)}")
        yield Row(visitor, f"{words}, last page", f"{place}?page={last}")


def _others(portal: Portal, visitor: Visitor, account: Account) -> Iterator[Row]:
    yield Row(visitor, "figures", "/chiffres", listed=False)
    yield Row(visitor, "passports", "/passeport", listed=False)
    newest = deposits_of(portal.desk, account, size=1_000_000).items
    largest = max(newest, key=lambda one: (one.rejected, one.accepted))
    address = f"/depots/{largest.id}"
    yield Row(visitor, f"deposit with {largest.rejected} KO", address, listed=False)
    last = -(-largest.accepted // _PAGE)
    yield Row(visitor, "its accepted passages, last page", f"{address}/acceptes?page={last}",
              listed=False)  # fmt: skip


@contextmanager
def _treating(portal: Portal, flux: Path, files: int) -> Iterator[Callable[[], bool]]:
    """Have a worker process treat large files in turn; yield what tells whether it still does."""
    deposits = [_recorded(portal, flux) for _ in range(files)]
    first, last = deposits[0], deposits[-1]
    settings = portal.settings
    kept = ["--database", settings.database] if settings.database else []
    command = [sys.executable, "-m", "mockportal", "worker", "--data", str(settings.data), *kept]
    with subprocess.Popen(command) as worker:
        try:
            _wait_until(_TO_START, lambda: seen(portal.desk, first).accepted > 0)
            yield lambda: _at_work(portal, last)
            _wait_until(_TO_END, lambda: not _at_work(portal, last))
        finally:
            worker.terminate()


def _recorded(portal: Portal, flux: Path) -> DepositId:
    write_flux(flux, people_of(portal), LARGEST, prefix=f"{time.time_ns():x}", terse=True)
    with flux.open("rb") as content:
        deposit = record(portal.desk, account_of(portal, CERTIFIER), Upload(flux.name, content))
    assert isinstance(deposit, Deposit)
    portal.desk.stores.agenda.free(deposit.id)
    return deposit.id


def _at_work(portal: Portal, deposit: DepositId) -> bool:
    return seen(portal.desk, deposit).status is Status.PROCESSING


def _wait_until(seconds: float, come: Callable[[], bool]) -> None:
    until = time.monotonic() + seconds
    while not come():
        if time.monotonic() > until:
            raise SystemExit("the worker does not get on")
        time.sleep(0.05)


def _measured(rows: list[Row], requests: int, at_work: Callable[[], bool]) -> list[list[Taken]]:
    """Ask for all pages in turn, as often as told or while there is work."""
    for row in rows * _WARM:
        _asked_for(row)
    taken: list[list[Taken]] = [[] for _ in rows]
    for _ in range(requests):
        for row, times in zip(rows, taken, strict=True):
            if not at_work():
                return taken
            times.append(_asked_for(row))
    return taken


def _asked_for(row: Row) -> Taken:
    begun, cpu = time.perf_counter(), time.process_time()
    answer = row.who.get(row.path)
    once = Taken((time.perf_counter() - begun) * 1_000, (time.process_time() - cpu) * 1_000)
    if answer.status_code not in (200, 303, 404):
        raise SystemExit(f"{row.path}: {answer.status}")
    return once


def _print(title: str, rows: list[Row], taken: list[list[Taken]], bound: int) -> None:
    print(f"\n{title:52}{'times':>7}{'p50 ms':>9}{'p95 ms':>9}{'cpu ms':>9}")
    for row, times in zip(rows, taken, strict=True):
        if len(times) < _OFTEN_ENOUGH:
            print(f"{row.name:52}{len(times):>7}   too few")
            continue
        walls = [one.wall for one in times]
        p50, p95 = statistics.median(walls), statistics.quantiles(walls, n=20)[-1]
        cpu = statistics.median(one.cpu for one in times)
        late = f"   over {bound}" if row.listed and p95 > bound else ""
        print(f"{row.name:52}{len(times):>7}{p50:>9.1f}{p95:>9.1f}{cpu:>9.1f}{late}")


if __name__ == "__main__":
    main()

"""How long the portal takes for its lists, with many passages stored: in its own process."""

import statistics
import time
from io import BytesIO
from pathlib import Path

from mockportal.assembly import Portal, assemble
from mockportal.domain.identifiers import AccountId
from mockportal.domain.people import Holder
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.benchmarks.large_flux import write_flux
from tests.web.visitor import Visitor
from tests.working import deposited

_ACCOUNT = AccountId("CERT00001")
_SMALL = 60
"""Deposits of one passage beside the large one: the history has more than one page."""
_WARM, _REQUESTS = 5, 100
_BOUND = 100
"""Milliseconds that a page may take, at the 95th percentile."""


def compare_pages(folder: Path, people: list[Holder], passages: int) -> None:
    """Print a row for each list: the median, what 95 of 100 requests keep to, the processor's time.

    The last tells how much of the others is a busy machine.
    """
    with assemble(Settings(data=folder / "portal")) as portal:
        _fill(portal, folder / "flux.xml", people, passages)
        visitor = Visitor(create_app(portal))
        visitor.log_in(_ACCOUNT)
        first = people[0]
        title = f"pages with {passages} passages stored"
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
            late = "" if p95 <= _BOUND else f"   over {_BOUND}"
            cpu = statistics.median(worked)
            print(f"{name:42}{statistics.median(times):>10.1f}{p95:>9.1f}{cpu:>9.1f}{late}")


def _fill(portal: Portal, flux: Path, people: list[Holder], passages: int) -> None:
    account = portal.desk.stores.organisations.account(_ACCOUNT)
    if account is None:
        raise SystemExit(f"no {_ACCOUNT}")
    write_flux(flux, people, passages, prefix="PAGES")
    with flux.open("rb") as content:
        deposit = deposited(portal.desk, account, flux.name, content)
    if deposit.accepted < 0.999 * passages:
        raise SystemExit(f"expected {passages} accepted passages, got {deposit.accepted}")
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

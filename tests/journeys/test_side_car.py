"""What explains the KO passages of a deposit, page by page."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from mockportal.assembly import Portal
from mockportal.domain.deposits import Rejection
from mockportal.journeys.ports import Deposits
from mockportal.journeys.side_car import side_car
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import an_account
from tests.working import deposited


class _CountedDeposits:
    """Deposits of which each KO passage that is read counts."""

    def __init__(self, deposits: Deposits) -> None:
        self._deposits, self.read = deposits, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._deposits, name)

    def rejections(self, *args: Any, **options: Any) -> Iterator[Rejection]:
        """Yield what is read of the KO passages."""
        for rejection in self._deposits.rejections(*args, **options):
            self.read += 1
            yield rejection


def test_a_late_page_reads_no_passage_of_those_before_it(portal: Portal) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}") for n in range(9)))
    deposit = deposited(portal.desk, an_account(portal), "flux.xml", BytesIO(flux))
    counted: Any = _CountedDeposits(portal.desk.stores.deposits)
    desk = replace(portal.desk, stores=replace(portal.desk.stores, deposits=counted))

    late = side_car(desk, deposit, page=4, size=2)

    assert late is not None
    assert [one.technical_id for one in late.passages] == ["T-6", "T-7"]
    assert late.truncated
    assert counted.read == 2

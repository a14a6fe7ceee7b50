"""The side-car of a receipt for programs: its KO passages explained, page by page."""

from dataclasses import dataclass
from itertools import islice

from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.explaining import Explanation
from mockportal.journeys.desk import Desk
from mockportal.journeys.explain import ExplainedError, explained_errors, explanations


@dataclass(frozen=True, slots=True)
class SideCar:
    """Some of the KO passages of a treated deposit, of ``total``; or the errors of its file."""

    passages: list[Explanation]
    errors: list[ExplainedError]
    total: int
    truncated: bool
    """More KO passages follow on the next page."""


def side_car(desk: Desk, deposit: Deposit, page: int, size: int) -> SideCar | None:
    """Return a page of explanations in the order of the file; None while it is treated."""
    if deposit.status is Status.PROCESSING:
        return None
    if deposit.status is Status.REFUSED:
        return SideCar([], explained_errors(desk, deposit), 0, truncated=False)
    first = (page - 1) * size
    rejections = desk.stores.deposits.rejections(deposit.id, None, first + size)
    passages = list(explanations(desk, deposit, islice(rejections, first, None)))
    return SideCar(passages, [], deposit.rejected, first + len(passages) < deposit.rejected)

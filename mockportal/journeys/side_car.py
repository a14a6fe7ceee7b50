"""The side-car of a receipt for programs: its KO passages explained, page by page."""

from dataclasses import dataclass, field

from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.explaining import Explanation
from mockportal.domain.value_warnings import ValueWarning
from mockportal.journeys.desk import Desk
from mockportal.journeys.explain import ExplainedError, explained_errors, explanations
from mockportal.journeys.value_warnings import value_warnings_at_once

_MOST_WARNED = 20
"""Passages that are named of each kind of warning."""


@dataclass(frozen=True, slots=True)
class SideCar:
    """Some of the KO passages of a treated deposit, of ``total``; or the errors of its file."""

    passages: list[Explanation]
    errors: list[ExplainedError]
    total: int
    truncated: bool
    """More KO passages follow on the next page."""
    warnings: list[ValueWarning] = field(default_factory=list)
    """What is doubtful in the file, with the first page, as far as it takes no time."""


def side_car(desk: Desk, deposit: Deposit, page: int, size: int) -> SideCar | None:
    """Return a page of explanations in the order of the file; None for one that is not treated."""
    if deposit.status in (Status.PROCESSING, Status.FAILED):
        return None
    if deposit.status is Status.REFUSED:
        return SideCar([], explained_errors(desk, deposit), 0, truncated=False)
    first = (page - 1) * size
    rejections = desk.stores.deposits.rejections(deposit.id, limit=size, first=first)
    passages = list(explanations(desk, deposit, rejections))
    warnings = value_warnings_at_once(desk, deposit, _MOST_WARNED) if page == 1 else []
    more = first + len(passages) < deposit.rejected
    return SideCar(passages, [], deposit.rejected, more, warnings)

"""What runs beside the judging: no batch misses what the batches before it accepted."""

from collections.abc import Callable
from threading import Event

import pytest

from mockportal.domain.deposits import Staged
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.rules import Known
from mockportal.journeys.beside import Beside
from tests.builders import a_rejected_passage, an_accepted_passage


def accepted(number: int) -> TechnicalId:
    return TechnicalId(f"T-{number}")


def judged(number: int) -> list[Staged]:
    return [an_accepted_passage(accepted(number)), a_rejected_passage(f"KO-{number}", 1)]


class Database:
    """Staged batches; one is staged only when the batch after it has been looked up."""

    def __init__(self, batches: int) -> None:
        self.staged: list[int] = []
        self.looked_up = [Event() for _ in range(batches + 1)]
        self.looked_up[batches].set()

    def look_up(self, number: int) -> Known:
        known = Known(staged={accepted(one) for one in self.staged})
        self.looked_up[number].set()
        return known

    def stage(self, number: int) -> None:
        assert self.looked_up[number + 1].wait(10)
        self.staged.append(number)


@pytest.mark.parametrize("ahead", [True, False])
@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_each_batch_knows_what_all_before_it_accepted(count: int, ahead: bool) -> None:
    database = Database(count)
    if not ahead:  # the next one is looked up after this one is staged
        for event in database.looked_up:
            event.set()
    seen = 0
    with Beside(database.look_up, database.stage, ahead=ahead) as beside:
        for number, known in beside.looked_up(range(count)):
            last_two = {accepted(one) for one in range(max(0, number - 2), number)}
            staged = {accepted(one) for one in database.staged}
            assert last_two <= set(known.staged) <= last_two | staged
            assert {accepted(one) for one in range(number)} <= last_two | staged
            beside.stage(number, [judged(number)])
            seen += 1

    assert seen == count
    assert database.staged == list(range(count))


def run(look_up: Callable[[int], Known], stage: Callable[[int], None], seen: list[int]) -> None:
    with Beside[int, int](look_up, stage) as beside:
        for number, _ in beside.looked_up(range(5)):
            seen.append(number)
            beside.stage(number, [judged(number)])


def test_a_fault_of_the_staging_is_raised_and_ends_it() -> None:
    staged: list[int] = []
    seen: list[int] = []

    def stage(number: int) -> None:
        if number == 1:
            raise OSError("no room")
        staged.append(number)

    with pytest.raises(OSError, match="no room"):
        run(lambda _: Known(), stage, seen)

    assert staged == [0]
    assert seen == [0, 1, 2]


def test_a_fault_of_a_look_ahead_is_raised() -> None:
    seen: list[int] = []

    def look_up(number: int) -> Known:
        if number == 2:
            raise OSError("gone")
        return Known()

    with pytest.raises(OSError, match="gone"):
        run(look_up, lambda _: None, seen)

    assert seen == [0, 1]

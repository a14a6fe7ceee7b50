"""What runs beside the judging of a batch: the next one is looked up, the last one staged.

The database works without Python's lock, so both cost little time of their own.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from types import TracebackType
from typing import Generic, Self, TypeVar

from mockportal.domain.deposits import Staged
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.rules import Known

Batch = TypeVar("Batch")
Judged = TypeVar("Judged")


class Beside(Generic[Batch, Judged]):
    """Looks batches up before their turn, and stages them in order after it.

    Used in a ``with`` block, whose end waits for the last batch.
    """

    def __init__(
        self,
        look_up: Callable[[Batch], Known],
        stage: Callable[[Judged], None],
        *,
        ahead: bool = True,
    ) -> None:
        """Take how both is done; one batch is looked up, and one is staged at a time.

        Not ``ahead``, none is looked up before the one before it was judged.
        """
        self._look_up, self._stage, self._ahead = look_up, stage, ahead
        self._looking = ThreadPoolExecutor(1, "looking-up")
        self._staging = ThreadPoolExecutor(1, "staging")
        self._last: Future[None] | None = None
        self._accepted: deque[frozenset[TechnicalId]] = deque(maxlen=2)
        """Of the last two batches: the next one may have been looked up before they were staged."""
        self._at_the_last = False

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self, fault: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Wait for the last batch; what went wrong with it is raised, unless something else did."""
        self._looking.shutdown(cancel_futures=True)
        self._staging.shutdown()
        if fault is None:
            self._settle()

    def looked_up(self, batches: Iterable[Batch]) -> Iterator[tuple[Batch, Known]]:
        """Yield each batch with what is known about it, the batches before it included."""
        for batch, known in self._each(iter(batches)):
            yield batch, replace(known, staged={*known.staged}.union(*self._accepted))

    def stage(self, judged: Judged, verdicts: Iterable[list[Staged]]) -> None:
        """Stage a batch soon; whatever went wrong with the one before is raised here."""
        self._settle()
        self._accepted.append(
            frozenset(one.technical_id for those in verdicts for one in those if one.code is None)
        )
        if self._at_the_last:
            self._last = None
            self._stage(judged)
        else:
            self._last = self._staging.submit(self._stage, judged)

    def _each(self, batches: Iterator[Batch]) -> Iterator[tuple[Batch, Known]]:
        batch = next(batches, None)
        if batch is None:
            return
        following = next(batches, None)
        known = self._look_up(batch)
        while following is not None:
            later = self._looking.submit(self._look_up, following) if self._ahead else None
            yield batch, known
            batch, following = following, next(batches, None)
            known = later.result() if later else self._look_up(batch)
        self._at_the_last = True
        yield batch, known

    def _settle(self) -> None:
        if self._last is not None:
            self._last.result()

"""Staging a batch while the next one is judged."""

from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self

from mockportal.domain.deposits import Piece, Staged
from mockportal.domain.identifiers import DepositId, TechnicalId
from mockportal.journeys.ports import Deposits


class StagingAhead:
    """Stages batches in order, one beside the caller: the database works without Python's lock.

    Used in a ``with`` block, whose end waits for the last batch.
    """

    def __init__(self, deposits: Deposits, deposit: DepositId) -> None:
        """Take the store, and the deposit whose batches they are."""
        self.waiting: frozenset[TechnicalId] = frozenset()
        """What was accepted in the batch that is perhaps not staged yet."""
        self._deposits, self._deposit = deposits, deposit
        self._worker = ThreadPoolExecutor(1, "staging")
        self._last: Future[None] | None = None

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self, fault: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Wait for the last batch; what went wrong with it is raised, unless something else did."""
        self._worker.shutdown()
        if fault is None:
            self._settle()

    def stage(self, judged: list[tuple[Piece, list[Staged]]], *, last: bool) -> None:
        """Stage a batch soon, the last one now; what went wrong with the one before is raised."""
        self._settle()
        if last:  # nothing goes on beside it: a thread would cost a small deposit more than it does
            self._last = None
            self._deposits.stage(self._deposit, judged)
            return
        self.waiting = frozenset(
            one.technical_id for _, those in judged for one in those if one.code is None
        )
        self._last = self._worker.submit(self._deposits.stage, self._deposit, judged)

    def _settle(self) -> None:
        if self._last is not None:
            self._last.result()

"""Upkeep: what a worker does when nothing is to be treated, so that nothing grows without bound.

Each task does a little at a time and tells whether it did anything, so that deposits never wait for
it. What else grows belongs into ``_TASKS``.
"""

import logging
from collections.abc import Callable, Iterator

from mockportal.domain.deposits import Deposit, Piece, PortalEndsError
from mockportal.domain.figures import Place
from mockportal.domain.identifiers import DepositId
from mockportal.domain.journal import OLDEST_REQUEST
from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.journeys.desk import Desk
from mockportal.journeys.figures import recount_figures
from mockportal.journeys.kept import open_kept
from mockportal.journeys.sessions import sweep_sessions
from mockportal.journeys.work import STILL_COMING_IN
from mockportal.journeys.worlds import finish_worlds
from mockportal.wire.packing import packed, packed_before
from mockportal.wire.reading import KeptFile

log = logging.getLogger(__name__)


def upkeep(desk: Desk, counted: set[Place] | None = None) -> bool:
    """Do one small piece of what is due, and tell whether there was any.

    A round of upkeep hands each call the same set of whose figures it has ``counted``: it counts
    none of them twice, so it comes to an end.
    """
    return any(task(desk) for task in _TASKS) or recount_figures(desk, counted)


def clean_next(desk: Desk) -> bool:
    """Clean away the next deposit that is past keeping, and tell whether there was one.

    Its upload, its receipt and what explained it go; its passages are packed first, and stay to be
    read, those that were deleted since as well. Wherever this is cut off, the whole file is there
    or the packed one.
    """
    keeping = desk.policy.keeping
    if keeping.everything:
        return False
    begun = desk.stores.retention.begin_next(keeping, desk.circumstances.now)
    if begun is None:
        return False
    _clean(desk, begun)
    return True


def _clean(desk: Desk, begun: DepositId) -> None:
    """Clean away what was taken; after a fault the lease runs out by itself, others come first."""
    stores = desk.stores
    try:
        with desk.circumstances.beating(lambda: stores.agenda.renew(begun), None):
            deposit = stores.deposits.get(begun)
            if deposit is not None:
                _clean_files(desk, deposit)
                stores.retention.forget(begun)
    except PortalEndsError:
        stores.agenda.free(begun)
        raise
    finally:
        if stores.deposits.get(begun) is None:  # its world went meanwhile
            stores.files.discard(begun)
    stores.agenda.free(begun)


def _clean_files(desk: Desk, deposit: Deposit) -> None:
    files = desk.stores.files
    if not deposit.published:
        files.discard(deposit.id)
        return
    retention = desk.stores.retention
    if files.packed(deposit.id).exists():
        _move_packed(desk, deposit.id)
    if retention.packed(deposit.id) is None:
        try:
            with open_kept(desk, deposit) as kept:
                retention.pack(deposit.id, packed(kept.frame, _pieces(desk, deposit, kept)))
        except StorageError as fault:
            if fault.failure is not StorageFailure.MISSING:
                raise
            desk.circumstances.require_storage()  # a folder that is away may come back
            log.warning(
                "deposit %s is cleaned away, and its passages cannot be read any more: %s",
                deposit.id, fault,
            )  # fmt: skip
            if files.original(deposit.id).exists():
                return  # damaged, it stays for whoever can mend it
    files.discard(deposit.id)


def move_packed(desk: Desk) -> bool:
    """Bring what an older version has packed into a file into the database; tell whether it did."""

    def is_known(deposit: DepositId) -> bool:
        return desk.stores.deposits.get(deposit) is not None  # the next start moves others aside

    deposit = desk.stores.files.next_packed(is_known)
    if deposit is None:
        return False
    _move_packed(desk, deposit)
    desk.stores.files.drop_empty(deposit)
    return True


def _move_packed(desk: Desk, deposit: DepositId) -> None:
    older = desk.stores.files.packed(deposit)
    try:
        with older.open("rb") as file:
            desk.stores.retention.pack(deposit, packed_before(file))
        older.unlink(missing_ok=True)
    except FileNotFoundError:
        return  # another worker has moved it
    except ValueError as fault:
        log.warning("%s is damaged, and stays: %s", older, fault)
        older.rename(older.with_name(f"{older.name}.damaged"))


def _pieces(
    desk: Desk, deposit: Deposit, kept: KeptFile
) -> Iterator[tuple[Piece, bytes, set[int]]]:
    number = 0
    while piece := desk.stores.deposits.piece(deposit.id, number):
        if desk.circumstances.ending():
            raise PortalEndsError
        yield piece, kept.content(piece), desk.stores.retention.published(deposit.id, number)
        number += 1


def sweep_journal(desk: Desk) -> bool:
    """Let some old requests go from the journals, and tell whether there were any."""
    return desk.stores.journal.sweep(desk.circumstances.real() - OLDEST_REQUEST)


def finish_next(desk: Desk) -> bool:
    """Finish what is being done to worlds by nobody any more; tell whether there was any."""
    return finish_worlds(desk, alone=False)


def sweep_files(desk: Desk) -> bool:
    """Sweep what uploads and treatments that were cut off have left, now and then."""
    now = desk.circumstances.real()
    if not desk.stores.files.is_sweep_due(now):
        return False
    desk.stores.files.sweep(desk.stores.deposits.is_processing, now - STILL_COMING_IN)
    return True


_TASKS: tuple[Callable[[Desk], bool], ...] = (
    finish_next,
    clean_next,
    move_packed,
    sweep_journal,
    sweep_files,
    sweep_sessions,
)

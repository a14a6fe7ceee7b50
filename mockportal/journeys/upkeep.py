"""Upkeep: what a worker does when nothing is to be treated, so that nothing grows without bound.

Each task does a little at a time and tells whether it did anything, so that deposits never wait for
it. What else grows belongs into ``_TASKS``.
"""

from collections.abc import Callable, Iterator

from mockportal.domain.deposits import Deposit, Piece, PortalEndsError
from mockportal.domain.figures import Place
from mockportal.domain.identifiers import DepositId
from mockportal.domain.journal import OLDEST_REQUEST
from mockportal.journeys.desk import Desk
from mockportal.journeys.figures import recount_figures
from mockportal.journeys.kept import open_kept
from mockportal.wire.packing import pack
from mockportal.wire.reading import KeptFile


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
    for name in desk.stores.worlds.names():
        world = desk.stores.worlds.named(name)
        if world is None:
            continue
        begun = desk.stores.retention.begin(world, keeping, desk.circumstances.now(world))
        if begun is not None:
            _clean(desk, begun)
            return True
    return False


def _clean(desk: Desk, begun: DepositId) -> None:
    """Clean away what was taken; after a fault the lease runs out by itself, others come first."""
    stores = desk.stores
    try:
        with desk.circumstances.beating(lambda: stores.agenda.renew(begun)):
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
    if not files.packed(deposit.id).exists():
        with open_kept(desk, deposit) as kept, files.writing(files.packed(deposit.id)) as out:
            pack(out, kept.frame, _pieces(desk, deposit, kept))
    files.strip(deposit.id)


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


_TASKS: tuple[Callable[[Desk], bool], ...] = (clean_next, sweep_journal)

"""What is doubtful in the passages of a deposit, whatever their verdict."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import count

from mockportal.domain.deposits import Deposit, Piece, Status
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.storage_failures import StorageError
from mockportal.domain.value_warnings import ValueWarning, WarningTally
from mockportal.journeys.desk import Desk
from mockportal.journeys.kept import open_kept
from mockportal.wire.doubtful_values import DoubtfulValues
from mockportal.wire.names import TECHNICAL_ID_LOCAL_NAME

_SMALL = 2_000_000
"""Bytes of a file that is read while somebody waits for a page."""


def value_warnings(desk: Desk, deposit: Deposit, most: int) -> list[ValueWarning]:
    """Return what is doubtful in a deposit, counted, with the first ``most`` passages of each.

    There is nothing to say of a refused file, nor of one that deletes its passages.
    """
    if deposit.status is Status.REFUSED or deposit.outline is None or deposit.suppresses:
        return []
    received = desk.circumstances.in_paris(deposit.received_at).date()
    tally = WarningTally(most)
    with open_kept(desk, deposit) as kept:
        finder = DoubtfulValues(kept.frame, received, desk.stores.references.gazetteer())
        for piece in _pieces(desk, deposit):
            for passage in finder.passages(kept.content(piece)):
                values = kept.values(passage)
                technical_id = TechnicalId(values[TECHNICAL_ID_LOCAL_NAME])
                tally.add(technical_id, finder.doubtful(passage, values))
    return tally.warnings()


def value_warnings_at_once(desk: Desk, deposit: Deposit, most: int) -> list[ValueWarning]:
    """Return what ``value_warnings`` does where it takes no time: for who looks at a page.

    Of a larger file, or one that is not treated or not kept, nothing is told.
    """
    treated = deposit.status in (Status.ACCEPTED, Status.PARTLY_REJECTED)
    if not treated or deposit.size > _SMALL:
        return []
    with suppress(StorageError):
        return value_warnings(desk, deposit, most)
    return []


def _pieces(desk: Desk, deposit: Deposit) -> Iterator[Piece]:
    for number in count():
        piece = desk.stores.deposits.piece(deposit.id, number)
        if piece is None:
            return
        yield piece

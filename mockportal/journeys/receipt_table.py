"""A receipt as a table, for people who work in a spreadsheet."""

from collections.abc import Iterator
from dataclasses import dataclass

from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.messages import message_of
from mockportal.journeys.desk import Desk
from mockportal.journeys.explain import explained_errors
from mockportal.wire.receipts import ERROR_COLUMNS, PASSAGE_COLUMNS
from mockportal.wire.sheets import Row


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its head, and its rows as a stream."""

    head: Row
    rows: Iterator[Row]


def receipt_table(desk: Desk, deposit: Deposit) -> Table | None:
    """Return what a receipt says, with advice on each KO or error; None while there is none.

    KO before OK, each in the order of the file; for a refused file, its errors.
    """
    match deposit.status:
        case Status.PROCESSING | Status.FAILED:
            return None
        case Status.REFUSED:
            return Table(ERROR_COLUMNS, _errors(desk, deposit))
        case _:
            return Table(PASSAGE_COLUMNS, _passages(desk, deposit))


def _errors(desk: Desk, deposit: Deposit) -> Iterator[Row]:
    for one in explained_errors(desk, deposit):
        error, place = one.error, one.error.place
        passage = place.technical_id if place else None
        yield str(error.line), str(error.column), error.message, passage or "", one.advice.mend


def _passages(desk: Desk, deposit: Deposit) -> Iterator[Row]:
    for one in desk.stores.deposits.rejections(deposit.id):
        yield one.technical_id, "KO", one.text, message_of(one.code).mend
    for technical_id in desk.stores.deposits.accepted_ids(deposit.id):
        yield technical_id, "OK", "", ""

"""The first control of a recorded deposit."""

import os
from collections.abc import Callable
from contextlib import nullcontext

from mockportal.domain.deposits import Deposit, Due, Refused, Taken
from mockportal.journeys.desk import Desk
from mockportal.wire.first_control import Keeping, Reading, first_control
from mockportal.wire.side_cars import write_places

_LARGE = 4_000_000
"""Bytes of a file whose passages are not read twice."""
_VERY_LARGE = 16_000_000
"""Bytes of a file that is worth a second process."""


def control_file(
    desk: Desk, deposit: Deposit, due: Callable[[], Due] | None = None
) -> Deposit | Refused:
    """Return the deposit with what its file says of itself, or the errors that refuse it.

    Of a file that passed, ``due`` is asked when the second control falls due.
    """
    files = desk.stores.files
    copy, leaves = files.regular(deposit.id), files.leaves(deposit.id)
    large = deposit.size >= _LARGE
    with (
        files.writing(copy) as transcription,
        files.writing(leaves, durable=False) if large else nullcontext() as out,
    ):
        path = files.original(deposit.id)
        result = first_control(
            path,
            desk.schemas[deposit.schema],
            transcription,
            keeping=Keeping(out, path, deposit.world, apart=_worth_two(deposit)) if out else None,
        )
    if large and not (isinstance(result, Reading) and not result.regular_copy):
        leaves.unlink(missing_ok=True)
    if not isinstance(result, Reading):
        copy.unlink(missing_ok=True)
        with files.writing(files.places(deposit.id)) as out:
            write_places(out, result)
        return Refused(result)
    if not result.regular_copy:
        copy.unlink(missing_ok=True)
    return desk.stores.deposits.take(
        deposit.id,
        Taken(result.outline, result.regular_copy, due() if due else None),
        result.pieces,
        result.certifications,
    )


def _worth_two(deposit: Deposit) -> bool:
    return deposit.size >= _VERY_LARGE and (os.cpu_count() or 1) > 1

"""The first control of a recorded deposit."""

import os
from collections.abc import Callable
from contextlib import nullcontext, suppress
from typing import NamedTuple

from mockportal.domain.deposits import Deposit, Due, Refused, Taken
from mockportal.journeys.desk import Desk
from mockportal.wire.first_control import KeepLeaves, Reading, first_control, too_many_passages
from mockportal.wire.side_cars import write_places


class Sizes(NamedTuple):
    """From how many bytes on a file is worth more care."""

    large: int = 4_000_000
    """Its passages are not read twice: what was read of them is kept until it is treated."""
    very_large: int = 16_000_000
    """A second process helps, where there is a processor for it."""


def control_file(
    desk: Desk,
    deposit: Deposit,
    due: Callable[[], Due] | None = None,
    sizes: Sizes = Sizes(),  # noqa: B008  # a tuple
) -> Deposit | Refused:
    """Return the deposit with what its file says of itself, or the errors that refuse it.

    Of a file that passed, ``due`` is asked when the second control falls due.
    """
    files = desk.stores.files
    original, copy, leaves = (
        where(deposit.id) for where in (files.original, files.regular, files.leaves)
    )
    large = deposit.size >= sizes.large
    with (
        files.writing(copy) as transcription,
        files.writing(leaves, durable=False) if large else nullcontext() as out,
    ):
        apart = deposit.size >= sizes.very_large and _processors() > 1
        result = first_control(
            original,
            desk.schemas[deposit.schema],
            transcription,
            keep=KeepLeaves(out, original, deposit.world, apart) if out else None,
        )
    most = desk.policy.most_passages
    if isinstance(result, Reading) and result.outline.passages > most:
        result = too_many_passages(result.outline.passages, most)
    if not isinstance(result, Reading):
        copy.unlink(missing_ok=True)
        with suppress(OSError):  # they are not looked at, either
            leaves.unlink(missing_ok=True)
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


def _processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1

"""The KO passages of a deposit alone, as a new flux: to be corrected, then deposited."""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from typing import BinaryIO

from mockportal.domain.deposits import Deposit, Rejection, VanishedError
from mockportal.domain.flux import AwardedCertification
from mockportal.domain.identifiers import DepositId
from mockportal.domain.messages import Code
from mockportal.journeys.desk import Desk
from mockportal.journeys.kept import open_kept
from mockportal.wire.correcting import write_flux
from mockportal.wire.reading import KeptFile

_STORED_ALREADY = Code.DUPLICATE
"""Such a passage is stored: sent again, it could only be a duplicate again."""


def correctable(desk: Desk, deposit: Deposit) -> tuple[int, int]:
    """Return how many KO passages that flux holds, and how many are left out as duplicates."""
    counts = dict(desk.stores.deposits.rejections_by_reason(deposit.id))
    left_out = counts.get(_STORED_ALREADY.value, 0)
    return sum(counts.values()) - left_out, left_out


def write_corrections(desk: Desk, deposit: Deposit, out: BinaryIO) -> None:
    """Write the flux: the file's own values and passages, a new ``idFlux``, the world's time."""
    if deposit.outline is None:
        raise LookupError(f"deposit {deposit.id} has not passed the first control")
    now = desk.circumstances.now(deposit.world)
    outline = replace(
        deposit.outline,
        flux_id=desk.circumstances.new_flux_id(deposit.world),
        timestamp=now.isoformat(timespec="seconds"),
    )
    with open_kept(desk, deposit) as kept:
        write_flux(
            out,
            kept.frame,
            outline,
            _passages(desk, deposit, kept),
            lru_cache(maxsize=1)(partial(_certification, desk, deposit.id)),
        )


def _passages(desk: Desk, deposit: Deposit, kept: KeptFile) -> Iterator[tuple[bytes, int]]:
    rejections = desk.stores.deposits.rejections(deposit.id)
    for number, group in groupby(rejections, key=lambda one: one.piece):
        wanted = [one.position for one in group if _to_correct(one)]
        piece = desk.stores.deposits.piece(deposit.id, number)
        if piece is None:
            raise VanishedError(f"deposit {deposit.id} has no piece {number}")
        raw = kept.raw(piece)
        yield from (raw[position] for position in wanted)


def _to_correct(rejection: Rejection) -> bool:
    return rejection.code is not _STORED_ALREADY


def _certification(desk: Desk, deposit: DepositId, ordinal: int) -> AwardedCertification:
    (found,) = desk.stores.deposits.certifications(deposit, ordinal, ordinal)
    return found

"""The second control of a deposit, batch by batch; nobody sees a batch before all are judged."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice, repeat
from typing import NamedTuple

from mockportal.domain.deposits import Deposit, Piece, PortalEndsError, Staged
from mockportal.domain.entitlement import refusal_of_sender
from mockportal.domain.flux import Outline, Passage
from mockportal.domain.identifiers import WorldId
from mockportal.domain.lateness import is_late
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.rules import (
    Known,
    agreeing_type,
    judge,
    judge_suppressions,
    keyed,
    name_key,
    wording,
)
from mockportal.domain.verdicts import Accepted, Rejected, Verdict
from mockportal.journeys.beside import Beside
from mockportal.journeys.desk import Desk
from mockportal.journeys.failure import longest_step
from mockportal.journeys.kept import open_kept, open_leaves
from mockportal.journeys.newcomers import (
    make_certifications_known,
    make_people_known,
    people_known,
)
from mockportal.wire.leaves import KeptLeaves
from mockportal.wire.reading import KeptFile, Placed

PIECES_AT_ONCE = 6
"""A batch, in megabytes about: fewer write the same pages of the indexes more often."""


class Batch(NamedTuple):
    """Some pieces of a file, and the passages of each."""

    pieces: list[Piece]
    placed: list[list[Placed]]

    @property
    def passages(self) -> list[Passage]:
        """Return the passages of all pieces, in order."""
        return [one.passage for those in self.placed for one in those]


def treat(desk: Desk, deposit: Deposit, acting: Organisation) -> None:
    """Judge the passages of a deposit that are not judged yet, and stage the verdicts.

    ``acting`` is the organisation in whose name the deposit is made. Raises PortalEndsError when
    the portal ends meanwhile.
    """
    refusal = whole_file_refusal(desk, deposit.world, _outline(deposit), acting)
    judging = not refusal and not _outline(deposit).suppresses
    newcomers = desk.policy.open_registry and judging
    new_certifications = desk.policy.open_certifications and judging

    def look_up(batch: Batch) -> Known:
        if newcomers:
            claims = [one.claim for one in batch.passages]
            by_names = keyed(deposit.world, batch.passages)
            make_people_known(desk, deposit.world, claims, by_names)
        if new_certifications:
            awarded = dict.fromkeys(one.certification for one in batch.passages)
            make_certifications_known(desk, deposit.world, awarded)
        return what_is_known(desk, deposit, batch.passages)

    with (
        open_kept(desk, deposit) as kept,
        open_leaves(desk, deposit) as leaves,
        desk.stores.deposits.staging(deposit.id) as stage,
        Beside(look_up, stage, ahead=not newcomers and not new_certifications) as beside,
    ):
        for batch, known in beside.looked_up(_batches(desk, deposit, kept, leaves)):
            verdicts = verdicts_on(desk, deposit, batch.passages, known, refusal)
            judged = [_staged(desk, deposit, those, verdicts, known) for those in batch.placed]
            beside.stage(list(zip(batch.pieces, judged, strict=True)), judged)
    with suppress(OSError):  # another worker may still have it open, where that matters
        desk.stores.files.leaves(deposit.id).unlink(missing_ok=True)


def _batches(desk: Desk, deposit: Deposit, kept: KeptFile, leaves: KeptLeaves) -> Iterator[Batch]:
    deposits = desk.stores.deposits
    certifications = partial(deposits.certifications, deposit.id)
    pending = deposits.pending(deposit.id)
    while pieces := list(islice(pending, PIECES_AT_ONCE)):
        if desk.circumstances.ending():
            raise PortalEndsError
        desk.circumstances.progress(longest_step(desk, deposit))
        yield Batch(
            pieces, [kept.passages(one, certifications, leaves.of(one.number)) for one in pieces]
        )


def whole_file_refusal(
    desk: Desk, world: WorldId, outline: Outline, acting: Organisation
) -> Code | None:
    """Return the one reason for which no passage of the file can be taken, or None."""
    if desk.policy.any_sender:
        return None
    certifier = desk.stores.organisations.with_client_id(world, outline.certifier, Kind.CERTIFIER)
    return refusal_of_sender(outline, acting, certifier)


def verdicts_on(
    desk: Desk,
    deposit: Deposit,
    passages: list[Passage],
    known: Known,
    refusal: Code | None,
) -> Iterator[Verdict]:
    """Return the verdict on each passage of a batch."""
    if refusal:
        return repeat(Rejected(refusal), len(passages))
    if _outline(deposit).suppresses:
        return judge_suppressions(passages, known)
    return judge(deposit.world, passages, known, desk.stores.references.gazetteer())


def what_is_known(desk: Desk, deposit: Deposit, passages: list[Passage]) -> Known:
    """Fetch all that bears on a batch: never one query a passage."""
    stores, world, outline = desk.stores, deposit.world, _outline(deposit)
    ids = [p.technical_id for p in passages]
    stored, staged = stores.passages.sent(world, outline.sender, deposit.id, ids)
    if outline.suppresses:
        return Known(stored=stored, staged=staged)
    awarded = {p.certification for p in passages}
    return replace(
        people_known(desk, world, [p.claim for p in passages], keyed(world, passages)),
        stored=stored,
        staged=staged,
        certifications=stores.references.active(
            world, {(a.type, a.code) for a in awarded if agreeing_type(a)}
        ),
    )


def _staged(
    desk: Desk, deposit: Deposit, placed: list[Placed], verdicts: Iterator[Verdict], known: Known
) -> list[Staged]:
    outline, received = _outline(deposit), deposit.received_at.date()
    words = partial(wording, one_sentence=desk.policy.receipts.one_sentence)
    staged = []
    awarded, number = None, None
    for position, (one, verdict) in enumerate(
        zip(placed, islice(verdicts, len(placed)), strict=True)
    ):
        passage, ordinal = one
        if passage.certification is not awarded:  # as most often the one before
            awarded = passage.certification
            number = known.certifications.get((awarded.type, awarded.code))
        holder, code, late, names = None, None, False, ""
        if isinstance(verdict, Accepted):
            holder, late = verdict.holder, is_late(passage.valid_from, received)
            names = passage.filing.names if passage.filing else name_key(passage.claim, known)
        elif isinstance(verdict, Rejected):
            code = verdict.code
        staged.append(
            Staged(
                passage.technical_id,
                position,
                ordinal,
                passage.valid_from,
                late,
                holder,
                code,
                words(code, outline, passage) if code else None,
                verdict.levels,
                names,
                number,
            )
        )
    return staged


def _outline(deposit: Deposit) -> Outline:
    if deposit.outline is None:
        raise LookupError(f"deposit {deposit.id} has not passed the first control")
    return deposit.outline

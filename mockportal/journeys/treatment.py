"""The second control of a deposit, batch by batch; nobody sees a batch before all are judged."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from itertools import islice

from mockportal.domain.deposits import Deposit, PortalEndsError, Staged
from mockportal.domain.entitlement import refusal_of_sender
from mockportal.domain.flux import Outline, Passage
from mockportal.domain.identifiers import TechnicalId, WorldId
from mockportal.domain.lateness import is_late
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.rules import (
    Known,
    agreeing_type,
    judge,
    judge_suppressions,
    name_key,
    wording,
)
from mockportal.domain.verdicts import Accepted, Rejected, Verdict
from mockportal.journeys.desk import Desk
from mockportal.journeys.kept import open_kept
from mockportal.journeys.newcomers import make_people_known, people_known
from mockportal.journeys.staging_ahead import StagingAhead
from mockportal.wire.reading import Placed

_PIECES_AT_ONCE = 4
"""A batch, in megabytes about: fewer write the same pages of the indexes more often."""


def treat(desk: Desk, deposit: Deposit, acting: Organisation) -> None:
    """Judge the passages of a deposit that are not judged yet, and stage the verdicts.

    ``acting`` is the organisation in whose name the deposit is made. Raises PortalEndsError when
    the portal ends meanwhile.
    """
    deposits = desk.stores.deposits
    refusal = whole_file_refusal(desk, deposit.world, _outline(deposit), acting)
    with open_kept(desk, deposit) as kept, StagingAhead(deposits, deposit.id) as staging:
        pending = deposits.pending(deposit.id)
        last = False
        while not last and (pieces := list(islice(pending, _PIECES_AT_ONCE))):
            last = len(pieces) < _PIECES_AT_ONCE
            if desk.circumstances.ending():
                raise PortalEndsError
            placed = [
                kept.passages(piece, partial(deposits.certifications, deposit.id))
                for piece in pieces
            ]
            judged = _judged(desk, deposit, placed, refusal, staging.waiting)
            staging.stage(list(zip(pieces, judged, strict=True)), last=last)


def _judged(
    desk: Desk,
    deposit: Deposit,
    placed: list[list[Placed]],
    refusal: Code | None,
    waiting: frozenset[TechnicalId],
) -> list[list[Staged]]:
    """Return the verdicts on some pieces; ``waiting`` were accepted and are not staged yet."""
    passages = [one.passage for those in placed for one in those]
    if desk.policy.open_registry and not refusal and not _outline(deposit).suppresses:
        make_people_known(desk, deposit.world, [p.claim for p in passages])
    known = what_is_known(desk, deposit, passages, waiting)
    verdicts = iter(verdicts_on(desk, deposit, passages, known, refusal, waiting))
    return [_staged(deposit, those, verdicts, known) for those in placed]


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
    waiting: frozenset[TechnicalId] = frozenset(),
) -> list[Verdict]:
    """Return the verdict on each passage of a batch; ``waiting`` are those just accepted."""
    if refusal:
        return [Rejected(refusal) for _ in passages]
    if _outline(deposit).suppresses:
        ids = [p.technical_id for p in passages]
        gone = desk.stores.deposits.staged(deposit.id, ids) | waiting
        return list(judge_suppressions(passages, known.stored, gone))
    return list(judge(deposit.world, passages, known, desk.stores.references.gazetteer()))


def what_is_known(
    desk: Desk,
    deposit: Deposit,
    passages: list[Passage],
    waiting: frozenset[TechnicalId] = frozenset(),
) -> Known:
    """Fetch all that bears on a batch: never one query a passage."""
    stores, world, outline = desk.stores, deposit.world, _outline(deposit)
    ids = [p.technical_id for p in passages]
    stored = stores.passages.stored(world, outline.sender, ids)
    if outline.suppresses:
        return Known(stored=stored)
    awarded = {p.certification for p in passages}
    return replace(
        people_known(desk, world, [p.claim for p in passages]),
        stored=stored | stores.deposits.staged(deposit.id, ids) | waiting,
        certifications=stores.references.active(
            world, {(a.type, a.code) for a in awarded if agreeing_type(a)}
        ),
    )


def _staged(
    deposit: Deposit, placed: list[Placed], verdicts: Iterator[Verdict], known: Known
) -> list[Staged]:
    outline, received = _outline(deposit), deposit.received_at.date()
    staged = []
    for position, (one, verdict) in enumerate(
        zip(placed, islice(verdicts, len(placed)), strict=True)
    ):
        passage, awarded = one.passage, one.passage.certification
        found = isinstance(verdict, Accepted)
        code = verdict.code if isinstance(verdict, Rejected) else None
        staged.append(
            Staged(
                technical_id=passage.technical_id,
                position=position,
                certification=one.certification,
                valid_from=passage.valid_from,
                late=found and is_late(passage.valid_from, received),
                holder=verdict.holder if isinstance(verdict, Accepted) else None,
                code=code,
                text=wording(code, outline, passage) if code else None,
                levels=verdict.levels,
                name_key=name_key(passage.claim, known) if found else "",
                certification_id=known.certifications.get((awarded.type, awarded.code)),
            )
        )
    return staged


def _outline(deposit: Deposit) -> Outline:
    if deposit.outline is None:
        raise LookupError(f"deposit {deposit.id} has not passed the first control")
    return deposit.outline

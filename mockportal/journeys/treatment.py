"""The second control of a deposit, batch by batch; nobody sees a batch before all are judged."""

from dataclasses import replace
from functools import partial

from mockportal.domain.deposits import Deposit, Staged
from mockportal.domain.entitlement import refusal_of_sender
from mockportal.domain.flux import Outline, Passage
from mockportal.domain.identifiers import WorldId
from mockportal.domain.lateness import is_late
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.rules import Known, agreeing_type, judge, judge_suppressions, wording
from mockportal.domain.verdicts import Accepted, Rejected, Verdict
from mockportal.journeys.desk import Desk
from mockportal.journeys.kept import open_kept
from mockportal.journeys.newcomers import make_people_known, people_known
from mockportal.wire.reading import Placed


def treat(desk: Desk, deposit: Deposit, acting: Organisation) -> None:
    """Judge the passages of a deposit that are not judged yet, and stage the verdicts.

    ``acting`` is the organisation in whose name the deposit is made.
    """
    deposits = desk.stores.deposits
    outline = _outline(deposit)
    refusal = whole_file_refusal(desk, deposit.world, outline, acting)
    with open_kept(desk, deposit) as kept:
        for piece in deposits.pending(deposit.id):
            placed = kept.passages(piece, partial(deposits.certifications, deposit.id))
            passages = [one.passage for one in placed]
            verdicts = verdicts_on(desk, deposit, passages, refusal)
            deposits.stage(deposit.id, piece, _staged(deposit, outline, placed, verdicts))


def whole_file_refusal(
    desk: Desk, world: WorldId, outline: Outline, acting: Organisation
) -> Code | None:
    """Return the one reason for which no passage of the file can be taken, or None."""
    if desk.policy.any_sender:
        return None
    certifier = desk.stores.organisations.with_client_id(world, outline.certifier, Kind.CERTIFIER)
    return refusal_of_sender(outline, acting, certifier)


def verdicts_on(
    desk: Desk, deposit: Deposit, passages: list[Passage], refusal: Code | None
) -> list[Verdict]:
    """Return the verdict on each passage of a batch."""
    if refusal:
        return [Rejected(refusal) for _ in passages]
    if _outline(deposit).suppresses:
        return _suppressions(desk, deposit, passages)
    if desk.policy.open_registry:
        make_people_known(desk, deposit.world, [p.claim for p in passages])
    known = what_is_known(desk, deposit, passages)
    return list(judge(deposit.world, passages, known, desk.stores.references.gazetteer()))


def _suppressions(desk: Desk, deposit: Deposit, passages: list[Passage]) -> list[Verdict]:
    ids = [p.technical_id for p in passages]
    stored = desk.stores.passages.stored(deposit.world, _outline(deposit).sender, ids)
    gone = desk.stores.deposits.staged(deposit.id, ids)
    return list(judge_suppressions(passages, stored, gone))


def what_is_known(desk: Desk, deposit: Deposit, passages: list[Passage]) -> Known:
    """Fetch all that bears on a batch: never one query a passage."""
    stores, world = desk.stores, deposit.world
    ids = [p.technical_id for p in passages]
    awarded = {p.certification for p in passages}
    return replace(
        people_known(desk, world, [p.claim for p in passages]),
        stored=stores.passages.stored(world, _outline(deposit).sender, ids)
        | stores.deposits.staged(deposit.id, ids),
        certifications=stores.references.active(
            world, {(a.type, a.code) for a in awarded if agreeing_type(a)}
        ),
    )


def _staged(
    deposit: Deposit, outline: Outline, placed: list[Placed], verdicts: list[Verdict]
) -> list[Staged]:
    received = deposit.received_at.date()
    return [
        Staged(
            technical_id=one.passage.technical_id,
            position=position,
            certification=one.certification,
            valid_from=one.passage.valid_from,
            late=isinstance(verdict, Accepted) and is_late(one.passage.valid_from, received),
            holder=verdict.holder if isinstance(verdict, Accepted) else None,
            code=verdict.code if isinstance(verdict, Rejected) else None,
            text=wording(verdict.code, outline, one.passage)
            if isinstance(verdict, Rejected)
            else None,
            levels=verdict.levels,
        )
        for position, (one, verdict) in enumerate(zip(placed, verdicts, strict=True))
    ]


def _outline(deposit: Deposit) -> Outline:
    if deposit.outline is None:
        raise LookupError(f"deposit {deposit.id} has not passed the first control")
    return deposit.outline

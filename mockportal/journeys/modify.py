"""Modifying one passage: both controls again, and nothing is changed when one of them fails."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import partial

from mockportal.domain.deposits import Deposit, Rejection
from mockportal.domain.dictionary import DICTIONARY
from mockportal.domain.dictionary_rules import (
    NOT_A_FIELD,
    NOT_CHANGEABLE,
    FieldFault,
    applied,
)
from mockportal.domain.explaining import Explanation
from mockportal.domain.flux import Outline, Passage
from mockportal.domain.lateness import is_late
from mockportal.domain.messages import Code, Message, message_of
from mockportal.domain.organisations import Account
from mockportal.domain.passages import (
    Author,
    Change,
    Rewritten,
    StoredPassage,
    may_change,
)
from mockportal.domain.rules import Known, agreeing_type, broken_dates, judge, name_key, wording
from mockportal.domain.verdicts import Accepted, Rejected
from mockportal.journeys.desk import Desk
from mockportal.journeys.emptying import unless_emptied
from mockportal.journeys.explain import code_list, explanation_of
from mockportal.journeys.newcomers import (
    make_certifications_known,
    make_people_known,
    people_known,
)
from mockportal.journeys.passages import deposit_of, passage_seen_by, values_said
from mockportal.journeys.typed_passage import faults_of_typed
from mockportal.wire.one_passage import passage_of
from mockportal.wire.passage_fields import FLUX_NAMES, OUR_NAMES

Values = dict[str, str | None]
_ATTEMPTS = 5
_FIELD_OF_DATES = {Code.VALIDITY: "valid_until", Code.EXAM_DATES: "exam_until"}

_ENGLISH_OF_DATES = {
    Code.VALIDITY: "The end of validity lies before its beginning.",
    Code.EXAM_DATES: "The last day of the exam lies before the first.",
}


class ChangeRefusal(Enum):
    """Why a passage is neither modified nor deleted; the value is what its reader reads."""

    NOT_FOUND = "Ce passage n'existe pas, ou il a été supprimé."
    NOT_ALLOWED = (
        "Le certificateur ne mandate plus votre organisme : ce passage ne peut plus être ni "
        "modifié ni supprimé."
    )
    CHANGED_MEANWHILE = (
        "Ce passage a été modifié entre-temps. Relisez-le, puis recommencez votre modification."
    )


@dataclass(frozen=True, slots=True)
class Modified:
    """The passage as it is now, and what was changed; nothing, when all was so already."""

    passage: StoredPassage
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Faulty:
    """What the schema or the dictionary refuses; ``field`` is the flux's own name, or empty."""

    faults: tuple[FieldFault, ...]


@dataclass(frozen=True, slots=True)
class NotRecognised:
    """The second control refuses: its message, in general and in this case, and why."""

    message: Message
    text: str
    explanation: Explanation


Outcome = Modified | Faulty | NotRecognised | ChangeRefusal


@unless_emptied
def modify(
    desk: Desk,
    account: Account,
    passage_id: int,
    changes: Mapping[str, str | None],
    seen: int | None = None,
) -> Outcome:
    """Return what came of changing fields of a passage, named as the flux names them.

    None or an empty text makes a field nil, or leaves it out. With ``seen``, the version of the
    passage that the changes were made on, a change by another in the meantime refuses them;
    without, they are made on the passage as it then is.
    """
    for _ in range(_ATTEMPTS):
        passage = passage_seen_by(desk, account, passage_id)
        if passage is None or not passage.alive:
            return ChangeRefusal.NOT_FOUND
        if not may_change(account.organisation, passage):
            return ChangeRefusal.NOT_ALLOWED
        if seen not in (None, passage.version):
            return ChangeRefusal.CHANGED_MEANWHILE
        outcome = _modified(desk, account, passage, changes)
        if outcome is not None:
            return outcome
    return ChangeRefusal.CHANGED_MEANWHILE


def _modified(
    desk: Desk, account: Account, passage: StoredPassage, changes: Mapping[str, str | None]
) -> Outcome | None:
    """Modify a passage as it was seen; None when another was faster."""
    deposit = deposit_of(desk, passage)
    before = values_said(desk, passage, deposit)
    faults = _unchangeable(before, changes)
    if faults:
        return Faulty(faults)
    after = applied(before, {OUR_NAMES[name]: value for name, value in changes.items()})
    made = tuple(Change(n, before.get(n), after[n]) for n in after if before.get(n) != after[n])
    if not made:
        return Modified(passage, ())
    found = faults_of_typed(
        desk.schemas[deposit.schema], _outline(deposit), after, [one.field for one in made]
    )
    if found:
        return Faulty(tuple(replace(one, field=FLUX_NAMES.get(one.field, "")) for one in found))
    judged = _judged(desk, passage, deposit, after, made)
    if not isinstance(judged, Rewritten):
        return judged
    author = Author(account.id, desk.circumstances.now(passage.world))
    if not desk.stores.passages.change(passage.id, passage.version, judged, author):
        return None
    return Modified(desk.stores.passages.get(passage.id) or passage, made)


def _unchangeable(before: Values, changes: Mapping[str, str | None]) -> tuple[FieldFault, ...]:
    faults = []
    for name, value in changes.items():
        ours = OUR_NAMES.get(name, "")
        if ours not in DICTIONARY:
            faults.append(_fault(name, NOT_A_FIELD))
        elif not DICTIONARY[ours].may_change and value != before[ours]:
            faults.append(_fault(name, NOT_CHANGEABLE))
    return tuple(faults)


def _fault(name: str, sentence: tuple[str, str]) -> FieldFault:
    message, english = sentence
    return FieldFault(name, message, english=english)


def _judged(
    desk: Desk,
    stored: StoredPassage,
    deposit: Deposit,
    values: Values,
    changes: tuple[Change, ...],
) -> Rewritten | Faulty | NotRecognised:
    """Run the second control again, as far as the changes bear on it.

    All rules but the duplicate, which the passage would be of itself; the dates always.
    """
    passage, content = passage_of(values)
    broken = broken_dates(passage)
    if broken:
        text = wording(broken, _outline(deposit), passage)
        field = FLUX_NAMES[_FIELD_OF_DATES[broken]]
        return Faulty((FieldFault(field, text, english=_ENGLISH_OF_DATES[broken]),))
    holder, levels, key, certification = (
        stored.holder, stored.levels, None, stored.certification_id,
    )  # fmt: skip
    if any(DICTIONARY[one.field].judged for one in changes):
        known = _known(desk, stored, passage)
        places = desk.stores.references.gazetteer()
        (verdict,) = judge(stored.world, [passage], known, places)
        if isinstance(verdict, Rejected):
            return _not_recognised(desk, stored, deposit, passage, verdict)
        if isinstance(verdict, Accepted):
            holder, levels, key = verdict.holder, verdict.levels, name_key(passage.claim, known)
        awarded = passage.certification
        certification = known.certifications[awarded.type, awarded.code]
    return Rewritten(
        content=content,
        valid_from=passage.valid_from,
        late=is_late(passage.valid_from, deposit.received_at.date()),
        holder=holder,
        levels=levels,
        name_key=key,
        certification_id=certification,
        changes=changes,
    )


def _known(desk: Desk, stored: StoredPassage, passage: Passage) -> Known:
    if desk.policy.open_registry:
        make_people_known(desk, stored.world, [passage.claim])
    awarded = passage.certification
    if desk.policy.open_certifications:
        make_certifications_known(desk, stored.world, [awarded])
    known = people_known(desk, stored.world, [passage.claim])
    pairs = {(awarded.type, awarded.code)} if agreeing_type(awarded) else set()
    active = desk.stores.references.active(stored.world, pairs)
    return replace(known, certifications=active)


def _not_recognised(
    desk: Desk, stored: StoredPassage, deposit: Deposit, passage: Passage, verdict: Rejected
) -> NotRecognised:
    same = desk.policy.receipts.one_sentence
    text = wording(verdict.code, _outline(deposit), passage, one_sentence=same)
    rejection = Rejection(
        stored.technical_id, verdict.code, text, verdict.levels, stored.piece, stored.position
    )
    codes = partial(code_list, desk, deposit)
    explanation = explanation_of(desk, deposit, passage, rejection, codes)
    return NotRecognised(message_of(verdict.code), text, explanation)


def _outline(deposit: Deposit) -> Outline:
    if deposit.outline is None:
        raise LookupError(f"deposit {deposit.id} has not passed the first control")
    return deposit.outline

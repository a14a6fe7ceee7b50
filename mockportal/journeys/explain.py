"""The side-car of a receipt: why each KO passage is KO, and what to do."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from itertools import chain, groupby, islice, repeat
from typing import TypeVar

from mockportal.domain.advice import Advice
from mockportal.domain.advising import advice_on, advice_on_version
from mockportal.domain.causes import (
    EarlierDeposit,
    certification_cause,
    duplicate_cause,
    text_causes,
)
from mockportal.domain.deposits import (
    AcceptedPassage,
    Deposit,
    FileError,
    Rejection,
    Status,
    VanishedError,
)
from mockportal.domain.ellipsis import abridged
from mockportal.domain.explaining import Explanation, explain
from mockportal.domain.file_errors import LONGEST_MESSAGE, Facts, Fault, Place
from mockportal.domain.flux import Passage
from mockportal.domain.identifiers import HolderId, TechnicalId
from mockportal.domain.messages import Code, Message, message_of
from mockportal.domain.people import Holder, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.domain.recognition import CodeList
from mockportal.domain.verdicts import Accepted, Rejected, Suppressed
from mockportal.journeys.desk import Desk
from mockportal.journeys.kept import open_kept
from mockportal.wire.recognising import recognised
from mockportal.wire.schema_elements import schema_elements
from mockportal.wire.side_cars import read_places

J = TypeVar("J", AcceptedPassage, Rejection)
MOST_EXPLAINED = 200
"""The nearest people are searched for so many KO at once: a first deposit is often all unknown."""
_OF_HOLDER = {
    Code.LEVEL1,
    Code.LEVEL2,
    Code.LEVEL3,
    Code.SEVERAL,
    Code.TRAINING_FILE_NAMES,
    Code.NIR_NAME,
}
"""The reasons that another person in the registry can explain."""
_NAMES_COMPARED = _OF_HOLDER - {Code.SEVERAL}


@dataclass(frozen=True, slots=True)
class Reason:
    """The KO passages of a deposit that share a reason; ``passages`` are the first of them."""

    message: Message
    count: int
    passages: list[Explanation]


@dataclass(frozen=True, slots=True)
class ExplainedError:
    """An error of a refused file with its place, what it means, and how to mend it."""

    error: FileError
    advice: Advice
    echo: bool
    """The same fault as the error before it, at the same place: Java tells it twice."""
    schema: str = ""
    """The version that knows the element, where the one that was applied does not."""


@dataclass(frozen=True, slots=True)
class DepositExplanation:
    """Why a deposit is what it is: its KO passages by reason, or the errors of its file."""

    reasons: list[Reason]
    errors: list[ExplainedError]


@dataclass(frozen=True, slots=True)
class AcceptedExplanation:
    """An accepted passage as it was judged, and why; ``explanation.found`` is its holder."""

    passage: AcceptedPassage
    explanation: Explanation


def explained(desk: Desk, deposit: Deposit, most: int = MOST_EXPLAINED) -> DepositExplanation:
    """Return the reasons of a treated deposit, the most frequent first.

    At most ``most`` passages are explained, shared out fairly among the reasons.
    """
    if deposit.status is Status.REFUSED:
        return DepositExplanation([], explained_errors(desk, deposit))
    if deposit.status is Status.PROCESSING:
        return DepositExplanation([], [])
    counts = desk.stores.deposits.rejections_by_reason(deposit.id)
    share = max(1, most // max(1, len(counts)))
    return DepositExplanation(
        [
            Reason(
                message_of(Code(code)),
                count,
                list(
                    explanations(
                        desk, deposit, desk.stores.deposits.rejections(deposit.id, code, share)
                    )
                ),
            )
            for code, count in counts
        ],
        [],
    )


def explained_errors(desk: Desk, deposit: Deposit) -> list[ExplainedError]:
    """Return the errors of a refused file; places are unknown where an older version refused it."""
    errors = desk.stores.deposits.errors(deposit.id)
    kept = desk.stores.files.places(deposit.id)
    places = read_places(kept.read_bytes()) if kept.exists() else []
    known = chain(places, repeat((Place(), None)))
    received = desk.circumstances.in_paris(deposit.received_at).date()
    return [
        explained_error(desk, replace(error, place=place, facts=facts), deposit.schema, received)
        for error, (place, facts) in zip(errors, known, strict=False)
    ]


def explained_error(
    desk: Desk, error: FileError, applied: str, today: date | None = None
) -> ExplainedError:
    """Return an error of the first control with its place and its cure.

    ``applied`` is the version of the schema that found it, ``today`` the day on which it did.
    Of a long message, the middle is left out: the receipt has the whole.
    """
    place, facts = error.place or Place(), error.facts or recognised(error.message)
    other = _known_elsewhere(desk, facts, applied)
    advice = (
        advice_on_version(facts.element, other, applied)
        if other
        else _advice(desk, facts, place, applied, today)
    )
    echo = facts.fault is Fault.SAME_AS_BEFORE
    shown = replace(error, place=place, message=abridged(error.message, LONGEST_MESSAGE))
    return ExplainedError(shown, advice, echo, other)


def _advice(desk: Desk, facts: Facts, place: Place, applied: str, today: date | None) -> Advice:
    schema = desk.schemas.get(applied)
    return advice_on(facts, place, schema_elements(schema) if schema else (), today)


def _known_elsewhere(desk: Desk, facts: Facts, applied: str) -> str:
    """Return the version of the schema that alone knows an element; empty when there is none."""
    if facts.fault is not Fault.UNEXPECTED:
        return ""
    knowing = [
        version
        for version, path in desk.schemas.items()
        if any(one.name == facts.element for one in schema_elements(path))
    ]
    return knowing[-1] if knowing and applied not in knowing else ""


def accepted_explained(
    desk: Desk, deposit: Deposit, page: int, size: int
) -> list[AcceptedExplanation]:
    """Return a page of the accepted passages: how each was found, what differs without harm."""
    accepted = desk.stores.deposits.accepted(deposit.id, page, size)
    holders = desk.stores.registry.holders({one.holder for one in accepted if one.holder})
    return [
        AcceptedExplanation(one, _found(desk, passage, one, holders))
        for one, passage in _with_passages(desk, deposit, accepted)
    ]


def explanations(
    desk: Desk, deposit: Deposit, rejections: Iterable[Rejection]
) -> Iterator[Explanation]:
    """Yield the explanation of each KO passage, in the order of the file."""
    codes = lru_cache(maxsize=1)(partial(code_list, desk, deposit))
    waiting = iter(rejections)
    while some := list(islice(waiting, MOST_EXPLAINED)):
        earlier = _earlier_deposits(
            desk, deposit, {one.technical_id for one in some if one.code is Code.DUPLICATE}
        )
        for one, passage in _with_passages(desk, deposit, some):
            before = earlier.get(one.technical_id) if one.code is Code.DUPLICATE else None
            yield explanation_of(desk, deposit, passage, one, codes, before)


def _earlier_deposits(
    desk: Desk, deposit: Deposit, ids: set[TechnicalId]
) -> Mapping[TechnicalId, EarlierDeposit]:
    """Return in which deposits these passages were accepted, asked for all of them at once."""
    if not ids or deposit.outline is None:
        return {}
    passages = desk.stores.passages
    earlier = passages.accepted_in(deposit.world, deposit.outline.sender, deposit.id, ids)
    in_paris = desk.circumstances.in_paris
    return {
        technical_id: replace(before, received_at=in_paris(before.received_at))
        for technical_id, before in earlier.items()
    }


def code_list(desk: Desk, deposit: Deposit) -> CodeList:
    """Return the certifications that a deposit's world knows."""
    return CodeList(desk.stores.references.certifications(deposit.world))


def _with_passages(
    desk: Desk, deposit: Deposit, judged: Iterable[J]
) -> Iterator[tuple[J, Passage]]:
    """Yield what was judged with its passage, read from the kept file piece by piece."""
    deposits = desk.stores.deposits
    with open_kept(desk, deposit) as kept:
        for number, group in groupby(judged, key=lambda one: one.piece):
            piece = deposits.piece(deposit.id, number)
            if piece is None:
                raise VanishedError(f"deposit {deposit.id} has no piece {number}")
            placed = kept.passages(piece, partial(deposits.certifications, deposit.id))
            for one in group:
                yield one, placed[one.position].passage


def _found(
    desk: Desk, passage: Passage, one: AcceptedPassage, holders: Mapping[HolderId, Holder]
) -> Explanation:
    holder = holders.get(one.holder) if one.holder else None
    return explain(
        passage,
        Accepted(holder.id, one.levels) if holder else Suppressed(one.levels),
        text=None,
        candidates=[],
        found=holder,
        places=desk.stores.references.gazetteer(),
    )


def explanation_of(
    desk: Desk,
    deposit: Deposit,
    passage: Passage,
    rejection: Rejection,
    codes: Callable[[], CodeList],
    earlier: EarlierDeposit | None = None,
) -> Explanation:
    """Return the explanation of one KO passage; ``codes`` is asked where the list matters.

    ``earlier`` is the deposit in which a duplicate was accepted.
    """
    unrecognised = (
        codes().unrecognised(passage.certification)
        if rejection.code is Code.CERTIFICATION
        else None
    )
    return explain(
        passage,
        Rejected(rejection.code, rejection.levels),
        text=rejection.text,
        candidates=_candidates(desk, deposit, passage) if rejection.code in _OF_HOLDER else [],
        found=None,
        places=desk.stores.references.gazetteer(),
        unrecognised=unrecognised,
        causes=[
            *([certification_cause(unrecognised)] if unrecognised else []),
            *([duplicate_cause(earlier, deposit.id)] if earlier else []),
            *(text_causes(passage.claim) if rejection.code in _NAMES_COMPARED else []),
        ],
    )


def _candidates(desk: Desk, deposit: Deposit, passage: Passage) -> list[Holder]:
    registry, claim = desk.stores.registry, passage.claim
    match claim:
        case HolderClaim():
            return registry.near(deposit.world, claim)
        case TrainingFileClaim(number):
            return registry.with_training_files(deposit.world, {number}).get(number, [])
        case NirClaim(nir13):
            return list(registry.with_nirs(deposit.world, {nir13}).values())

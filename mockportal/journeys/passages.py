"""Looking up passages: who sees what, what a passage says, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mockportal.domain.comparing import normalised
from mockportal.domain.deposits import Deposit, VanishedError
from mockportal.domain.identifiers import DepositId, PassageId, TechnicalId
from mockportal.domain.organisations import Account
from mockportal.domain.pages import Turn
from mockportal.domain.passages import (
    Happening,
    PassagePage,
    PassageSearch,
    Sort,
    StoredPassage,
    may_see,
)
from mockportal.domain.people import Holder
from mockportal.domain.reference import Certification
from mockportal.journeys.desk import Desk
from mockportal.journeys.kept import open_kept
from mockportal.wire.contents import kept_content, values_of
from mockportal.wire.passage_fields import FLUX_NAMES

PAGE = 25
_MOST = (1 << 63) - 1
"""A database counts no farther; an address may."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """What a person looks for, as they say it."""

    identifier: str = ""
    name: str = ""
    """Birth name, then first name; their beginning suffices."""
    code: str = ""
    """The whole code of a certification."""
    awarded_from: date | None = None
    awarded_until: date | None = None
    deposit: str = ""
    sort: Sort | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A passage with whom and what it is about, as a list shows it."""

    passage: StoredPassage
    holder: Holder | None
    certification: Certification | None


def passages_of(
    desk: Desk, account: Account, search: PassageSearch | None = None, page: int = 1,
    size: int = PAGE, turn: Turn | None = None,
) -> PassagePage[Listed]:  # fmt: skip
    """Return a page of the passages that an account may see, newest deposit first."""
    wanted = search or PassageSearch()
    found = desk.stores.passages.page(account.organisation, wanted, max(page, 1), size, turn)
    return PassagePage(
        listed(desk, found.items), found.total, found.more, found.partial, found.reach
    )


def passages_named(desk: Desk, account: Account, technical_id: str) -> list[Listed]:
    """Return the passages of exactly this idTechnique; several émetteurs may have sent it."""
    ids = [TechnicalId(technical_id)]
    return listed(desk, desk.stores.passages.named(account.organisation, ids))


def looked_up(desk: Desk, account: Account, typed: str) -> list[Listed]:
    """Return the passages of an identifier that was typed; where there is none, deleted ones."""
    seer = account.organisation
    for wanted in dict.fromkeys((typed, typed.strip())):
        for deleted in (False, True):
            found = desk.stores.passages.named(seer, [TechnicalId(wanted)], deleted=deleted)
            if found:
                return listed(desk, found)
    return []


def in_another_case(desk: Desk, account: Account, typed: str) -> str:
    """Return the identifier of a passage that differs by its capitals alone; empty: none.

    Only whole words in capitals or in small letters are tried: an index serves those.
    """
    bare = typed.strip()
    ids = [TechnicalId(one) for one in (bare.upper(), bare.lower()) if one != bare]
    found = desk.stores.passages.named(account.organisation, ids)
    return found[0].technical_id if found else ""


def passage_seen_by(desk: Desk, account: Account, passage_id: int) -> StoredPassage | None:
    """Return a passage, a deleted one too, or None when it is not this account's to see."""
    found = desk.stores.passages.get(PassageId(passage_id)) if passage_id <= _MOST else None
    return found if found and may_see(account.organisation, found) else None


def listed(desk: Desk, passages: Sequence[StoredPassage]) -> list[Listed]:
    """Return passages with their holders and certifications; two queries for all of them."""
    holders = desk.stores.registry.holders({one.holder for one in passages if one.holder})
    numbers = {one.certification_id for one in passages if one.certification_id}
    certifications = desk.stores.references.numbered(numbers)
    return [
        Listed(
            one,
            holders.get(one.holder) if one.holder else None,
            certifications.get(one.certification_id) if one.certification_id else None,
        )
        for one in passages
    ]


def said_by(desk: Desk, passage: StoredPassage) -> dict[str, str | None]:
    """Return all that a passage says now, by the flux's own names; None is nil or absent."""
    values = values_said(desk, passage, deposit_of(desk, passage))
    return {FLUX_NAMES[name]: value for name, value in values.items()}


def values_said(desk: Desk, passage: StoredPassage, deposit: Deposit) -> dict[str, str | None]:
    """Return all that a passage says now, by our names of the fields."""
    content = desk.stores.passages.content(passage.id)
    if content is not None:
        element, awarded = kept_content(content)
    else:
        deposits, ordinal = desk.stores.deposits, passage.certification
        piece = deposits.piece(deposit.id, passage.piece)
        if piece is None:
            raise VanishedError(f"deposit {deposit.id} has no piece {passage.piece}")
        with open_kept(desk, deposit) as kept:
            element = kept.element(piece, passage.position)
        (awarded,) = deposits.certifications(deposit.id, ordinal, ordinal)
    outline = deposit.outline
    return {
        "sender": passage.sender,
        "certifier": passage.certifier_client,
        "contract": outline.contract if outline else None,
        **values_of(element, awarded),
    }


def deposit_of(desk: Desk, passage: StoredPassage) -> Deposit:
    """Return the deposit that brought a passage."""
    deposit = desk.stores.deposits.get(passage.deposit)
    if deposit is None:
        raise VanishedError(f"passage {passage.id} has no deposit {passage.deposit}")
    return deposit


def history_of(desk: Desk, passage: StoredPassage) -> list[Happening]:
    """Return what became of a passage since its deposit, oldest first."""
    return desk.stores.passages.history(passage.id)


def search_for(desk: Desk, account: Account, words: SearchWords) -> PassageSearch:
    """Return the search that words ask for; empty ones ask for nothing."""
    numbers, code = None, words.code.strip()
    if code:
        world = account.organisation.world
        numbers = tuple(desk.stores.references.numbers_of(world, code))
    return PassageSearch(
        identifier=words.identifier,
        name=normalised(words.name),
        certifications=numbers,
        awarded_from=words.awarded_from,
        awarded_until=words.awarded_until,
        deposit=DepositId(words.deposit) if words.deposit else None,
        sort=words.sort,
    )

"""Deleting passages: one, or many that are named, found, or of one deposit."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.organisations import Account
from mockportal.domain.passages import Author, PassageSearch, StoredPassage, may_change
from mockportal.journeys.desk import Desk
from mockportal.journeys.emptying import unless_emptied
from mockportal.journeys.modify import ChangeRefusal
from mockportal.journeys.passages import passage_seen_by

MOST_AT_ONCE = 200_000
"""As many passages as the largest file holds."""
_BATCH = 2_000
"""The passages of one short transaction: others write between two of them."""
_SHOWN = 10
_MOST_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Named:
    """The passages of these identifiers."""

    identifiers: tuple[str, ...]


Wanted = Named | PassageSearch
"""Which passages to delete; a search may name one deposit."""


@dataclass(slots=True)
class Tally:
    """What a mass deletion meets; of long lists, the first."""

    passages: int = 0
    first: list[StoredPassage] = field(default_factory=list)
    deposits: dict[str, int] = field(default_factory=dict)
    """How many of each deposit."""
    missing: int = 0
    first_missing: list[str] = field(default_factory=list)
    """Identifiers of nothing that this account sees."""
    locked: int = 0
    first_locked: list[StoredPassage] = field(default_factory=list)
    """Passages that it sees and may not delete."""

    @property
    def too_many(self) -> bool:
        """Tell whether these are more than can be deleted at once."""
        return self.passages > MOST_AT_ONCE


@dataclass(frozen=True, slots=True)
class Report:
    """What a mass deletion did: how many it deleted, and what it met."""

    deleted: int
    tally: Tally


@unless_emptied
def delete(desk: Desk, account: Account, passage_id: int) -> StoredPassage | ChangeRefusal:
    """Delete a passage and return it as it was, or why it stays."""
    passage = passage_seen_by(desk, account, passage_id)
    if passage is None or not passage.alive:
        return ChangeRefusal.NOT_FOUND
    if not may_change(account.organisation, passage):
        return ChangeRefusal.NOT_ALLOWED
    gone = desk.stores.passages.delete([passage.id], _author(desk, account))
    return passage if gone else ChangeRefusal.NOT_FOUND


def preview(desk: Desk, account: Account, wanted: Wanted) -> Tally:
    """Return what a mass deletion would delete, and what it would not find."""
    tally = Tally()
    for _ in _deletable(desk, account, wanted, tally):
        if tally.too_many:
            break
    return tally


@unless_emptied
def delete_many(desk: Desk, account: Account, wanted: Wanted, expected: int) -> Report | Tally:
    """Delete passages, batch by batch; only if they are as many as was ``expected``.

    Otherwise nothing is deleted, and what would be is returned.
    """
    before = preview(desk, account, wanted)
    if before.passages != expected or before.too_many:
        return before
    deleted, tally = 0, Tally()
    found = _deletable(desk, account, wanted, tally)
    while batch := [one.id for one in islice(found, _BATCH)]:
        deleted += desk.stores.passages.delete(batch, _author(desk, account))
    return Report(deleted, tally)


def _deletable(
    desk: Desk, account: Account, wanted: Wanted, tally: Tally
) -> Iterator[StoredPassage]:
    """Yield the passages to delete, streaming; note all that is met in the tally."""
    seer = account.organisation
    if isinstance(wanted, Named):
        found = _named(desk, account, wanted, tally)
    else:
        found = desk.stores.passages.matching(seer, wanted)
    for one in found:
        if not may_change(seer, one):
            tally.locked += 1
            if tally.locked <= _MOST_SHOWN:
                tally.first_locked.append(one)
            continue
        tally.passages += 1
        tally.deposits[one.deposit] = tally.deposits.get(one.deposit, 0) + 1
        if tally.passages <= _SHOWN:
            tally.first.append(one)
        yield one


def _named(desk: Desk, account: Account, wanted: Named, tally: Tally) -> Iterator[StoredPassage]:
    identifiers = iter(dict.fromkeys(wanted.identifiers))
    while batch := [TechnicalId(one) for one in islice(identifiers, _BATCH)]:
        found = desk.stores.passages.named(account.organisation, batch)
        met = {one.technical_id for one in found}
        missing = [one for one in batch if one not in met]
        tally.missing += len(missing)
        tally.first_missing += missing[: _MOST_SHOWN - len(tally.first_missing)]
        yield from found


def _author(desk: Desk, account: Account) -> Author:
    return Author(account.id, desk.circumstances.now(account.organisation.world))

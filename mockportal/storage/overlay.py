"""Stores that are read, under others that may be written: what ``check`` looks things up in."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from typing import TypeVar

from sqlalchemy import Engine

from mockportal.domain.causes import EarlierDeposit
from mockportal.domain.comparing import FoundPeople, Level1Key
from mockportal.domain.identifiers import ClientId, DepositId, HolderId, TechnicalId, WorldId
from mockportal.domain.passages import Sent
from mockportal.domain.people import Born, Holder, HolderClaim, born, day_of
from mockportal.domain.places import Gazetteer
from mockportal.domain.reference import Certification, NewHolder
from mockportal.storage.passages import PassageStore
from mockportal.storage.references import ReferenceStore
from mockportal.storage.registry import RegistryStore

K = TypeVar("K")


class OverlayRegistry:
    """Reads both registries, writes the scratch one, whose people get negative numbers."""

    def __init__(self, base: RegistryStore, scratch: RegistryStore) -> None:
        """Keep both."""
        self._base = base
        self._scratch = scratch

    def exclusive(self) -> AbstractContextManager[None]:
        """Let nobody else add people while the block runs."""
        return self._scratch.exclusive()

    def filed(self, keys: Collection[Level1Key]) -> FoundPeople:
        """Return who is filed under these keys in either registry."""
        base, scratch = self._base.filed(keys), self._scratch.filed(keys)
        ours = {key: HolderId(-one) for key, one in scratch.alone.items()}
        in_both = (base.alone.keys() | base.shared.keys()) & (ours.keys() | scratch.shared.keys())
        shared = {
            **base.shared,
            **{key: [_below_zero(one) for one in them] for key, them in scratch.shared.items()},
            **{key: [_born(one) for one in them] for key, them in self.alike(in_both).items()},
        }
        alone = {k: one for k, one in {**base.alone, **ours}.items() if k not in shared}
        return FoundPeople(alone, shared)

    def alike(self, keys: Collection[Level1Key]) -> Mapping[Level1Key, list[Holder]]:
        """Return the people filed under these keys in either registry."""
        return _merged(self._base.alike(keys), self._scratch.alike(keys))

    def with_training_files(
        self, world: WorldId, numbers: Collection[str]
    ) -> Mapping[str, list[Holder]]:
        """Return the holders of these training files in either registry."""
        return _merged(
            self._base.with_training_files(world, numbers),
            self._scratch.with_training_files(world, numbers),
        )

    def with_nirs(self, world: WorldId, nirs: Collection[str]) -> Mapping[str, Holder]:
        """Return people by NIR, from either registry."""
        scratch = self._scratch.with_nirs(world, nirs)
        return {n: _marked(h) for n, h in scratch.items()} | dict(self._base.with_nirs(world, nirs))

    def holders(self, ids: Collection[HolderId]) -> Mapping[HolderId, Holder]:
        """Return people by number."""
        scratch = self._scratch.holders([HolderId(-i) for i in ids if i < 0])
        return {HolderId(-i): _marked(h) for i, h in scratch.items()} | dict(
            self._base.holders([i for i in ids if i >= 0])
        )

    def near(self, world: WorldId, claim: HolderClaim, limit: int = 200) -> list[Holder]:
        """Return near people of the registry that is read."""
        return self._base.near(world, claim, limit)

    def add(self, world: WorldId, people: Iterable[NewHolder]) -> int:
        """Add people to the scratch registry."""
        return self._scratch.add(world, people)

    def add_training_file(self, holder: HolderId, number: str) -> None:
        """Give a training file to a person of the scratch registry."""
        self._scratch.add_training_file(HolderId(-holder), number)

    def everyone(self, world: WorldId) -> Iterator[tuple[Holder, str | None]]:
        """Yield the people of the registry that is read."""
        return self._base.everyone(world)

    def nirs_taken(self, world: WorldId, nirs: Collection[str]) -> set[str]:
        """Return the NIR that either registry holds."""
        return self._base.nirs_taken(world, nirs) | self._scratch.nirs_taken(world, nirs)

    def highest_orders(self, world: WorldId, stems: Collection[str]) -> Mapping[str, int]:
        """Return the highest order of each stem in either registry."""
        base = self._base.highest_orders(world, stems)
        scratch = self._scratch.highest_orders(world, stems)
        return {stem: max(order, scratch[stem]) for stem, order in base.items()}

    def orders(self, world: WorldId, stem: str) -> set[int]:
        """Return the orders of a stem in either registry."""
        return self._base.orders(world, stem) | self._scratch.orders(world, stem)

    def count(self, world: WorldId) -> int:
        """Return the number of people in both."""
        return self._base.count(world) + self._scratch.count(world)


class OverlayReferences:
    """Reads both lists of certifications, writes the scratch one, whose numbers are negative."""

    def __init__(self, base: ReferenceStore, scratch: ReferenceStore) -> None:
        """Keep both."""
        self._base = base
        self._scratch = scratch

    def active(
        self, world: WorldId, wanted: Collection[tuple[str, str]]
    ) -> Mapping[tuple[str, str], int]:
        """Return those pairs that are active in either list."""
        scratch = self._scratch.active(world, wanted)
        return {pair: -number for pair, number in scratch.items()} | dict(
            self._base.active(world, wanted)
        )

    def certifications(self, world: WorldId) -> list[Certification]:
        """Return both lists."""
        return [*self._base.certifications(world), *self._scratch.certifications(world)]

    def numbered(self, numbers: Collection[int]) -> Mapping[int, Certification]:
        """Return certifications by their numbers."""
        scratch = self._scratch.numbered([-number for number in numbers if number < 0])
        return {-number: listed for number, listed in scratch.items()} | dict(
            self._base.numbered([number for number in numbers if number >= 0])
        )

    def numbers_of(self, world: WorldId, code: str) -> list[int]:
        """Return the numbers of a code in either list."""
        scratch = self._scratch.numbers_of(world, code)
        return [*self._base.numbers_of(world, code), *(-number for number in scratch)]

    def add(self, world: WorldId, certifications: Iterable[Certification]) -> int:
        """Add to the scratch list what neither holds, active or not."""
        wanted = list(certifications)
        known = self._base.listed(world, {one.code for one in wanted})
        return self._scratch.add(
            world, (one for one in wanted if (one.type, one.code) not in known)
        )

    def put(self, world: WorldId, certifications: Iterable[Certification]) -> None:
        """Put certifications into the scratch list."""
        self._scratch.put(world, certifications)

    def gazetteer(self) -> Gazetteer:
        """Return the communes and countries."""
        return self._base.gazetteer()


class OverlayPassages(PassageStore):
    """The passages that are read; the scratch database has what the deposit at hand has staged."""

    def __init__(self, base: Engine, scratch: PassageStore) -> None:
        """Keep both."""
        super().__init__(base)
        self._scratch = scratch

    def sent(
        self, world: WorldId, sender: ClientId, deposit: DepositId, ids: Collection[TechnicalId]
    ) -> Sent:
        """Return what is stored of these identifiers, and what the deposit has staged."""
        stored = super().sent(world, sender, deposit, ids).stored
        scratch = self._scratch.sent(world, sender, deposit, ids)
        return Sent({*stored, *scratch.stored}, scratch.staged)

    def accepted_in(
        self, world: WorldId, sender: ClientId, deposit: DepositId, ids: Collection[TechnicalId]
    ) -> Mapping[TechnicalId, EarlierDeposit]:
        """Return in which deposit each was accepted: one that is read, else the one at hand."""
        scratch = self._scratch.accepted_in(world, sender, deposit, ids)
        return {**scratch, **super().accepted_in(world, sender, deposit, ids)}


def _merged(
    one: Mapping[K, list[Holder]], other: Mapping[K, list[Holder]]
) -> Mapping[K, list[Holder]]:
    return {key: [*one.get(key, []), *map(_marked, other.get(key, []))] for key in {*one, *other}}


def _born(holder: Holder) -> Born:
    return born(holder.id, holder.birth_month, holder.birth_day)


def _below_zero(one: Born) -> Born:
    return Born(day_of(one) - (one - day_of(one)))


def _marked(holder: Holder) -> Holder:
    return holder._replace(id=HolderId(-holder.id))

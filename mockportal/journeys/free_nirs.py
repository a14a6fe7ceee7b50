"""NIR that nobody holds, for many people at once: the next order of a sex, month and place."""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, count, islice
from zlib import crc32

from mockportal.domain.identifiers import WorldId
from mockportal.domain.nir import ORDERS, STEM, Nir, ordered_nir
from mockportal.domain.reference import NewHolder
from mockportal.journeys.desk import Desk

_PLACE = slice(5, STEM)
_FIRST_BLOCK = 16


class FreeNirs:
    """NIR for people of one world; what the registry holds is asked once a batch.

    Where the 999 orders of a sex, month and place are taken, the NIR names another place, and the
    person is marked so.
    """

    def __init__(self, desk: Desk, world: WorldId, reserved: Collection[str] = ()) -> None:
        """Keep whose registry it is, and the NIR that will be held beside those it has."""
        self._registry = desk.stores.registry
        self._gazetteer = desk.stores.references.gazetteer()
        self._world = world
        self._reserved = reserved
        self._highest: dict[str, int] = {}
        self._next: dict[str, int] = {}
        self._gaps: dict[str, list[int]] = {}
        self._elsewhere: dict[str, Iterator[Nir]] = {}

    def given_to(self, people: Sequence[NewHolder]) -> Iterator[NewHolder]:
        """Yield each person, whose NIR is a mere stem (sex, month, place), with a whole one."""
        self._ask({one.nir[:STEM] for one in people})
        for one in people:
            stem = one.nir[:STEM]
            nir = self._following(stem) or self._from_gaps(stem)
            if nir is not None:
                yield one._replace(nir=nir)
                continue
            nir = next(self._elsewhere.setdefault(stem, self._of_other_places(stem)))
            yield one._replace(nir=nir, nir_place=nir[_PLACE])

    def _ask(self, stems: Collection[str]) -> None:
        held = self._registry.highest_orders(self._world, [s for s in stems if s not in self._next])
        for stem, order in held.items():
            self._highest[stem], self._next[stem] = order, order + 1

    def _following(self, stem: str) -> Nir | None:
        """Return the NIR after the highest that is held."""
        while (order := self._next[stem]) <= ORDERS:
            self._next[stem] = order + 1
            nir = ordered_nir(stem, order)
            if nir not in self._reserved:
                return nir
        return None

    def _from_gaps(self, stem: str) -> Nir | None:
        """Return a NIR that is free below the highest, as an import may leave some."""
        gaps = self._gaps.get(stem)
        if gaps is None:
            below = set(range(1, self._highest[stem])) - self._registry.orders(self._world, stem)
            gaps = self._gaps[stem] = sorted(below, reverse=True)
        while gaps:
            nir = ordered_nir(stem, gaps.pop())
            if nir not in self._reserved:
                return nir
        return None

    def _of_other_places(self, stem: str) -> Iterator[Nir]:
        """Yield NIR of other places, one place after the other, asked for in growing blocks."""
        others, size = self._other_stems(stem), _FIRST_BLOCK
        while block := list(islice(others, size)):
            self._ask(block)
            for other in block:
                while nir := self._following(other):
                    yield nir
            size *= 2
        raise ValueError(f"no NIR is left that begins with {stem[:5]}")

    def _other_stems(self, stem: str) -> Iterator[str]:
        """Yield all stems of the same sex, year and month, from another place on for each."""
        known = [one.code for one in self._gazetteer.communes.values() if one.parent is None]
        start = crc32(stem.encode()) % max(1, len(known))
        unknown = (f"{number:05}" for number in count(1_001))
        places = chain(known[start:], known[:start], islice(unknown, 95_999 - 1_000))
        return (stem[:5] + place for place in places if place != stem[_PLACE])

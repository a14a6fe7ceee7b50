"""Places of birth: communes, their postal codes and their arrondissements."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, or an arrondissement of Paris, Lyon or Marseille (then ``parent`` is its city)."""

    code: str
    name: str
    postal_codes: tuple[str, ...]
    parent: str | None = None


@dataclass(frozen=True)
class Gazetteer:
    """The communes and countries that the portal knows by INSEE code."""

    communes: Mapping[str, Commune]
    countries: Mapping[str, str] = field(default_factory=dict)

    def city(self, code: str) -> str:
        """Return the code under which a place compares: an arrondissement's city, else itself."""
        commune = self.communes.get(code)
        return commune.parent if commune and commune.parent else code

    def same_place(self, one: str, other: str) -> bool:
        """Tell whether two INSEE codes name the same place of birth (ASSUMED for cities)."""
        return one == other or self.city(one) == self.city(other)

    def has_postal_code(self, code: str, postal_code: str) -> bool | None:
        """Tell whether a place has ``postal_code``; None when its postal codes are not known."""
        city = self.city(code)
        known = self._postal_codes.get(city)
        return None if known is None else postal_code in known

    def with_postal_code(self, postal_code: str) -> Commune | None:
        """Return the first commune (no arrondissement) that has ``postal_code``."""
        cached: dict[str, Commune] | None = self.__dict__.get("_first_with")
        if cached is None:
            cached = self.__dict__["_first_with"] = {}
            for commune in self.communes.values():
                for code in self._postal_codes[commune.code] if commune.parent is None else ():
                    cached.setdefault(code, commune)
        return cached.get(postal_code)

    @property
    def _postal_codes(self) -> dict[str, set[str]]:
        cached: dict[str, set[str]] | None = self.__dict__.get("_by_city")
        if cached is None:
            cached = {}
            for commune in self.communes.values():
                cached.setdefault(self.city(commune.code), set()).update(commune.postal_codes)
            self.__dict__["_by_city"] = cached
        return cached

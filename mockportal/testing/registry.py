"""The people and the certifications of a world, in the hand of a test."""

from typing import Any, Unpack

from mockportal.domain.furnishing import Unfit
from mockportal.domain.identifiers import WorldId
from mockportal.domain.reference import Certification
from mockportal.journeys.desk import Desk
from mockportal.journeys.furnish import add_people
from mockportal.testing.types import Person
from mockportal.wire.answers import person_json
from mockportal.wire.tables_csv import person_of


class People:
    """The registry of a world."""

    def __init__(self, desk: Desk, world: WorldId) -> None:
        """Keep whose registry it is."""
        self._desk = desk
        self._world = world

    def add(self, **person: Unpack[Person]) -> dict[str, Any]:
        """Add a person, and return them with all that the registry holds.

        The keys are the flux's own: ``nomNaissance``, ``prenom1``, ``anneeNaissance`` and ``sexe``
        must be given; a ``nir`` is made when absent and checked when given. Raises ValueError for
        what does not fit.
        """
        made = person_of(dict(person))
        if isinstance(made, str):
            raise ValueError(made)
        added = add_people(self._desk, self._world, [made])
        if isinstance(added, Unfit):
            raise ValueError(f"{added.key}: {added.reason}")
        return person_json(added[0])

    def __repr__(self) -> str:
        """Return how many they are."""
        return f"<People: {len(self)}>"

    def __len__(self) -> int:
        """Return how many people the registry holds."""
        return self._desk.stores.registry.count(self._world)


class Certifications:
    """The reference list of a world."""

    def __init__(self, desk: Desk, world: WorldId) -> None:
        """Keep whose list it is."""
        self._desk = desk
        self._world = world

    def __repr__(self) -> str:
        """Return whose they are."""
        return f"<Certifications of world {self._world}>"

    def add(self, code: str, *, label: str = "", active: bool = True) -> None:
        """List a certification, or change one that is listed; its type is its code's prefix."""
        prefix = "RNCP" if code.startswith("RNCP") else "RS"
        if not code.startswith(prefix) or not code.removeprefix(prefix).isdigit():
            raise ValueError(f"{code!r} is no code of a certification: RNCP or RS, then digits")
        one = Certification(
            type=prefix, code=code, label=label or f"Certification {code}", active=active
        )
        self._desk.stores.references.put(self._world, [one])

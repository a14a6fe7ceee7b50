"""Finding a certification, a commune or a country by typing a part of its name."""

from dataclasses import dataclass

from mockportal.domain.comparing import normalised
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.desk import Desk

Option = tuple[str, str]
"""A code, and the words for it."""
FEW = 500
"""So many options a page carries whole, for its reader to narrow while typing."""
_MOST_FOUND = 50
_ABROAD = "99"


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a field may hold."""

    listed: list[Option]
    """All of a list that is short; of a long one, what fits what was typed."""
    fitting: list[Option]
    """What fits what was typed, where that is no code of the list."""
    whole: bool
    """Whether ``listed`` is the whole list."""
    nothing: bool
    """Whether something was typed that is no code of the list, and that nothing fits."""


def suggestions(desk: Desk, world: WorldId, name: str, typed: str) -> Suggestions | None:
    """Return what a field of the dictionary may hold, or None where it holds anything."""
    options = _options(desk, world, name)
    if options is None:
        return None
    wanted = normalised(typed)
    fitting: list[Option] = []
    searched = bool(wanted) and all(code != typed for code, _ in options)
    if searched:
        fits = (one for one in options if wanted in normalised(f"{one[0]} {one[1]}"))
        fitting = [one for one, _ in zip(fits, range(_MOST_FOUND), strict=False)]
    whole = len(options) <= FEW
    nothing = searched and not fitting
    return Suggestions(options if whole else fitting, fitting, whole, nothing)


def _options(desk: Desk, world: WorldId, name: str) -> list[Option] | None:
    places = desk.stores.references.gazetteer()
    if name == "certification_code":
        listed = desk.stores.references.certifications(world)
        return [(one.code, one.label) for one in listed if one.active]
    if name == "commune":
        communes = [(one.code, one.name) for one in places.communes.values()]
        return communes + list(places.countries.items())
    if name == "country":
        return [(code.removeprefix(_ABROAD), label) for code, label in places.countries.items()]
    return None

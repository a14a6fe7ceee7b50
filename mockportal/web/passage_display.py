"""What pages show of passages: a search in words, the data by parts of the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request

from mockportal.domain.dictionary import DICTIONARY, Field, Group, words_of
from mockportal.domain.dictionary_rules import way_of
from mockportal.domain.identifiers import WorldId
from mockportal.domain.passages import Sort
from mockportal.journeys.passages import SearchWords
from mockportal.web.passage_forms import Asked, asked, shown
from mockportal.wire.passage_fields import FLUX_NAMES, OUR_NAMES

WAYS = (Group.HOLDER, Group.TRAINING_FILE, Group.NATIONAL_ID)
SEARCHED = ("debut", "nom", "certification", "du", "au", "depot", "tri")
"""The fields of a search, in addresses and in forms."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A search as it was typed, what it means, and what cannot be read of it."""

    fields: dict[str, str]
    words: SearchWords
    unreadable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the dictionary, each of its fields with the flux's own name and a value."""

    title: str
    fields: list[tuple[str, Field, str | None]]


def typed_search(given: Mapping[str, str]) -> Typed:
    """Return the search that an address or a form holds."""
    fields = {name: given.get(name, "") for name in SEARCHED}
    unreadable = {one for one in ("du", "au") if fields[one] and _date(fields[one]) is None}
    sorts = {one.value: one for one in Sort}
    words = SearchWords(
        identifier=fields["debut"],
        name=fields["nom"],
        code=fields["certification"],
        awarded_from=_date(fields["du"]),
        awarded_until=_date(fields["au"]),
        deposit=fields["depot"],
        sort=sorts.get(fields["tri"]),
    )
    return Typed(fields, words, frozenset(unreadable))


def parts(values: Mapping[str, str | None]) -> list[Part]:
    """Return what a passage says, by parts, in words; only the way that names its holder."""
    ours = {OUR_NAMES[name]: value for name, value in values.items()}
    unused = {one for one in WAYS if one is not way_of(ours)}
    shown_parts = [one for one in Group if one not in unused]
    found = [
        Part(one.value, [_in_words(n, ours.get(n)) for n in _names(one)]) for one in shown_parts
    ]
    if Group.NATIONAL_ID in shown_parts:
        found[-1].fields.append(_in_words("birth_name", ours.get("birth_name")))
    return found


def form_parts(
    values: Mapping[str, str | None], world: WorldId, *, national_ids: bool
) -> list[tuple[str, list[Asked]]]:
    """Return the parts of a form with their fields, and the values as it shows them."""
    ours = {OUR_NAMES[name]: value for name, value in values.items()}
    return [
        (part.value, [asked(name, ours.get(name), world) for name in _names(part)])
        for part in Group
        if part is not Group.IDENTIFIERS and (national_ids or part is not Group.NATIONAL_ID)
    ]


def changes_typed(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the fields that the form sent and that are not as it showed them."""
    return {
        name: typed or None
        for name, typed in request.form.items()
        if name in values and typed != shown(name, values[name])
    }


def _in_words(name: str, value: str | None) -> tuple[str, Field, str | None]:
    return FLUX_NAMES[name], DICTIONARY[name], value and words_of(name, value)


def _names(group: Group) -> list[str]:
    return [name for name, line in DICTIONARY.items() if line.group is group]


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

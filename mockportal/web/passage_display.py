"""What pages show of passages: a search in words, the data by parts of the dictionary."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask import request

from mockportal.domain.dictionary import DICTIONARY, Field, Group, plain, words_of
from mockportal.domain.dictionary_rules import way_of
from mockportal.domain.passages import Sort
from mockportal.journeys.passages import SearchWords
from mockportal.wire.passage_fields import FLUX_NAMES, OUR_NAMES

WAYS = (Group.HOLDER, Group.TRAINING_FILE, Group.NATIONAL_ID)
_LINES = str.maketrans("", "", "\r\n")
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
    shown = [one for one in Group if one not in unused]
    found = [Part(one.value, _fields(one, ours, in_words=True)) for one in shown]
    if Group.NATIONAL_ID in shown:
        name = "birth_name"
        found[-1].fields.append((FLUX_NAMES[name], DICTIONARY[name], ours.get(name)))
    return found


def form_parts(values: Mapping[str, str | None], *, national_ids: bool) -> list[Part]:
    """Return the fields that a form shows, with their values as it shows them."""
    ours = {OUR_NAMES[name]: value for name, value in values.items()}
    return [
        Part(one.value, _fields(one, ours, in_words=False))
        for one in Group
        if one is not Group.IDENTIFIERS and (national_ids or one is not Group.NATIONAL_ID)
    ]


def changes_typed(values: Mapping[str, str | None]) -> dict[str, str | None]:
    """Return the fields that the form sent and that are not as it showed them."""
    return {
        name: typed or None
        for name, typed in request.form.items()
        if name in values and typed != shown(name, values[name])
    }


def shown(name: str, value: str | None) -> str:
    """Return a value as a one-line field shows it; ``name`` is the flux's own."""
    return plain(OUR_NAMES[name], value).translate(_LINES)


def _fields(
    group: Group, ours: Mapping[str, str | None], *, in_words: bool
) -> list[tuple[str, Field, str | None]]:
    found: list[tuple[str, Field, str | None]] = []
    for name, line in DICTIONARY.items():
        if line.group is group:
            value = ours.get(name)
            if in_words:
                found.append((FLUX_NAMES[name], line, value and words_of(name, value)))
            else:
                found.append((FLUX_NAMES[name], line, shown(FLUX_NAMES[name], value)))
    return found


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None

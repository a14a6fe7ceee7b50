"""What the forms about a passage share: their fields, what was typed, what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mockportal.domain.dictionary import DICTIONARY, Field, plain
from mockportal.domain.dictionary_rules import FieldFault
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.suggest import Suggestions, suggestions
from mockportal.web.served import desk
from mockportal.wire.passage_fields import FLUX_NAMES, OUR_NAMES

WHOLE = "donnees"
"""The id of a form, for what is wrong with the passage as a whole."""
FOUND = ".choix"
"""What the name of a field ends with where one of those found is chosen for it."""
_LINES = str.maketrans("", "", "\r\n")
_IN_BOTH_WORDS = Markup("{}<small>{}</small>")
"""What an error means, then the words that the portal has for it."""
_NOT_TYPED = re.compile("[\0-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of a form: the flux's own name, the dictionary's line, what it holds."""

    name: str
    line: Field
    value: str
    suggestions: Suggestions | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """What is wrong with a form: a sentence beside each field, and all of them on top."""

    beside: dict[str, str]
    summary: list[tuple[str, str]]
    """The id of each field with its label and what is wrong."""

    def at(self, name: str) -> str:
        """Return what is wrong with a field, or nothing."""
        return self.beside.get(name, "")


def asked(name: str, value: str | None, world: WorldId) -> Asked:
    """Return a field of a form; ``name`` is ours."""
    flux_name = FLUX_NAMES[name]
    text = shown(flux_name, value)
    return Asked(flux_name, DICTIONARY[name], text, suggestions(desk(), world, name, text))


def shown(name: str, value: str | None) -> str:
    """Return a value as a one-line field shows it; ``name`` is the flux's own."""
    return plain(OUR_NAMES[name], value).translate(_LINES)


def as_typed(text: str) -> str:
    """Return what was typed without the blanks around it, and without what no flux can hold."""
    return _NOT_TYPED.sub("", text).strip()


def wrong(faults: Sequence[FieldFault], labels: Mapping[str, str] | None = None) -> Wrong:
    """Return faults as a form shows them; their fields are the flux's own names.

    ``labels`` names fields that are not the dictionary's.
    """
    beside: dict[str, str] = {}
    summary: dict[str, str] = {}
    for one in faults:
        name, short = one.field or WHOLE, one.meaning or one.message
        if name in beside:
            continue
        beside[name] = _IN_BOTH_WORDS.format(short, one.message) if one.meaning else short
        label = (labels or {}).get(name) or _label(name)
        summary[name] = f"{label} : {short}" if label else short
    return Wrong(beside, list(summary.items()))


def _label(name: str) -> str:
    return DICTIONARY[OUR_NAMES[name]].label if name in OUR_NAMES else ""

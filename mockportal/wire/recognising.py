"""Which kind of error a text of Java's is, and the facts that it tells.

Errors carry both as data (``validation.kinds``). Texts are taken apart only where nothing else is
left: of files that an older version refused.
"""

import re
from collections.abc import Iterator
from string import Formatter

from mockportal.domain.file_errors import Facts, Fault
from mockportal.wire.validation import faults, messages
from mockportal.wire.validation.components import Name
from mockportal.wire.validation.kinds import FACETS, TEMPLATES, facts_of
from mockportal.wire.validation.messages import Message

_NAME = re.compile(r'(?:"(?P<space>[^"]*)":)?(?P<local>[^\s,{}"]+)')
_BARE_WORD = re.compile(r"[\w.:-]+")
_LONGEST_LIST = 20_000
"""Characters of a list of names that are looked at: the schema's longest has a tenth of them."""


def _of_facets() -> Iterator[tuple[str, str, Fault]]:
    for facet, fault in FACETS.items():
        of_length = facet.casefold().endswith("length")
        template = messages.LENGTHS if of_length else messages.BOUNDS
        yield template.replace("{facet}", facet), facet, fault


_ALL = (
    *((one, "", fault) for one, fault in TEMPLATES if one != faults.ENCODING_UNKNOWN),
    *_of_facets(),
)


def texts_of_faults() -> dict[Fault, tuple[str, ...]]:
    """Return the messages of each kind of error, with an ellipsis for each fact that they tell."""
    texts: dict[Fault, tuple[str, ...]] = {}
    for template, _, fault in _ALL:
        texts[fault] = (*texts.get(fault, ()), _with_ellipses(template))
    return texts


def _with_ellipses(template: str) -> str:
    parts = Formatter().parse(template)
    return "".join(literal + ("" if fact is None else "…") for literal, fact, _, _ in parts)


def recognised(text: str) -> Facts:
    """Return the kind of a text, and what it says; ``Fault.OTHER`` for one of no known form."""
    for template, facet, _ in _ALL:
        facts = _taken_apart(template, text)
        if facts is not None:
            return _facts(template, {**facts, "facet": facet} if facet else facts)
    return Facts(Fault.ENCODING_NAME if _BARE_WORD.fullmatch(text) else Fault.OTHER)


def _taken_apart(template: str, text: str) -> dict[str, str] | None:
    """Return the facts of a text made of a template; None when it is none.

    Linear: from its end to its beginning, each literal part at the last place where it stands. So
    the first fact, which is what the file says, may hold whatever looks like such a part.
    """
    literals, names = _parts(template)
    end = len(text) - len(literals[-1])
    if not text.startswith(literals[0]) or not text.endswith(literals[-1]):
        return None
    facts: dict[str, str] = {}
    for at in range(len(names) - 1, -1, -1):
        start = text.rfind(literals[at], 0, max(end, 0)) if at else 0
        begun = start + len(literals[at])
        if start < 0 or begun > end:
            return None
        if facts.setdefault(names[at], text[begun:end]) != text[begun:end]:
            return None
        end = start
    return facts if names or text == literals[0] else None


def _parts(template: str) -> tuple[list[str], list[str]]:
    """Return the literal parts of a template, and the names of the facts between them."""
    literals, names = [""], []
    for literal, name, _, _ in Formatter().parse(template):
        literals[-1] += literal
        if name is not None:
            names.append(name)
            literals.append("")
    return literals, names


def _facts(template: str, facts: dict[str, str]) -> Facts:
    allowed: list[str] = []
    if "values" in facts:
        allowed = facts["values"].split(", ")
    elif "expected" in facts:
        listed = _NAME.finditer(facts["expected"][:_LONGEST_LIST])
        allowed = [name["local"] for name in listed]
    return facts_of(Message(template, facts, tuple(allowed), _name(facts.get("element", ""))))


def _name(written: str) -> Name | None:
    name = _NAME.search(written) if written.startswith("{") else None
    return (name["space"] or "", name["local"]) if name else None

"""Plain French beside each error of the first control: what it means, and how to mend it.

One catalogue, by kind of error; where a kind has several causes, the first that fits speaks.
"""

from collections.abc import Sequence
from datetime import date

from mockportal.domain.advice import Advice, Case
from mockportal.domain.cause_advice import CAUSES
from mockportal.domain.content_advice import content_advice
from mockportal.domain.document_advice import DOCUMENTS
from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Facts, Fault, Place
from mockportal.domain.finding import Finding
from mockportal.domain.messages import Basis
from mockportal.domain.schema_elements import SchemaElement
from mockportal.domain.structure_advice import STRUCTURE
from mockportal.domain.suggesting import closest, suggested
from mockportal.domain.syntax_advice import SYNTAX
from mockportal.domain.value_advice import VALUES

FILE_ADVICE: dict[Fault, tuple[Case, ...]] = {**VALUES, **STRUCTURE, **SYNTAX}
_READ_FIRST = (None, Cause.STRAY_TEXT, Cause.NIL_ON_MANDATORY)
"""Mistakes of which more can be said where the schema is known."""
_LONGEST = 80
"""Signs of a value, or a name, that a sentence repeats."""
_MOST = 12
"""Names that a sentence lists."""


def advice_on(
    facts: Facts,
    place: Place,
    elements: Sequence[SchemaElement] = (),
    today: date | None = None,
) -> Advice:
    """Return what an error means and how to mend it.

    What the whole file is comes before the mistake behind the error, and that before what can be
    read from the value with the ``elements`` of the schema; ``today`` tells the century of a short
    year. Where nothing is read, the catalogue speaks, in the case that fits first.
    """
    finding = Finding(facts, place, elements, today)
    if elements and not place.resembles and place.cause in _READ_FIRST:
        read = content_advice(finding)
        if read is not None and (place.cause is not Cause.STRAY_TEXT or _writes(read)):
            return read
    case = _case(facts, place)
    words = {**_words(facts, place), **place.words}
    return Advice(
        case.happened.format(**words),
        case.mend.format(**words),
        case.basis,
        case.change(finding) if case.change and elements else None,
    )


def _writes(advice: Advice) -> bool:
    """Return whether an advice puts what the file says where it belongs."""
    return advice.change is not None and bool(advice.change.shown)


def advice_on_version(element: str, known_to: str, applied: str) -> Advice:
    """Return what an element means that another version of the schema knows."""
    return Advice(
        f"« {element} » n'existe que dans le schéma {known_to} : ce fichier suit le schéma "
        f"{known_to}, ce portail le {applied}.",
        f"Déposez-le sur un portail, ou avec un compte, qui suit le schéma {known_to}. Sinon, "
        f"exportez votre fichier selon le schéma {applied}.",
        Basis.OBSERVED,
    )


def _case(facts: Facts, place: Place) -> Case:
    if place.resembles:
        return DOCUMENTS[place.resembles]
    if place.cause:
        return CAUSES[place.cause]
    return next(case for case in FILE_ADVICE[facts.fault] if case.fits(facts, place))


def _words(facts: Facts, place: Place) -> dict[str, str]:
    around, _, last = place.path.rpartition("/")
    parent = _bare(around.rpartition("/")[2])
    element = facts.element or _bare(last)
    form = place.expected.form if place.expected else None
    return {
        "value": _short(facts.value),
        "element": _short(element),
        "tag": _short(place.tag or (f"{facts.prefix}:{element}" if facts.prefix else element)),
        "prefix": _short(facts.prefix),
        "attribute": _short(facts.attribute),
        "entity": _short(facts.entity),
        "limit": _short(facts.limit),
        "length": _short(facts.length),
        "namespace": _short(facts.namespace),
        "wanted": facts.wanted,
        "parent": parent,
        "home": place.home or "",
        "allowed": _listed(facts.allowed),
        "closest": closest(facts.element or facts.value, facts.allowed),
        "nearest_value": closest(facts.value, facts.allowed),
        "missing": _listed(place.missing or facts.allowed),
        "suggested": _short(suggested(facts.value, form)) if form else "",
    }


def _bare(step: str) -> str:
    return step.partition("[")[0]


def _short(value: str) -> str:
    flat = value.replace("\n", "⏎")
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST] + "…"


def _listed(names: tuple[str, ...]) -> str:
    shown = [f"« {name} »" for name in names[:_MOST]]
    return ", ".join([*shown, "…"] if len(names) > _MOST else shown)

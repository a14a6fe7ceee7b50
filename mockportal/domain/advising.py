"""Plain French beside each error of the first control: what it means, and how to mend it.

One catalogue, by kind of error; where a kind has several causes, the first that fits speaks.
"""

from mockportal.domain.advice import Advice, Case
from mockportal.domain.file_errors import Facts, Fault, Place
from mockportal.domain.messages import Basis
from mockportal.domain.structure_advice import STRUCTURE
from mockportal.domain.suggesting import closest, suggested
from mockportal.domain.syntax_advice import SYNTAX
from mockportal.domain.value_advice import VALUES

FILE_ADVICE: dict[Fault, tuple[Case, ...]] = {**VALUES, **STRUCTURE, **SYNTAX}
_LONGEST = 80
"""Signs of a value that a sentence repeats."""
_MOST = 12
"""Names that a sentence lists."""


def advice_on(facts: Facts, place: Place) -> Advice:
    """Return what an error means and how to mend it, in the case that fits first."""
    case = next(case for case in FILE_ADVICE[facts.fault] if case.fits(facts, place))
    words = _words(facts, place)
    return Advice(case.happened.format(**words), case.mend.format(**words), case.basis)


def advice_on_version(element: str, known_to: str, applied: str) -> Advice:
    """Return what an element means that another version of the schema knows."""
    return Advice(
        f"« {element} » n'existe que dans le schéma {known_to} : ce fichier suit le schéma "
        f"{known_to}, ce portail le {applied}.",
        f"Déposez-le sur un portail, ou avec un compte, qui suit le schéma {known_to}. Sinon, "
        f"exportez votre fichier selon le schéma {applied}.",
        Basis.OBSERVED,
    )


def _words(facts: Facts, place: Place) -> dict[str, str]:
    around, _, last = place.path.rpartition("/")
    parent = _bare(around.rpartition("/")[2])
    element = facts.element or _bare(last)
    form = place.expected.form if place.expected else None
    return {
        "value": _short(facts.value),
        "element": element,
        "tag": place.tag or (f"{facts.prefix}:{element}" if facts.prefix else element),
        "prefix": facts.prefix,
        "attribute": facts.attribute,
        "entity": facts.entity,
        "limit": facts.limit,
        "length": facts.length,
        "namespace": facts.namespace,
        "wanted": facts.wanted,
        "parent": parent,
        "home": place.home or "",
        "allowed": _listed(facts.allowed),
        "closest": closest(facts.element or facts.value, facts.allowed),
        "nearest_value": closest(facts.value, facts.allowed),
        "missing": _listed(place.missing or facts.allowed),
        "suggested": suggested(facts.value, form) if form else "",
    }


def _bare(step: str) -> str:
    return step.partition("[")[0]


def _short(value: str) -> str:
    flat = value.replace("\n", "⏎")
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST] + "…"


def _listed(names: tuple[str, ...]) -> str:
    shown = [f"« {name} »" for name in names[:_MOST]]
    return ", ".join([*shown, "…"] if len(names) > _MOST else shown)

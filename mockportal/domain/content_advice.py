"""Advice on what an element holds: what is missing in it, text and tags that may not be there."""

from mockportal.domain.advice import Advice
from mockportal.domain.changes import Change, ChangeKind
from mockportal.domain.code_advice import without_birth_place
from mockportal.domain.code_reading import CODE_LIST
from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.domain.finding import Finding
from mockportal.domain.messages import Basis
from mockportal.domain.samples import if_known, to_complete, written
from mockportal.domain.schema_elements import Order, Presence, SchemaElement
from mockportal.domain.stranger_advice import meant_by, stranger_advice
from mockportal.domain.value_readings import on_nil, value_advice

_LISTS = ("certifications_part", "certifiers_part", "passages_part")


def content_advice(finding: Finding) -> Advice | None:
    """Return what to write into an element, or to remove from it; None for other errors."""
    match finding.facts.fault:
        case Fault.INCOMPLETE:
            return _on_incomplete(finding)
        case Fault.UNEXPECTED | Fault.NOTHING_MORE:
            return stranger_advice(finding)
        case Fault.TEXT_BETWEEN:
            return _on_text_between(finding)
        case Fault.CHILD_IN_VALUE:
            return _on_child_in_value(finding)
        case Fault.ATTRIBUTE:
            return _on_attribute(finding)
        case Fault.NOT_NILLABLE if finding.element and finding.element.form is None:
            return _on_nil_attribute(finding, f"{finding.place.xsi or 'xsi'}:nil")
        case _:
            return value_advice(finding)


def _advice(happened: str, mend: str, change: Change) -> Advice:
    return Advice(happened, mend, Basis.OBSERVED, change)


def _on_incomplete(finding: Finding) -> Advice | None:
    element = finding.element
    if element is None or element.key in _LISTS:
        return None
    children = finding.inner(element)
    if element.key == "commune_part":
        return without_birth_place(finding, f"« {element.name} » ne contient pas de code.")
    missing = [node for node in children if node.name in finding.place.missing]
    if element.order is Order.ONE_OF:
        whole, examples = written(finding, element)
        inner = whole.partition(">")[2].rpartition("</")[0]
        names = " ou ".join(f"« {node.name} »" for node in children)
        happened = f"Il manque à « {element.name} » l'un de ces éléments : {names}."
    elif missing:
        parts = [written(finding, node) for node in missing]
        inner = "".join(text for text, _ in parts)
        examples = [example for _, some in parts for example in some]
        names = ", ".join(f"« {node.name} »" for node in missing)
        many = "des éléments obligatoires" if len(missing) > 1 else "un élément obligatoire"
        happened = f"Il manque à « {element.name} » {many} : {names}."
    else:
        return None
    closing = f"</{finding.tags.name(element.name)}>"
    change = Change(ChangeKind.INSERT, inner, shown=inner, to_complete=bool(examples))
    return _advice(
        happened,
        f"Écrivez avant {closing} : {inner}.{to_complete(examples)}{if_known(missing)}"
        f"{_of_birth(finding, missing)}",
        change,
    )


def _of_birth(finding: Finding, missing: list[SchemaElement]) -> str:
    """Return how a known place of birth is written, where the advice says that it is unknown."""
    element = finding.element
    part = next((node for node in finding.elements if node.key == "commune_part"), None)
    of_birth = any(node.key == "birth_place_part" for node in missing) or (
        element is not None and element.key == "birth_place_part"
    )
    if part is None or not of_birth:
        return ""
    known = written(finding, part, {"commune": "29019"})[0]
    return (
        " C'est ce qu'on écrit quand on ne sait rien. Si la commune est connue, donnez plutôt son "
        f"code, que l'on trouve dans {CODE_LIST} : {known} dans « {part.parent[-1]} »."
    )


def _on_text_between(finding: Finding) -> Advice | None:
    """Put a text into the element that it belongs to, or have it removed."""
    element, content = finding.element, finding.place.content.strip()
    if element is None or element.form is not None:
        return None
    happened = (
        f"Le texte « {finding.short(content)} » se trouve dans « {element.name} », qui ne "
        "contient que des éléments."
    )
    values = meant_by(finding, element, content)
    if values and finding.place.missing:
        xml, _ = written(finding, element, values)
        return _advice(
            happened,
            f"Mettez-le dans l'élément auquel il appartient : {xml}.",
            Change(ChangeKind.REPLACE, xml, shown=xml),
        )
    if finding.place.missing and element.key == "commune_part":
        return without_birth_place(finding, happened)
    if finding.place.missing and element.key == "birth_place_part":
        return _on_nil(finding, happened)
    return _advice(happened, "Retirez ce texte.", Change(ChangeKind.CLEAR))


def _on_child_in_value(finding: Finding) -> Advice | None:
    if finding.element is None:
        return None
    return _advice(
        f"« {finding.name} » doit contenir une valeur, et contient une autre balise.",
        "Écrivez la valeur seule : retirez les balises qui sont dedans, gardez leur texte. Un "
        "texte qui contient < ou & s'écrit avec &lt; et &amp;.",
        Change(ChangeKind.UNWRAP),
    )


def _on_attribute(finding: Finding) -> Advice | None:
    attribute = finding.facts.attribute
    local = attribute.rpartition(":")[2]
    if finding.place.cause is Cause.NIL_ON_MANDATORY:
        element = finding.element
        complex_ = element is not None and element.form is None
        return _on_nil_attribute(finding, attribute) if complex_ else on_nil(finding, attribute)
    if attribute.startswith("xsi:") or local == "nil":
        return None
    return _advice(
        f"L'attribut « {attribute} » n'existe pas dans « {finding.name} » : le flux n'a pas "
        "d'attributs, hormis xsi:nil.",
        f'Retirez {attribute}="…" de la balise ; une donnée se met dans un élément.',
        Change(ChangeKind.REMOVE_ATTRIBUTE, attribute),
    )


def _on_nil_attribute(finding: Finding, attribute: str) -> Advice | None:
    """Give what an element must hold that may not be unknown itself."""
    element = finding.element
    if element is None:
        return None
    happened = f"« {element.name} » ne peut pas être inconnu : {attribute} n'y est pas permis."
    if element.presence is Presence.OPTIONAL:
        return _advice(
            happened,
            f"Retirez toute la balise « {element.name} ».",
            Change(ChangeKind.REMOVE),
        )
    if not finding.place.missing:
        return _advice(
            happened,
            f"Retirez {attribute} de la balise : ce qu'elle contient suffit.",
            Change(ChangeKind.REMOVE_ATTRIBUTE, attribute),
        )
    if element.key in _LISTS:
        return None
    if element.key == "commune_part":
        return without_birth_place(finding, happened)
    return _on_nil(finding, happened)


def _on_nil(finding: Finding, happened: str) -> Advice | None:
    """Give an element with what it must hold, where nothing of that is known."""
    element = finding.element
    if element is None:
        return None
    xml, examples = written(finding, element)
    change = Change(ChangeKind.REPLACE, xml, shown=xml, to_complete=bool(examples))
    return _advice(
        happened,
        f"Écrivez à la place : {xml}.{to_complete(examples)}{_of_birth(finding, [element])}",
        change,
    )

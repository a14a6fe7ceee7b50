"""Elements as they are written, for an advice: examples for values that only a person knows."""

from collections.abc import Iterable, Mapping, Sequence

from mockportal.domain.dictionary_notes import label_of
from mockportal.domain.file_errors import Form
from mockportal.domain.finding import Finding, form_of, is_nillable
from mockportal.domain.schema_elements import Order, Presence, SchemaElement

_EXAMPLES = {
    "flux_id": "3f0c9a52-7d41-4b8e-9c36-1a5d2e8f7b04",
    "timestamp": "2026-01-31T09:30:00+01:00",
    "sender": "03ABC123",
    "certifier": "03ABC123",
    "contract": "MCFCER000001",
    "certification_type": "RNCP",
    "certification_code": "RNCP12345",
    "technical_id": "2026-0001",
    "final": "true",
    "valid_from": "2026-01-31",
    "birth_name": "NOM",
    "usage_name": "NOM",
    "first_name": "Prénom",
    "second_name": "Prénom",
    "third_name": "Prénom",
    "birth_year": "1980",
    "training_file": "12345678901",
    "file_birth_name": "NOM",
    "file_first_name": "Prénom",
    "nir": "1800175056001",
    "commune": "75056",
    "postal_code": "75001",
}
"""By our names: what a value looks like that nobody but its author knows."""
_HINTS = {
    "flux_id": "un identifiant nouveau pour chaque fichier (un UUID)",
    "technical_id": "unique pour chaque passage",
    "valid_from": "la date écrite sur le parchemin",
    "certification_code": "avec son préfixe",
    "birth_name": "tel qu'à l'état civil",
}
"""Where a value is found, or what it must be, after its label."""
_UNLESS_TOLD = {"has_language_level": "false", "has_digital_level": "false"}
"""What is right wherever nothing else is known."""
_LEVELS = {
    "has_language_level": "un niveau de langue européen",
    "has_digital_level": "un niveau numérique européen",
}
"""What a passage gives where one of these is true."""


def example_of(element: SchemaElement) -> str:
    """Return what a value of an element looks like."""
    key = element.key or ""
    example = _EXAMPLES.get(key) or _UNLESS_TOLD.get(key)
    form = element.form
    if example or form is None:
        return example or ""
    if form.values:
        return form.values[0]
    kind = form_of(element)
    if kind is Form.DATE:
        return _EXAMPLES["valid_from"]
    if kind is Form.DATE_TIME:
        return _EXAMPLES["timestamp"]
    if kind is Form.BOOLEAN:
        return "false"
    return form.minimum or "X" * (form.length or 1)


def hint_of(element: SchemaElement) -> str:
    """Return where a value is found, or what it must be; empty for one that speaks for itself."""
    return _HINTS.get(element.key or "", "")


def needs_a_person(element: SchemaElement) -> bool:
    """Return whether an example of an element is not enough: its value is somebody's own."""
    return not is_nillable(element) and element.key not in _UNLESS_TOLD


def said_in_words(elements: Iterable[SchemaElement]) -> str:
    """Return what elements say, in French, the labels of the dictionary."""
    labels = (label_of(node.key) or node.name for node in elements)
    return ", ".join(f"« {label} »" for label in labels)


def to_complete(examples: Sequence[SchemaElement]) -> str:
    """Return a sentence, after a space, that asks for the values that are examples; or nothing."""
    if not examples:
        return ""
    if len(examples) == 1:
        return f" La valeur est un exemple : mettez la vraie, {said_in_words(examples)}."
    return f" Les valeurs sont des exemples : mettez les vraies, {said_in_words(examples)}."


def if_known(elements: Sequence[SchemaElement]) -> str:
    """Return sentences, after a space, on what was written without knowing it; or nothing."""
    sentence = ""
    unknown = [node for node in elements if node.form is not None and is_nillable(node)]
    if unknown:
        sentence += (
            " Si les valeurs sont connues, écrivez-les à la place."
            if len(unknown) > 1
            else " Si la valeur est connue, écrivez-la à la place."
        )
    for node in elements:
        if node.key == "valid_until":
            sentence += f" « {node.name} » sans valeur dit que la validité est sans limite."
        level = _LEVELS.get(node.key or "")
        if level:
            sentence += f" « {node.name} » doit être true si ce passage donne {level}."
    return sentence


def written(
    finding: Finding, element: SchemaElement, values: Mapping[str, str] | None = None
) -> tuple[str, list[SchemaElement]]:
    """Return an element as XML, and those in it whose value is an example only.

    It holds what the schema wants: nil where that may be, and what ``values`` gives by our names.
    """
    tags, key = finding.tags, element.key or ""
    if values and key in values:
        return tags.leaf(element.name, values[key]), []
    if element.form is not None:
        if is_nillable(element):
            return tags.nil(element.name), []
        own = [element] if needs_a_person(element) else []
        return tags.leaf(element.name, example_of(element)), own
    inner, examples = [], []
    for child in _wanted(finding, element, values or {}):
        text, own = written(finding, child, values)
        inner.append(text)
        examples += own
    return tags.around(element.name, *inner), examples


def _wanted(
    finding: Finding, element: SchemaElement, values: Mapping[str, str]
) -> list[SchemaElement]:
    """Return the children that an element must have; of a choice, the one that says least."""
    children = finding.inner(element)
    if element.order is Order.ONE_OF:
        return [min(children, key=lambda node: _weight(finding, node, values))]
    return [
        node for node in children
        if node.presence is not Presence.OPTIONAL or (node.key or "") in values
    ]  # fmt: skip


def _weight(
    finding: Finding, element: SchemaElement, values: Mapping[str, str]
) -> tuple[bool, bool, bool]:
    """Return how little a way of a choice says: what is given first, then what may be unknown."""
    below = [node for node in finding.elements if node.path[: len(element.path)] == element.path]
    has_values = any((node.key or "") in values for node in below)
    leaves = [node for node in below if node.form is not None]
    return (
        not has_values,
        not all(is_nillable(node) for node in leaves),
        element.key != "identity_part",
    )

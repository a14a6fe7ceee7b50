"""The first control of a passage that was typed, and the dictionary's rules with it."""

from collections.abc import Collection, Mapping
from pathlib import Path

from mockportal.domain.advising import advice_on
from mockportal.domain.dictionary import DICTIONARY, Form
from mockportal.domain.dictionary_rules import FieldFault, dictionary_faults
from mockportal.domain.file_errors import Expected, Fault, Place
from mockportal.domain.file_errors import Form as SchemaForm
from mockportal.domain.flux import Outline
from mockportal.wire.one_passage import schema_faults
from mockportal.wire.passage_fields import FLUX_NAMES
from mockportal.wire.recognising import recognised

_FORMS = {
    Form.DATE: SchemaForm.DATE,
    Form.NUMBER: SchemaForm.INTEGER,
    Form.YES_NO: SchemaForm.BOOLEAN,
}


def faults_of_typed(
    schema: Path,
    outline: Outline,
    values: Mapping[str, str | None],
    changed: Collection[str] | None = None,
) -> list[FieldFault]:
    """Return what the schema, then the dictionary, refuse, by our names of the fields.

    ``changed`` narrows the dictionary's rules to those that bear on these fields.
    """
    found = [_said_plainly(*one) for one in schema_faults(outline, values, schema)]
    named = {one.field for one in found}
    return found + [one for one in dictionary_faults(values, changed) if one.field not in named]


def _said_plainly(field: str, message: str) -> FieldFault:
    facts = recognised(message)
    if facts.fault is Fault.SAME_AS_BEFORE:
        return FieldFault(field, message)
    form = _FORMS.get(DICTIONARY[field].form, SchemaForm.TEXT) if field else SchemaForm.TEXT
    place = Place(path=FLUX_NAMES.get(field, ""), expected=Expected(form))
    return FieldFault(field, message, advice_on(facts, place).happened)

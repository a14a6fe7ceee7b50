"""The first control of a passage that was typed, and the dictionary's rules with it."""

from collections.abc import Collection, Mapping
from pathlib import Path

from mockportal.domain.advising import advice_on
from mockportal.domain.deposits import FileError
from mockportal.domain.dictionary import DICTIONARY, Form
from mockportal.domain.dictionary_rules import FieldFault, dictionary_faults
from mockportal.domain.ellipsis import abridged
from mockportal.domain.english_errors import in_english
from mockportal.domain.file_errors import LONGEST_MESSAGE, Expected, Fault, Place
from mockportal.domain.file_errors import Form as SchemaForm
from mockportal.domain.flux import Outline
from mockportal.wire.one_passage import schema_faults
from mockportal.wire.passage_fields import FLUX_NAMES

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


def _said_plainly(field: str, error: FileError) -> FieldFault:
    facts, message = error.facts, abridged(error.message, LONGEST_MESSAGE)
    if facts is None:
        raise LookupError(f"the check does not say what kind of error this is: {message}")
    if facts.fault is Fault.SAME_AS_BEFORE:
        return FieldFault(field, message, english=in_english(facts))
    form = _FORMS.get(DICTIONARY[field].form, SchemaForm.TEXT) if field else SchemaForm.TEXT
    place = Place(path=FLUX_NAMES.get(field, ""), expected=Expected(form))
    return FieldFault(field, message, advice_on(facts, place).happened, in_english(facts))

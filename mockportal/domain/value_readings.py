"""Advice on a value with the very text to write, read from the value that the file gives."""

from collections.abc import Callable

from mockportal.domain.advice import Advice
from mockportal.domain.changes import Change, ChangeKind
from mockportal.domain.code_advice import CODES, without_birth_place
from mockportal.domain.date_advice import on_date, on_moment, on_part_of_birth
from mockportal.domain.date_reading import tells_no_date
from mockportal.domain.dictionary import DICTIONARY, words_of
from mockportal.domain.dictionary_notes import label_of
from mockportal.domain.file_errors import Fault, Form
from mockportal.domain.finding import Finding, fits, form_of
from mockportal.domain.messages import Basis
from mockportal.domain.number_reading import read_number
from mockportal.domain.samples import example_of, hint_of
from mockportal.domain.schema_elements import Presence, SchemaElement
from mockportal.domain.stray_signs import name_of_sign, stray_sign, without_stray_signs
from mockportal.domain.word_reading import (
    listed_word,
    says_not_obtained,
    says_nothing,
    yes_or_no,
)

_VALUES = {
    Fault.ENUMERATION, Fault.PATTERN, Fault.DATATYPE, Fault.TOO_SHORT, Fault.TOO_LONG,
    Fault.WRONG_LENGTH, Fault.TOO_SMALL, Fault.TOO_LARGE,
}  # fmt: skip
_WHOLE = {
    "flux_id", "contract", "certification_type", "certification_code", "technical_id", "birth_name",
    "usage_name", "first_name", "second_name", "third_name", "training_file", "file_birth_name",
    "file_first_name",
}  # fmt: skip
"""By our names: names and identifiers, which are nobody's once they are cut."""
_Adviser = Callable[[Finding], Advice | None]


def value_advice(finding: Finding) -> Advice | None:
    """Return what to write in the place of a value; None for other errors, and other causes."""
    element, facts = finding.element, finding.facts
    if element is None or element.form is None:
        return None
    if facts.fault in (Fault.NOT_NILLABLE, Fault.NIL_WITH_CONTENT):
        return on_nil(finding, f"{finding.place.xsi or 'xsi'}:nil")
    of_an_attribute = facts.limit in ("QName", "anyURI") or (
        facts.limit == "boolean" and form_of(element) is not Form.BOOLEAN
    )
    if facts.fault not in _VALUES or of_an_attribute:
        return None
    advisers: tuple[_Adviser | None, ...] = (
        _on_signs,
        _on_blanks,
        _on_nothing,
        on_part_of_birth,
        CODES.get(finding.key),
        _BY_FORM.get(form_of(element)),
        _on_list,
        _on_too_long,
        _on_anything,
    )
    advices = (adviser(finding) for adviser in advisers if adviser)
    return next((advice for advice in advices if advice), None)


def _advice(happened: str, mend: str, change: Change) -> Advice:
    return Advice(happened, mend, Basis.OBSERVED, change)


def _on_signs(finding: Finding) -> Advice | None:
    """Name a sign that nobody sees, where the value is right without it."""
    value, form = finding.facts.value, finding.form
    sign, bare = stray_sign(value), without_stray_signs(value).strip()
    if not sign or form is None or form.patterns or not fits(form, bare):
        return None
    change = finding.value(bare)
    return _advice(
        f"La valeur contient un caractère invisible : {name_of_sign(sign)}. Il compte comme "
        "les autres.",
        f"Effacez la valeur et tapez-la de nouveau : {change.shown}.",
        change,
    )


def _on_blanks(finding: Finding) -> Advice | None:
    value, form = finding.facts.value, finding.form
    bare = value.strip()
    if bare == value or form is None or form.base != "string" or not fits(form, bare):
        return None
    change = finding.value(bare)
    return _advice(
        f"Des espaces ou des retours à la ligne entourent la valeur de « {finding.name} » : ils "
        "comptent.",
        f"Collez la valeur aux balises : {change.shown}.",
        change,
    )


def _on_nothing(finding: Finding) -> Advice | None:
    """Give the way to say that nothing is known, where the value says just that."""
    value, element = finding.facts.value, finding.element
    if element is None:
        return None
    empty = not value.strip()
    of_a_date = form_of(element) in (Form.DATE, Form.DATE_TIME) and tells_no_date(value)
    zero = form_of(element) is Form.INTEGER and value.strip().lstrip("+-0.,") == ""
    minus = form_of(element) is Form.INTEGER and value.strip().startswith("-")
    if not (empty or says_nothing(value) or of_a_date or zero or minus):
        return None
    happened = (
        f"La valeur de « {finding.name} » est vide."
        if empty
        else f"« {finding.shown} » est écrit à la place d'une valeur inconnue, ou qui n'existe pas."
    )
    if finding.key == "commune":
        return without_birth_place(finding, happened)
    change = finding.without_value()
    if change is None:
        return _to_complete(finding, happened + " Cet élément est obligatoire.")
    if change.kind is ChangeKind.NIL:
        mend = f"Écrivez {change.shown} : c'est ainsi que le flux dit qu'une donnée est inconnue."
    else:
        mend = (
            f"Retirez toute la balise « {finding.name} » : un élément facultatif absent ne gêne "
            "pas."
        )
    return _advice(happened, mend, change)


def _to_complete(finding: Finding, happened: str, why: str = "") -> Advice:
    """Give an example where nobody but the file's author knows the value."""
    element = finding.element
    if element is None:
        raise LookupError("an example is given of what the schema knows")
    example = example_of(element)
    label = label_of(element.key) or element.name
    if element.form and element.form.values:
        mend = f"Écrivez l'une de ces valeurs, à la lettre près : {_listed(element)}."
    elif form_of(element) is Form.BOOLEAN:
        mend = "Écrivez true ou false, en minuscules."
    else:
        hint = hint_of(element)
        mend = f"Écrivez la vraie valeur de « {label} »{f', {hint}' if hint else ''}."
    change = finding.value(example, to_complete=True)
    return _advice(
        happened,
        f"{mend}{why} Par exemple : {change.shown}, où « {example} » est à remplacer.",
        change,
    )


def _on_boolean(finding: Finding) -> Advice | None:
    word = yes_or_no(finding.facts.value)
    if not word:
        return None
    change = finding.value(word)
    return _advice(
        f"« {finding.shown} » n'est ni vrai ni faux pour le schéma.",
        f"Écrivez {change.shown} : true ou false, en minuscules.",
        change,
    )


def _on_integer(finding: Finding) -> Advice | None:
    element, value = finding.element, finding.facts.value
    form = element.form if element else None
    if form is None:
        return None
    number = read_number(value, form.minimum, form.maximum)
    limits = f"un nombre entier de {form.minimum} à {form.maximum}"
    happened = f"« {finding.shown} » n'est pas {limits}."
    if number:
        change = finding.value(number)
        return _advice(happened, f"Écrivez {change.shown}, si c'est bien ce nombre.", change)
    if finding.key == "birth_month" and read_number(value, "13", "31"):
        happened += " Le jour et le mois sont peut-être inversés."
    change_to_nothing = finding.without_value()
    if change_to_nothing is None:
        return None
    without = (
        f"écrivez {change_to_nothing.shown}"
        if change_to_nothing.shown
        else f"retirez toute la balise « {finding.name} »"
    )
    return _advice(
        happened, f"Donnez {limits} ; si vous ne le connaissez pas, {without}.", change_to_nothing
    )


def _on_list(finding: Finding) -> Advice | None:
    element, value = finding.element, finding.facts.value
    if element is None or element.form is None or not element.form.values:
        return None
    word = listed_word(finding.key, value, element.form.values)
    happened = f"« {finding.shown} » n'est pas dans la liste des valeurs de « {finding.name} »."
    if not word and finding.key == "obtained" and says_not_obtained(value):
        return Advice(
            happened,
            "Seules les certifications obtenues se transmettent : si celle-ci ne l'est pas, "
            f"retirez tout le passage. Sinon, écrivez l'une de ces valeurs : {_listed(element)}.",
            Basis.OBSERVED,
        )
    if not word:
        return None
    change = finding.value(word)
    likely = "" if word.casefold() == value.strip().casefold() else ", sans doute"
    return _advice(
        happened,
        f"Écrivez {change.shown}{likely}. Les valeurs possibles : {_listed(element)}.",
        change,
    )


def _listed(element: SchemaElement) -> str:
    """Return the values of a list, each with the dictionary's words for it."""
    values = element.form.values if element.form else ()
    words = (
        (value, words_of(element.key, value) if element.key in DICTIONARY else value)
        for value in values
    )
    return ", ".join(value if word in ("", value) else f"{value} ({word})" for value, word in words)


def _on_too_long(finding: Finding) -> Advice | None:
    element, value = finding.element, finding.facts.value
    form = element.form if element else None
    if form is None or form.max_length is None or finding.facts.fault is not Fault.TOO_LONG:
        return None
    happened = (
        f"La valeur de « {finding.name} » a {finding.facts.length} caractères ; le schéma en "
        f"accepte {form.max_length}."
    )
    if any(sign > "\uffff" for sign in value):
        happened += " Un emoji, ou un autre signe rare, compte pour deux."
    if finding.key == "proof_url":
        change = Change(ChangeKind.REMOVE)
        mend = "Donnez une adresse plus courte, qui mène à la même page ; sinon, retirez la balise."
        return _advice(happened, mend, change)
    if finding.key in _WHOLE:
        why = " Coupée, ce ne serait plus la bonne."
        if element is not None and element.presence is Presence.OPTIONAL:
            why += " Si elle n'est pas connue, retirez toute la balise."
        return _to_complete(finding, happened, why)
    units = value.encode("utf-16-le", "replace")[: 2 * form.max_length]
    cut = units.decode("utf-16-le", "ignore").strip()
    change = finding.value(cut)
    return _advice(happened, f"Raccourcissez-la, au besoin en la coupant : {change.shown}.", change)


def _on_anything(finding: Finding) -> Advice | None:
    """Give the way to say nothing, or an example, where the value cannot be read."""
    element = finding.element
    if element is None or element.form is None:
        return None
    happened = f"« {finding.shown} » n'est pas ce que le schéma veut dans « {finding.name} »."
    change = finding.without_value()
    if change is None:
        return _to_complete(finding, happened)
    wanted = (
        f"l'une de ces valeurs : {_listed(element)}"
        if element.form.values
        else f"une valeur comme {finding.tags.leaf(finding.name, example_of(element))}"
    )
    without = (
        f"retirez toute la balise « {finding.name} »"
        if element.presence is Presence.OPTIONAL
        else f"écrivez {change.shown}"
    )
    return _advice(happened, f"Donnez {wanted} ; si elle n'est pas connue, {without}.", change)


def on_nil(finding: Finding, attribute: str) -> Advice | None:
    """Return what to do with an attribute for nil where it may not be, or beside a value."""
    element, facts = finding.element, finding.facts
    if element is None or element.form is None:
        return None
    tag = finding.name
    content = finding.place.content
    if facts.fault is Fault.NIL_WITH_CONTENT:
        happened = (
            f"« {tag} » est dit inconnu ({attribute}) et contient pourtant quelque chose, fût-ce "
            "un espace ou un retour à la ligne."
        )
        plain = element.form.base == "string" and not element.form.patterns
        plain = plain and not finding.may_be_cut
        if plain and content.strip() and not says_nothing(content) and fits(element.form, content):
            change = Change(
                ChangeKind.REMOVE_ATTRIBUTE, attribute, shown=finding.tags.leaf(tag, content)
            )
            return _advice(
                happened,
                f"Si « {content} » est la vraie valeur, retirez {attribute} : {change.shown}. "
                f"Sinon, écrivez {finding.tags.nil(tag)}, sans rien dedans.",
                change,
            )
        change = Change(ChangeKind.NIL, finding.tags.nil(tag), shown=finding.tags.nil(tag))
        return _advice(
            happened,
            f"Écrivez {change.shown}, sans rien dedans ; si la valeur est connue, retirez plutôt "
            f"{attribute}.",
            change,
        )
    if finding.key == "commune":
        return without_birth_place(
            finding, f"Un « {tag} » ne peut pas être inconnu : {attribute} n'y est pas permis."
        )
    if element.presence is Presence.OPTIONAL:
        return _advice(
            f"« {tag} » est facultatif : {attribute} n'y est pas permis.",
            f"Retirez toute la balise « {tag} » quand la valeur est inconnue.",
            Change(ChangeKind.REMOVE),
        )
    advice = _to_complete(
        finding, f"« {tag} » est obligatoire et ne peut pas être inconnu ({attribute})."
    )
    if advice.change is None:
        return advice
    change = Change(
        ChangeKind.REPLACE, advice.change.shown, shown=advice.change.shown, to_complete=True
    )
    return Advice(advice.happened, f"Retirez {attribute}. {advice.mend}", advice.basis, change)


_BY_FORM: dict[Form, _Adviser] = {
    Form.DATE: on_date,
    Form.DATE_TIME: on_moment,
    Form.BOOLEAN: _on_boolean,
    Form.INTEGER: _on_integer,
}

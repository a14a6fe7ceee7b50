"""Advice on codes: what a code seems to be, what to write, and where the right one is found."""

from collections.abc import Callable

from mockportal.domain.advice import Advice
from mockportal.domain.changes import Change, ChangeKind
from mockportal.domain.code_reading import (
    CODE_LIST,
    ReadCode,
    read_client,
    read_commune,
    read_country,
    read_nir,
    read_postal_code,
)
from mockportal.domain.finding import Finding, fits
from mockportal.domain.messages import Basis
from mockportal.domain.samples import example_of

_MATRICULE = "Le matricule de l'organisme, huit caractères, lui est donné par la Caisse des Dépôts"
_WHERE = "il se trouve sur le portail, dans « Mon compte », ou dans le courriel qu'elle a envoyé"


def without_birth_place(finding: Finding, happened: str) -> Advice:
    """Return where the code of a birth place is found, and how to say that it is not known.

    The faulty element is the code, or the one that holds it.
    """
    tags = finding.tags
    code = next(node for node in finding.elements if node.key == "commune")
    around = code.parent[-1]
    change = nothing_known(finding, around if finding.name == code.name else "")
    return Advice(
        happened,
        "Le code Insee de la commune de naissance, ou 99 suivi des trois chiffres du pays pour une "
        f"naissance à l'étranger, se trouve dans {CODE_LIST}. Écrivez-le dans « {around} », comme "
        f"{tags.leaf(code.name, '29019')} (un exemple : c'est celui de Brest). Si vous ne le "
        f"connaissez pas, remplacez tout l'élément <{tags.name(around)}>, dans "
        f"« {code.parent[-2]} », par {change.text}.",
        Basis.OBSERVED,
        change,
    )


def nothing_known(finding: Finding, around: str = "") -> Change:
    """Return the change that tells that the place of birth is not known.

    It is about the element ``around`` the faulty one, which gives the INSEE code.
    """
    tags = finding.tags
    unknown = next(
        (node for node in finding.elements if node.key == "postal_code"),
        None,
    )
    if unknown is None:
        raise LookupError("the schema has no postal code of the place of birth")
    xml = tags.around(unknown.parent[-1], tags.nil(unknown.name))
    return Change(ChangeKind.REPLACE, xml, around=around, shown=xml)


def _on_commune(finding: Finding) -> Advice | None:
    value = finding.facts.value
    read = read_commune(value)
    happened = f"{_counted(finding, 5)} pour un code Insee : c'est {read.seems}."
    if read.postal:
        return _on_town(finding, happened, read.postal)
    if not read.code:
        return without_birth_place(finding, happened)
    return _with_code(finding, happened, read, f"s'il est celui de la commune, dans {CODE_LIST}")


def _on_town(finding: Finding, happened: str, code: str) -> Advice:
    """Return how the place of birth is given by its postal code."""
    tags = finding.tags
    postal = next(node for node in finding.elements if node.key == "postal_code")
    xml = tags.around(postal.parent[-1], tags.leaf(postal.name, code))
    return Advice(
        happened,
        f"Remplacez tout l'élément <{tags.name(finding.parent)}> par {xml}. Si {code} est bien le "
        f"code Insee de la commune, ce que dit {CODE_LIST}, écrivez plutôt "
        f"{tags.leaf(finding.name, code)}.",
        Basis.OBSERVED,
        Change(ChangeKind.REPLACE, xml, around=finding.parent, shown=xml),
    )


def _counted(finding: Finding, length: int) -> str:
    """Return how many characters a value has, and how many it needs."""
    has = finding.facts.length
    if not has:
        return f"« {finding.shown} » n'a pas {length} caractères"
    plural = "s" if has not in ("0", "1") else ""
    return f"« {finding.shown} » a {has} caractère{plural}, et il en faut {length}"


def _with_code(finding: Finding, happened: str, read: ReadCode, check: str) -> Advice:
    change = finding.value(read.code)
    return Advice(happened, f"Écrivez {change.shown}. Vérifiez {check}.", Basis.OBSERVED, change)


def _on_postal_code(finding: Finding) -> Advice | None:
    read = read_postal_code(finding.facts.value)
    happened = (
        f"« {finding.shown} » a {finding.facts.length or 'trop de'} caractères, et il en faut 9 au "
        f"plus : c'est {read.seems}."
    )
    if read.code:
        return _with_code(finding, happened, read, "que c'est le bon code postal")
    change = finding.without_value()
    if change is None:
        return None
    without = f"écrivez {change.shown}" if change.shown else "retirez toute la balise"
    return Advice(
        happened,
        f"Donnez le code postal seul ; si vous ne le connaissez pas, {without}.",
        Basis.OBSERVED,
        change,
    )


def _on_country(finding: Finding) -> Advice | None:
    value, remove = finding.facts.value, Change(ChangeKind.REMOVE)
    read = read_country(value)
    happened = (
        f"« {finding.shown} » n'est pas un code de pays, de trois chiffres : c'est {read.seems}."
    )
    if read.code:
        return _with_code(
            finding,
            happened,
            read,
            f"dans {CODE_LIST} ; pour une naissance en France, retirez la balise",
        )
    if read.seems == "la France":
        mend = (
            f"Retirez toute la balise « {finding.name} » : elle ne sert que pour une naissance à "
            "l'étranger."
        )
    else:
        mend = (
            "Donnez les trois derniers chiffres du code 99… du pays, que donne "
            f"{CODE_LIST} : {finding.tags.leaf(finding.name, '127')} pour l'Italie. Né en France, "
            f"ou pays inconnu : retirez toute la balise « {finding.name} »."
        )
    return Advice(happened, mend, Basis.OBSERVED, remove)


def _on_client(finding: Finding) -> Advice | None:
    value, element = finding.facts.value, finding.element
    read = read_client(value)
    happened = f"{_counted(finding, 8)} : c'est {read.seems}."
    if read.code:
        change = finding.value(read.code)
        return Advice(
            happened,
            f"Écrivez {change.shown}. {_MATRICULE} ; dans un tableur, traitez-le comme du texte.",
            Basis.OBSERVED,
            change,
        )
    if element is None:
        return None
    example = example_of(element)
    change = finding.value(example, to_complete=True)
    return Advice(
        happened,
        f"{_MATRICULE} : {_WHERE}. Écrivez-le à la place de « {example} » : {change.shown}.",
        Basis.OBSERVED,
        change,
    )


def _on_nir(finding: Finding) -> Advice | None:
    read = read_nir(finding.facts.value)
    happened = f"Le schéma veut 13 caractères : « {finding.shown} » est {read.seems}."
    if not read.code:
        return None
    return _with_code(finding, happened, read, "les 13 caractères sur un document officiel")


def _on_competence(finding: Finding) -> Advice | None:
    """Read one sign of a number like 1.2: the domain before the point, the competence after."""
    value, element = finding.facts.value, finding.element
    digits = [sign for sign in value if sign.isdecimal()]
    if not digits or element is None or element.form is None:
        return None
    change = finding.value(digits[0 if finding.key == "result_domain" else -1])
    if not fits(element.form, change.text):
        return None
    return Advice(
        f"{_counted(finding, 1)} : le domaine et la compétence se donnent séparément.",
        f"Écrivez {change.shown} : dans « 1.2 », 1 est le domaine et 2 la compétence.",
        Basis.OBSERVED,
        change,
    )


CODES: dict[str, Callable[[Finding], Advice | None]] = {
    "commune": _on_commune,
    "postal_code": _on_postal_code,
    "exam_postal_code": _on_postal_code,
    "country": _on_country,
    "sender": _on_client,
    "certifier": _on_client,
    "nir": _on_nir,
    "result_domain": _on_competence,
    "result_competence": _on_competence,
}
"""Advice on a code, by our name of its element."""

"""A seeded generator of files with one fault each: what people and their exporters do."""

import copy
from collections.abc import Callable, Iterator
from random import Random
from typing import NamedTuple

from tests.oracle.builder import Layout, Node, a_flux, a_leaf

VERSIONS = ("1.1.1", "1.1.2", "1.1.5")
_LAYOUTS = (
    Layout(),
    Layout(prefix="ns2"),
    Layout(prefix="", indent="\t"),
    Layout(indent="", end=""),
    Layout(prefix="p", declaration=""),
)
_DATES = (
    "15/01/2026", "15-01-26", "26-01-15", "01/15/2026", "2026-1-5", "2026/01/15", "15.01.2026",
    "20260115", "15012026", "150126", "46037", "46037.5", "2026-W03-4", "2026-W03", "2026-015",
    "2026-01", "2026", "Thu Jan 15 2026", "Thu Jan 15 2026 09:00:00 GMT+0100 (CET)",
    "15 janvier 2026", "1er mars 2026", "January 15, 2026", "15-Jan-26", "15 janv. 2026",
    "2026-01-15T00:00:00", "2026-01-14T23:00:00.000Z", "2026-01-15Z", "2026-01-15+01:00",
    "2026-13-01", "2026-31-01", "2026-02-30", "2O26-01-15", "0000-00-00", "00/00/0000", "NULL",
    "Illimitée", "31/12/9999", "9999-12-31", "0", "", " ", "n/a", "hier", "1768431600",
    "1768431600000", "2026\u201101\u201115", "\u200b2026-01-15", "2026-01-15\u00a0", "1823-01-01",
    "/Date(1768431600000)/", "2026-01-00", "inconnue", "-", "#VALEUR!", "2026-01-15 - fin",
)  # fmt: skip
_MOMENTS = (
    "2026-03-30T09:00:00", "2026-03-30", "30/03/2026", "1774861200", "1774861200000",
    "2026-03-30T09:00:00Z", "2026-03-30T09:00:00.123+02:00", "2026-03-30T09:00:00.1234567",
    "2026-03-30T09:00", "2026-03-30 09:00:00", "2026-03-30T09:00:00+0200", "30/03/2026 09:00:00",
    "30/03/2026 à 9h00", "03/30/2026 9:05:07 PM", "20260330T090000", "20260330090000", "46111.375",
    "Mon Mar 30 2026 09:00:00 GMT+0200 (heure d'été)", "Mon, 30 Mar 2026 09:00:00 +0200",
    "lundi 30 mars 2026 09:00", "2026-03-30T09:00:00+02:00[Europe/Paris]", "2026-03-30T24:00:00Z",
    "2026-03-30T09:00:00+15:00", "2026-03-30T09:00:00+20:00", "2026-02-30T09:00:00+01:00", "hier",
    "", "NULL", "2026-03-30T09:00:00 CEST", "2026-03-30T25:00:00+02:00",
    "Mon Mar 30 09:00 CEST 2026",
)  # fmt: skip
_NUMBERS = (
    "-1", "0", "00", "99999", "1.5", "12,0", "1 000", "abc", "", " ", "NULL", "mai", "12/05/1974",
    "74", "27161", "1974.0", "né en 1974", "1874", "21974", "3e", "trois", "?", "N/A", "1e3", "+",
    "1974-05-12", "12 mai 1974", "5/10",
)  # fmt: skip
_WORDS = (
    "", " ", "x", "NULL", "Homme", "H", "f", "Mme", "2", "oui", "Non", "vrai", "ADMISSION",
    "Très bien",
    "AB", "mention bien", "EQUIVALENCE_(DIPLOME_ETRANGER)", "apprentissage", "Formation continue",
    "vae", "Candidat libre", "France Travail", "CERTIFIÉ", "organisme de formation", "distanciel",
    "présentiel", "hybride", "B2+", "b2", "Niveau C1", "tiers de confiance", "certificateur", "-",
    " M ", "M\n", "\ufeffM", "MENTION_BIEN ", "MENTION BIEN", "PAR-ADMISSION", "True", "0.0",
    "MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY", "é", "definitif", "A1/A2", "autre chose",
)  # fmt: skip
_CODES = (
    "", " ", "154640", "99", "1310", "29", "BREST", "FR", "CH", "CHE", "99127", "99100",
    "29019 BREST",
    "BREST (29019)", "75 056", "2A004\u200b", "\u00a029019", "29019.0", "12345678901234",
    "123456789", "3ABC123", "03ABC1231", "03 ABC 123", "MCFCER000001", "03ABC123 ", "\n03ABC123\n",
    "contact@organisme.test", "étranger", "1.2", "10", "D1", "1850578006084 12", "185057800608412",
    "1 85 05 78 006 084", "NULL", "inconnu", "2a04", "Saint-Étienne-du-Rouvray", "Italie", "-", "x",
)  # fmt: skip
_TEXTS = ("", " " * 300, "x" * 300, "é" * 61, "😀" * 140, "https://exemple.test/" + "a" * 300)
_BY_ENDING: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("date", _DATES), ("horodatage", _MOMENTS), ("Naissance", _NUMBERS + _CODES + _TEXTS),
    ("niveau", _NUMBERS + _WORDS), ("scoreGeneral", _NUMBERS), ("code", _CODES + _TEXTS),
    ("idClient", _CODES + _TEXTS), ("CompetenceId", _CODES), ("competenceId", _CODES),
    ("nir", _CODES),
)  # fmt: skip
_NAMES = (
    "coucou", "dateNaissance", "date_naissance", "nom", "prenom", "nomMarital", "genre", "civilite",
    "insee", "codeCommune", "villeNaissance", "paysNaissance", "email", "telephone", "mention",
    "note", "dateObtention", "dateFin", "dateExamen", "id", "matricule", "contrat", "passage",
    "candidat", "libelle", "niveauLangue", "voieAccesVAE", "codeCertification", "NIR", "siret",
)  # fmt: skip
_ATTRIBUTES = (
    'foo="1"',
    'xml:lang="fr"',
    "id='x'",
    'type="string"',
    'nil="true"',
    'xsi:nill="true"',
)
_KEPT_WHOLE = {"flux"}


class Faulty(NamedTuple):
    """A file with one fault, the kind of that, and the schema version to check it by."""

    kind: str
    version: str
    text: str


def faulty_files(seed: int, count: int) -> Iterator[Faulty]:
    """Yield ``count`` files; the same ones for the same seed. Some may be valid in spite of all."""
    for number in range(count):
        random = Random(f"{seed}/{number}")
        version = random.choice(VERSIONS)
        root = a_flux(random, version, passages=random.choice((1, 2)))
        kind = random.choice(tuple(_KINDS))
        _KINDS[kind](random, root)
        yield Faulty(kind, version, random.choice(_LAYOUTS).written(root, random))


def _leaves(root: Node) -> list[Node]:
    return [one for one in root.walk() if not one.children and one.name not in _LISTS]


_LISTS = ("resultats", "resultat", "niveauNumeriqueEuropeen")


def _parents(root: Node) -> list[Node]:
    return [one for one in root.walk() if one.children]


def _wrong_value(random: Random, root: Node) -> None:
    by_name = {one.name: one for one in _leaves(root)}
    leaf = by_name[random.choice(sorted(by_name))]
    pools = [values for part, values in _BY_ENDING if part in leaf.name]
    pool = random.choice(pools) if pools else _WORDS + _TEXTS
    leaf.text, leaf.attributes = random.choice(pool), []


def _empty(random: Random, root: Node) -> None:
    leaf = random.choice(_leaves(root))
    leaf.text, leaf.attributes = "", []


def _missing(random: Random, root: Node) -> None:
    parent = random.choice([one for one in _parents(root) if one.name not in _HOLD_LISTS])
    parent.children.remove(random.choice(parent.children))


_HOLD_LISTS = ("certificateurs", "certifications", "passageCertifications")
"""A file without any of those that they hold is another matter than a fault in one."""


def _doubled(random: Random, root: Node) -> None:
    parent = random.choice([one for one in _parents(root) if one.name not in _HOLD_LISTS])
    child = random.choice([one for one in parent.children if one.name != "emetteur"] or [root])
    if child is not root:
        parent.children.insert(random.randint(0, len(parent.children)), copy.deepcopy(child))


def _misplaced(random: Random, root: Node) -> None:
    parent = random.choice([one for one in _parents(root) if one.name not in _HOLD_LISTS])
    child = random.choice(parent.children)
    inside = child.walk()
    others = [one for one in _parents(root) if one is not parent and one not in inside]
    parent.children.remove(child)
    other = random.choice(others) if others else parent
    other.children.insert(random.randint(0, len(other.children)), child)


def _copied(random: Random, root: Node) -> None:
    leaf = copy.deepcopy(random.choice(_leaves(root)))
    parent = random.choice(_parents(root))
    parent.children.insert(random.randint(0, len(parent.children)), leaf)


def _renamed(random: Random, root: Node) -> None:
    node = random.choice([one for one in root.walk() if one.name not in _KEPT_WHOLE])
    name = node.name
    at = random.randrange(len(name))
    node.name = random.choice(
        (
            name.lower(),
            name[0].upper() + name[1:],
            name[:at] + name[at + 1 :] or "x",
            name[:at] + name[at] + name[at:],
            name + "s",
            random.choice(_NAMES),
        )
    )


def _unknown(random: Random, root: Node) -> None:
    parent = random.choice(_parents(root))
    extra = a_leaf(random.choice(_NAMES), random.choice(("", "x", "12/05/1974", "Homme")))
    parent.children.insert(random.randint(0, len(parent.children)), extra)


def _nil(random: Random, root: Node) -> None:
    node = random.choice([one for one in root.walk() if one.name not in _KEPT_WHOLE])
    if node.attributes:
        node.text = random.choice((" ", "x", "NULL", "5", "2026-01-15"))
        return
    node.attributes = ['xsi:nil="true"']
    if random.random() < 0.7 and not node.children:
        node.text = ""


def _attribute(random: Random, root: Node) -> None:
    random.choice(root.walk()).attributes.append(random.choice(_ATTRIBUTES))


def _without_prefix(random: Random, root: Node) -> None:
    node = random.choice(_leaves(root))
    node.foreign = True


def _text_between(random: Random, root: Node) -> None:
    random.choice(_parents(root)).text = random.choice(("x", "29019", "; ", "Brest", "NULL"))


def _child_in_value(random: Random, root: Node) -> None:
    leaf = random.choice([one for one in _leaves(root) if one.text])
    leaf.children, inner = [a_leaf(random.choice(("b", "value", leaf.name)), leaf.text)], leaf.text
    leaf.text = "" if random.random() < 0.6 else inner


def _code_unwrapped(random: Random, root: Node) -> None:
    """Write the code of a place of birth one or two elements too far out."""
    places = [one for one in root.walk() if one.name == "codeCommuneNaissance"]
    if not places:
        return _wrong_value(random, root)
    place = random.choice(places)
    code = random.choice(("29019", "75056", "99127", "1310", "BREST"))
    shape = random.randrange(4)
    way = place.children[0]
    if shape == 0:
        place.children, place.text = [], code
    elif shape == 1:
        place.children = [Node("codeInseeNaissance", text=code)]
    elif shape == 2:
        place.children = [a_leaf("codeInsee", code)]
    else:
        titulaire = next(one for one in root.walk() if place in one.children)
        titulaire.children[titulaire.children.index(place)] = a_leaf(way.children[0].name, code)
    return None


def _whole_birth_date(random: Random, root: Node) -> None:
    """Give the date of birth in an element of its own."""
    people = [one for one in root.walk() if one.name == "titulaire"]
    if not people:
        return _renamed(random, root)
    person = random.choice(people)
    parts = ("anneeNaissance", "moisNaissance", "jourNaissance")
    removed = parts if random.random() < 0.6 else parts[:1]
    person.children = [one for one in person.children if one.name not in removed]
    name = random.choice(("dateNaissance", "date_naissance", "dateDeNaissance", "DateNaissance"))
    value = random.choice(
        ("1974-05-12", "12/05/1974", "12/05/74", "27161", "12 mai 1974", "05/25/1974", "1974", "?")
    )
    person.children.insert(random.randint(0, len(person.children)), a_leaf(name, value))
    return None


_KINDS: dict[str, Callable[[Random, Node], None]] = {
    "wrong value": _wrong_value,
    "wrong value, again": _wrong_value,
    "wrong value, once more": _wrong_value,
    "empty": _empty,
    "missing": _missing,
    "doubled": _doubled,
    "misplaced": _misplaced,
    "copied elsewhere": _copied,
    "renamed": _renamed,
    "unknown": _unknown,
    "nil": _nil,
    "attribute": _attribute,
    "without prefix": _without_prefix,
    "text between": _text_between,
    "child in a value": _child_in_value,
    "code unwrapped": _code_unwrapped,
    "whole date of birth": _whole_birth_date,
}

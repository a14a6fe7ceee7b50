"""An exact reading of a flux, independent of the portal's: one whole tree of lxml's."""

from collections.abc import Iterator
from dataclasses import astuple
from datetime import date
from typing import Any, NamedTuple

from lxml import etree

from mockportal.domain.flux import AwardedCertification, Outline, Passage
from mockportal.domain.people import HolderClaim
from tests.fluxes import NAMESPACE

_CPF = f"{{{NAMESPACE}}}"
_BLANKS = " \t\n\r"
_HOLDER = (
    "nomNaissance", "nomUsage", "prenom1", "prenom2", "prenom3", "anneeNaissance", "moisNaissance",
    "jourNaissance", "sexe", "codeInsee", "codePostal", "libelleCommuneNaissance",
    "codePaysNaissance",
)  # fmt: skip
_NUMBERS = range(5, 8)
"""Where numbers stand among those."""
_TRAINING_FILE = "idDossier", "nomTitulaire", "prenom1Titulaire"
_DATES = "dateDebutValidite", "dateFinValidite", "dateDebutExamen", "dateFinExamen"

Row = tuple[Any, ...]
"""What is compared of a passage: its identifier, its certification's ordinal, type, code and
nature, its dates, how its holder is named, and by what."""


class ExactReading(NamedTuple):
    """What a file says, by its tree."""

    outline: Row
    certifications: list[Row]
    passages: list[Row]
    elements: list[etree._Element]


def exact_reading(document: bytes) -> ExactReading:
    """Return the reading of a well-formed document."""
    parser = etree.XMLParser(
        huge_tree=True,
        resolve_entities=False,
        remove_comments=True,
        remove_pis=True,
        no_network=True,
    )
    root = etree.fromstring(document, parser)
    certifications: list[Row] = []
    passages: list[Row] = []
    elements: list[etree._Element] = []
    for ordinal, certification in enumerate(root.iter(f"{_CPF}certification")):
        said = tuple(
            certification.findtext(_CPF + name) for name in ("type", "code", "natureDeposant")
        )
        certifications.append(said)
        for element in certification.iter(f"{_CPF}passageCertification"):
            elements.append(element)
            passages.append(_row(element, ordinal, said))
    sender = f"{_CPF}emetteur/"
    certifier = f"{sender}{_CPF}certificateurs/{_CPF}certificateur/"
    paths = (
        "idFlux", "horodatage", f"{sender}{_CPF}idClient", f"{certifier}{_CPF}idClient",
        f"{certifier}{_CPF}idContrat", "action",
    )  # fmt: skip
    outline = tuple(root.findtext(path if "{" in path else _CPF + path) for path in paths)
    return ExactReading(outline, certifications, passages, elements)


def leaves_of(element: etree._Element) -> dict[str, str]:
    """Return what each leaf of a passage says, where it says anything."""
    return {
        str(leaf.tag)[len(_CPF) :]: leaf.text
        for leaf in element.iter()
        if not len(leaf) and leaf.text
    }


def _row(element: etree._Element, ordinal: int, certification: Row) -> Row:
    said = leaves_of(element)
    dates = tuple(_stripped(said.get(name)) for name in _DATES)
    claim: Row
    if "idDossier" in said:
        claim = ("TrainingFileClaim", *map(said.get, _TRAINING_FILE))
    elif "nir" in said:
        claim = "NirClaim", said["nir"], said["nomNaissance"]
    else:
        values: list[Any] = [said.get(name) for name in _HOLDER]
        for place in _NUMBERS:
            values[place] = _number(values[place])
        claim = ("HolderClaim", *values)
    return (said["idTechnique"], ordinal, *certification, *dates, *claim)


def _stripped(text: str | None) -> str | None:
    return text.strip(_BLANKS) if text else None


def _number(text: str | None) -> int | None:
    return int(text.strip(_BLANKS).lstrip("+0")) if text else None


def row_of(passage: Passage, ordinal: int) -> Row:
    """Return a passage that the portal has read in the same form."""
    award, claim = passage.certification, passage.claim
    named = claim if isinstance(claim, HolderClaim) else astuple(claim)
    return (
        passage.technical_id, ordinal, award.type, award.code, award.depositor_nature,
        *map(_written, (passage.valid_from, passage.valid_until)),
        *map(_written, (passage.exam_from, passage.exam_until)),
        type(claim).__name__, *named,
    )  # fmt: skip


def outline_row(outline: Outline) -> Row:
    """Return an outline that the portal has read in the same form."""
    parties = outline.sender, outline.certifier, outline.contract
    return (outline.flux_id, outline.timestamp, *parties, outline.action)


def certification_rows(certifications: list[AwardedCertification]) -> Iterator[Row]:
    """Yield certifications that the portal has read in the same form."""
    return ((one.type, one.code, one.depositor_nature) for one in certifications)


def _written(day: date | None) -> str | None:
    return day.isoformat() if day else None

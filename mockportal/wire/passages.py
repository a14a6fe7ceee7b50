"""A ``passageCertification`` element, read into a Passage."""

from collections.abc import Mapping
from datetime import date

from lxml import etree

from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.people import Claim, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.wire import names

_INTEGERS = ("anneeNaissance", "moisNaissance", "jourNaissance")
_HOLDER = {
    french: english
    for english, french in names.HOLDER_FIELDS.items()
    if english not in ("nir", "training_file") and french not in _INTEGERS
}
_BORN = {f: e for e, f in names.HOLDER_FIELDS.items() if f in _INTEGERS}
_TRAINING_FILE = names.TRAINING_FILE_FIELDS
_BLANKS = "\t\n\r "


def read_passage(element: etree._Element, certification: AwardedCertification) -> Passage:
    """Return what the rules need of a passage element that the schema has accepted."""
    said: dict[str, str] = {}
    for leaf in element.iter("*"):
        if (text := text_of(leaf)) and next(leaf.iterchildren("*"), None) is None:
            said[local_name(leaf)] = text
    return passage_of(said, certification)


def passage_of(said: Mapping[str, str], certification: AwardedCertification) -> Passage:
    """Return the passage whose leaves say this, by their local names; nil and empty ones left out.

    No name that is read here stands twice in a passage.
    """
    return Passage(
        TechnicalId(said["idTechnique"]),
        certification,
        date.fromisoformat(said["dateDebutValidite"].strip(_BLANKS)),
        _date(said.get("dateFinValidite")),
        _date(said.get("dateDebutExamen")),
        _date(said.get("dateFinExamen")),
        _claim(said),
    )


def _claim(said: Mapping[str, str]) -> Claim:
    if "anneeNaissance" in said:
        given: dict[str, object] = {e: said[f] for f, e in _HOLDER.items() if f in said}
        for french, english in _BORN.items():
            if french in said:
                given[english] = int(said[french])
        return HolderClaim(**given)  # type: ignore[arg-type]  # the schema gives each its type
    if "idDossier" in said:
        return TrainingFileClaim(**{e: said[f] for e, f in _TRAINING_FILE.items()})
    return NirClaim(said["nir"], said["nomNaissance"])


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: etree._Element) -> str:
    """Return an element's whole text, comments and instructions within it left out."""
    if len(element):
        return (element.text or "") + "".join(child.tail or "" for child in element)
    return element.text or ""


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text.strip(_BLANKS)) if text else None

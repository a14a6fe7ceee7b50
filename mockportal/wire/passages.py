"""A ``passageCertification`` element, read into a Passage."""

from datetime import date

from lxml import etree

from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.people import Claim, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.wire import names
from mockportal.wire.names import qualified

_INTEGERS = {qualified(n) for n in ("anneeNaissance", "moisNaissance", "jourNaissance")}
_HOLDER = {
    qualified(french): english
    for english, french in names.HOLDER_FIELDS.items()
    if english not in ("nir", "training_file")
}
_BLANKS = "\t\n\r "


def read_passage(element: etree._Element, certification: AwardedCertification) -> Passage:
    """Return what the rules need of a passage element that the schema has accepted."""
    texts: dict[str, str] = {}
    claim: Claim | None = None
    for child in element.iterchildren("*"):
        if child.tag == names.IDENTIFICATION:
            claim = read_claim(next(child.iterchildren("*")))
        else:
            texts[str(child.tag)] = text_of(child)
    if claim is None:
        raise ValueError("the schema lets no passage through without identificationTitulaire")
    return Passage(
        technical_id=TechnicalId(texts[names.TECHNICAL_ID]),
        certification=certification,
        valid_from=_date(texts[names.VALID_FROM]) or date.min,
        valid_until=_date(texts.get(names.VALID_UNTIL)),
        exam_from=_date(texts.get(names.EXAM_FROM)),
        exam_until=_date(texts.get(names.EXAM_UNTIL)),
        claim=claim,
    )


def read_claim(element: etree._Element) -> Claim:
    """Return whom a ``titulaire``, ``dossierFormation`` or ``identifiantNational`` names."""
    if element.tag == names.HOLDER:
        said: dict[str, object] = {}
        for leaf in element.iter("*"):
            field = _HOLDER.get(str(leaf.tag))
            text = text_of(leaf) if field else ""
            if field and text:
                said[field] = int(text) if leaf.tag in _INTEGERS else text
        return HolderClaim(**said)  # type: ignore[arg-type]  # the schema gives each its type
    texts = {str(leaf.tag): text_of(leaf) for leaf in element.iterchildren("*")}
    if element.tag == names.TRAINING_FILE:
        fields = names.TRAINING_FILE_FIELDS
        return TrainingFileClaim(**{e: texts[qualified(f)] for e, f in fields.items()})
    return NirClaim(texts[qualified("nir")], texts[qualified("nomNaissance")])


def text_of(element: etree._Element) -> str:
    """Return an element's whole text, comments and instructions within it left out."""
    if len(element):
        return (element.text or "") + "".join(child.tail or "" for child in element)
    return element.text or ""


def _date(text: str | None) -> date | None:
    bare = text.strip(_BLANKS) if text else ""
    return date.fromisoformat(bare) if bare else None

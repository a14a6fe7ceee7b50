"""All that a passage says, read from its element."""

from lxml import etree

from mockportal.domain.flux import AwardedCertification
from mockportal.wire import names
from mockportal.wire.names import qualified
from mockportal.wire.passage_fields import (
    OUR_NAMES,
    PASSAGE_BRANCH,
    RESULT_PARTS,
    RESULTS,
    Branch,
    Leaf,
)
from mockportal.wire.passages import text_of

_NOTHING = "-"


def values_of(
    element: etree._Element, certification: AwardedCertification
) -> dict[str, str | None]:
    """Return what a passage element says, by our names of the fields; None is nil or absent."""
    said: dict[str, str | None] = {
        OUR_NAMES["type"]: certification.type,
        OUR_NAMES["code"]: certification.code,
        OUR_NAMES["natureDeposant"]: certification.depositor_nature,
        **dict.fromkeys(_leaves(PASSAGE_BRANCH)),
    }
    for leaf in element.iter("*"):
        field = OUR_NAMES.get(etree.QName(leaf).localname)
        if field == OUR_NAMES[RESULTS]:
            said[field] = " ".join(map(_result, leaf.iterchildren("*"))) or None
        elif field:
            said[field] = text_of(leaf) or None
    return said


def kept_content(content: str) -> tuple[etree._Element, AwardedCertification]:
    """Return the passage element of what a modification has kept, and its certification."""
    root = etree.fromstring(content.encode(), etree.XMLParser(huge_tree=True))
    texts = {str(one.tag): text_of(one) for one in root.iterchildren("*")}
    awarded = AwardedCertification(
        texts[names.TYPE], texts[names.CODE], texts.get(names.DEPOSITOR_NATURE)
    )
    return next(root.iter(names.PASSAGE)), awarded


def _leaves(branch: Branch) -> list[str]:
    found = []
    for one in branch.children:
        found += [OUR_NAMES[one.name]] if isinstance(one, Leaf) else _leaves(one)
    return found


def _result(element: etree._Element) -> str:
    texts = {str(one.tag): text_of(one).strip() for one in element.iterchildren("*")}
    domain, competence, level = (texts.get(qualified(one), _NOTHING) for one in RESULT_PARTS)
    return f"{domain}.{competence}:{level}"

"""What another parser than the portal's own says of a file, and what a receipt says of it."""

import re
from collections import Counter
from io import BytesIO
from typing import NamedTuple

from lxml import etree

from mockportal.resources import schema_path

_SPACE = "{urn:cdc:cpf:pc5:schema:1.0.0}"


_LATER = re.compile(rb"""^<\?xml\s+version\s*=\s*["']1\.1["']""")


class UnreadableError(Exception):
    """A file is in an encoding or a version of XML that libxml2 does not read: Java may."""


class Read(NamedTuple):
    """A passage: its identifier, the first day that it is valid, the code of its certification."""

    technical_id: str
    valid_from: str
    code: str


def passages_of(content: bytes) -> list[Read] | None:
    """Return the passages of a file in their order, None where lxml cannot read it."""
    root = _root(content)
    if root is None:
        return None
    return [
        Read(_text(passage, "idTechnique"), _text(passage, "dateDebutValidite").strip(),
             _text(certification, "code"))
        for certification in root.iter(f"{_SPACE}certification")
        for passage in certification.iter(f"{_SPACE}passageCertification")
    ]  # fmt: skip


def is_valid(content: bytes) -> bool:
    """Tell whether another validator than the portal's own takes a file."""
    root = _root(content)
    schema = etree.XMLSchema(etree.parse(str(schema_path("1.1.2"))))
    return root is not None and b"<!DOCTYPE" not in content and schema.validate(root)


def _root(content: bytes) -> "etree._Element | None":
    """Return the root of a file; libxml2 alone refuses a name of a namespace for its signs."""
    parser = etree.XMLParser(
        huge_tree=True, resolve_entities=False, no_network=True, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root: etree._Element | None = etree.parse(BytesIO(content), parser).getroot()
    except etree.XMLSyntaxError:
        faults, root = list(parser.error_log), None
    else:
        faults = [one for one in parser.error_log if one.domain_name != "NAMESPACE"]
    if any("encoding" in one.message.lower() for one in faults):
        raise UnreadableError
    if faults and _LATER.match(content.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe")):
        raise UnreadableError
    return None if faults else root


def identifiers_in(receipt: bytes) -> Counter[str]:
    """Return how often each identifier has a verdict in a receipt."""
    root = etree.fromstring(receipt, etree.XMLParser(huge_tree=True))
    return Counter(str(one.xpath("string()")) for one in root.iter("idTechnique"))


def _text(element: "etree._Element", name: str) -> str:
    child = element.find(f"{_SPACE}{name}")
    return "" if child is None else str(child.xpath("string()"))

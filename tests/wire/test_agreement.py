"""What may be believed of libxml2, and the frame that its checks stand in."""

import io

import pytest

from mockportal.wire.agreement import surely_read_alike
from mockportal.wire.frames import Frame, OddShapeError, frame_of
from tests.fluxes import a_flux_xml, a_passage_xml

PLAIN = a_flux_xml()
XSI = b'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'


def frame(content: bytes) -> Frame:
    """Return the frame of a file."""
    return frame_of(io.BytesIO(content), len(content))


@pytest.mark.parametrize(
    ("content", "alike"),
    [
        (a_passage_xml(), True),
        (a_passage_xml("é€"), True),
        (a_passage_xml("&#233;"), True),
        (a_passage_xml(extra="<cpf:urlPreuve>https://a.fr/?a=1</cpf:urlPreuve>"), True),
        (a_passage_xml("A", "<a xsi:nil=\"true\"/><b xsi:nil='true'/>"), True),
        (a_passage_xml("A", '<a xsi:nil="true" x:nil="true"/>'), False),
        (a_passage_xml("😀"), False),
        (a_passage_xml("&#128512;"), False),
        (a_passage_xml("&#x1F600;"), False),
        (a_passage_xml("A", '<cpf:titulaire xsi:type="cpf:x"/>'), False),
        (a_passage_xml("A", "<cpf:titulaire x:type = 'cpf:x'/>"), False),
        (a_passage_xml("A", '<cpf:titulaire xsi:schemaLocation="u f.xsd"/>'), False),
        (a_passage_xml("A", '<cpf:titulaire xsi:noNamespaceSchemaLocation="f"/>'), False),
    ],
)
def test_the_two_are_believed_to_agree_only_on_what_was_compared(content: str, alike: bool) -> None:
    assert surely_read_alike(content.encode()) is alike


@pytest.mark.parametrize(
    "value",
    ["urn:cdc:cpf:pc5:schema:1.0.0 validation.xsd", "http://a.fr/x http://a.fr/x.xsd", ""],
)
def test_where_a_schema_is_said_to_be_is_taken_out_of_what_libxml2_reads(value: str) -> None:
    located = PLAIN.replace(XSI, XSI + f' xsi:schemaLocation="{value}"'.encode(), 1)

    assert frame(located).bare_head == frame(PLAIN).bare_head
    assert frame(located).declarations == frame(PLAIN).declarations


@pytest.mark.parametrize(
    "attributes",
    [
        b' xsi:schemaLocation="a" xsi:schemaLocation="a"',
        b' xsi:schemaLocation="a%zz b"',
        b' x:schemaLocation="a b"',
        b' xmlns:x="urn:x" x:schemaLocation="a b"',
    ],
)
def test_a_doubtful_place_of_a_schema_stays_where_it_is(attributes: bytes) -> None:
    doubtful = frame(PLAIN.replace(XSI, XSI + attributes, 1))

    assert b"schemaLocation" in doubtful.bare_head
    assert not surely_read_alike(doubtful.bare_head)


def test_a_comment_before_the_root_is_no_place_to_change() -> None:
    root = frame(PLAIN).root
    copied = PLAIN.replace(b"?>", b"?><!-- " + root + b" -->", 1)
    located = copied.replace(root, root.replace(XSI, XSI + b' xsi:schemaLocation="a b"'))

    assert frame(located).bare_head.count(b"schemaLocation") == 1


def test_what_a_value_holds_is_no_declaration() -> None:
    hidden = PLAIN.replace(XSI, b"a=' " + XSI.replace(b'"', b"&quot;") + b"'", 1)

    assert XSI not in frame(hidden).declarations
    assert b"xmlns:cpf" in frame(hidden).declarations


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<flux/>",
        PLAIN.replace(b"?>", b"?><?p?>", 1),
        PLAIN.replace(b"<cpf:idFlux>", b"<![CDATA[]]><cpf:idFlux>", 1),
        PLAIN.replace(b"<cpf:idFlux>", b"<cpf:idFlux xmlns:a='u'>", 1),
        PLAIN.replace(XSI, b"xmlns:xmlns='u' " + XSI, 1),
        PLAIN.replace(XSI, b"xmlns:a='' " + XSI, 1),
        PLAIN.replace(XSI, b"xmlns:a='http://www.w3.org/2000/xmlns/' " + XSI, 1),
        PLAIN.replace(XSI, b"xmlns:" + b"a" * 1000 + b"='u' " + XSI, 1),
        PLAIN.replace(b"</cpf:flux>", b"<!-- <cpf:passageCertification/></cpf:flux>"),
        PLAIN.replace(b"UTF-8", b"ISO-8859-1", 1),
        PLAIN.replace(b"1.0", b"1.1", 1),
    ],
)
def test_a_frame_that_is_not_plain_is_odd(content: bytes) -> None:
    with pytest.raises(OddShapeError):
        frame(content)

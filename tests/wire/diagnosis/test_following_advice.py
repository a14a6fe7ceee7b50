"""Whoever follows the advice on broken markup to the word has a file that passes."""

from collections.abc import Callable
from pathlib import Path

import pytest

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from tests.fluxes import a_certification_xml, a_flux_xml, a_passage_xml, a_titulaire
from tests.wire.diagnosis.following import advice_of, errors_of, follow, place_and_facts

NS = "urn:cdc:cpf:pc5:schema:1.0.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
COMPACT = a_flux_xml(
    a_passage_xml("A", extra="<cpf:urlPreuve>x.test</cpf:urlPreuve>"),
    a_passage_xml("B", a_titulaire(prenom1="Zoé", nomUsage="LE GALL")),
).decode()
PRETTY = COMPACT.replace("><cpf:", ">\n  <cpf:").replace("></cpf:", ">\n</cpf:") + "\n"
ROOT = f'<cpf:flux xmlns:cpf="{NS}" xmlns:xsi="{XSI}">'
OPEN_SEX, CLOSE_SEX = "<cpf:sexe>", "</cpf:sexe>"
NAME = "<cpf:prenom1>"
BODY = COMPACT[COMPACT.index(ROOT) :]
CERTIFIER = BODY[
    BODY.index("<cpf:certificateur>") : BODY.index("</cpf:certificateur>")
] + "</cpf:certificateur>"  # fmt: skip
PASSAGES = CERTIFIER[
    CERTIFIER.index("<cpf:passageCertifications>") : CERTIFIER.index("</cpf:certification>")
]  # fmt: skip

EDITS = {
    # tags
    "wrong end": ("</cpf:nomNaissance>", "</cpf:nomNaisance>"),
    "another end": ("</cpf:nomNaissance>", "</cpf:nomUsage>"),
    "end in capitals": (CLOSE_SEX, "</cpf:Sexe>"),
    "end without prefix": (CLOSE_SEX, "</sexe>"),
    "end with more letters": (CLOSE_SEX, "</cpf:sexes>"),
    "no end of a value": (CLOSE_SEX, ""),
    "no end of a holder": ("</cpf:titulaire>", ""),
    "no end of a part": ("</cpf:modalitesInscription>", ""),
    "no end of a passage": ("</cpf:passageCertification>", ""),
    "no end of the list": ("</cpf:passageCertifications>", ""),
    "no start of a value": (OPEN_SEX, ""),
    "no start of a holder": ("<cpf:titulaire>", ""),
    "one end too many": ("</cpf:titulaire>", "</cpf:titulaire></cpf:titulaire>"),
    "no slash": (CLOSE_SEX, OPEN_SEX),
    "no slash at the end": ("</cpf:flux>", "<cpf:flux>"),
    "no slash of a part": ("</cpf:modalitesInscription>", "<cpf:modalitesInscription>"),
    "a backslash": (CLOSE_SEX, "<\\cpf:sexe>"),
    "no > of a value's start": (OPEN_SEX, "<cpf:sexe"),
    "a space for >": (OPEN_SEX, "<cpf:sexe "),
    "no > of a value's end": (CLOSE_SEX, "</cpf:sexe"),
    "no > of a part's start": ("<cpf:titulaire>", "<cpf:titulaire"),
    "< and a space": (OPEN_SEX, "< cpf:sexe>"),
    "</ and a space": (CLOSE_SEX, "</ cpf:sexe>"),
    "< and a space and /": (CLOSE_SEX, "< /cpf:sexe>"),
    "<<": (OPEN_SEX, "<<cpf:sexe>"),
    "a space after the prefix": (OPEN_SEX, "<cpf: sexe>"),
    "a space in a name": ("<cpf:nomNaissance>", "<cpf:nom Naissance>"),
    "a space in />": ('nil="true"/>', 'nil="true"/ >'),
    "another prefix": (OPEN_SEX, "<cfp:sexe>"),
    "another prefix in both tags": (
        f"{OPEN_SEX}F{CLOSE_SEX}", "<cfp:sexe>F</cfp:sexe>"
    ),
    "a comment without end": ("<cpf:emetteur>", "<!-- ici <cpf:emetteur>"),
    "an instruction without end": ("<cpf:emetteur>", "<?pause <cpf:emetteur>"),
    "CDATA without end": (NAME, f"{NAME}<![CDATA["),
    "a declaration inside": ("<cpf:emetteur>", '<cpf:emetteur><?xml version="1.0"?>'),
    # signs
    "<": (NAME, f"{NAME}A < B "),
    "< and a letter": (NAME, f"{NAME}A <B "),
    "< and a digit": (NAME, f"{NAME}x<3"),
    "an address in <>": (NAME, f"{NAME}a <a@b.test> "),
    "a word in <>": (NAME, f"{NAME}a <inconnu> "),
    "&AMP;": (NAME, f"{NAME}A &AMP; B "),
    "&LT;": (NAME, f"{NAME}A &LT; B "),
    "&": (NAME, f"{NAME}A & B "),
    "& and a letter": (NAME, f"{NAME}R&D "),
    "& and a word": (NAME, f"{NAME}R&D; "),
    "& twice": (NAME, f"{NAME}A & B & C"),
    "the address of a page": ("x.test", "x.test/?a=1&lang=fr&copy=2"),
    "&eacute;": (NAME, f"{NAME}Andr&eacute; "),
    "&eacute; in capitals": (NAME, f"{NAME}Andr&EACUTE; "),
    "&eacute; without ;": (NAME, f"{NAME}Andr&eacute "),
    "&nbsp;": (NAME, f"{NAME}A&nbsp;B "),
    "&#11;": (NAME, f"{NAME}A&#11;B"),
    "&#x0;": (NAME, f"{NAME}A&#x0;B"),
    "&#xFFFF;": (NAME, f"{NAME}A&#xFFFF;B"),
    "a pair of surrogates": (NAME, f"{NAME}A&#xD83D;&#xDE00;B"),
    "&#233 without ;": (NAME, f"{NAME}A&#233 "),
    "&#Xe9;": (NAME, f"{NAME}A&#Xe9;"),
    "&#;": (NAME, f"{NAME}A&#;"),
    "a tabulation of Word": (NAME, f"{NAME}Jean\x0bPaul "),
    "a control character first": (NAME, f"{NAME}\x02"),
    "a zero byte": (NAME, f"{NAME}A\0B"),
    "U+FFFF": (NAME, f"{NAME}A\uffffB"),
    "an escape in an attribute": ('nil="true"', 'nil="true\x1b"'),
    # attributes
    "curly quotes": ('nil="true"', "nil=“true”"),
    "French quotes": (f'"{NS}"', f"« {NS} »"),
    "quotes as entities": ('nil="true"', "nil=&quot;true&quot;"),
    "no quotes": ('nil="true"', "nil=true"),
    "no quotes of a namespace": (f'"{NS}"', NS),
    "no value": ('xsi:nil="true"', "xsi:nil"),
    "no closing quote": ('nil="true"', 'nil="true'),
    "no closing quote of a namespace": (f'"{NS}"', f'"{NS}'),
    "no closing quote of the last": (f'"{XSI}"', f'"{XSI}'),
    "no opening quote": ('nil="true"', 'nil=true"'),
    "one quote too many": ('nil="true"', 'nil="true""'),
    "no space": (f'"{NS}" ', f'"{NS}"'),
    # nil and namespaces
    "nil": ("xsi:nil", "nil"),
    "xsi:nill": ("xsi:nil", "xsi:nill"),
    "xsi:Nil": ("xsi:nil", "xsi:Nil"),
    "xsi:null": ("xsi:nil", "xsi:null"),
    "xs:nil": ("xsi:nil", "xs:nil"),
    "cpf:nil": ("xsi:nil", "cpf:nil"),
    "xsi not declared": (f' xmlns:xsi="{XSI}"', ""),
    "xsi with a capital": (XSI, XSI.replace("instance", "Instance")),
    "xsi with https": (XSI, XSI.replace("http:", "https:")),
    "xsi for schemas": (XSI, XSI.replace("-instance", "")),
    "xsi under another prefix": ("xmlns:xsi", "xmlns:xsl"),
    "a value of nil on an optional element": (
        "<cpf:urlPreuve>x.test</cpf:urlPreuve>", '<cpf:urlPreuve nil="true"/>'
    ),
    "a nil that is false": ("<cpf:nomUsage>LE GALL<", '<cpf:nomUsage nil="false">LE GALL<'),
    "a nil beside a value": ("<cpf:nomUsage>LE GALL<", "<cpf:nomUsage xsi:nill='true'>LE GALL<"),
    "a nil beside a value of an optional element": (
        "<cpf:urlPreuve>x.test", '<cpf:urlPreuve nil="false">x.test'
    ),
    'xmlns=""': ("<cpf:idFlux>flux-1</cpf:idFlux>", '<idFlux xmlns="">flux-1</idFlux>'),
    "no prefix": (f"{OPEN_SEX}F{CLOSE_SEX}", "<sexe>F</sexe>"),
    "cpf not declared": (f'xmlns:cpf="{NS}" ', ""),
    "cpf declared under another prefix": ("xmlns:cpf=", "xmlns:cfp="),
    "an empty namespace": (f'xmlns:cpf="{NS}"', 'xmlns:cpf=""'),
    "a space that is none in a tag": (" xsi:nil", "\xa0xsi:nil"),
    # text between tags
    "a sign between tags": (f"F{CLOSE_SEX}", f"F{CLOSE_SEX};"),
    "a space that is none between tags": (f"F{CLOSE_SEX}", f"F{CLOSE_SEX}\xa0"),
    "a mark between tags": (f"F{CLOSE_SEX}", f"F{CLOSE_SEX}\ufeff"),
    "a word after a nil": ('nil="true"/>', 'nil="true"/>inconnue'),
    "a space in the root's name": ("<cpf:flux", "<cpf:fl ux"),
    "a quote in a namespace": ("urn:cdc", 'urn"cdc'),
    "a space in xmlns": ("xmlns:xsi", "xmln s:xsi"),
    # the root
    "the version in the namespace": ("schema:1.0.0", "schema:1.1.2"),
    "the namespace in capitals": ("urn:cdc", "URN:CDC"),
    # the beginning and the end
    "invisible signs before the root": (DECLARATION, "\u200b"),
    "a blank line first": ("<?xml", "\n<?xml"),
    "two blank lines first": ("<?xml", "\n\n<?xml"),
    "a space first": ("<?xml", " <?xml"),
    "a mark after a blank line": ("<?xml", "\n\ufeff<?xml"),
    "two marks": ("<?xml", "\ufeff\ufeff<?xml"),
    "three marks": ("<?xml", "\ufeff\ufeff\ufeff<?xml"),
    "a mark as text": ("<?xml", "ï»¿<?xml"),
    "a comment first": ("<?xml", "<!-- x -->\n<?xml"),
    "text first": ("<?xml", "Bonjour\n<?xml"),
    "a notice first": ("<?xml", "PHP Warning:  x in /y.php on line 3\n<?xml"),
    "headers first": ("<?xml", "HTTP/1.1 200 OK\nContent-Type: text/xml\n\n<?xml"),
    "text after the declaration": (DECLARATION, f"{DECLARATION}Bonjour "),
    "a notice after the declaration": (
        DECLARATION, f"{DECLARATION}<br />\n<b>Warning</b>: x in <b>/e.php</b><br />\n"
    ),
    "a notice of text after the declaration": (DECLARATION, f"{DECLARATION}\nNotice: x\n"),
    "a sign after the declaration": (DECLARATION, f"{DECLARATION}\u200b"),
    "a space that is none after the declaration": (DECLARATION, f"{DECLARATION}\xa0"),
    "two declarations": (DECLARATION, DECLARATION + DECLARATION),
    "two declarations in lines": (DECLARATION, f"{DECLARATION}\n{DECLARATION}\n"),
    "no < first": ("<?xml", "?xml"),
    "no <? first": ("<?xml", "xml"),
    "text last": ("</cpf:flux>", "</cpf:flux>au revoir"),
    "a zero byte last": ("</cpf:flux>", "</cpf:flux>\0"),
    "the end of MS-DOS": ("</cpf:flux>", "</cpf:flux>\x1a"),
    # the declaration
    "curly quotes in the declaration": ('"1.0" encoding="UTF-8"', "“1.0” encoding=“UTF-8”"),
    "an open quote in the declaration": ('"UTF-8"', '"UTF-8'),
    "no ? in the declaration": ('"?>', '">'),
    "the declaration not ended": ('"?>', '"'),
    "the declaration in disorder": (
        'version="1.0" encoding="UTF-8"', 'encoding="UTF-8" version="1.0"'
    ),
    "the schema's version in the declaration": ('version="1.0"', 'version="1.1.2"'),
    "no version in the declaration": (' version="1.0"', ""),
    "the declaration in capitals": ("<?xml", "<?XML"),
    "the declaration after a space": ("<?xml", "< ?xml"),
    "a space in the declaration": ("<?xml", "<? xml"),
    "the declaration as an element": ("<?xml", "<xml"),
    "encoding in French": ("encoding", "encodage"),
}  # fmt: skip
WHOLE: dict[str, Callable[[str], str]] = {
    "no prefix and no namespace": lambda text: (
        text.replace(f'xmlns:cpf="{NS}" ', "").replace("<cpf:", "<").replace("</cpf:", "</")
    ),
    "the root alone without prefix": lambda text: (
        text.replace("<cpf:flux", "<flux").replace("</cpf:flux", "</flux")
    ),
    "the root alone, bare": lambda text: (
        text.replace(ROOT, "<flux>").replace("</cpf:flux", "</flux")
    ),
    "a root in capitals": lambda text: text.replace("cpf:flux", "cpf:Flux"),
    "another root": lambda text: text.replace("cpf:flux", "cpf:export"),
    "curly quotes everywhere": lambda text: text.replace('nil="true"', "nil=“true”"),
    "nil everywhere without its declaration": lambda text: (
        text.replace("xsi:nil", "nil").replace(f' xmlns:xsi="{XSI}"', "")
    ),
    "another prefix for all": lambda text: (
        text.replace("<cpf:", "<ns2:").replace("</cpf:", "</ns2:")
    ),
    "wrapped": lambda text: text.replace("<cpf:flux", "<data><cpf:flux") + "</data>",
    "in SOAP": lambda text: (
        text.replace(
            ROOT,
            '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope" '
            f'xmlns:cpf="{NS}" xmlns:xsi="{XSI}"><s:Header/><s:Body><cpf:flux>',
        )
        + "</s:Body></s:Envelope>"
    ),
    "the list without its namespace": lambda text: (
        text[text.index("<cpf:passageCertifications>") : text.index("</cpf:certification>")]
    ),
    "passages in a row": lambda text: (
        DECLARATION
        + text[
            text.index("<cpf:passageCertification>") : text.rindex("</cpf:passageCertifications>")
        ]
        .replace("<cpf:passageCertification>", f'<cpf:passageCertification xmlns:cpf="{NS}">')
        .replace("xsi:nil", f'xmlns:xsi="{XSI}" xsi:nil')
    ),
    "two files": lambda text: text + text,
    "two files, one declaration": lambda text: text + text[text.index("<cpf:flux") :],
    "a fence of Markdown": lambda text: f"```xml\n{text}\n```\n",
    "a notice of PHP": lambda text: (
        "<br />\n<b>Warning</b>:  Undefined variable $x in <b>/e.php</b> on line <b>12</b><br />\n"
        + text
    ),
    "a notice of PHP after": lambda text: text + "<br />\n<b>Warning</b>: x",
    "two certifiers": lambda text: text.replace(
        "</cpf:certificateur>", "</cpf:certificateur>" + CERTIFIER
    ),
    "a list twice": lambda text: text.replace(
        "</cpf:passageCertifications>", "</cpf:passageCertifications>" + PASSAGES
    ),
    "an empty list beside another": lambda text: text.replace(
        "</cpf:certification>", "</cpf:certification>" + a_certification_xml("")
    ),
    **{
        f"{name} alone": lambda text, name=name: (  # type: ignore[misc]  # bound
            f"{DECLARATION}\n"
            + text[text.index(f"<cpf:{name}>") : text.index(f"</cpf:{name}>")].replace(
                f"<cpf:{name}>", f'<cpf:{name} xmlns:cpf="{NS}" xmlns:xsi="{XSI}">', 1
            )
            + f"</cpf:{name}>"
        )
        for name in (
            "emetteur", "certificateurs", "certificateur", "certifications", "certification",
            "passageCertifications", "passageCertification",
        )
    },
}  # fmt: skip


def broken(text: str, name: str) -> str:
    """Return a text with a mistake."""
    if name in WHOLE:
        return WHOLE[name](text)
    old, new = EDITS[name]
    assert old in text
    return text.replace(old, new, 1)


@pytest.mark.parametrize("layout", [COMPACT, PRETTY], ids=["one line", "lines"])
@pytest.mark.parametrize("name", [*EDITS, *WHOLE])
def test_a_file_mended_to_the_word_passes(tmp_path: Path, name: str, layout: str) -> None:
    text = broken(layout, name)
    errors = errors_of(tmp_path, text.encode())
    assert errors

    first = next(error for error in errors if place_and_facts(error)[0].cause)
    mended = follow(text, first)

    left = errors_of(tmp_path, mended.encode())
    assert not left, (advice_of(first), left[0], mended[:300])


@pytest.mark.parametrize("layout", [COMPACT, PRETTY], ids=["one line", "lines"])
@pytest.mark.parametrize("name", [*EDITS, *WHOLE])
def test_no_advice_on_it_leads_elsewhere(tmp_path: Path, name: str, layout: str) -> None:
    errors = errors_of(tmp_path, broken(layout, name).encode())

    for error in errors:
        advice = advice_of(error)
        assert "{" not in advice.happened + advice.mend
        place, facts = place_and_facts(error)
        assert place.cause or facts.fault.name in ("SAME_AS_BEFORE", "UNEXPECTED"), advice


@pytest.mark.parametrize(
    ("written", "advised"),
    [
        ("&AMP;", "crivez &amp; à la place de &AMP;"),
        ("&LT;", "crivez &lt; à la place de &LT;"),
        ("&eacute;&AMP;&LT;", "&amp; pour &AMP;, &lt; pour &LT;"),
    ],
)
def test_a_sign_of_markup_is_advised_escaped(tmp_path: Path, written: str, advised: str) -> None:
    error = errors_of(tmp_path, COMPACT.replace(NAME, NAME + written, 1).encode())[0]

    assert advised in advice_of(error).mend


@pytest.mark.parametrize("name", ["a nil that is false", "a nil beside a value"])
def test_a_value_beside_a_nil_is_kept(tmp_path: Path, name: str) -> None:
    text = broken(COMPACT, name)
    error = errors_of(tmp_path, text.encode())[0]

    assert "gardez la valeur : écrivez <cpf:nomUsage> à la place de" in advice_of(error).mend
    assert follow(text, error) == COMPACT


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<cpf:nomUsage>LE GALL<", '<cpf:nomUsage xsi:nill="true"><'),
        ("<cpf:nomUsage>LE GALL<", '<cpf:nomUsage nil="false"><'),
        ("<cpf:urlPreuve>x.test<", '<cpf:urlPreuve nil="true"><'),
    ],
)
@pytest.mark.parametrize("layout", [COMPACT, PRETTY.replace(">\n</", "></")])
def test_the_end_tag_of_an_unknown_value_goes_too(
    tmp_path: Path, old: str, new: str, layout: str
) -> None:
    text = layout.replace(old, new, 1)
    assert text != layout
    error = errors_of(tmp_path, text.encode())[0]

    assert not errors_of(tmp_path, follow(text, error).encode())


def test_a_sign_that_only_the_newer_xml_refuses_is_named(tmp_path: Path) -> None:
    text = PRETTY.replace('version="1.0"', 'version="1.1"').replace(NAME, f"{NAME}D\x92", 1)

    for error in errors_of(tmp_path, text.encode()):
        assert "U+0092 (sans doute « ’ »" in advice_of(error).happened


@pytest.mark.parametrize("text", [COMPACT, PRETTY], ids=["one line", "lines"])
def test_a_file_cut_anywhere_is_truncated(tmp_path: Path, text: str) -> None:
    content = text.rstrip().encode()
    start = content.index(b"<cpf:flux")
    cuts = [
        *range(len("<?xml v"), start),
        *range(start + 1, start + 120),
        *range(len(content) - 120, len(content)),
        *range(start + 120, len(content), 97),
    ]

    for cut in cuts:
        error = errors_of(tmp_path, content[:cut])[-1]
        place, facts = place_and_facts(error)
        assert place.cause is Cause.TRUNCATED or facts.fault is Fault.NOTHING, content[:cut][-60:]
        assert "xportez-le" in advice_of(error).mend

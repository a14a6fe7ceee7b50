"""One flux in each shape that XML and the schema allow: the same passages, written otherwise.

``SHAPES`` names them. Each is made from the lines of ``large_flux``, and good by its schema.
"""

import codecs
import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

_NAMESPACE = "urn:cdc:cpf:pc5:schema:1.0.0"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_END = "</cpf:passageCertification>\n"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NIL = ' xsi:nil="true"/>'
_NIL_ELEMENT = re.compile(r'<(cpf:\w+) xsi:nil="true"/>')
_LEAF = re.compile(r"<cpf:(\w+)>([^<]*)</cpf:\w+>")
_CHILDREN = re.compile(r"<cpf:(\w+)(?:>[\s\S]*?</cpf:\1>| [^<>]*/>)")
"""An element within a passage: none of them holds another of its name."""
_IDENTIFICATION = re.compile(r"<cpf:titulaire>[\s\S]*?</cpf:titulaire>")
_LIMIT, _LIMIT_OF_OTHER_ENCODINGS = 4.0, 6.0


class Shape(NamedTuple):
    """How a flux is written: its bytes, made of one of UTF-8 as ``large_flux`` writes it."""

    name: str
    make: Callable[[str, Random], bytes]
    limit: float = _LIMIT
    """How many times as long as xmllint the upload and the first control may take."""
    version: str = "1.1.2"


def _whole(change: Callable[[str], str]) -> Callable[[str, Random], bytes]:
    """Return what changes the whole text."""
    return lambda text, _random: change(text).encode()


def _each(change: Callable[[str, Random], str]) -> Callable[[str, Random], bytes]:
    """Return what changes each passage by itself."""
    return lambda text, random: _with_passages(
        text, lambda passage: change(passage, random)
    ).encode()


def _with_passages(text: str, change: Callable[[str], str]) -> str:
    *passages, foot = text.split(_END)
    begins = passages[0].index("<cpf:passageCertification>")
    head, passages[0] = passages[0][:begins], passages[0][begins:]
    return head + "".join(change(passage + _END) for passage in passages) + foot


def _values(text: str, change: Callable[[str, str], str]) -> str:
    """Return a text with each value changed, by its element's name."""
    return _LEAF.sub(
        lambda leaf: f"<cpf:{leaf[1]}>{change(leaf[1], leaf[2])}</cpf:{leaf[1]}>", text
    )


def _names(text: str, change: Callable[[str], str]) -> str:
    """Return a text with the names of people changed."""
    named = ("nomNaissance", "prenom1", "prenom2", "prenom3")
    return _values(text, lambda name, value: change(value) if name in named else value)


def _mixed_prefixes(text: str) -> str:
    text = text.replace("<cpf:flux ", f'<cpf:flux xmlns:autre="{_NAMESPACE}" ')
    for name in ("idTechnique", "titulaire", "sexe"):
        text = text.replace(f"cpf:{name}>", f"autre:{name}>")
    return text


def _any_order(passage: str, random: Random) -> str:
    """Return a passage with its children, and those of its holder, in an order of its own."""

    def shuffled(content: str) -> str:
        children = [child[0] for child in _CHILDREN.finditer(content)]
        random.shuffle(children)
        return "\n".join(children) + "\n"

    def around(element: str, name: str) -> str:
        start, end = f"<cpf:{name}>", f"</cpf:{name}>"
        begins, stops = element.index(start) + len(start), element.rindex(end)
        return f"{element[:begins]}\n{shuffled(element[begins:stops])}{element[stops:]}"

    return around(around(passage, "titulaire"), "passageCertification")


def _last_first(text: str) -> str:
    """Return a flux whose small elements come after the large ones."""
    for line in ("idFlux", "horodatage"):
        text = _moved(text, line, "</cpf:flux>")
    for line in ("type", "code"):
        text = _moved(text, line, "</cpf:certification>")
    return text


def _moved(text: str, name: str, before: str) -> str:
    match = re.search(rf"[ \t]*<cpf:{name}>[^<]*</cpf:{name}>\n", text)
    assert match is not None
    text = text[: match.start()] + text[match.end() :]
    return text.replace(before, match[0] + before)


def _references(value: str) -> str:
    return "".join(char if char.isascii() else f"&#{ord(char)};" for char in value)


def _all_fields(passage: str) -> str:
    """Return a passage in which every field is filled in."""
    optional = (
        "<cpf:urlPreuve>https://preuves.example.org/2026/1</cpf:urlPreuve>\n"
        "<cpf:libelleOption>Option générale</cpf:libelleOption>\n"
        "<cpf:dateDebutExamen>2026-09-20</cpf:dateDebutExamen>\n"
        "<cpf:dateFinExamen>2026-09-21</cpf:dateFinExamen>\n"
        "<cpf:modalitePassageExamen>MIXTE</cpf:modalitePassageExamen>\n"
        "<cpf:codePostalCentreExamen>29200</cpf:codePostalCentreExamen>\n"
        "<cpf:niveauLangueEuropeen>B2</cpf:niveauLangueEuropeen>\n"
        "<cpf:niveauNumeriqueEuropeen><cpf:scoreGeneral>500</cpf:scoreGeneral><cpf:resultats>"
        + "".join(
            f"<cpf:resultat><cpf:niveau>{level}</cpf:niveau><cpf:domaineCompetenceId>{level}"
            f"</cpf:domaineCompetenceId><cpf:competenceId>{level}</cpf:competenceId></cpf:resultat>"
            for level in range(1, 4)
        )
        + "</cpf:resultats></cpf:niveauNumeriqueEuropeen>\n"
        "<cpf:verbatim>Félicitations du jury</cpf:verbatim>\n"
    )
    of_holder = (
        "<cpf:libelleCommuneNaissance>Brest</cpf:libelleCommuneNaissance>\n"
        "<cpf:libellePaysNaissance>France</cpf:libellePaysNaissance>\n"
        "<cpf:commentairesMEN>néant</cpf:commentairesMEN>\n"
    )
    access = (
        "<cpf:voieAccessVAE>VAE_CLASSIQUE</cpf:voieAccessVAE>\n"
        "<cpf:initiativeInscription>CERTIFIE</cpf:initiativeInscription>\n"
        "<cpf:dateInscription>2026-01-05</cpf:dateInscription>\n"
    )
    passage = passage.replace("<cpf:obtentionCert", optional + "<cpf:obtentionCert", 1)
    passage = passage.replace("</cpf:titulaire>", of_holder + "</cpf:titulaire>")
    passage = passage.replace("</cpf:modalitesInscription>", access + "</cpf:modalitesInscription>")
    for name in ("presenceNiveauLangueEuro", "presenceNiveauNumeriqueEuro"):
        passage = passage.replace(f"{name}>false", f"{name}>true")
    for name, value in (
        ("dateFinValidite", "2036-10-01"), ("scoring", "15/20"), ("nomUsage", "Durand")
    ):  # fmt: skip
        passage = passage.replace(f"<cpf:{name}{_NIL}", f"<cpf:{name}>{value}</cpf:{name}>")
    return passage


def _training_file(passage: str) -> str:
    return _IDENTIFICATION.sub(
        "<cpf:dossierFormation><cpf:idDossier>1234567890</cpf:idDossier><cpf:nomTitulaire>MARTIN"
        "</cpf:nomTitulaire><cpf:prenom1Titulaire>Léa</cpf:prenom1Titulaire></cpf:dossierFormation>",
        passage,
    )


def _nir(passage: str) -> str:
    return _IDENTIFICATION.sub(
        "<cpf:identifiantNational><cpf:nir>2900475056001</cpf:nir><cpf:nomNaissance>MARTIN"
        "</cpf:nomNaissance></cpf:identifiantNational>",
        passage,
    )


def _encoded(name: str, codec: str, mark: bytes = b"") -> Callable[[str, Random], bytes]:
    def made(text: str, _random: Random) -> bytes:
        declared = text.replace('encoding="UTF-8"', f'encoding="{name}"', 1)
        return mark + declared.encode(codec, "xmlcharrefreplace")

    return made


def _other_encoding(name: str, codec: str, mark: bytes = b"") -> Shape:
    return Shape(name, _encoded(name, codec, mark), _LIMIT_OF_OTHER_ENCODINGS)


def _everything(passage: str, random: Random) -> str:
    """Return a passage that is unusual in several ways at once."""
    passage = _any_order(passage, random)
    passage = _names(passage, lambda value: f"<![CDATA[{value}]]>")
    passage = passage.replace('nil="true"/>', "nil = '1' />")
    passage = passage.replace("<cpf:sexe>", "<?page 3?><cpf:sexe  >").replace("2026", "202&#54;")
    return "<!-- reprise -->" + passage.replace("<cpf:titulaire>", "<cpf:titulaire><!-- 1 -->")


_DEFAULT_NAMESPACE = (
    ("xmlns:cpf=", "xmlns="), ("<cpf:", "<"), ("</cpf:", "</"),
)  # fmt: skip


def _by_default(text: str) -> str:
    for old, new in _DEFAULT_NAMESPACE:
        text = text.replace(old, new)
    return text


SHAPES = (
    Shape("plain", _whole(lambda text: text)),
    Shape("no declaration", _whole(lambda text: text.replace(_DECLARATION, ""))),
    Shape("standalone", _whole(lambda text: text.replace('"UTF-8"?', '"UTF-8" standalone="yes"?'))),
    Shape("byte-order mark", _whole(lambda text: "\ufeff" + text)),
    Shape("CRLF", _whole(lambda text: text.replace("\n", "\r\n"))),
    Shape("one line", _whole(lambda text: text.replace("\n", ""))),
    Shape("indented", _whole(lambda text: text.replace("\n<", "\n                <"))),
    Shape("another prefix", _whole(lambda text: re.sub(r"(</?|xmlns:)cpf\b", r"\1ns0", text))),
    Shape("default namespace", _whole(_by_default)),
    Shape("two prefixes", _whole(_mixed_prefixes)),
    Shape(
        "another prefix of xsi",
        _whole(lambda text: text.replace("xsi:", "i:").replace(":xsi", ":i")),
    ),
    Shape(
        "a namespace in each passage",
        _each(lambda text, _: text.replace("tion>", f'tion xmlns:cpf="{_NAMESPACE}">', 1)),
    ),
    Shape(
        "xsi:schemaLocation",
        _whole(
            lambda text: text.replace(
                "<cpf:flux ", f'<cpf:flux xsi:schemaLocation="{_NAMESPACE} flux.xsd" '
            )
        ),
    ),
    Shape("single quotes", _whole(lambda text: text.replace('nil="true"', "nil='true'"))),
    Shape("xsi:nil='1'", _whole(lambda text: text.replace('nil="true"', "nil='1'"))),
    Shape(
        "long nil",
        _whole(lambda text: _NIL_ELEMENT.sub(r'<\1 xsi:nil="true"></\1>', text)),
    ),
    Shape(
        "white space in tags",
        _whole(lambda text: re.sub(r"(<cpf:sexe|</cpf:\w+)>", r"\1 >", text)),
    ),
    Shape("small elements last", _whole(_last_first)),
    Shape("any order", _each(_any_order)),
    Shape("character references", _each(lambda text, _: _names(text, _references))),
    Shape(
        "references for every sign",
        _each(lambda text, _: _names(text, lambda v: "".join(f"&#x{ord(c):x};" for c in v))),
    ),
    Shape("entities", _each(lambda text, _: text.replace("JMRIN", "R&amp;D"))),
    Shape("emoji", _each(lambda text, _: _names(text, lambda value: value[:50] + " 😀"))),
    Shape("comments between passages", _each(lambda text, _: "<!-- entre deux -->\n" + text)),
    Shape("comments in passages", _each(lambda text, _: text.replace("<cpf:s", "<!-- --><cpf:s"))),
    Shape("comments in values", _each(lambda text, _: text.replace("</cpf:n", "<!-- --></cpf:n"))),
    Shape("instructions", _each(lambda text, _: "<?page 12?>\n" + text)),
    Shape("CDATA in names", _each(lambda text, _: _names(text, lambda v: f"<![CDATA[{v}]]>"))),
    Shape(
        "CDATA in every value",
        _each(lambda text, _: _values(text, lambda _name, value: f"<![CDATA[{value}]]>")),
    ),
    Shape("all optional fields", _each(lambda text, _: _all_fields(text))),
    Shape("training files", _each(lambda text, _: _training_file(text))),
    Shape("NIR", _each(lambda text, _: _nir(text)), version="1.1.5"),
    Shape("everything at once", _each(_everything)),
    _other_encoding("ISO-8859-1", "iso-8859-1"),
    _other_encoding("ISO-8859-15", "iso-8859-15"),
    _other_encoding("windows-1252", "cp1252"),
    _other_encoding("UTF-16", "utf-16-le", codecs.BOM_UTF16_LE),
    _other_encoding("UTF-16BE", "utf-16-be"),
    _other_encoding("US-ASCII", "ascii"),
)  # fmt: skip

"""A seeded generator of good fluxes, plain and unusual ones, and of small faults in them."""

from random import Random
from typing import NamedTuple

from mockportal.domain.identifiers import HolderId
from mockportal.domain.people import Holder
from tests.benchmarks.large_flux import flux_parts
from tests.benchmarks.shape_files import SHAPES, Shape
from tests.differential.writer import KINDS, ElementWriter, Names
from tests.fluxes import NAMESPACE

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_PREFIXES = ("cpf:", "cpf:", "cpf:", "", "ns0:", "é-1._x:", "passageCertification:", "idTechnique:")
_PLAIN_IDENTIFIERS = ("2021_526671_JMRIN_900", "A/1", "x", "é-è", "1979262", "00000000000000000000")
_ODD_TEXTS = (
    "<cpf:passageCertification>", "</cpf:passageCertification>", "passageCertification>",
    "cpf:passageCertification ", "idTechnique", ":idTechnique>", 'a xmlns:cpf="b"', " xmlns=''",
    "]]", "]]>", "&amp;", "&#65;", "😀", "a😀b", "  a  ", "a\tb", "a\nb", "a\rb", "a\r\nb", "=",
    ' xsi:nil="true"', "\u00a0", "\u2028", "\u0085", "\x7f", "\ufffd", "<!--", "-->", "<?", "?>",
    "<![CDATA[", "x" * 255, "é" * 100, "'\"", "/", "<certification>", "\ue000",
)  # fmt: skip
_NAMES = ("MARTIN", "LEFÈVRE", "D'OEUVRE", "Le Goff", "Nguyễn", "O", "ÇELIK-ROY", "de la Tour")
_LAST_NAMES = (*_NAMES, "R&D <SA>", "A😀", "]]", "x" * 54, "œuvre", "€")
_FIRST_NAMES = (*_NAMES, "Zoé", "Ève", "Anne=Marie", "é" * 50, "🎓" * 26, "\u2028", "a>b")
_SHAPED = 0.25
_ENCODINGS = ("utf-8",) * 25 + ("utf-8-sig", "utf-16", "utf-16-be", "iso-8859-1", "windows-1252")
_PIECES = (300, 900, 2500, 6000, 20_000, 1 << 20, 1 << 20)
_DAYS = ("2026-10-01", "2024-02-29", "1999-12-31", "2001-01-10")


class Generated(NamedTuple):
    """A good flux, and how it is to be read."""

    document: bytes
    version: str
    passages: int
    piece_size: int
    kinds: tuple[str, ...]
    """What is unusual in it."""


def generated(seed: int, most: int = 600) -> Generated:
    """Return the flux of a seed, of at most so many passages.

    A quarter of them are in one of the shapes that ``tests.benchmarks.shapes`` measures.
    """
    random = Random(f"shape of {seed}")
    if random.random() < _SHAPED:
        passages = min(most, random.choice((1, 3, 40, 300)))
        return shaped(random.choice(SHAPES), random, passages)
    return _Flux(Random(seed), most).generated()


def shaped(shape: Shape, random: Random, passages: int) -> Generated:
    """Return a flux in a shape, of so many passages about people of few names."""
    people = [_person(random, number) for number in range(20)]
    text = "".join(flux_parts(people, passages, "S", awarded=_DAYS))
    return Generated(
        shape.make(text, random), shape.version, passages, random.choice(_PIECES), (shape.name,)
    )


def _person(random: Random, number: int) -> Holder:
    first, second, third = random.choices(_FIRST_NAMES, k=3)
    return Holder(
        HolderId(number), random.choice(_LAST_NAMES), None, first, second, third,
        random.randint(1930, 2010), random.randint(1, 12), random.randint(1, 28),
        random.choice("MF"), "75056", None, None, "",
    )  # fmt: skip


class _Flux:
    """A flux in the making: what all of it has in common."""

    def __init__(self, random: Random, most: int) -> None:
        self._random = random
        self._version = random.choice(("1.1.2", "1.1.2", "1.1.5"))
        self._passages = min(most, random.choice((1, 2, 5, 30, 60, 400, 600)))
        kinds = random.sample(KINDS, random.choice((0, 0, 1, 1, 1, 2, 2, 3, 6)))
        if random.random() < 0.02:
            kinds = list(KINDS)
        prefix = random.choice(_PREFIXES)
        other = "o:" if "other prefix" in kinds else prefix
        self._names = Names(prefix, other, random.choice(("xsi:", "xsi:", "i:")), NAMESPACE)
        self._plain = ElementWriter(random, self._names, frozenset())
        self._odd = ElementWriter(random, self._names, frozenset(kinds))
        self._odd_share = random.choice((0.01, 0.1, 0.1, 1.0)) if kinds else 0.0
        self._kinds = kinds
        self._line = random.choice(("", "", "\n", "\r\n", "\n    ", "\r"))
        self._optional = random.choice((0.0, 0.1, 0.9))
        self._order = random.random()
        self._number = 0

    def generated(self) -> Generated:
        encoding = self._random.choice(_ENCODINGS)
        text = self._text(encoding)
        if encoding.startswith("utf-16"):
            document = text.encode("utf-16" if encoding == "utf-16" else "utf-16-be")
            document = (b"" if encoding == "utf-16" else b"\xfe\xff") + document
        else:
            document = text.encode(encoding, "xmlcharrefreplace")
        kinds = (*self._kinds, *([encoding] if encoding != "utf-8" else []))
        return Generated(
            document, self._version, self._passages, self._random.choice(_PIECES), kinds
        )

    def _text(self, encoding: str) -> str:
        names, random = self._names, self._random
        declares = [f'xmlns{":" if names.prefix else ""}{names.prefix[:-1]}="{NAMESPACE}"']
        declares.append(f'xmlns:{names.xsi[:-1]}="{_XSI}"')
        if names.other != names.prefix:
            declares.append(f"xmlns:{names.other[:-1]}='{NAMESPACE}'")
        if random.random() < 0.2:
            declares.append(f'{names.xsi}schemaLocation="{NAMESPACE} flux.xsd"')
        random.shuffle(declares)
        root = f"{names.prefix}flux"
        between = self._odd.between
        name = {"utf-8-sig": "UTF-8", "utf-16-be": "UTF-16"}.get(encoding, encoding)
        declaration = f'<?xml version="1.0" encoding="{name}"?>'
        if encoding.startswith("utf-8") and random.random() < 0.3:
            declaration = random.choice(("", "<?xml version='1.0' standalone='yes' ?>"))
        attributes = random.choice((" ", "\n")).join(("", *declares))
        return (
            f"{declaration}{between()}{self._line}<{root}{attributes}>{self._children()}"
            f"{self._line}</{root}>{between()}{self._line}"
        )

    def _children(self) -> str:
        element, leaf = self._writer().element, self._writer().leaf
        certifications = self._random.choice((1, 1, 1, 2, 3, max(1, self._passages // 2)))
        certifications = min(certifications, self._passages)
        counts = [1] * certifications
        for _ in range(self._passages - certifications):
            counts[self._random.randrange(certifications)] += 1
        certifier = self._shuffled(
            leaf("idClient", "03TST001"),
            leaf("idContrat", "MCFCER100001"),
            element("certifications", "".join(map(self._certification, counts))),
        )
        certifiers = element("certificateurs", element("certificateur", certifier))
        sender = element("emetteur", self._shuffled(leaf("idClient", "03TST002"), certifiers))
        parts = [leaf("idFlux", "flux-1"), leaf("horodatage", "2026-11-20T10:00:00+01:00")]
        if self._version == "1.1.5" and self._random.random() < 0.5:
            parts.append(leaf("action", "CREATION"))
        return self._shuffled(*parts, sender)

    def _certification(self, passages: int) -> str:
        writer, random = self._writer(), self._random
        parts = [
            writer.leaf("type", "RNCP"),
            writer.leaf("code", f"RNCP{random.randint(1, 9)}"),
            writer.element("passageCertifications", "".join(self._several(passages))),
        ]
        if random.random() < 0.3:
            parts.append(writer.leaf("natureDeposant", "CERTIFICATEUR"))
        return writer.element("certification", self._shuffled(*parts))

    def _several(self, count: int) -> list[str]:
        return [self._line + self._passage(self._writer()) for _ in range(count)]

    def _writer(self) -> ElementWriter:
        if self._odd_share and self._random.random() < self._odd_share:
            return self._odd
        return self._plain

    def _shuffled(self, *parts: str) -> str:
        ordered = list(parts)
        if self._order < 0.3:
            self._random.shuffle(ordered)
        return self._line.join(ordered)

    def _passage(self, writer: ElementWriter) -> str:
        random, leaf, nil, number = self._random, writer.leaf, writer.nil, writer.number
        self._number += 1
        day = random.choice(_DAYS)
        parts = [
            leaf("idTechnique", self._identifier(writer)),
            leaf("obtentionCertification", "PAR_ADMISSION"),
            number("donneeCertifiee", random.choice(("true", "false"))),
            number("dateDebutValidite", day),
            number("dateFinValidite", "2030-01-01") if self._also() else nil("dateFinValidite"),
            number("presenceNiveauLangueEuro", "false"),
            number("presenceNiveauNumeriqueEuro", "false"),
            leaf("scoring", self._value(writer)) if self._also() else nil("scoring"),
            leaf("mentionValidee", "MENTION_BIEN") if self._also() else nil("mentionValidee"),
            writer.element("modalitesInscription", leaf("modaliteAcces", "VAE")),
            writer.element("identificationTitulaire", self._holder(writer)),
        ]
        if self._also():
            parts += (number("dateDebutExamen", day), number("dateFinExamen", day))
        if self._also():
            parts.append(leaf("verbatim", self._value(writer)))
        if self._also():
            results = writer.element("resultats", self._result(writer) + self._result(writer))
            parts.append(writer.element("niveauNumeriqueEuropeen", results))
        if "order" in writer.kinds:
            random.shuffle(parts)
        return writer.element("passageCertification", self._line.join(parts) + writer.between())

    def _result(self, writer: ElementWriter) -> str:
        level = writer.number("niveau", "3") if self._also() else ""
        return writer.element("resultat", level)

    def _holder(self, writer: ElementWriter) -> str:
        random, leaf, nil = self._random, writer.leaf, writer.nil
        kind = random.random()
        if kind < 0.05:
            return writer.element(
                "dossierFormation",
                leaf("idDossier", f"{self._number}") + leaf("nomTitulaire", "ROY")
                + leaf("prenom1Titulaire", self._value(writer)[:20]),
            )  # fmt: skip
        if kind < 0.1 and self._version == "1.1.5":
            parts = leaf("nomNaissance", random.choice(_NAMES)), leaf("nir", "2900431555001")
            return writer.element("identifiantNational", "".join(parts))
        parts_of_person = [
            leaf("nomNaissance", random.choice(_NAMES)),
            leaf("nomUsage", self._value(writer)[:60]) if self._also() else nil("nomUsage"),
            leaf("prenom1", random.choice(_NAMES)),
            writer.number("anneeNaissance", f"{random.randint(1930, 2010)}"),
            writer.number("moisNaissance", f"{random.randint(1, 12)}"),
            writer.number("jourNaissance", "07") if self._also() else nil("jourNaissance"),
            leaf("sexe", random.choice("MF")),
            writer.element("codeCommuneNaissance", self._place(writer)),
        ]
        if self._also():
            parts_of_person.append(leaf("prenom2", self._value(writer)[:60]))
        if self._also():
            parts_of_person.append(leaf("codePaysNaissance", "109"))
            parts_of_person.append(leaf("libelleCommuneNaissance", "Lyon"))
        if "order" in writer.kinds:
            random.shuffle(parts_of_person)
        return writer.element("titulaire", self._line.join(parts_of_person))

    def _place(self, writer: ElementWriter) -> str:
        if self._also():
            return writer.element("codeInseeNaissance", writer.leaf("codeInsee", "69123"))
        code = writer.leaf("codePostal", "69001") if self._also() else writer.nil("codePostal")
        return writer.element("codePostalNaissance", code)

    def _identifier(self, writer: ElementWriter) -> str:
        if "odd values" in writer.kinds and self._random.random() < 0.5:
            return self._value(writer)
        if self._random.random() < 0.05:
            return self._random.choice(_PLAIN_IDENTIFIERS)
        return f"P{self._number}"

    def _value(self, writer: ElementWriter) -> str:
        if "odd values" in writer.kinds:
            return self._random.choice(_ODD_TEXTS)
        return self._random.choice(_NAMES)

    def _also(self) -> bool:
        return self._random.random() < self._optional


_FAULTS = (
    "<", ">", "</", "/>", "&", "&#0;", "]]>", "--", "<!--", "-->", "<?x", "\x00", "\x0c", "\uffff",
    "x", " ", '"', "'", "=", "<cpf:passageCertification>", "</cpf:passageCertification>",
    "<cpf:passageCertification >", "</cpf:passageCertification\n>", "<cpf:idTechnique>A",
    "<passageCertification/>", ' xsi:nil="true"', ' xmlns:cpf="urn:other"', "<![CDATA[", "😀",
    "<cpf:certification>", "</cpf:passageCertifications>", " a='1'", "cpf:", "<!DOCTYPE x>",
)  # fmt: skip


def damaged(document: bytes, seed: int) -> bytes:
    """Return a document with one to three small faults, or what would be faults elsewhere."""
    random = Random(seed)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        at = random.choice((random.randrange(len(document)), _tag_in(document, random)))
        stop = at + random.choice((0, 0, 1, 2, 8, 40))
        inserted = random.choice(("", *_FAULTS)).encode("utf-8", "surrogatepass")
        document = document[:at] + inserted + document[stop:]
    return document


def _tag_in(document: bytes, random: Random) -> int:
    at = random.randrange(len(document))
    edge = document.find(random.choice((b"<", b">", b"</", b"passageCertification")), at)
    return max(edge, 0) + random.choice((0, 1))

"""Random fluxes that the schema accepts, as trees and as text in many layouts."""

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from xml.sax.saxutils import escape

NAMESPACE = "urn:cdc:cpf:pc5:schema:1.0.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
_NAMES = ("MARTIN", "LE GOFF", "D'ALBRET", "Zoë", "Müller-Noël", "Ĳsselstein", "家 族", "😀 Émoji")
_MODES = ("FORMATION_INITIALE_APPRENTISSAGE", "VAE", "CANDIDAT_LIBRE")


@dataclass(slots=True)
class Node:
    """An element: children or a text, attributes as the tag writes them."""

    name: str
    children: list["Node"] = field(default_factory=list)
    text: str = ""
    attributes: list[str] = field(default_factory=list)
    foreign: bool = False
    """It stands in no namespace of ours."""

    def walk(self) -> list["Node"]:
        """Return the element and all below it, in document order."""
        return [self, *(below for child in self.children for below in child.walk())]


def a_leaf(name: str, text: str | None) -> Node:
    """Return an element with a text, nil for None."""
    if text is None:
        return Node(name, attributes=['xsi:nil="true"'])
    return Node(name, text=text)


def a_flux(random: Random, version: str, passages: int = 2) -> Node:
    """Return a flux that the schema of this version accepts, with every element somewhere."""
    rows = [a_passage(random, version, number) for number in range(passages)]
    cut = random.randint(1, len(rows))
    groups = [rows[:cut], rows[cut:]] if rows[cut:] else [rows]
    certifications = [
        Node(
            "certification",
            [
                a_leaf("type", "RNCP"),
                a_leaf("code", "RNCP12345"),
                *_maybe(random, "natureDeposant", "CERTIFICATEUR", "TIERS_CONFIANCE"),
                Node("passageCertifications", group),
            ],
        )
        for group in groups
    ]
    certifier = Node(
        "certificateur",
        [
            a_leaf("idClient", "03ABC123"),
            a_leaf("idContrat", "MCFCER000001"),
            Node("certifications", certifications),
        ],
    )
    action = _maybe(random, "action", "CREATION", "SUPPRESSION") if version == "1.1.5" else []
    return Node(
        "flux",
        [
            a_leaf("idFlux", "flux-1"),
            a_leaf("horodatage", "2026-11-23T06:12:28+01:00"),
            *action,
            Node(
                "emetteur",
                [a_leaf("idClient", "03ABC123"), Node("certificateurs", [certifier])],
            ),
        ],
    )


def a_passage(random: Random, version: str, number: int) -> Node:
    """Return a passage with a random part of the optional elements."""
    return Node(
        "passageCertification",
        [
            a_leaf("idTechnique", f"T/{number}"),
            *_maybe(random, "urlPreuve", "https://exemple.fr/?a=1&b=2"),
            *_maybe(random, "libelleOption", "Option <B>"),
            a_leaf("obtentionCertification", random.choice(("PAR_ADMISSION", "PAR_SCORING"))),
            a_leaf("donneeCertifiee", random.choice(("true", "1", " false\n"))),
            *_maybe(random, "dateDebutExamen", "2026-01-31"),
            *_maybe(random, "dateFinExamen", "2024-02-29", " 2026-02-01 "),
            *_maybe(random, "modalitePassageExamen", "A_DISTANCE", "MIXTE"),
            *_maybe(random, "codePostalCentreExamen", "75011"),
            a_leaf("dateDebutValidite", "2026-10-01"),
            a_leaf("dateFinValidite", random.choice((None, "2029-12-31"))),
            a_leaf("presenceNiveauLangueEuro", "false"),
            *_maybe(random, "niveauLangueEuropeen", "B2", "INSUFFISANT"),
            a_leaf("presenceNiveauNumeriqueEuro", "0"),
            *([_levels(random)] if random.random() < 0.5 else []),
            a_leaf("scoring", random.choice((None, "14.5"))),
            a_leaf("mentionValidee", random.choice((None, "MENTION_BIEN", "SANS_MENTION"))),
            Node(
                "modalitesInscription",
                [
                    a_leaf("modaliteAcces", random.choice((None, *_MODES))),
                    *_maybe(random, "voieAccessVAE", "CONGES_VAE"),
                    *_maybe(random, "initiativeInscription", "OF", "AUTRE"),
                    *_maybe(random, "dateInscription", "2025-09-01"),
                ],
            ),
            Node("identificationTitulaire", [_holder(random, version)]),
            *_maybe(random, "verbatim", "Bravo 😀 !", "a\nb\tc"),
        ],
    )


def _maybe(random: Random, name: str, *texts: str) -> list[Node]:
    return [a_leaf(name, random.choice(texts))] if random.random() < 0.5 else []


def _levels(random: Random) -> Node:
    results = [
        Node(
            "resultat",
            [
                *_maybe(random, "niveau", "8"),
                *_maybe(random, "domaineCompetenceId", "3"),
                *_maybe(random, "competenceId", "1"),
            ],
        )
        for _ in range(random.randint(0, 3))
    ]
    scores = _maybe(random, "scoreGeneral", "1000", "+7")
    return Node("niveauNumeriqueEuropeen", [*scores, Node("resultats", results)])


def _holder(random: Random, version: str) -> Node:
    kinds: list[Callable[[], Node]] = [
        lambda: _titulaire(random),
        lambda: Node(
            "dossierFormation",
            [
                a_leaf("idDossier", "12345678901"),
                a_leaf("nomTitulaire", "MARTIN"),
                a_leaf("prenom1Titulaire", "Zoë"),
            ],
        ),
    ]
    if version == "1.1.5":
        kinds.append(
            lambda: Node(
                "identifiantNational",
                [a_leaf("nir", "1850578006084"), a_leaf("nomNaissance", "MARTIN")],
            )
        )
    return random.choice(kinds)()


def _titulaire(random: Random) -> Node:
    place = random.choice(
        (
            Node("codeInseeNaissance", [a_leaf("codeInsee", "75111")]),
            Node("codePostalNaissance", [a_leaf("codePostal", None)]),
            Node("codePostalNaissance", [a_leaf("codePostal", "31000")]),
        )
    )
    return Node(
        "titulaire",
        [
            a_leaf("nomNaissance", random.choice(_NAMES)),
            a_leaf("nomUsage", random.choice((None, *_NAMES))),
            a_leaf("prenom1", random.choice(_NAMES)),
            *_maybe(random, "prenom2", *_NAMES),
            *_maybe(random, "prenom3", *_NAMES),
            a_leaf("anneeNaissance", "1985"),
            a_leaf("moisNaissance", random.choice((None, "05", " 12 "))),
            a_leaf("jourNaissance", random.choice((None, "31"))),
            a_leaf("sexe", random.choice("MF")),
            Node("codeCommuneNaissance", [place]),
            *_maybe(random, "libelleCommuneNaissance", "PARIS 11e"),
            *_maybe(random, "codePaysNaissance", "100"),
            *_maybe(random, "libellePaysNaissance", "FRANCE"),
            *_maybe(random, "commentairesMEN", "-"),
        ],
    )


@dataclass(frozen=True, slots=True)
class Layout:
    """How a tree is written."""

    prefix: str = "cpf"
    indent: str = "  "
    end: str = "\n"
    declaration: str = '<?xml version="1.0" encoding="UTF-8"?>'
    encoding: str = "utf-8"
    odd: float = 0.0
    """How often a text is written in another way: CDATA, references, comments around."""

    def written(self, root: Node, random: Random) -> str:
        """Return the tree as text, its lines ended by line feeds."""
        space = f"xmlns:{self.prefix}" if self.prefix else "xmlns"
        root.attributes[:0] = [f'{space}="{NAMESPACE}"', f'xmlns:xsi="{XSI}"']
        return self.declaration + self._node(root, random, "\n" if self.end else "")

    def _node(self, node: Node, random: Random, margin: str) -> str:
        prefix = f"{self.prefix}:" if self.prefix and not node.foreign else ""
        name = prefix + node.name
        opening = " ".join([name, *node.attributes])
        if not node.children and not node.text:
            return margin + random.choice(
                (f"<{opening}/>", f"<{opening} />", f"<{opening}></{name}>")
            )
        inner = self._text(node.text, random) if node.text else ""
        deeper = margin + self.indent if margin else ""
        inner += "".join(self._node(child, random, deeper) for child in node.children)
        if random.random() < self.odd / 4:
            inner += random.choice(
                ("<!-- é -->", "<?p q?>", "<!---->", "&#32;&#x9;", "<![CDATA[]]>")
            )
        return f"{margin}<{opening}>{inner}{margin if node.children else ''}</{name}>"

    def _text(self, text: str, random: Random) -> str:
        if random.random() >= self.odd:
            return escape(text)
        half = len(text) // 2
        return random.choice(
            (
                f"<![CDATA[{text}]]>" if "]]>" not in text else escape(text),
                "".join(f"&#{ord(char)};" for char in text),
                "".join(f"&#x{ord(char):X};" for char in text),
                escape(text[:half]) + "<!-- - -->" + escape(text[half:]),
                escape(text[:half]) + f"<![CDATA[{text[half:]}]]>",
                escape(text).replace("'", "&apos;"),
            )
        )

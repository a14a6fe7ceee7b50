"""The flux's own name of each field of the dictionary, and where it stands in a passage."""

from collections.abc import Iterator
from dataclasses import dataclass

from mockportal.wire.names import HOLDER_FIELDS, PASSAGE_LOCAL_NAME

FLUX_NAMES: dict[str, str] = {
    "technical_id": "idTechnique",
    "sender": "emetteur",
    "certifier": "certificateur",
    "contract": "idContrat",
    "certification_type": "type",
    "certification_code": "code",
    "depositor_nature": "natureDeposant",
    "option_label": "libelleOption",
    "obtained": "obtentionCertification",
    "final": "donneeCertifiee",
    "valid_from": "dateDebutValidite",
    "valid_until": "dateFinValidite",
    "mention": "mentionValidee",
    "scoring": "scoring",
    "proof_url": "urlPreuve",
    "verbatim": "verbatim",
    "exam_from": "dateDebutExamen",
    "exam_until": "dateFinExamen",
    "exam_sitting": "modalitePassageExamen",
    "exam_postal_code": "codePostalCentreExamen",
    "has_language_level": "presenceNiveauLangueEuro",
    "language_level": "niveauLangueEuropeen",
    "has_digital_level": "presenceNiveauNumeriqueEuro",
    "digital_score": "scoreGeneral",
    "digital_results": "resultats",
    "way_in": "modaliteAcces",
    "vae_way": "voieAccessVAE",
    "initiative": "initiativeInscription",
    "enrolled_on": "dateInscription",
    **HOLDER_FIELDS,
    "country_label": "libellePaysNaissance",
    "ministry_remarks": "commentairesMEN",
    "file_birth_name": "nomTitulaire",
    "file_first_name": "prenom1Titulaire",
}
"""Our name of each field beside the flux's own, which JSON and forms use too."""
OUR_NAMES = {french: english for english, french in FLUX_NAMES.items()}

CERTIFICATION_LEAVES = ("type", "code", "natureDeposant")
RESULTS = "resultats"
RESULT = "resultat"
RESULT_PARTS = ("domaineCompetenceId", "competenceId", "niveau")


@dataclass(frozen=True, slots=True)
class Leaf:
    """An element with a text."""

    name: str
    nillable: bool = False
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Branch:
    """An element with children, in the order in which we write them."""

    name: str
    children: "tuple[Leaf | Branch, ...]"
    optional: bool = False
    """It is left out when nothing in it has a value."""


def _some(*names: str) -> tuple[Leaf, ...]:
    return tuple(Leaf(name, optional=True) for name in names)


HOLDER_BRANCH = Branch(
    "titulaire",
    (
        Leaf("nomNaissance"),
        Leaf("nomUsage", nillable=True),
        Leaf("prenom1"),
        *_some("prenom2", "prenom3"),
        Leaf("anneeNaissance"),
        Leaf("moisNaissance", nillable=True),
        Leaf("jourNaissance", nillable=True),
        Leaf("sexe"),
        Branch(
            "codeCommuneNaissance",
            (
                Branch("codeInseeNaissance", (Leaf("codeInsee"),), optional=True),
                Branch("codePostalNaissance", (Leaf("codePostal", nillable=True),), optional=True),
            ),
        ),
        *_some("libelleCommuneNaissance", "codePaysNaissance", "libellePaysNaissance"),
        *_some("commentairesMEN"),
    ),
    optional=True,
)
TRAINING_FILE_BRANCH = Branch(
    "dossierFormation",
    (Leaf("idDossier"), Leaf("nomTitulaire"), Leaf("prenom1Titulaire")),
    optional=True,
)
NATIONAL_ID_BRANCH = Branch(
    "identifiantNational", (Leaf("nir"), Leaf("nomNaissance")), optional=True
)
PASSAGE_BRANCH = Branch(
    PASSAGE_LOCAL_NAME,
    (
        Leaf("idTechnique"),
        *_some("urlPreuve", "libelleOption"),
        Leaf("obtentionCertification"),
        Leaf("donneeCertifiee"),
        *_some("dateDebutExamen", "dateFinExamen", "modalitePassageExamen"),
        *_some("codePostalCentreExamen"),
        Leaf("dateDebutValidite"),
        Leaf("dateFinValidite", nillable=True),
        Leaf("presenceNiveauLangueEuro"),
        *_some("niveauLangueEuropeen"),
        Leaf("presenceNiveauNumeriqueEuro"),
        Branch("niveauNumeriqueEuropeen", _some("scoreGeneral", RESULTS), optional=True),
        Leaf("scoring", nillable=True),
        Leaf("mentionValidee", nillable=True),
        Branch(
            "modalitesInscription",
            (
                Leaf("modaliteAcces", nillable=True),
                *_some("voieAccessVAE", "initiativeInscription", "dateInscription"),
            ),
        ),
        Branch(
            "identificationTitulaire", (HOLDER_BRANCH, TRAINING_FILE_BRANCH, NATIONAL_ID_BRANCH)
        ),
        *_some("verbatim"),
    ),
)


def leaves_of(branch: Branch) -> Iterator[Leaf]:
    """Yield the elements with a text below a branch, in its order."""
    for child in branch.children:
        if isinstance(child, Branch):
            yield from leaves_of(child)
        else:
            yield child

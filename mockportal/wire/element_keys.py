"""Which element of the flux says what: the places of the dictionary's lines, by our names."""

from mockportal.wire.passage_fields import OUR_NAMES

_PLACES = {
    ("flux",): "flux",
    ("flux", "idFlux"): "flux_id",
    ("flux", "horodatage"): "timestamp",
    ("flux", "action"): "action",
    ("flux", "emetteur"): "sender_part",
    ("emetteur", "idClient"): "sender",
    ("emetteur", "certificateurs"): "certifiers_part",
    ("certificateurs", "certificateur"): "certifier_part",
    ("certificateur", "idClient"): "certifier",
    ("certificateur", "idContrat"): "contract",
    ("certificateur", "certifications"): "certifications_part",
    ("certifications", "certification"): "certification_part",
    ("certification", "passageCertifications"): "passages_part",
    ("passageCertifications", "passageCertification"): "passage_part",
    ("passageCertification", "niveauNumeriqueEuropeen"): "digital_part",
    ("niveauNumeriqueEuropeen", "resultats"): "digital_results",
    ("resultats", "resultat"): "digital_result",
    ("resultat", "niveau"): "result_level",
    ("resultat", "domaineCompetenceId"): "result_domain",
    ("resultat", "competenceId"): "result_competence",
    ("passageCertification", "modalitesInscription"): "enrolment_part",
    ("passageCertification", "identificationTitulaire"): "holder_part",
    ("identificationTitulaire", "titulaire"): "identity_part",
    ("identificationTitulaire", "dossierFormation"): "training_file_part",
    ("identificationTitulaire", "identifiantNational"): "national_id_part",
    ("titulaire", "codeCommuneNaissance"): "birth_place_part",
    ("codeCommuneNaissance", "codeInseeNaissance"): "commune_part",
    ("codeCommuneNaissance", "codePostalNaissance"): "postal_code_part",
}
"""The elements that hold others, those outside of a passage, and those whose name is not enough."""
_LEAVES_OF = {
    "certification", "passageCertification", "niveauNumeriqueEuropeen", "modalitesInscription",
    "titulaire", "dossierFormation", "identifiantNational", "codeInseeNaissance",
    "codePostalNaissance",
}  # fmt: skip
"""Where a passage's fields stand, each known by its own name."""


def key_of(path: tuple[str, ...]) -> str | None:
    """Return our name of what an element says, by its path; None for one that is not known."""
    if path[-2:] in _PLACES:
        return _PLACES[path[-2:]]
    within = path[-2] if len(path) > 1 else ""
    return OUR_NAMES.get(path[-1]) if within in _LEAVES_OF else None

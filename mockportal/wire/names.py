"""The French element names, each beside the English name that the rest of the code uses."""

NAMESPACE = "urn:cdc:cpf:pc5:schema:1.0.0"
XSI = "http://www.w3.org/2001/XMLSchema-instance"


def qualified(name: str) -> str:
    """Return an element name of the flux in lxml's ``{namespace}name`` form."""
    return f"{{{NAMESPACE}}}{name}"


NIL = f"{{{XSI}}}nil"
FLUX = qualified("flux")
FLUX_ID = qualified("idFlux")
TIMESTAMP = qualified("horodatage")
ACTION = qualified("action")
SENDER = qualified("emetteur")
CERTIFIER = qualified("certificateur")
CLIENT_ID = qualified("idClient")
CONTRACT_ID = qualified("idContrat")
CERTIFICATION = qualified("certification")
TYPE = qualified("type")
CODE = qualified("code")
DEPOSITOR_NATURE = qualified("natureDeposant")
PASSAGE_LOCAL_NAME = "passageCertification"
PASSAGES_LOCAL_NAME = "passageCertifications"
"""The element around the passages of a certification."""
PASSAGE = qualified(PASSAGE_LOCAL_NAME)
TECHNICAL_ID_LOCAL_NAME = "idTechnique"
TECHNICAL_ID = qualified(TECHNICAL_ID_LOCAL_NAME)
VALID_FROM = qualified("dateDebutValidite")
VALID_UNTIL = qualified("dateFinValidite")
EXAM_FROM = qualified("dateDebutExamen")
EXAM_UNTIL = qualified("dateFinExamen")
IDENTIFICATION = qualified("identificationTitulaire")
HOLDER = qualified("titulaire")
TRAINING_FILE = qualified("dossierFormation")
NATIONAL_ID = qualified("identifiantNational")

HOLDER_FIELDS = {
    "birth_name": "nomNaissance",
    "usage_name": "nomUsage",
    "first_name": "prenom1",
    "second_name": "prenom2",
    "third_name": "prenom3",
    "birth_year": "anneeNaissance",
    "birth_month": "moisNaissance",
    "birth_day": "jourNaissance",
    "sex": "sexe",
    "commune": "codeInsee",
    "postal_code": "codePostal",
    "commune_label": "libelleCommuneNaissance",
    "country": "codePaysNaissance",
    "nir": "nir",
    "training_file": "idDossier",
}
"""A person's data: our name of each beside the flux's own, also used in CSV headers and JSON."""

TRAINING_FILE_FIELDS = {
    "number": "idDossier",
    "birth_name": "nomTitulaire",
    "first_name": "prenom1Titulaire",
}

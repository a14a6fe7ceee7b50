"""What the dictionary says beyond the fields' own lines: the parts of a flux, and the rules.

``dictionary`` names the fields of a passage; here are the elements around them, and the rules
that no schema can check. Both are in French, as users read them.
"""

from mockportal.domain.dictionary import DICTIONARY

PARTS: dict[str, str] = {
    "flux": "Le fichier",
    "flux_id": "Identifiant du flux",
    "timestamp": "Date et heure du fichier",
    "action": "Action demandée",
    "sender_part": "L'émetteur du fichier",
    "certifiers_part": "Le certificateur, dans sa liste",
    "certifier_part": "Le certificateur",
    "certifications_part": "Les certifications délivrées",
    "certification_part": "Une certification",
    "passages_part": "Les passages de cette certification",
    "passage_part": "Un passage de certification",
    "digital_part": "Niveau numérique européen",
    "digital_result": "Un résultat numérique",
    "result_level": "Niveau du résultat",
    "result_domain": "Domaine de compétence DigComp",
    "result_competence": "Compétence DigComp",
    "enrolment_part": "Modalités d'inscription",
    "holder_part": "Qui est le titulaire",
    "identity_part": "L'identité du titulaire",
    "training_file_part": "Le dossier de formation du titulaire",
    "national_id_part": "L'identifiant national du titulaire",
    "birth_place_part": "Code de la commune de naissance",
    "commune_part": "Par le code Insee",
    "postal_code_part": "Par le code postal",
}
"""The label of each element that is no field of a passage."""

RULES: dict[str, str] = {
    "flux": "L'espace de noms est toujours urn:cdc:cpf:pc5:schema:1.0.0 ; le préfixe est libre.",
    "timestamp": "Le décalage horaire est obligatoire (+02:00) ; ni Z, ni fraction de seconde.",
    "action": "Absente, elle vaut CREATION. SUPPRESSION supprime les passages listés.",
    "sender": "Le matricule de l'organisme qui dépose, celui du compte : 8 caractères.",
    "certifiers_part": "Un seul certificateur par fichier.",
    "certifier": "Le matricule du certificateur : celui de l'émetteur, ou celui qui le mandate.",
    "contract": "Celui du certificateur ; d'un déposant, le contrat qui les lie tous deux.",
    "certification_type": "Il doit aller avec le code.",
    "certification_code": "Tel que dans le répertoire, avec son préfixe : RS1234, RNCP12345.",
    "technical_id": (
        "Unique pour chaque passage d'un émetteur, pour toujours : un identifiant déjà accepté "
        "donne un doublon. Majuscules et espaces comptent."
    ),
    "final": "« true » : le résultat est définitif.",
    "exam_from": "Au plus tard la date de fin d'examen.",
    "exam_until": "Pas avant le début ; la même date pour un examen d'un jour.",
    "valid_from": (
        "La date écrite sur le parchemin. Le passage se transmet dans les trois mois qui la "
        "suivent, s'il date du 1er juillet 2021 ou d'après."
    ),
    "valid_until": "Pas avant la date de début de validité ; nil pour une durée sans limite.",
    "language_level": "Seulement si « Niveau de langue européen » est à « true ».",
    "digital_part": "Seulement si l'élément qui annonce un niveau numérique est à « true ».",
    "digital_score": "Le score général, de 1 à 1000.",
    "digital_results": "La liste des résultats, domaine par domaine.",
    "result_domain": "DigComp compte 5 domaines.",
    "result_competence": "3, 6, 4, 4 et 4 compétences dans les domaines 1 à 5.",
    "vae_way": "Seulement si la modalité d'accès est « VAE ». Ce nom prend bien deux s.",
    "holder_part": "Une seule façon de nommer la personne.",
    "birth_name": "Tel qu'à l'état civil, et non le nom d'usage ; traits d'union et apostrophes "
    "comptent, accents et majuscules non.",
    "usage_name": "Nil quand la personne n'en a pas.",
    "first_name": "Le premier prénom de l'état civil, seul ; le trait d'union compte.",
    "birth_month": "Nil s'il n'est pas connu ; « 05 » se lit comme « 5 ».",
    "birth_day": "Nil s'il n'est pas connu.",
    "birth_place_part": "Obligatoire aussi pour une naissance à l'étranger : 99 et le code du "
    "pays, ou un code postal nil.",
    "country": "La fin du code Insee 99xxx ; pas pour une naissance en France.",
    "training_file": "Le dossier doit exister, son nom et son prénom doivent être les mêmes.",
    "nir": "Les 13 premiers caractères, jamais la clé ; le nom de naissance doit être le sien.",
}
"""What the schema does not check, for an element of the flux."""

SYNONYMS: dict[str, str] = {
    "birth_name": "nom de famille, nom de jeune fille, patronyme, état civil",
    "usage_name": "nom marital, nom d'épouse, nom d'époux",
    "birth_year": "date de naissance",
    "birth_month": "date de naissance",
    "birth_day": "date de naissance",
    "sex": "genre, civilité, homme, femme",
    "birth_place_part": "lieu de naissance, ville",
    "commune": "lieu de naissance, ville",
    "postal_code": "lieu de naissance, ville, commune",
    "commune_label": "lieu de naissance, ville",
    "country": "lieu de naissance, étranger",
    "country_label": "lieu de naissance, étranger",
    "nir": "numéro de sécurité sociale, Insee",
    "training_file": "compte personnel de formation, CPF, inscription",
    "technical_id": "idTechnique, numéro, référence",
    "sender": "matricule, déposant, BCR",
    "certifier": "matricule, organisme, BCR",
    "certification_code": "diplôme, titre, fiche, répertoire",
    "valid_from": "date d'obtention, de délivrance, du diplôme, du jury",
    "valid_until": "expiration, échéance, durée",
    "exam_from": "session, épreuve, jury",
    "exam_until": "session, épreuve, jury",
    "proof_url": "lien, URL, page web, attestation",
    "scoring": "note, points, résultat",
    "way_in": "apprentissage, voie",
    "timestamp": "horodatage",
}
"""Other words by which people look for an element; a search reads them, no page shows them."""


def label_of(key: str | None) -> str:
    """Return the label of an element, by our name of what it says; empty for one not known."""
    if key in DICTIONARY:
        return DICTIONARY[key].label
    return PARTS.get(key or "", "")


def rule_of(key: str | None) -> str:
    """Return the rule of an element, or the help of its field; empty where there is none."""
    if key in RULES:
        return RULES[key]
    return DICTIONARY[key].help if key in DICTIONARY else ""

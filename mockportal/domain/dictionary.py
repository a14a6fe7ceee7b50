"""The data dictionary: each field of a passage, its label, its values, and whether it may change.

The one table of what a passage says. The names are ours; the wire knows the flux's own.
"""

import re
from dataclasses import dataclass
from enum import Enum


class Form(Enum):
    """How a field is written."""

    TEXT = "text"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"
    CHOICE = "choice"


class Group(Enum):
    """The parts of a passage, in the dictionary's order; the value is what users read."""

    IDENTIFIERS = "Identifiants"
    CERTIFICATION = "Certification"
    AWARD = "Obtention"
    EXAM = "Examen"
    LEVELS = "Niveaux européens"
    ENROLMENT = "Inscription"
    HOLDER = "Titulaire"
    TRAINING_FILE = "Dossier de formation"
    NATIONAL_ID = "Identifiant national"


@dataclass(frozen=True, slots=True)
class Field:
    """A line of the dictionary."""

    name: str
    label: str
    group: Group
    form: Form = Form.TEXT
    choices: tuple[tuple[str, str], ...] = ()
    """The values that the flux knows, each with its French words."""
    mandatory: bool = False
    """It has a value in every passage (of its way to name the holder)."""
    may_change: bool = True
    """Which fields a modification may change is ASSUMED."""
    judged: bool = False
    """A change of it sends the passage through the second control again."""
    help: str = ""
    longest: int | None = None


_YES_NO = (("true", "Oui"), ("false", "Non"))
_WAYS_IN = (
    ("FORMATION_INITIALE_HORS_APPRENTISSAGE", "Formation initiale hors apprentissage"),
    ("FORMATION_INITIALE_APPRENTISSAGE", "Formation initiale par apprentissage"),
    (
        "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION",
        "Formation continue hors contrat de professionnalisation",
    ),
    (
        "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION",
        "Formation continue en contrat de professionnalisation",
    ),
    ("VAE", "Validation des acquis de l'expérience (VAE)"),
    ("EQUIVALENCE_DIPLOME_ETRANGER", "Équivalence d'un diplôme étranger"),
    ("CANDIDAT_LIBRE", "Candidat libre"),
)
_MENTIONS = (
    ("SANS_MENTION", "Sans mention"),
    ("MENTION_ASSEZ_BIEN", "Assez bien"),
    ("MENTION_BIEN", "Bien"),
    ("MENTION_TRES_BIEN", "Très bien"),
    ("MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY", "Très bien avec félicitations du jury"),
)
_NATURES = (("CERTIFICATEUR", "Certificateur"), ("TIERS_CONFIANCE", "Tiers de confiance"))
_OBTAINED = (("PAR_ADMISSION", "Par admission"), ("PAR_SCORING", "Par score"))
_SITTINGS = (("A_DISTANCE", "À distance"), ("EN_PRESENTIEL", "En présentiel"), ("MIXTE", "Mixte"))
_LANGUAGE = (
    *((one, one) for one in ("A1", "A2", "B1", "B2", "C1", "C2")),
    ("INSUFFISANT", "Insuffisant"),
)
_VAE = (("CONGES_VAE", "Congé VAE"), ("VAE_CLASSIQUE", "VAE classique"))
_INITIATIVES = (
    ("CERTIFIE", "La personne certifiée"),
    ("OF", "L'organisme de formation"),
    ("POLE_EMPLOI", "Pôle emploi"),
    ("EMPLOYEUR", "L'employeur"),
    ("AUTRE", "Autre"),
)
_SEXES = (("M", "Masculin"), ("F", "Féminin"))
_G = Group

DICTIONARY: dict[str, Field] = {
    one.name: one
    for one in (
        Field("technical_id", "Identifiant technique", _G.IDENTIFIERS, mandatory=True,
              may_change=False),
        Field("sender", "Émetteur", _G.IDENTIFIERS, mandatory=True, may_change=False),
        Field("certifier", "Certificateur", _G.IDENTIFIERS, mandatory=True, may_change=False),
        Field("contract", "Contrat", _G.IDENTIFIERS, mandatory=True, may_change=False),
        Field("certification_type", "Type de certification", _G.CERTIFICATION, mandatory=True,
              judged=True, help="Pour RNCP et RS : le début du code."),
        Field("certification_code", "Code de la certification", _G.CERTIFICATION, mandatory=True,
              judged=True, help="Tel que dans la liste : RS1234, RNCP12345."),
        Field("depositor_nature", "Nature du déposant", _G.CERTIFICATION, Form.CHOICE, _NATURES),
        Field("option_label", "Libellé de l'option", _G.CERTIFICATION, longest=255),
        Field("obtained", "Obtention de la certification", _G.AWARD, Form.CHOICE, _OBTAINED,
              mandatory=True),
        Field("final", "Donnée certifiée", _G.AWARD, Form.YES_NO, _YES_NO, mandatory=True,
              help="Oui : le résultat est définitif."),
        Field("valid_from", "Date de début de validité", _G.AWARD, Form.DATE, mandatory=True,
              help="La date écrite sur le parchemin."),
        Field("valid_until", "Date de fin de validité", _G.AWARD, Form.DATE,
              help="Vide : sans fin connue."),
        Field("mention", "Mention validée", _G.AWARD, Form.CHOICE, _MENTIONS),
        Field("scoring", "Score", _G.AWARD, longest=255),
        Field("proof_url", "Adresse de la preuve", _G.AWARD, longest=255),
        Field("verbatim", "Verbatim", _G.AWARD, longest=255),
        Field("exam_from", "Date de début d'examen", _G.EXAM, Form.DATE),
        Field("exam_until", "Date de fin d'examen", _G.EXAM, Form.DATE,
              help="La même que le début pour un examen d'un jour."),
        Field("exam_sitting", "Modalité de passage de l'examen", _G.EXAM, Form.CHOICE, _SITTINGS),
        Field("exam_postal_code", "Code postal du centre d'examen", _G.EXAM, longest=9),
        Field("has_language_level", "Niveau de langue européen", _G.LEVELS, Form.YES_NO, _YES_NO,
              mandatory=True),
        Field("language_level", "Niveau obtenu (CECRL)", _G.LEVELS, Form.CHOICE, _LANGUAGE,
              help="Seulement si la certification atteste un niveau de langue."),
        Field("has_digital_level", "Niveau numérique européen", _G.LEVELS, Form.YES_NO, _YES_NO,
              mandatory=True),
        Field("digital_score", "Score numérique général", _G.LEVELS, Form.NUMBER,
              help="De 1 à 1000, seulement avec un niveau numérique."),
        Field("digital_results", "Résultats numériques (DigComp)", _G.LEVELS,
              help="Domaine, point, compétence, deux-points, niveau ; un espace entre deux : "
              "« 1.2:5 3.4:6 »."),
        Field("way_in", "Modalité d'accès", _G.ENROLMENT, Form.CHOICE, _WAYS_IN),
        Field("vae_way", "Voie d'accès à la VAE", _G.ENROLMENT, Form.CHOICE, _VAE,
              help="Seulement si la modalité d'accès est la VAE."),
        Field("initiative", "Initiative de l'inscription", _G.ENROLMENT, Form.CHOICE,
              _INITIATIVES),
        Field("enrolled_on", "Date d'inscription", _G.ENROLMENT, Form.DATE),
        Field("birth_name", "Nom de naissance", _G.HOLDER, mandatory=True, judged=True, longest=60),
        Field("usage_name", "Nom d'usage", _G.HOLDER, judged=True, longest=60),
        Field("first_name", "Premier prénom", _G.HOLDER, mandatory=True, judged=True, longest=60),
        Field("second_name", "Deuxième prénom", _G.HOLDER, judged=True, longest=60),
        Field("third_name", "Troisième prénom", _G.HOLDER, judged=True, longest=60),
        Field("birth_year", "Année de naissance", _G.HOLDER, Form.NUMBER, mandatory=True,
              judged=True),
        Field("birth_month", "Mois de naissance", _G.HOLDER, Form.NUMBER, judged=True,
              help="De 1 à 12 ; vide s'il n'est pas connu."),
        Field("birth_day", "Jour de naissance", _G.HOLDER, Form.NUMBER, judged=True,
              help="De 1 à 31 ; vide s'il n'est pas connu."),
        Field("sex", "Sexe", _G.HOLDER, Form.CHOICE, _SEXES, mandatory=True, judged=True),
        Field("commune", "Code Insee de la commune de naissance", _G.HOLDER, judged=True,
              longest=5, help="99 et le code du pays pour une naissance à l'étranger."),
        Field("postal_code", "Code postal de naissance", _G.HOLDER, judged=True, longest=9,
              help="À défaut du code Insee : l'un ou l'autre."),
        Field("commune_label", "Libellé de la commune de naissance", _G.HOLDER, longest=40),
        Field("country", "Code du pays de naissance", _G.HOLDER, judged=True, longest=3,
              help="Trois chiffres, seulement pour une naissance à l'étranger."),
        Field("country_label", "Libellé du pays de naissance", _G.HOLDER, longest=40),
        Field("ministry_remarks", "Commentaires (MEN)", _G.HOLDER, longest=250),
        Field("training_file", "Numéro du dossier de formation", _G.TRAINING_FILE, mandatory=True,
              judged=True, longest=13),
        Field("file_birth_name", "Nom du titulaire du dossier", _G.TRAINING_FILE, mandatory=True,
              judged=True, longest=30),
        Field("file_first_name", "Premier prénom du titulaire du dossier", _G.TRAINING_FILE,
              mandatory=True, judged=True, longest=20),
        Field("nir", "NIR, sans la clé", _G.NATIONAL_ID, mandatory=True, judged=True, longest=13,
              help="Les 13 premiers caractères, avec le nom de naissance ci-dessus."),
    )
}  # fmt: skip
"""« Nom de naissance » also goes with the NIR (schema 1.1.5)."""


_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_AS_WORDS = {"1": "true", "0": "false"}


def plain(field: str, value: str | None) -> str:
    """Return a value as its list or its form shows it: white space that means nothing left out."""
    if value is None or DICTIONARY[field].form is Form.TEXT:
        return value or ""
    bare = value.strip()
    return _AS_WORDS.get(bare, bare) if DICTIONARY[field].form is Form.YES_NO else bare


def words_of(field: str, value: str) -> str:
    """Return a value as users read it: the words of a list, a day in French, else itself."""
    bare = plain(field, value)
    day = _DAY.fullmatch(bare) if DICTIONARY[field].form is Form.DATE else None
    if day:
        return f"{day[3]}/{day[2]}/{day[1]}"
    return dict(DICTIONARY[field].choices).get(bare, bare)

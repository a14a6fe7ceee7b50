"""Words that people write for the values of the schema's lists, and for yes, no and nothing."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

from mockportal.domain.comparing import normalised
from mockportal.domain.stray_signs import tidy

NOTHING_SAID = {
    "NIL", "NILL", "NULL", "(NULL)", "NONE", "NAN", "NAT", "UNDEFINED", "N/A", "NA", "#N/A", "NR",
    "NC", "NSP", "NEANT", "INCONNU", "INCONNUE", "VIDE", "-", "--", "---", "?", "??", ".", "/", "_",
    "XSI:NIL", "SANS", "SANS OBJET", "NON RENSEIGNE", "NON RENSEIGNEE", "NON COMMUNIQUE", "AUCUN",
    "AUCUNE", "A COMPLETER", "A DEFINIR", "TBD", "TODO", "#REF!", "#VALEUR!", "#VALUE!", "#NAME?",
    "#NOM?", "[OBJECT OBJECT]", "INVALID DATE", "NULLE", "EMPTY", "ABSENT", "XXX", "#####",
    "NON APPLICABLE", "SO", "S/O", "NE SAIT PAS", "XSI:NIL=TRUE", "NIL=TRUE", "{}", "[]",
}  # fmt: skip
_TRUE = {"OUI", "O", "VRAI", "TRUE", "YES", "Y", "1", "T", "V", "ON", "X", "-1", "DEFINITIF",
         "DEFINITIVE", "VALIDE", "VALIDEE", "ADMIS", "ADMISE", "OK"}  # fmt: skip
_FALSE = {"NON", "N", "FAUX", "FALSE", "NO", "0", "F", "OFF", "PROVISOIRE", "KO"}
_NOT_OBTAINED = re.compile(
    r"\b(NON|PAS|NI|SANS)\b|INVALID|REFUS|AJOURN|\bECH(EC|OU)|RECALE|ELIMIN|INSUFFISAN"
)
_PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "sex": (
        ("F", r"F|FEMININ|FEMME|FEMALE|FILLE|MME|MLLE|MADAME|MADEMOISELLE|MRS|MS|W|WOMAN|FEM|2"),
        ("M", r"M|H|MASCULIN|HOMME|MALE|GARCON|MR|MONSIEUR|MAN|MASC|1"),
    ),
    "obtained": (
        ("PAR_SCORING", r".*(SCOR|NOTE|POINT).*"),
        (
            "PAR_ADMISSION",
            r".*(ADMI|RECU|OBTEN|REUSSI|VALID|OUI|JURY|DIPLOM|CERTIFI|TRUE).*|ACQUISE?",
        ),
    ),
    "mention": (
        ("MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY", r".*(FELICIT|EXCELLENT).*|TBF"),
        ("MENTION_TRES_BIEN", r".*(TRES[ _-]?BIEN|VERY GOOD).*|TB"),
        ("MENTION_ASSEZ_BIEN", r".*ASSEZ[ _-]?BIEN.*|AB"),
        ("SANS_MENTION", r".*(SANS|PASSABLE|AUCUNE|ADMIS).*|NON|NO|P|FALSE|FAUX|0|SM"),
        ("MENTION_BIEN", r".*BIEN.*|B|GOOD"),
    ),
    "way_in": (
        ("VAE", r".*(\bVAE\b|ACQUIS|EXPERIENCE).*"),
        ("EQUIVALENCE_DIPLOME_ETRANGER", r".*(EQUIVALEN|ETRANGER).*"),
        ("CANDIDAT_LIBRE", r".*LIBRE.*|INDIVIDUEL(LE)?|CL"),
        (
            "FORMATION_INITIALE_HORS_APPRENTISSAGE",
            r".*(HORS APPRENTI|SCOLAIRE|ETUDIANT|STATUT).*|FI",
        ),
        (
            "FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION",
            r".*HORS (CONTRAT|PRO).*|FC|(FORMATION )?CONTINUE|.*(STAGIAIRE|CPF).*",
        ),
        (
            "FORMATION_CONTINUE_CONTRAT_DE_PROFESSIONNALISATION",
            r".*(CONTRAT.*PRO|PROFESSIONNALI).*|CP",
        ),
        ("FORMATION_INITIALE_APPRENTISSAGE", r".*(APPRENTI|ALTERNANCE).*|FA|APP"),
        ("FORMATION_INITIALE_HORS_APPRENTISSAGE", r".*INITIALE.*"),
        ("FORMATION_CONTINUE_HORS_CONTRAT_DE_PROFESSIONNALISATION", r".*CONTINUE.*"),
    ),
    "vae_way": (
        ("CONGES_VAE", r".*CONG.*"),
        ("VAE_CLASSIQUE", r".*(CLASSIQUE|NORMALE?|\bVAE\b).*"),
    ),
    "initiative": (
        ("POLE_EMPLOI", r".*(POLE[ _-]?EMPLOI|FRANCE[ _-]?TRAVAIL|ANPE).*|PE|FT"),
        ("EMPLOYEUR", r".*(EMPLOY|ENTREPRISE|PATRON).*"),
        (
            "CERTIFIE",
            r".*(CERTIFIE|CANDIDAT|STAGIAIRE|TITULAIRE|SALARIE|PERSONN|INDIVID).*|APPRENANT",
        ),
        ("OF", r".*(ORGANISME|ECOLE|CENTRE|CFA|FORMAT).*"),
    ),
    "exam_sitting": (
        ("MIXTE", r".*(MIXTE|HYBRIDE|BLENDED|BIMODAL).*"),
        ("A_DISTANCE", r".*(DISTAN|LIGNE|VISIO|REMOTE|ONLINE).*"),
        ("EN_PRESENTIEL", r".*(PRESEN|SALLE|SUR PLACE|SITE).*"),
    ),
    "depositor_nature": (
        ("TIERS_CONFIANCE", r".*(TIERS|CONFIANCE|DEPOSANT|DELEGUE|MANDATAIRE).*"),
        ("CERTIFICATEUR", r".*CERTIF.*"),
    ),
    "language_level": (
        ("INSUFFISANT", r".*INSUFF.*|A0|0|AUCUN"),
        *((level, rf".*\b{level}(?!\d).*") for level in ("C2", "C1", "B2", "B1", "A2", "A1")),
    ),
    "action": (
        ("SUPPRESSION", r".*(SUPP|DELET|REMOV|ANNUL).*|[DS]"),
        ("CREATION", r".*(CREA|AJOUT|ADD|INSERT|NEW|NOUV|MODIF|UPDATE).*|[CAI]"),
    ),
}
"""By our names of the elements: the schema's word, and what people write for it.

In capitals and without accents; the first that fits is the word that is meant.
"""


def says_nothing(text: str) -> bool:
    """Return whether a text is a word or a sign for what is not known."""
    plain = normalised(tidy(text))
    return plain in NOTHING_SAID or not plain.strip("-_./#?* ")


def says_not_obtained(text: str) -> bool:
    """Return whether a text probably says that a certification was not obtained."""
    return _NOT_OBTAINED.search(re.sub(r"[\W_]+", " ", normalised(tidy(text)))) is not None


def yes_or_no(text: str) -> str:
    """Return ``true`` or ``false`` as a word means it; empty where it means neither."""
    plain = normalised(tidy(text))
    return "true" if plain in _TRUE else "false" if plain in _FALSE else ""


def listed_word(key: str, text: str, values: Sequence[str]) -> str:
    """Return the one of the schema's words that a text means; empty where nobody knows."""
    plain = re.sub(r"[\W_]+", " ", normalised(tidy(text)), flags=re.ASCII).strip()
    by_plain = {value.replace("_", " "): value for value in values}
    if plain in by_plain:
        return by_plain[plain]
    if key == "obtained" and says_not_obtained(text):
        return ""
    near = get_close_matches(plain, by_plain, n=1, cutoff=0.85)
    if near:
        return by_plain[near[0]]
    for word, pattern in _PATTERNS.get(key, ()):
        if re.fullmatch(pattern, plain):
            return _allowed(word, values)
    return ""


def _allowed(word: str, values: Sequence[str]) -> str:
    """Return a word, or the longest of the list that it begins with: older schemas know less."""
    shorter = [value for value in values if word.startswith(value)]
    return max(shorter, key=len, default="")

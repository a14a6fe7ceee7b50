"""The one catalogue of the second control's messages: text, basis, source, advice.

Nothing else in the program holds the text of a KO.
"""

from dataclasses import dataclass
from enum import Enum


class Basis(Enum):
    """How sure we are that the real portal does the same."""

    DOCUMENTED = "DOCUMENTED"
    OBSERVED = "OBSERVED"
    ASSUMED = "ASSUMED"


class Code(Enum):
    """Our names of the reasons for which a passage is KO."""

    SENDER = "SENDER"
    MANDATE = "MANDATE"
    CONTRACT = "CONTRACT"
    DUPLICATE = "DUPLICATE"
    CERTIFICATION = "CERTIFICATION"
    VALIDITY = "VALIDITY"
    EXAM_DATES = "EXAM_DATES"
    LEVEL1 = "LEVEL1"
    LEVEL2 = "LEVEL2"
    LEVEL3 = "LEVEL3"
    SEVERAL = "SEVERAL"
    TRAINING_FILE_UNKNOWN = "TRAINING_FILE_UNKNOWN"
    TRAINING_FILE_NAMES = "TRAINING_FILE_NAMES"
    NIR_UNKNOWN = "NIR_UNKNOWN"
    NIR_NAME = "NIR_NAME"
    SUPPRESSION_UNKNOWN = "SUPPRESSION_UNKNOWN"


NOT_FOUND = frozenset({Code.LEVEL1, Code.LEVEL2, Code.LEVEL3})
NOT_FOUND_IN_2022 = "Aucun titulaire ne correspond à ces critères"
"""OBSERVED in July 2022: what every holder got who was not found, whatever the level."""


@dataclass(frozen=True, slots=True)
class Message:
    """One line of the catalogue. ``text`` holds ``{sender}``, ``{technical_id}`` and the like."""

    code: Code
    text: str
    basis: tuple[Basis, ...]
    source: str
    rule: str
    """What brings the message, in English, for the operator."""
    happened: str
    check: str
    mend: str
    """The advice, in French: what happened, what to check, what to do."""
    control_is_ours: bool = False
    """Nobody outside knows of the control itself, let alone of its words (ASSUMED)."""

    def worded(self, **facts: str) -> str:
        """Return the text as it stands in a receipt, its places filled with ``facts``."""
        return self.text.format(**facts)


_DOCUMENTED = (Basis.DOCUMENTED,)
_SEEN = (Basis.DOCUMENTED, Basis.OBSERVED)
_OURS = (Basis.ASSUMED,)
_AGAIN = "Corrigez ce passage et redéposez-le seul, dans un nouveau fichier."
_RESEND = "Corrigez l'en-tête du fichier, puis redéposez tous ses passages."
_PAPERS = "Comparez avec un document d'identité officiel : "

CATALOGUE: dict[Code, Message] = {
    m.code: m
    for m in (
        Message(
            Code.SENDER,
            "Le bcr émetteur {sender} ne correspond pas au compte utilisé pour le dépôt",
            _OURS, "our choice", "emetteur/idClient is not the matricule of the account",
            "Le fichier se présente au nom d'un autre organisme que celui du compte connecté.",
            "Le matricule écrit dans « emetteur/idClient » est-il celui de votre organisme ?",
            _RESEND,
            control_is_ours=True,
        ),
        Message(
            Code.MANDATE,
            "Le bcr émetteur {sender} n'est pas habilité à déposer pour le bcr certificateur "
            "{certifier}",
            _OURS, "our choice", "the émetteur is neither the certificateur nor mandated by it",
            "Votre organisme n'est pas mandaté par le certificateur nommé dans le fichier, ou ce "
            "certificateur est inconnu.",
            "Le matricule écrit dans « certificateur/idClient » est-il le bon ? Le mandat est-il "
            "toujours en cours ?",
            _RESEND,
            control_is_ours=True,
        ),
        Message(
            Code.CONTRACT,
            "Le contrat {contract} n'est pas rattaché au bcr certificateur {certifier}",
            _OURS, "our choice", "idContrat is not a contract of that certificateur",
            "Le numéro de contrat n'est pas un contrat du certificateur nommé dans le fichier.",
            "Relisez le numéro de contrat : celui d'un autre certificateur ne convient pas.",
            _RESEND,
            control_is_ours=True,
        ),
        Message(
            Code.DUPLICATE,
            "Le passage certification avec le bcr émetteur {sender} et l'id technique partenaire "
            "{technical_id} existe déjà en base",
            _SEEN, "CDC guide; real receipts",
            "the same émetteur has sent this idTechnique already, and it was accepted",
            "Un passage qui porte cet identifiant technique a déjà été accepté.",
            "S'agit-il du même passage ? Alors il n'y a rien à faire. Sinon, deux passages "
            "portent le même identifiant.",
            "Ne renvoyez pas un passage accepté. Pour un autre passage, donnez-lui un identifiant "
            "technique qui n'a jamais servi.",
        ),
        Message(
            Code.CERTIFICATION,
            "Le statut de la certification avec le bcr émetteur {sender}, l'id technique "
            "partenaire {technical_id} et l'index 0 est KO",
            _DOCUMENTED, "CDC guide; of one that is not active, our choice",
            "the code is not in the reference list, is not active, or disagrees with the type",
            "La certification n'est pas reconnue : son code est inconnu, mal écrit, n'est plus "
            "actif, ou ne va pas avec son type.",
            "Un code RNCP ou RS s'écrit avec son préfixe (RS1234, RNCP12345), et le type dit le "
            "même répertoire ; pour les autres types, type et code s'écrivent comme dans la liste.",
            _AGAIN,
        ),
        Message(
            Code.VALIDITY,
            "La date de fin de validité est inférieure à date de début de validité pour le "
            "passage certification avec le bcr émetteur {sender} et l'id technique partenaire "
            "{technical_id}",
            _DOCUMENTED, "CDC guide", "dateFinValidite is before dateDebutValidite",
            "La validité finit avant d'avoir commencé.",
            "Les deux dates sont-elles dans le bon ordre ? La fin peut rester inconnue (nil).",
            _AGAIN,
        ),
        Message(
            Code.EXAM_DATES,
            "La date de fin d'examen est inférieure à date de début d'examen pour le passage "
            "certification avec le bcr émetteur {sender} et l'id technique partenaire "
            "{technical_id}",
            _OURS, "the rule is the CDC's, the words are ours",
            "dateFinExamen is before dateDebutExamen",
            "L'examen finit avant d'avoir commencé.",
            "Les deux dates sont égales pour un examen d'un jour.",
            _AGAIN,
        ),
        Message(
            Code.LEVEL1,
            "Aucun titulaire ne correspond aux critères obligatoires",
            _SEEN, "CDC guide; real receipts",
            "nobody has this birth name, first name, sex and birth year",
            "Personne ne porte à la fois ce nom de naissance, ce prénom, ce sexe et cette année "
            "de naissance.",
            _PAPERS + "nom de naissance (et non d'usage), premier prénom de l'état civil, trait "
            "d'union et apostrophe compris, sexe, année.",
            _AGAIN,
        ),
        Message(
            Code.LEVEL2,
            "Aucun titulaire ne correspond aux critères obligatoires enrichis du jour et du mois "
            "de naissance",
            _SEEN, "CDC guide; real receipts",
            "several people share the level-1 data, none was born on this day and month",
            "Plusieurs personnes portent ces nom, prénom, sexe et année de naissance ; aucune ne "
            "va avec ce que le fichier dit du jour et du mois de naissance.",
            _PAPERS + "jour et mois de naissance, qui sont peut-être inversés.",
            _AGAIN,
        ),
        Message(
            Code.LEVEL3,
            "Aucun titulaire ne correspond aux critères de reconciliation",
            _DOCUMENTED, "CDC guide",
            "several people share the level-2 data, none fits the commune and the other data",
            "Plusieurs personnes portent ces nom, prénom, sexe et date de naissance ; aucune ne "
            "va avec la commune et les autres données transmises.",
            _PAPERS + "commune ou pays de naissance, deuxième et troisième prénoms, nom d'usage.",
            _AGAIN,
        ),
        Message(
            Code.SEVERAL,
            "Plusieurs titulaires ont été identifiés",
            _SEEN, "CDC guide; real receipts",
            "several people fit all the data that the passage gives",
            "Plusieurs personnes vont avec toutes les données transmises.",
            "Quelles données manquent au fichier ? Commune de naissance, deuxième et troisième "
            "prénoms, nom d'usage peuvent les départager.",
            "Complétez l'identité de la personne et redéposez ce passage seul, dans un nouveau "
            "fichier.",
        ),
        Message(
            Code.TRAINING_FILE_UNKNOWN,
            "Aucun dossier de formation ne correspond au numéro {number}",
            _OURS, "our choice", "idDossier is not a training file of the registry",
            "Aucun dossier de formation ne porte ce numéro.",
            "Relisez le numéro du dossier ; à défaut, transmettez l'identité de la personne.",
            _AGAIN,
        ),
        Message(
            Code.TRAINING_FILE_NAMES,
            "Le titulaire du dossier de formation {number} ne correspond pas au nom et au prénom "
            "transmis",
            _OURS, "our choice", "the training file's holder has another birth name or first name",
            "Ce dossier de formation existe, mais il est celui d'une autre personne.",
            "Le numéro du dossier, le nom de naissance et le premier prénom vont-ils ensemble ?",
            _AGAIN,
        ),
        Message(
            Code.NIR_UNKNOWN,
            "Aucun titulaire ne correspond à l'identifiant national transmis",
            _OURS, "our choice", "nobody in the registry has these 13 characters of a NIR",
            "Aucune personne du registre n'a ce numéro.",
            "Relisez les 13 caractères du NIR, sans la clé.",
            _AGAIN,
            control_is_ours=True,
        ),
        Message(
            Code.NIR_NAME,
            "Le nom de naissance transmis ne correspond pas au titulaire de l'identifiant "
            "national",
            _OURS, "our choice", "the NIR's holder has another birth name",
            "Ce numéro est celui d'une personne qui porte un autre nom de naissance.",
            "Le nom transmis est-il le nom de naissance, et non le nom d'usage ?",
            _AGAIN,
            control_is_ours=True,
        ),
        Message(
            Code.SUPPRESSION_UNKNOWN,
            "Le passage certification avec le bcr émetteur {sender} et l'id technique partenaire "
            "{technical_id} n'existe pas en base",
            _OURS, "our choice", "a SUPPRESSION names a passage that is not stored",
            "Le passage à supprimer n'est pas (ou plus) enregistré.",
            "L'identifiant technique est-il écrit exactement comme lors du premier envoi ?",
            _AGAIN,
            control_is_ours=True,
        ),
    )
}  # fmt: skip


OF_ORGANISATIONS = frozenset({Code.SENDER, Code.MANDATE, Code.CONTRACT})
"""What all passages of a file get whose organisations are not those that the portal knows."""


def message_of(code: Code) -> Message:
    """Return the catalogue's line for ``code``."""
    return CATALOGUE[code]

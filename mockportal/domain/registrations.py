"""What somebody gives to register an organisation, or to become a user of one; and what is wrong.

The portal's checks are documented, their words and the rules of the password are ours (ASSUMED).
"""

import re
from dataclasses import dataclass

from mockportal.domain.identifiers import ClientId, ContractId, WorldId
from mockportal.domain.organisations import Kind

Faults = dict[str, str]
"""What is wrong with a form: a sentence for each field; the fields are those of the domain."""

LONGEST_NAME = 100
LONGEST_EMAIL = 255
LONGEST_TRADE_NAME = 255
_INVENTED = re.compile(
    r".+[@.](test|example|invalid|localhost|example\.(org|com|net))", re.IGNORECASE
)
"""How an address ends that can be nobody's (RFC 2606)."""
_EMAIL = re.compile(r"[^\s@<>\"]+@[^\s@<>\".]+(\.[^\s@<>\".]+)+")

MISSING = "Ce champ est à remplir."
LAST_NAME_MISSING = "Indiquez un nom."
FIRST_NAME_MISSING = "Indiquez un prénom."
NAME_TOO_LONG = f"{LONGEST_NAME} caractères au plus."
EMAIL_WRONG = (
    "Indiquez une adresse électronique de la forme « nom@exemple.test ». Elle peut être inventée : "
    "aucun message ne part d'ici."
)
EMAIL_REAL = (
    "Cette adresse pourrait être celle de quelqu'un. Inventez-en une qui se termine par "
    "« .test », « .example » ou « @example.org » : ce simulateur n'accepte que des personnes "
    "inventées."
)
TERMS_REFUSED = "Acceptez les conditions d'utilisation pour continuer."
OWN_PASSWORD_MISSING = "Indiquez votre mot de passe actuel."  # noqa: S105  # a sentence about one
TOO_MANY_TRIES = "Trop d'essais infructueux : attendez une minute, puis recommencez."
PASSWORD_WRONG = "Ce n'est pas votre mot de passe actuel."  # noqa: S105  # a sentence about one
TRADE_NAME_LONG = f"{LONGEST_TRADE_NAME} caractères au plus."
ROLE_MISSING = "Choisissez un rôle."
IDENTIFIER_MISSING = "Indiquez votre identifiant."
CLIENT_LENGTH = "Un matricule comporte 8 caractères."
CERTIFIER_LENGTH = "Le matricule d'un organisme certificateur comporte 8 caractères."
CONTRACT_LENGTH = "Un numéro de contrat comporte de 1 à 20 caractères."
CERTIFIER_UNKNOWN = (
    "Le portail ne connaît aucun organisme certificateur de ce matricule. Vérifiez-le, majuscules "
    "comprises."
)
DEPOSITOR_UNKNOWN = (
    "Le portail ne connaît aucun organisme déposant de ce matricule. Vérifiez-le, majuscules "
    "comprises."
)
CONTRACT_UNKNOWN = "Ce numéro de contrat n'est pas l'un de ceux de cet organisme certificateur."
NO_MANDATE = (
    "Cet organisme certificateur n'a pas mandaté votre organisme, ou le mandat a pris fin. "
    "Demandez-lui de vous donner mandat."
)


def registered_already(organisation: str, administrator: str) -> str:
    """Say that an organisation has its account, and whose it is (DOCUMENTED that it is said)."""
    return (
        f"L'organisme « {organisation} » a déjà un compte. Son administrateur est "
        f"{administrator} : demandez-lui de vous ajouter à ses utilisateurs."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An organisation as its first user names it: its matricule, and what proves it.

    A certificateur gives its ``contract``, a déposant the matricule of a ``certifier``; the other
    one is empty.
    """

    kind: Kind
    client_id: ClientId
    contract: ContractId
    certifier: ClientId


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Whom an account is for."""

    first_name: str
    last_name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """A form that was filled in to its end, and that waits for its e-mail to be confirmed."""

    draft: str
    """The number of the form: one that is sent twice counts once."""
    world: WorldId
    candidate: Candidate
    person: Person
    password_hash: str


def tidied(text: str) -> str:
    """Return a text of one line as it is kept: single spaces, nothing that cannot be printed."""
    return "".join(sign for sign in " ".join(text.split()) if sign.isprintable())


def faults_of_shape(candidate: Candidate) -> Faults:
    """Return what is wrong with the identifiers of an organisation before anything is looked up."""
    faults = {}
    if len(candidate.client_id) != 8:
        faults["client_id"] = CLIENT_LENGTH
    if candidate.kind is Kind.CERTIFIER and not 1 <= len(candidate.contract) <= 20:
        faults["contract"] = CONTRACT_LENGTH
    if candidate.kind is Kind.DEPOSITOR and len(candidate.certifier) != 8:
        faults["certifier"] = CERTIFIER_LENGTH
    return faults


def faults_of_person(person: Person) -> Faults:
    """Return what is wrong with a person's names and e-mail address."""
    faults = {}
    for field, name, missing in (
        ("last_name", person.last_name, LAST_NAME_MISSING),
        ("first_name", person.first_name, FIRST_NAME_MISSING),
    ):
        if not name:
            faults[field] = missing
        elif len(name) > LONGEST_NAME:
            faults[field] = NAME_TOO_LONG
    return faults | faults_of_email(person.email)


def faults_of_email(email: str) -> Faults:
    """Return what is wrong with the address of somebody new: it must be an invented one."""
    if faults := faults_of_written_email(email):
        return faults
    return {} if _INVENTED.fullmatch(email) else {"email": EMAIL_REAL}


def faults_of_written_email(email: str) -> Faults:
    """Return what is wrong with an e-mail address: it must look like one, no more."""
    good = len(email) <= LONGEST_EMAIL and _EMAIL.fullmatch(email)
    return {} if good else {"email": EMAIL_WRONG}

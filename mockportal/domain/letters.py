"""The words of every mail that the portal writes. The real ones are not known: ASSUMED.

``link`` is an address on the portal, without its host: what serves the page knows its own name.
"""

from collections.abc import Iterable
from datetime import timedelta

from mockportal.domain.mails import Letter
from mockportal.domain.organisations import Account

CONFIRMATION_HOLDS = timedelta(hours=24)
PASSWORD_LINK_HOLDS = timedelta(hours=1)
INVITATION_HOLDS = timedelta(days=7)
_GREETING = "Bonjour {name},\n\n"
_CLOSING = (
    "\n\nLe portail des responsables de diplômes et de certifications (simulateur).\n"
    "Ce message n'a quitté aucune machine : il reste dans les coulisses du simulateur."
)


def confirmation(name: str, organisation: str, link: str) -> Letter:
    """Ask to confirm an e-mail address, at the end of a registration."""
    return _letter(
        "Confirmez votre adresse électronique",
        name,
        f"Vous avez demandé un compte pour l'organisme « {organisation} ».\n"
        f"Pour le créer, confirmez votre adresse dans les {_held(CONFIRMATION_HOLDS)} :\n\n"
        f"{link}\n\n"
        "Ce lien ne sert qu'une fois. Si vous n'avez rien demandé, ignorez ce message.",
        link,
    )


def welcome(account: Account, login: str) -> Letter:
    """Give the identifier of an account that has just been made."""
    return _letter(
        "Votre identifiant",
        account.full_name,
        f"Le compte de l'organisme « {account.organisation.shown_name} » est créé.\n"
        f"Votre identifiant : {account.id}\n\n"
        f"Connectez-vous avec cet identifiant et le mot de passe que vous avez choisi :\n\n{login}",
        login,
    )


def identifiers(accounts: Iterable[Account], login: str) -> Letter:
    """List the identifiers of all accounts that have an e-mail address."""
    known = list(accounts)
    whose = "Identifiant lié" if len(known) == 1 else "Identifiants liés"
    lines = "\n".join(f"- {one.id} (organisme « {one.organisation.shown_name} »)" for one in known)
    return _letter(
        "Votre identifiant",
        known[0].full_name,
        f"{whose} à cette adresse :\n{lines}\n\nPour vous connecter :\n\n{login}",
        login,
    )


def new_password(account: Account, link: str) -> Letter:
    """Lead to the page where a forgotten password is replaced."""
    return _letter(
        "Choisissez un nouveau mot de passe",
        account.full_name,
        f"Un nouveau mot de passe a été demandé pour l'identifiant {account.id}.\n"
        f"Choisissez-le dans les {_held(PASSWORD_LINK_HOLDS)} :\n\n{link}\n\n"
        "Ce lien ne sert qu'une fois. Si vous n'avez rien demandé, ignorez ce message : votre mot "
        "de passe reste le même.",
        link,
    )


def password_changed(account: Account) -> Letter:
    """Tell that a password is a new one."""
    return _letter(
        "Votre mot de passe a changé",
        account.full_name,
        f"Le mot de passe de l'identifiant {account.id} vient d'être changé.\n"
        "Si vous n'y êtes pour rien, demandez-en un nouveau depuis la page de connexion.",
    )


def invitation(account: Account, inviter: Account, link: str) -> Letter:
    """Lead somebody whom an administrateur has added to the page where they choose a password."""
    return _letter(
        "Un compte est ouvert à votre nom",
        account.full_name,
        f"{inviter.full_name} vous a ouvert un compte parmi les utilisateurs de l'organisme "
        f"« {account.organisation.shown_name} », avec le rôle {account.role.value}.\n"
        f"Votre identifiant : {account.id}\n\n"
        f"Choisissez votre mot de passe dans les {_held(INVITATION_HOLDS)} :\n\n{link}\n\n"
        "Ce lien ne sert qu'une fois.",
        link,
    )


def _letter(subject: str, name: str, text: str, *links: str) -> Letter:
    return Letter(subject, _GREETING.format(name=name) + text + _CLOSING, links)


def _held(time: timedelta) -> str:
    hours = time // timedelta(hours=1)
    if hours > 24:
        return f"{time.days} jours"
    return f"{hours} heures" if hours > 1 else "60 minutes"

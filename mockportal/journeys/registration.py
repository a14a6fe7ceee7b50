"""Registering an organisation: its first account, whose person becomes its administrateur.

Nobody who registers has logged in, so nothing says which world is meant: it is the default one.
"""

from dataclasses import dataclass

from mockportal.domain import letters
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Account, Kind, Organisation, Role
from mockportal.domain.passwords import (
    faults_of_password,
    known_of_organisation,
    known_of_person,
)
from mockportal.domain.reference import NewAccount
from mockportal.domain.registrations import (
    CERTIFIER_UNKNOWN,
    CONTRACT_UNKNOWN,
    DEPOSITOR_UNKNOWN,
    NO_MANDATE,
    Candidate,
    Faults,
    Person,
    Registration,
    faults_of_person,
    faults_of_shape,
    registered_already,
)
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.desk import Desk
from mockportal.journeys.login import hashed
from mockportal.journeys.mailing import LinkTo, digest_of, expiry, send

MOST_SHOWN = 100
"""Organisations without an account that are named to whoever looks for one to register."""


@dataclass(frozen=True, slots=True)
class Form:
    """All that was filled in but the password, and the number of the form."""

    draft: str
    candidate: Candidate
    person: Person


def world_of_newcomers(desk: Desk) -> WorldId:
    """Return the world in which a visitor who has not logged in registers."""
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    if world is None:
        raise LookupError("there is no default world")
    return world


def free_to_register(desk: Desk) -> list[Organisation]:
    """Return organisations that have no account yet and could get one."""
    world = world_of_newcomers(desk)
    found = desk.stores.accounts.unregistered(world, MOST_SHOWN)
    return [one for one in found if one.contracts or one.mandated_by]


def organisation_of(
    desk: Desk, world: WorldId, candidate: Candidate
) -> tuple[Organisation | None, Faults]:
    """Return the organisation that somebody may register, or what keeps them from it."""
    faults = faults_of_shape(candidate)
    known = None
    if "client_id" not in faults:
        known = desk.stores.organisations.with_client_id(world, candidate.client_id, candidate.kind)
        if known is None:
            depositor = candidate.kind is Kind.DEPOSITOR
            faults["client_id"] = DEPOSITOR_UNKNOWN if depositor else CERTIFIER_UNKNOWN
    if known is None or faults:
        return None, faults
    if faults := _unproven(desk, known, candidate):
        return None, faults
    accounts = desk.stores.organisations.accounts(known.id)
    if accounts:
        return None, {"client_id": registered_already(known.shown_name, _administrator(accounts))}
    return known, {}


def _unproven(desk: Desk, known: Organisation, candidate: Candidate) -> Faults:
    if candidate.kind is Kind.CERTIFIER:
        proven = candidate.contract in known.contracts
        return {} if proven else {"contract": CONTRACT_UNKNOWN}
    certifier = desk.stores.organisations.with_client_id(
        known.world, candidate.certifier, Kind.CERTIFIER
    )
    if certifier is None:
        return {"certifier": CERTIFIER_UNKNOWN}
    return {} if candidate.certifier in known.mandated_by else {"certifier": NO_MANDATE}


def _administrator(accounts: list[Account]) -> str:
    theirs = [one for one in accounts if one.active and one.is_administrator]
    return (theirs or accounts)[0].full_name


def register(desk: Desk, form: Form, password: str, again: str, link_to: LinkTo) -> Faults:
    """Keep a form that is filled in to its end, and ask by mail to confirm it.

    Returns what is wrong with it. A form that is sent twice is kept, and asks, once.
    """
    world = world_of_newcomers(desk)
    known, faults = organisation_of(desk, world, form.candidate)
    others_know = known_of_person(form.person) + (known_of_organisation(known) if known else [])
    faults |= faults_of_person(form.person) | faults_of_password(password, again, others_know)
    if known is None or faults:
        return faults
    token = desk.circumstances.new_secret()
    registration = Registration(
        draft=form.draft,
        world=world,
        candidate=form.candidate,
        person=form.person,
        password_hash=hashed(password),
    )
    desk.stores.links.forget_expired(desk.circumstances.real())
    expires = expiry(desk, letters.CONFIRMATION_HOLDS)
    if desk.stores.links.register(digest_of(token), registration, expires):
        name = f"{form.person.first_name} {form.person.last_name}"
        letter = letters.confirmation(name, known.shown_name, link_to(token))
        send(desk, world, form.person.email, letter)
    return {}


def registration_of(desk: Desk, token: str) -> Registration | None:
    """Return what a link confirms, or None when it has been used or has expired."""
    return desk.stores.links.registration(digest_of(token), desk.circumstances.real())


def confirm(desk: Desk, token: str, login: str) -> Account | Faults:
    """Make the account that a link confirms, and mail its identifier; or say what is in the way.

    No fault at all is told of a link that has been used or has expired.
    """
    waiting = registration_of(desk, token)
    if waiting is None:
        return {}
    known, faults = organisation_of(desk, waiting.world, waiting.candidate)
    if known is None:
        return faults
    account = NewAccount(
        id=desk.circumstances.new_account_id(waiting.world),
        password_hash=waiting.password_hash,
        role=Role.ADMINISTRATOR,
        first_name=waiting.person.first_name,
        last_name=waiting.person.last_name,
        email=waiting.person.email,
    )
    real = desk.circumstances.real()
    made = desk.stores.links.admit(digest_of(token), real, known.id, account)
    if made is None:  # somebody else was faster: by this link, or for this organisation
        return organisation_of(desk, waiting.world, waiting.candidate)[1]
    send(desk, waiting.world, made.email, letters.welcome(made, login))
    return made

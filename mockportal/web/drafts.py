"""The registration that a visitor has begun, kept in the signed session until it is confirmed.

A visitor can begin one of each kind; going back, an error or a second tab loses nothing. It holds
no password: that is asked at the last step, and goes no further than its hash.
"""

from flask import session

from mockportal.domain.identifiers import ClientId, ContractId
from mockportal.domain.organisations import Kind
from mockportal.domain.registrations import Candidate, Person
from mockportal.journeys.registration import Form as Registering
from mockportal.web.served import desk

KINDS = {"certificateur": Kind.CERTIFIER, "deposant": Kind.DEPOSITOR}
"""The two kinds of organisation as addresses name them."""
_DRAFTS, _DONE, _SENT = "registrations", "registered", "registration_sent"


def draft_of(kind: str) -> dict[str, str]:
    """Return what the visitor has filled in so far."""
    drafts: dict[str, dict[str, str]] = session.get(_DRAFTS, {})
    return drafts.get(kind, {})


def keep(kind: str, values: dict[str, str]) -> None:
    """Keep what a step was filled in with; the draft gets a new number by it."""
    changed = draft_of(kind) | values | {"draft": desk().circumstances.new_secret()}
    session[_DRAFTS] = session.get(_DRAFTS, {}) | {kind: changed}


def candidate(kind: str, values: dict[str, str]) -> Candidate:
    """Return the organisation that a form names."""
    return Candidate(
        kind=KINDS[kind],
        client_id=ClientId(values.get("client_id", "")),
        contract=ContractId(values.get("contract", "")),
        certifier=ClientId(values.get("certifier", "")),
    )


def person(values: dict[str, str]) -> Person:
    """Return the person whom a form names."""
    return Person(
        first_name=values.get("first_name", ""),
        last_name=values.get("last_name", ""),
        email=values.get("email", ""),
    )


def filled_in(kind: str) -> Registering:
    """Return the whole draft, as the journey takes it."""
    values = draft_of(kind)
    return Registering(values["draft"], candidate(kind, values), person(values))


def remember_sent(email: str) -> None:
    """Remember where the mail that asks for confirmation went."""
    session[_SENT] = email


def sent_to() -> str | None:
    """Return where the last mail that asks for confirmation went."""
    return session.get(_SENT)


def remember_done(account_id: str) -> None:
    """Remember the identifier that has just been made, and forget the drafts."""
    for name in (_DRAFTS, _SENT):
        session.pop(name, None)
    session[_DONE] = account_id


def done() -> str | None:
    """Return the identifier that this visitor has just been given."""
    return session.get(_DONE)

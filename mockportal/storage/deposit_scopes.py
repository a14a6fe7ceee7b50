"""Whose deposits are whose, as conditions that an index serves."""

from sqlalchemy import ColumnElement, Select, and_, or_, select, true

from mockportal.domain.organisations import Kind, Organisation
from mockportal.storage.tables import deposits, mandates
from mockportal.storage.tallies import tallies


def seen_by(organisation: Organisation, *, any_sender: bool) -> ColumnElement[bool]:
    """Return which deposits an organisation sees, removed ones included.

    Its own; for a certificateur, also those that name it, from whom ``meant_for`` says.
    """
    own = deposits.c.organisation_id == organisation.id
    if organisation.kind is not Kind.CERTIFIER:
        return own
    names_it = (deposits.c.world_id == organisation.world) & (
        deposits.c.certifier == organisation.client_id
    )
    return or_(own, and_(names_it, meant_for(organisation.id, any_sender=any_sender)))


def seen_apart(organisation: Organisation, *, any_sender: bool) -> list[ColumnElement[bool]]:
    """Return the same as conditions no two of which are true of one deposit, each with an index."""
    own = deposits.c.organisation_id == organisation.id
    if organisation.kind is not Kind.CERTIFIER:
        return [own]
    for_it = (
        (deposits.c.world_id == organisation.world)
        & (deposits.c.certifier == organisation.client_id)
        & (deposits.c.organisation_id != organisation.id)
    )
    return [own, for_it & meant_for(organisation.id, any_sender=any_sender)]


def tallies_seen_by(organisation: Organisation, *, any_sender: bool) -> ColumnElement[bool]:
    """Return the same of the kept counters."""
    own = tallies.c.organisation_id == organisation.id
    if organisation.kind is not Kind.CERTIFIER:
        return own
    names_it = (tallies.c.world_id == organisation.world) & (
        tallies.c.certifier == organisation.client_id
    )
    return or_(own, and_(names_it, tallies_meant_for(organisation.id, any_sender=any_sender)))


def tallies_meant_for(
    certifier: ColumnElement[int] | int, *, any_sender: bool
) -> ColumnElement[bool]:
    """Return what ``meant_for`` says, of the kept counters that name a certificateur."""
    if any_sender:
        return true()
    return or_(tallies.c.fruitful, tallies.c.organisation_id.in_(_ever_mandated(certifier)))


def meant_for(certifier: ColumnElement[int] | int, *, any_sender: bool) -> ColumnElement[bool]:
    """Return which of the deposits that name a certificateur are its to see (ASSUMED).

    Those of an organisation that it mandates or has ever mandated; what was accepted for it, as
    a portal that lets every émetteur through does; in such a portal, all of them.
    """
    if any_sender:
        return true()
    return or_(deposits.c.accepted > 0, deposits.c.organisation_id.in_(_ever_mandated(certifier)))


def _ever_mandated(certifier: ColumnElement[int] | int) -> Select[tuple[int]]:
    return select(mandates.c.depositor_id).where(mandates.c.certifier_id == certifier)

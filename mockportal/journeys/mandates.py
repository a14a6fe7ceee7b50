"""Mandates: who may deposit for whom, from when to when.

What counts is whether a mandate is in force when the second control of a file begins, by the
world's clock (ASSUMED): a file that waits while its mandate ends is KO as a whole.
"""

from mockportal.domain.organisations import Kind, Organisation
from mockportal.journeys.desk import Desk


def give_mandate(desk: Desk, certifier: Organisation, depositor: Organisation) -> bool:
    """Let a déposant deposit for a certificateur from now on, also after an earlier mandate.

    Tells whether the two are what a mandate needs: a certificateur and a déposant of one world.
    """
    if not _fit(certifier, depositor):
        return False
    desk.stores.organisations.mandate(certifier.id, depositor.id)
    return True


def end_mandate(desk: Desk, certifier: Organisation, depositor: Organisation) -> bool:
    """End a mandate now, by the world's clock; tell whether one was in force.

    The déposant still sees what it deposited, and its receipts; it can neither deposit for that
    certificateur nor change anything of its own there (ASSUMED).
    """
    if not _fit(certifier, depositor):
        return False
    now = desk.circumstances.now(certifier.world)
    return desk.stores.organisations.end_mandate(certifier.id, depositor.id, now)


def _fit(certifier: Organisation, depositor: Organisation) -> bool:
    kinds = (certifier.kind, depositor.kind)
    return kinds == (Kind.CERTIFIER, Kind.DEPOSITOR) and certifier.world == depositor.world

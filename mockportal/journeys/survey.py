"""What a world holds and how it is set, at a glance."""

from dataclasses import dataclass

from mockportal.domain.deposits import Census, Deposit
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Account
from mockportal.domain.processing import Processing
from mockportal.journeys.clock import ClockReading, read_clock
from mockportal.journeys.desk import Desk
from mockportal.journeys.failure import failed_deposits
from mockportal.journeys.process import processing_in

MOST_ACCOUNTS = 100


@dataclass(frozen=True, slots=True)
class Survey:
    """A world at a glance."""

    clock: ClockReading
    processing: Processing
    accounts: list[Account]
    """The first hundred."""
    people: int
    certifications: int
    census: Census
    failed: list[Deposit]
    """The newest of those that ended without having been treated."""


def survey(desk: Desk, world: WorldId) -> Survey:
    """Return what a world holds and how it is set."""
    stores = desk.stores
    return Survey(
        clock=read_clock(desk, world),
        processing=processing_in(desk, world, None),
        accounts=stores.organisations.of_world(world, MOST_ACCOUNTS),
        people=stores.registry.count(world),
        certifications=len(stores.references.certifications(world)),
        census=stores.agenda.census(world),
        failed=failed_deposits(desk, world),
    )

"""Registries of invented people for measures."""

import os
import time
from itertools import islice
from pathlib import Path
from random import Random

from mockportal.assembly import assemble
from mockportal.domain.people import Holder
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.register import generate_people
from mockportal.settings import Settings

DATABASE = "MOCKPORTAL_DATABASE"


def kept_in(data: Path) -> Settings:
    """Return the settings of a portal on a folder; a measure on PostgreSQL says its URL so."""
    return Settings(data=data, database=os.environ.get(DATABASE))


def registry_of(data: Path, holders: int) -> float:
    """Fill a new portal with invented people; return the seconds that it took."""
    with assemble(kept_in(data)) as portal:
        stores = portal.desk.stores
        world = stores.worlds.named(DEFAULT_WORLD)
        assert world is not None
        begun = time.perf_counter()
        stores.registry.add(world, generate_people(portal.desk, world, Random(1), holders))
        return time.perf_counter() - begun


def some_people(data: Path, count: int) -> list[Holder]:
    """Return people of a registry, the first of them."""
    with assemble(kept_in(data)) as portal:
        stores = portal.desk.stores
        world = stores.worlds.named(DEFAULT_WORLD)
        assert world is not None
        return [one for one, _ in islice(stores.registry.everyone(world), count)]

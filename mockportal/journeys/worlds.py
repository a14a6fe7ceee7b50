"""Worlds: made, set back to what they were when made, and deleted with all they hold.

What takes several transactions is begun by a mark in the world's row, a lease, so that a start and
a worker's upkeep find what was cut off (``finish_worlds``). A treatment that runs in a world that
goes is withdrawn: its worker stops at its next step, and only then do rows and files go. Nothing is
recorded in a world meanwhile.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.domain.organisations import Account, Organisation
from mockportal.domain.worlds import DEFAULT_WORLD, Origin, Step, WorldRefusal, is_world_name
from mockportal.journeys.desk import Desk
from mockportal.journeys.login import agrees, hashed
from mockportal.journeys.seeding import DEMO_ACCOUNT, DEMO_PASSWORD, demo_hash, fill, seeds_in

_AT_IT = timedelta(minutes=1)
"""For how long whoever is at a world is believed to be so, without a sign of life."""
PATIENCE_WITH_OTHERS = 1.25 * _AT_IT.total_seconds()
"""Real seconds that whoever resets or deletes a world waits for others who do: of these, one who
has died is taken over from within that time."""
PATIENCE = 30.0
"""Real seconds that a world waits for those who are at work in it, before it goes all the same."""


@dataclass(frozen=True, slots=True)
class MadeAccount:
    """An account that a world began with."""

    id: AccountId
    seed_id: str
    """Its identifier in the seeds, by which tests know it: ``CERT00001``."""
    organisation: Organisation
    password: str | None
    """None where nobody but its owner knows it any more."""


@dataclass(frozen=True, slots=True)
class MadeWorld:
    """A world as it was just made or reset."""

    id: WorldId
    name: str
    accounts: list[MadeAccount]
    """Those of the seeds, in their order; none in a world that began empty."""


def create_world(desk: Desk, name: str, *, seeds: bool = True) -> MadeWorld | WorldRefusal:
    """Make a world, a copy of the seeds or empty.

    The accounts of a copy have identifiers of their own, and the password of the seeds; with
    ``--public``, one that is drawn, and likewise in a portal that was public before.
    """
    if not is_world_name(name):
        return WorldRefusal.BAD_NAME
    try:
        world = desk.stores.worlds.create(name, step=Step.MAKING, until=_until(desk))
    except ValueError:
        return WorldRefusal.NAME_TAKEN
    emptied = desk.stores.worlds.origin(world).emptied
    if not seeds:
        fill(desk.stores, world, seeds_in(desk.seeds), Origin(emptied=emptied))
        return MadeWorld(world, name, [])
    public = desk.policy.public or not _is_known_password(_default_hash(desk))
    password = desk.circumstances.new_secret() if public else DEMO_PASSWORD
    wanted = seeds_in(desk.seeds).account_ids
    origin = Origin(
        seeds=True,
        password_hash=hashed(password) if public else demo_hash(),
        accounts={one: desk.circumstances.new_account_id(world) for one in wanted},
        drawn=len(wanted),
        emptied=emptied,
    )
    fill(desk.stores, world, seeds_in(desk.seeds), origin)
    return MadeWorld(world, name, _accounts(desk, origin, password))


def reset_world(desk: Desk, name: str) -> MadeWorld | WorldRefusal:
    """Set a world back to what it was when it was made: accounts, people, counters and clock."""
    world = desk.stores.worlds.named(name)
    if world is None:
        return WorldRefusal.UNKNOWN
    refusal = _begin(desk, name, world, Step.RESETTING)
    return refusal or _reset(desk, name, world)


def _reset(desk: Desk, name: str, world: WorldId) -> MadeWorld:
    """Set a world back that is marked for it."""
    origin = _origin(desk, world)
    with _at_it(desk, world):
        _withdraw(desk, world)
        for deposit in desk.stores.worlds.empty(world):
            desk.stores.files.discard(deposit)
        desk.stores.worlds.rewind(world, origin.drawn)
        desk.stores.attempts.forget(origin.accounts.values())
        fill(desk.stores, world, seeds_in(desk.seeds), origin)
    known = origin.seeds and _is_known_password(origin.password_hash)
    return MadeWorld(world, name, _accounts(desk, origin, DEMO_PASSWORD if known else None))


def delete_world(desk: Desk, name: str) -> WorldRefusal | None:
    """Delete a world with all that it holds, or return why not."""
    if name == DEFAULT_WORLD:
        return WorldRefusal.DEFAULT_STAYS
    world = desk.stores.worlds.named(name)
    if world is None:
        return WorldRefusal.UNKNOWN
    refusal = _begin(desk, name, world, Step.DELETING)
    if refusal is None:
        _delete(desk, world)
    return refusal


def _delete(desk: Desk, world: WorldId) -> None:
    """Delete a world that is marked for it."""
    with _at_it(desk, world):
        _withdraw(desk, world)
        for deposit in desk.stores.worlds.empty(world):
            desk.stores.files.discard(deposit)
        for deposit in desk.stores.worlds.delete(world):
            desk.stores.files.discard(deposit)


def moved_accounts(desk: Desk, world: WorldId) -> list[Account]:
    """Return the accounts that a world began with and whose password is another one now."""
    origin = _origin(desk, world)
    found = (desk.stores.organisations.account(one) for one in origin.accounts.values())
    return [one for one in found if one and one.password_hash != origin.password_hash]


def restore_passwords(desk: Desk, world: WorldId) -> None:
    """Give the accounts that a world began with the password that they had then."""
    for one in moved_accounts(desk, world):
        desk.stores.accounts.set_password(one.id, _origin(desk, world).password_hash)


def replace_seed_password(desk: Desk, world: WorldId, password: str) -> None:
    """Replace the password that a world began with, for the accounts that still have it."""
    origin, replaced = _origin(desk, world), hashed(password)
    moved = {account.id for account in moved_accounts(desk, world)}
    for account_id in set(origin.accounts.values()) - moved:
        desk.stores.accounts.set_password(account_id, replaced)
    desk.stores.worlds.set_origin(world, replace(origin, password_hash=replaced))


def worlds_with_the_known_password(desk: Desk) -> list[WorldId]:
    """Return the worlds whose accounts began with the password that everybody knows."""
    found = (desk.stores.worlds.named(name) for name in desk.stores.worlds.names())
    return [
        world
        for world in found
        if world is not None
        and (origin := _origin(desk, world)).seeds
        and _is_known_password(origin.password_hash)
    ]


@lru_cache(maxsize=256)
def _is_known_password(password_hash: str) -> bool:
    """Tell whether a hash is of the password that everybody knows; the worlds share few."""
    return agrees(password_hash, DEMO_PASSWORD)


def _default_hash(desk: Desk) -> str:
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    return "" if world is None else _origin(desk, world).password_hash


def worlds(desk: Desk) -> list[str]:
    """Return the names of the worlds, in their order."""
    return desk.stores.worlds.names()


def finish_worlds(desk: Desk, *, alone: bool) -> bool:
    """Finish what others were doing to worlds and have given up; tell whether there was any.

    Of a portal that is ``alone``, at its start, nobody can be at anything.
    """
    finished = False
    for name in desk.stores.worlds.unsettled():
        world = desk.stores.worlds.named(name)
        if world is None:
            continue
        origin = desk.stores.worlds.origin(world)
        if not alone and not _is_given_up(desk, name, origin):
            continue
        resets = name == DEFAULT_WORLD or origin.step is Step.RESETTING
        step, now = Step.RESETTING if resets else Step.DELETING, desk.circumstances.real()
        if not desk.stores.worlds.begin(world, step, now, now + _AT_IT, given_up=origin):
            continue  # somebody else has taken it over, or is at it after all
        finished = True
        if resets:
            _reset(desk, name, world)
        else:
            _delete(desk, world)
    return finished


def _is_given_up(desk: Desk, name: str, origin: Origin) -> bool:
    """Tell whether nobody is at a world any more; an older version has not said until when."""
    if origin.until is not None:
        return origin.until < desk.circumstances.real()
    return origin.step is not Step.MAKING or name == DEFAULT_WORLD


@contextmanager
def _at_it(desk: Desk, world: WorldId) -> Iterator[None]:
    """Say that somebody is at a world while the block runs; after a fault, that nobody is."""
    kept = desk.stores.worlds
    try:
        with desk.circumstances.beating(lambda: kept.hold(world, _until(desk)), None):
            yield
    except BaseException:
        with suppress(Exception):  # the time runs out by itself
            kept.hold(world, desk.circumstances.real() - timedelta(seconds=1))
        raise


def _until(desk: Desk) -> datetime:
    return desk.circumstances.real() + _AT_IT


def _origin(desk: Desk, world: WorldId) -> Origin:
    """Return what a world was made from; an older version kept that of none, but had one only."""
    origin = replace(desk.stores.worlds.origin(world), step=None, until=None)
    if origin.seeds or world != desk.stores.worlds.named(DEFAULT_WORLD):
        return origin
    first = desk.stores.organisations.account(AccountId(DEMO_ACCOUNT))
    return Origin(
        seeds=True,
        password_hash=first.password_hash if first else demo_hash(),
        accounts={one: one for one in seeds_in(desk.seeds).account_ids},
        emptied=origin.emptied,
    )


def _begin(desk: Desk, name: str, world: WorldId, step: Step) -> WorldRefusal | None:
    """Mark what is being done to a world, after what somebody else may be doing to it.

    Returns why it cannot be: the world is gone by then, or somebody is at it for longer than one
    who has died would be believed to be.
    """
    kept = desk.stores.worlds

    def begun_or_gone() -> bool:
        origin, now = kept.origin(world), desk.circumstances.real()
        given_up = origin if origin.step and _is_given_up(desk, name, origin) else None
        begun = kept.begin(world, step, now, now + _AT_IT, given_up=given_up)
        return begun or kept.named(name) != world

    if not desk.circumstances.wait(begun_or_gone, PATIENCE_WITH_OTHERS):
        return WorldRefusal.BUSY
    return None if kept.named(name) == world else WorldRefusal.UNKNOWN


def _withdraw(desk: Desk, world: WorldId) -> None:
    """Stop the treatments of a world, and wait until nobody is at them any more."""
    desk.stores.worlds.close(world)
    desk.circumstances.wait(lambda: not desk.stores.agenda.busy(world), PATIENCE)


def _accounts(desk: Desk, origin: Origin, password: str | None) -> list[MadeAccount]:
    made = []
    for seed_id, own in origin.accounts.items():
        account = desk.stores.organisations.account(own)
        if account is not None:
            made.append(MadeAccount(own, seed_id, account.organisation, password))
    return made

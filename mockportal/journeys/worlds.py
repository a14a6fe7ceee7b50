"""Worlds: made, set back to what they were when made, and deleted with all they hold.

What takes several transactions is begun by a mark in the world's row, so that a start finds what
was cut off (``finish_worlds``). A treatment that runs in a world that goes is withdrawn: its worker
stops at its next step, and only then do rows and files go.
"""

from dataclasses import dataclass, replace

from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.domain.organisations import Account, Organisation
from mockportal.domain.worlds import DEFAULT_WORLD, Origin, Step, WorldRefusal, is_world_name
from mockportal.journeys.desk import Desk
from mockportal.journeys.login import agrees, hashed
from mockportal.journeys.seeding import DEMO_ACCOUNT, DEMO_PASSWORD, demo_hash, fill, seeds_in

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
    ``--public``, one that is drawn.
    """
    if not is_world_name(name):
        return WorldRefusal.BAD_NAME
    try:
        world = desk.stores.worlds.create(name, step=Step.MAKING)
    except ValueError:
        return WorldRefusal.NAME_TAKEN
    if not seeds:
        fill(desk.stores, world, seeds_in(desk.seeds), Origin())
        return MadeWorld(world, name, [])
    password = desk.circumstances.new_secret() if desk.policy.public else DEMO_PASSWORD
    wanted = seeds_in(desk.seeds).account_ids
    origin = Origin(
        seeds=True,
        password_hash=hashed(password) if desk.policy.public else demo_hash(),
        accounts={one: desk.circumstances.new_account_id(world) for one in wanted},
        drawn=len(wanted),
    )
    fill(desk.stores, world, seeds_in(desk.seeds), origin)
    return MadeWorld(world, name, _accounts(desk, origin, password))


def reset_world(desk: Desk, name: str) -> MadeWorld | WorldRefusal:
    """Set a world back to what it was when it was made: accounts, people, counters and clock."""
    world = desk.stores.worlds.named(name)
    if world is None:
        return WorldRefusal.UNKNOWN
    if not _begin(desk, name, world, Step.RESETTING):
        return WorldRefusal.UNKNOWN
    origin = _origin(desk, world)
    _withdraw(desk, world)
    for deposit in desk.stores.worlds.empty(world):
        desk.stores.files.discard(deposit)
    desk.stores.worlds.rewind(world, origin.drawn)
    fill(desk.stores, world, seeds_in(desk.seeds), origin)
    known = origin.seeds and agrees(origin.password_hash, DEMO_PASSWORD)
    return MadeWorld(world, name, _accounts(desk, origin, DEMO_PASSWORD if known else None))


def delete_world(desk: Desk, name: str) -> WorldRefusal | None:
    """Delete a world with all that it holds, or return why not."""
    if name == DEFAULT_WORLD:
        return WorldRefusal.DEFAULT_STAYS
    world = desk.stores.worlds.named(name)
    if world is None:
        return WorldRefusal.UNKNOWN
    if not _begin(desk, name, world, Step.DELETING):
        return WorldRefusal.UNKNOWN
    _withdraw(desk, world)
    for deposit in desk.stores.worlds.empty(world):
        desk.stores.files.discard(deposit)
    for deposit in desk.stores.worlds.delete(world):
        desk.stores.files.discard(deposit)
    return None


def moved_accounts(desk: Desk, world: WorldId) -> list[Account]:
    """Return the accounts that a world began with and whose password is another one now."""
    origin = _origin(desk, world)
    found = (desk.stores.organisations.account(one) for one in origin.accounts.values())
    return [one for one in found if one and one.password_hash != origin.password_hash]


def restore_passwords(desk: Desk, world: WorldId) -> None:
    """Give the accounts that a world began with the password that they had then."""
    for one in moved_accounts(desk, world):
        desk.stores.accounts.set_password(one.id, _origin(desk, world).password_hash)


def worlds(desk: Desk) -> list[str]:
    """Return the names of the worlds, in their order."""
    return desk.stores.worlds.names()


def finish_worlds(desk: Desk) -> None:
    """Finish what an earlier process was doing to worlds, for a portal that starts and is alone."""
    for name in desk.stores.worlds.unsettled():
        world = desk.stores.worlds.named(name)
        if world is None:
            continue
        origin = desk.stores.worlds.origin(world)
        desk.stores.worlds.set_origin(world, replace(origin, step=None))  # so that it can begin
        if name == DEFAULT_WORLD or origin.step is Step.RESETTING:
            reset_world(desk, name)
        else:
            delete_world(desk, name)


def _origin(desk: Desk, world: WorldId) -> Origin:
    """Return what a world was made from; an older version kept that of none, but had one only."""
    origin = replace(desk.stores.worlds.origin(world), step=None)
    if origin.seeds or world != desk.stores.worlds.named(DEFAULT_WORLD):
        return origin
    first = desk.stores.organisations.account(AccountId(DEMO_ACCOUNT))
    return Origin(
        seeds=True,
        password_hash=first.password_hash if first else demo_hash(),
        accounts={one: one for one in seeds_in(desk.seeds).account_ids},
    )


def _begin(desk: Desk, name: str, world: WorldId, step: Step) -> bool:
    """Mark what is being done to a world, after what somebody else may be doing to it.

    Tells whether it is still there.
    """
    kept = desk.stores.worlds

    def begun_or_gone() -> bool:
        return kept.begin(world, step) or kept.named(name) != world

    if not desk.circumstances.wait(begun_or_gone, PATIENCE):
        # Whoever began something else has died over it.
        kept.set_origin(world, replace(kept.origin(world), step=step))
    return kept.named(name) == world


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

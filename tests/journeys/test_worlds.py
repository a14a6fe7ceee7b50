"""Worlds as they are made, reset and deleted."""

from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from time import perf_counter
from typing import cast

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.domain.clocks import WorldClock
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import AccountId, ClientId, WorldId
from mockportal.domain.organisations import Account
from mockportal.domain.processing import Mode, Processing
from mockportal.domain.uploads import UploadRefusal
from mockportal.domain.worlds import DEFAULT_WORLD, Step, WorldRefusal
from mockportal.journeys.consult import deposits_of
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.known_ports import Registry
from mockportal.journeys.login import log_in
from mockportal.journeys.seeding import DEMO_ACCOUNT, DEMO_PASSWORD, seed
from mockportal.journeys.work import take_over
from mockportal.journeys.worlds import (
    MadeWorld,
    create_world,
    delete_world,
    reset_world,
    worlds,
)
from mockportal.pacing import Patience
from mockportal.settings import Settings
from tests.builders import a_new_holder
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import at_work, deposited, seen

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
FLUX = a_flux_xml(a_passage_xml("T-1", KNOWN))


def made(desk: Desk, name: str, *, seeds: bool = True) -> MadeWorld:
    world = create_world(desk, name, seeds=seeds)
    assert isinstance(world, MadeWorld), world
    return world


def the_certifier(desk: Desk, world: MadeWorld) -> Account:
    found = desk.stores.organisations.account(world.accounts[0].id)
    assert found is not None
    return found


def deposit(desk: Desk, account: Account, flux: bytes = FLUX) -> Deposit:
    return deposited(desk, account, "flux.xml", BytesIO(flux))


def files_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.joinpath("files").rglob("*"))


def test_a_copy_of_the_seeds_has_their_accounts_under_identifiers_of_its_own(
    portal: Portal,
) -> None:
    world = made(portal.desk, "classe-3")

    assert [one.seed_id for one in world.accounts] == ["CERT00001", "CERT00002", "DEPO00001"]
    assert not {one.id for one in world.accounts} & {one.seed_id for one in world.accounts}
    for one in world.accounts:
        logged_in = portal.log_in(one.id, one.password or "")
        assert logged_in is not None
        assert logged_in.organisation == one.organisation
        assert logged_in.organisation.world == world.id


def test_a_copy_of_the_seeds_treats_a_deposit_as_the_default_world_does(portal: Portal) -> None:
    world = made(portal.desk, "classe-3")

    assert deposit(portal.desk, the_certifier(portal.desk, world)).status is Status.ACCEPTED


def test_the_password_of_a_copy_is_drawn_where_the_portal_is_public(tmp_path: Path) -> None:
    with assemble(Settings(data=tmp_path, public=True)) as portal:
        one, other = made(portal.desk, "one"), made(portal.desk, "other")

        passwords = [world.accounts[0].password for world in (one, other)]
        assert len({*passwords, portal.drawn_password, "mockportal"}) == 4
        assert portal.log_in(one.accounts[0].id, passwords[0] or "") is not None


def test_it_is_drawn_too_where_a_command_works_on_the_folder_of_a_public_portal(
    tmp_path: Path,
) -> None:
    with assemble(Settings(data=tmp_path, public=True)):
        pass

    with assemble(Settings(data=tmp_path)) as portal:  # as commands do: they know no --public
        copy = made(portal.desk, "copy")

        assert log_in(portal.desk, copy.accounts[0].id, DEMO_PASSWORD) is None


def test_a_portal_that_becomes_public_draws_the_passwords_of_its_copies_anew(
    tmp_path: Path,
) -> None:
    with assemble(Settings(data=tmp_path)) as portal:
        copy = made(portal.desk, "copy")
        assert log_in(portal.desk, copy.accounts[0].id, DEMO_PASSWORD) is not None

    with assemble(Settings(data=tmp_path, public=True)) as portal:
        assert log_in(portal.desk, copy.accounts[0].id, DEMO_PASSWORD) is None
        assert portal.drawn_password is not None
        assert log_in(portal.desk, copy.accounts[0].id, portal.drawn_password) is not None


def test_an_empty_world_holds_nothing(portal: Portal) -> None:
    world = made(portal.desk, "vide", seeds=False)

    assert world.accounts == []
    assert portal.desk.stores.registry.count(world.id) == 0
    assert portal.desk.stores.references.certifications(world.id) == []


@pytest.mark.embedded
def test_a_copy_of_the_seeds_is_made_in_under_100_ms(portal: Portal) -> None:
    def seconds(number: int) -> float:
        begun = perf_counter()
        made(portal.desk, f"w{number}")
        return perf_counter() - begun

    # The least of several: what else the machine does at the time is no part of it.
    assert min(seconds(number) for number in range(9)) < 0.1


@pytest.mark.parametrize("name", ["", "x" * 101, "é", "a b", "../a", "a/b", "a?b", ".hidden", "-x"])
def test_a_bad_name_is_refused(portal: Portal, name: str) -> None:
    assert create_world(portal.desk, name) is WorldRefusal.BAD_NAME


@pytest.mark.parametrize("name", ["a", "x" * 100, "test_a.b-C_9"])
def test_a_good_name_is_taken_once(portal: Portal, name: str) -> None:
    made(portal.desk, name)

    assert create_world(portal.desk, name) is WorldRefusal.NAME_TAKEN


def test_an_unknown_world_is_neither_reset_nor_deleted(portal: Portal) -> None:
    assert reset_world(portal.desk, "none") is WorldRefusal.UNKNOWN
    assert delete_world(portal.desk, "none") is WorldRefusal.UNKNOWN


def test_the_default_world_stays(portal: Portal) -> None:
    assert delete_world(portal.desk, DEFAULT_WORLD) is WorldRefusal.DEFAULT_STAYS


def test_the_worlds_are_listed_by_name(portal: Portal) -> None:
    for name in ("b", "a"):
        made(portal.desk, name, seeds=False)

    assert worlds(portal.desk) == ["a", "b", "default"]


def use(desk: Desk, world: WorldId, account: Account) -> None:
    """Leave a trace in all that a world holds."""
    deposit(desk, account)
    deposit(desk, account, a_flux_xml(a_passage_xml("T-2")))
    deposit(desk, account, b"nothing of the kind")
    desk.stores.worlds.set_clock(world, WorldClock(timedelta(days=3)))
    desk.stores.worlds.set_processing(world, Processing(Mode.MANUAL))
    desk.stores.registry.add(world, [a_new_holder()])
    desk.stores.organisations.add(world, account.organisation.kind, "New", ClientId("03TST009"))


@pytest.mark.parametrize("name", [DEFAULT_WORLD, "classe-3"])
def test_a_reset_world_is_as_it_was_when_it_was_made(
    portal: Portal, tmp_path: Path, name: str
) -> None:
    desk = portal.desk
    if name != DEFAULT_WORLD:
        made(desk, name)
    before = reset_world(desk, name)
    assert isinstance(before, MadeWorld)
    use(desk, before.id, the_certifier(desk, before))

    after = reset_world(desk, name)

    assert isinstance(after, MadeWorld)
    assert [(one.id, one.seed_id, one.password) for one in after.accounts] == [
        (one.id, one.seed_id, one.password) for one in before.accounts
    ]
    account = the_certifier(desk, after)
    assert portal.log_in(account.id, "mockportal") is not None
    assert deposits_of(desk, account).total == 0
    assert files_in(tmp_path) == []
    assert desk.stores.worlds.clock(after.id) == WorldClock()
    assert desk.stores.worlds.processing(after.id) is None
    assert desk.stores.registry.nirs_taken(after.id, {a_new_holder().nir}) == set()
    assert desk.stores.organisations.with_client_id(after.id, ClientId("03TST009")) is None
    assert deposit(desk, account).processing_id == 1


def test_a_reset_world_that_began_empty_is_empty(portal: Portal) -> None:
    world = made(portal.desk, "vide", seeds=False)
    portal.desk.stores.registry.add(world.id, [a_new_holder()])

    after = reset_world(portal.desk, "vide")

    assert isinstance(after, MadeWorld)
    assert after.accounts == []
    assert portal.desk.stores.registry.count(world.id) == 0


def test_a_reset_world_draws_again_what_it_drew_with_the_same_seed(tmp_path: Path) -> None:
    with assemble(Settings(data=tmp_path, seed=7)) as portal:
        world = made(portal.desk, "classe-3")
        first = deposit(portal.desk, the_certifier(portal.desk, world))
        reset_world(portal.desk, "classe-3")

        again = deposit(portal.desk, the_certifier(portal.desk, world))

        assert again.id == first.id


def test_a_reset_and_a_deletion_leave_other_worlds_alone(portal: Portal, tmp_path: Path) -> None:
    desk = portal.desk
    kept, gone = made(desk, "kept"), made(desk, "gone")
    account = the_certifier(desk, kept)
    use(desk, kept.id, account)
    use(desk, gone.id, the_certifier(desk, gone))
    people = desk.stores.registry.count(kept.id)
    shown = deposits_of(desk, account)

    reset_world(desk, DEFAULT_WORLD)
    delete_world(desk, "gone")

    assert deposits_of(desk, account) == shown
    assert desk.stores.registry.count(kept.id) == people
    assert {path.name for path in (tmp_path / "files").iterdir()} == {one.id for one in shown.items}


def test_a_deleted_world_is_gone_with_its_accounts_and_files(
    portal: Portal, tmp_path: Path
) -> None:
    desk = portal.desk
    world = made(desk, "gone")
    use(desk, world.id, the_certifier(desk, world))

    assert delete_world(desk, "gone") is None

    assert worlds(desk) == [DEFAULT_WORLD]
    assert desk.stores.organisations.account(world.accounts[0].id) is None
    assert desk.stores.registry.count(world.id) == 0
    assert files_in(tmp_path) == []
    assert isinstance(create_world(desk, "gone"), MadeWorld)


@pytest.mark.parametrize("goes", ["reset", "delete"])
def test_a_world_goes_while_a_treatment_runs_and_the_worker_goes_on(
    portal: Portal, tmp_path: Path, goes: str
) -> None:
    desk = portal.desk
    world, other = made(desk, "busy"), made(desk, "other")
    large = a_flux_xml(*(a_passage_xml(f"T-{n}", KNOWN) for n in range(30_000)))
    with at_work(portal):
        begun = deposit_file(desk, the_certifier(desk, world), Upload("flux.xml", BytesIO(large)))
        assert isinstance(begun, Deposit)
        assert Patience().wait_until(lambda: seen(desk, begun.id).accepted > 0, 30)
        assert seen(desk, begun.id).status is Status.PROCESSING

        outcome = reset_world(desk, "busy") if goes == "reset" else delete_world(desk, "busy")

        assert not isinstance(outcome, WorldRefusal)
        assert desk.stores.deposits.get(begun.id) is None
        assert files_in(tmp_path) == []
        sent = deposit_file(desk, the_certifier(desk, other), Upload("flux.xml", BytesIO(FLUX)))
        assert isinstance(sent, Deposit)
        assert Patience().wait_until(lambda: seen(desk, sent.id).status is Status.ACCEPTED, 30)
    assert {path.name for path in (tmp_path / "files").iterdir()} == {sent.id}


class Interrupted(BytesIO):
    """A file during whose upload something else happens."""

    def __init__(self, content: bytes, happens: object) -> None:
        super().__init__(content)
        self._happens = happens

    def read(self, size: int | None = -1, /) -> bytes:
        if callable(self._happens) and self.tell() == 0:
            self._happens()
        return super().read(size)


@pytest.mark.parametrize("journey", [reset_world, delete_world])
def test_an_upload_into_a_world_that_goes_meanwhile_is_refused_or_recorded_whole(
    portal: Portal, tmp_path: Path, journey: object
) -> None:
    desk = portal.desk
    account = the_certifier(desk, made(desk, "gone"))
    assert callable(journey)
    content = Interrupted(FLUX, lambda: journey(desk, "gone"))

    outcome = deposit_file(desk, account, Upload("flux.xml", content))

    if journey is delete_world:
        assert outcome is UploadRefusal.PORTAL_RESET
        assert files_in(tmp_path) == []
    elif isinstance(outcome, Deposit):
        assert deposits_of(desk, account).items[0].id == outcome.id
    else:
        assert files_in(tmp_path) == []


def test_a_deposit_whose_account_is_no_longer_there_is_refused(
    portal: Portal, tmp_path: Path
) -> None:
    account = the_certifier(portal.desk, made(portal.desk, "gone"))
    stranger = replace(account, id=AccountId("NOBODY000"))

    outcome = deposit_file(portal.desk, stranger, Upload("flux.xml", BytesIO(FLUX)))

    assert outcome is UploadRefusal.PORTAL_RESET
    assert files_in(tmp_path) == []


@pytest.mark.parametrize(
    ("step", "left"),
    [(Step.MAKING, []), (Step.DELETING, []), (Step.RESETTING, ["cut-off"])],
)
def test_what_was_cut_off_is_finished_at_the_next_start(
    portal: Portal, step: Step, left: list[str]
) -> None:
    desk = portal.desk
    world = made(desk, "cut-off")
    use(desk, world.id, the_certifier(desk, world))
    assert desk.stores.worlds.begin(world.id, step)

    take_over(desk)

    assert [name for name in worlds(desk) if name != DEFAULT_WORLD] == left
    assert desk.stores.worlds.unsettled() == []
    if left:
        assert deposits_of(desk, the_certifier(desk, world)).total == 0


def test_a_half_made_default_world_is_whole_after_the_next_start(portal: Portal) -> None:
    desk = portal.desk
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    people = desk.stores.registry.count(world)
    for _ in desk.stores.worlds.empty(world):
        pass
    assert desk.stores.worlds.begin(world, Step.MAKING)

    take_over(desk)

    assert desk.stores.registry.count(world) == people
    assert portal.log_in("CERT00001", "mockportal") is not None


class FullDisk:
    """A registry that cannot take anybody in."""

    def add(self, _world: WorldId, _people: object) -> int:
        raise OSError("no space left on device")


def test_a_portal_cut_off_while_it_was_seeded_has_the_password_that_was_drawn_for_it(
    portal: Portal,
) -> None:
    desk = portal.desk
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    desk.stores.worlds.delete(world)
    failing = replace(desk.stores, registry=cast("Registry", FullDisk()), unrecorded=None)

    with pytest.raises(OSError, match="no space left"):
        seed(failing, desk.seeds, "drawn")
    take_over(desk)

    assert desk.stores.worlds.unsettled() == []
    assert log_in(desk, DEMO_ACCOUNT, DEMO_PASSWORD) is None
    assert log_in(desk, DEMO_ACCOUNT, "drawn") is not None

"""A world is reset or deleted while everything is going on in it: all of it ends well."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event, Thread
from typing import Self

import pytest

from mockportal.assembly import Portal
from mockportal.domain.deposits import Deposit, VanishedError
from mockportal.domain.identifiers import AccountId, ClientId, TechnicalId
from mockportal.domain.organisations import Account, Kind
from mockportal.domain.uploads import UploadRefusal
from mockportal.domain.worlds import DEFAULT_WORLD, Step, WorldRefusal
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.furnish import add_people
from mockportal.journeys.learn import learn_bytes
from mockportal.journeys.login import LoginRefusal
from mockportal.journeys.modify import modify
from mockportal.journeys.upkeep import upkeep
from mockportal.journeys.work import join
from mockportal.journeys.worlds import MadeWorld, create_world, delete_world, reset_world
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import at_work

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
SMALL = a_flux_xml(a_passage_xml("S-1", KNOWN))
LARGE = a_flux_xml(*(a_passage_xml(f"L-{n}", KNOWN) for n in range(2_000)))
IDENTIFIERS = [TechnicalId("S-1"), TechnicalId("L-7")]
PAUSES = (0.0, 0.01, 0.05, 0.2, 0.5)


class Crowd:
    """Many who are at work in one world, each in a thread, until it is told to stop."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._over = Event()
        self.faults: list[str] = []
        self.did: Counter[str] = Counter()
        tasks = (self._upload, self._upload, self._upload_large, self._learn, self._modify)
        self._threads = [Thread(target=self._again, args=(task,)) for task in tasks]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def _again(self, task: Callable[[Account, int], None]) -> None:
        number = 0
        while not self._over.is_set():
            number += 1
            try:
                account = self._account()
                if account is not None:
                    task(account, number)
                    self.did[task.__name__] += 1
            except VanishedError:
                self.did["vanished"] += 1
            except Exception as fault:  # noqa: BLE001  # told by the test
                self.faults.append(f"{task.__name__}: {fault!r}")
            time.sleep(0.005)

    def _account(self) -> Account | None:
        world = self._desk.stores.worlds.named("busy")
        if world is None:
            return None
        accounts = self._desk.stores.organisations.of_world(world, 5)
        return next((one for one in accounts if one.organisation.kind is Kind.CERTIFIER), None)

    def _upload(self, account: Account, _number: int, content: bytes = SMALL) -> None:
        sender = account.organisation.client_id.encode()
        upload = Upload("flux.xml", BytesIO(content.replace(b"03TST001", sender)))
        made = deposit_file(self._desk, account, upload)
        assert isinstance(made, Deposit) or made is UploadRefusal.PORTAL_RESET

    def _upload_large(self, account: Account, number: int) -> None:
        self._upload(account, number, LARGE)

    def _learn(self, account: Account, number: int) -> None:
        learned = SMALL.replace(b"03TST001", b"03L%05d" % number)
        learn_bytes(self._desk, account.organisation.world, learned)

    def _modify(self, account: Account, number: int) -> None:
        for passage in self._desk.stores.passages.named(account.organisation, IDENTIFIERS):
            modify(self._desk, account, passage.id, {"verbatim": f"{number}"})


@pytest.mark.parametrize("goes", [reset_world, delete_world])
def test_it_goes_while_all_are_at_work_in_it(
    portal: Portal, tmp_path: Path, goes: Callable[[Desk, str], object]
) -> None:
    desk = replace(portal.desk, policy=replace(portal.desk.policy, open_registry=True))
    create_world(desk, "busy")
    with at_work(replace(portal, desk=desk)):
        with Crowd(desk) as crowd:
            for pause in PAUSES:
                time.sleep(pause)
                assert not isinstance(goes(desk, "busy"), WorldRefusal)
                create_world(desk, "busy")
        assert isinstance(reset_world(desk, "busy"), MadeWorld)

    assert crowd.faults == []
    assert min(crowd.did[one] for one in ("_upload", "_learn")) > 0
    assert not list((tmp_path / "files").iterdir())
    assert desk.stores.worlds.unsettled() == []


def test_nothing_is_recorded_in_a_world_that_is_being_emptied(portal: Portal) -> None:
    desk = portal.desk
    account = desk.stores.organisations.account(AccountId("CERT00001"))
    assert account is not None
    assert desk.stores.worlds.begin(account.organisation.world, Step.RESETTING)

    made = deposit_file(desk, account, Upload("flux.xml", BytesIO(SMALL)))

    assert made is UploadRefusal.PORTAL_RESET
    with pytest.raises(VanishedError):
        learn_bytes(desk, account.organisation.world, SMALL)
    with pytest.raises(VanishedError):
        add_people(desk, account.organisation.world, [])


@pytest.mark.parametrize("goes", [reset_world, delete_world])
def test_nobody_takes_a_world_over_from_one_who_is_at_it(
    portal: Portal, goes: Callable[[Desk, str], object]
) -> None:
    waited: list[float] = []

    def wait(so: Callable[[], bool], seconds: float) -> bool:
        waited.append(seconds)
        return so()

    hurried = replace(portal.desk.circumstances, wait=wait)
    desk = replace(portal.desk, circumstances=hurried)
    made = create_world(desk, "busy")
    assert isinstance(made, MadeWorld)
    people, now = desk.stores.registry.count(made.id), desk.circumstances.real()
    lease = timedelta(minutes=1)
    assert desk.stores.worlds.begin(made.id, Step.RESETTING, now, now + lease)

    assert goes(desk, "busy") is WorldRefusal.BUSY

    assert desk.stores.registry.count(made.id) == people
    assert waited[0] > lease.total_seconds(), "one who has died is taken over from"
    desk.stores.worlds.hold(made.id, now - timedelta(seconds=1))
    assert not isinstance(goes(desk, "busy"), WorldRefusal)


@pytest.mark.parametrize("finish", [join, upkeep])
def test_what_was_cut_off_is_finished_though_others_may_be_there(
    portal: Portal, finish: Callable[[Desk], object]
) -> None:
    desk = portal.desk
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    people, now = desk.stores.registry.count(world), desk.circumstances.real()
    assert desk.stores.worlds.begin(world, Step.RESETTING, now, now + timedelta(minutes=1))
    assert list(desk.stores.worlds.empty(world)) == []
    finish(desk)
    assert desk.stores.registry.count(world) == 0, "somebody is at it"

    desk.stores.worlds.hold(world, now - timedelta(seconds=1))
    finish(desk)

    assert desk.stores.registry.count(world) == people
    assert desk.stores.worlds.unsettled() == []


def test_a_reset_that_failed_is_done_again_and_locks_nobody_out(portal: Portal) -> None:
    desk = portal.desk
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    broken = replace(desk, seeds=desk.seeds / "gone")
    for _ in range(20):
        portal.knock("CERT00001", "wrong", "10.0.0.1")
    with pytest.raises(OSError, match="gone"):
        reset_world(broken, DEFAULT_WORLD)
    assert desk.stores.worlds.unsettled() == [DEFAULT_WORLD]
    for _ in range(20):
        assert portal.knock("CERT00001", "mockportal", "10.0.0.2") is LoginRefusal.WRONG

    assert isinstance(reset_world(desk, DEFAULT_WORLD), MadeWorld)

    for source in ("10.0.0.1", "10.0.0.2"):
        assert isinstance(portal.knock("CERT00001", "mockportal", source), Account)


def test_an_organisation_may_be_called_as_before(portal: Portal) -> None:
    world = portal.desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    reset_world(portal.desk, DEFAULT_WORLD)

    found = portal.desk.stores.organisations.with_client_id(
        world, ClientId("03TST001"), Kind.CERTIFIER
    )

    assert found is not None

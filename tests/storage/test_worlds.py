from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event
from time import perf_counter

import pytest
from sqlalchemy import Engine, func, select

from mockportal.domain.clocks import WorldClock
from mockportal.domain.deposits import Taken, VanishedError
from mockportal.domain.identifiers import AccountId, DepositId, WorldId
from mockportal.domain.mails import Letter
from mockportal.domain.processing import Mode, Processing
from mockportal.domain.worlds import Origin, Step
from mockportal.journeys.ports import Stores
from mockportal.storage.tables import metadata
from tests.builders import (
    NOON,
    a_certification,
    a_file_error,
    a_new_holder,
    a_piece,
    a_rejected_passage,
    a_suppressed_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter, stage


def test_a_world_is_found_by_its_name(stores: Stores) -> None:
    made = stores.worlds.create("classe-3")

    assert stores.worlds.named("classe-3") == made


def test_an_unknown_world_is_none(stores: Stores) -> None:
    assert stores.worlds.named("classe-3") is None


def test_each_world_has_a_number_of_its_own(stores: Stores) -> None:
    assert stores.worlds.create("one") != stores.worlds.create("other")


def test_a_name_is_taken_once(stores: Stores) -> None:
    stores.worlds.create("classe-3")

    with pytest.raises(ValueError, match="classe-3"):
        stores.worlds.create("classe-3")


def test_what_a_world_was_made_from_is_kept(stores: Stores, world: WorldId) -> None:
    origin = Origin(
        seeds=True,
        password_hash="a hash",
        accounts={"CERT00001": AccountId("ABCDEFGHI")},
        drawn=3,
        step=Step.RESETTING,
    )

    stores.worlds.set_origin(world, origin)

    assert stores.worlds.origin(world) == origin


def test_one_thing_at_a_time_is_done_to_a_world(stores: Stores, world: WorldId) -> None:
    assert stores.worlds.begin(world, Step.RESETTING)
    assert not stores.worlds.begin(world, Step.DELETING)
    assert stores.worlds.unsettled() == ["default"]

    stores.worlds.set_origin(world, Origin())

    assert stores.worlds.unsettled() == []
    assert stores.worlds.begin(world, Step.DELETING)


def test_what_was_given_up_is_taken_over_once_and_not_from_one_who_goes_on(
    stores: Stores, world: WorldId
) -> None:
    assert stores.worlds.begin(world, Step.RESETTING, NOON, NOON)
    before = stores.worlds.origin(world)
    stores.worlds.hold(world, NOON + timedelta(minutes=1))
    assert not stores.worlds.begin(world, Step.RESETTING, NOON, given_up=before)

    held = stores.worlds.origin(world)

    assert stores.worlds.begin(world, Step.RESETTING, NOON, given_up=held)
    assert not stores.worlds.begin(world, Step.RESETTING, NOON, given_up=held)


def test_a_world_that_is_being_deleted_is_not_listed(stores: Stores, world: WorldId) -> None:
    stores.worlds.create("other")
    assert stores.worlds.begin(world, Step.DELETING)

    assert stores.worlds.names() == ["other"]


def test_a_world_that_is_gone_is_no_fault_but_where_its_time_is_asked(
    stores: Stores, world: WorldId
) -> None:
    assert stores.worlds.delete(world) == []

    assert list(stores.worlds.empty(world)) == []
    assert not stores.worlds.begin(world, Step.DELETING)
    for asked in (stores.worlds.clock, stores.worlds.drawn):
        with pytest.raises(VanishedError):
            asked(world)


def test_a_rewound_world_counts_from_the_start(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.records("deposit-1")
    stores.worlds.drawn(world)
    stores.worlds.set_clock(world, WorldClock(timedelta(days=2), NOON))
    stores.worlds.set_processing(world, Processing(Mode.MANUAL))
    assert list(stores.worlds.empty(world)) == ["deposit-1"]

    stores.worlds.rewind(world, 4)

    assert stores.worlds.drawn(world) == ("default", 5)
    assert stores.worlds.clock(world) == WorldClock()
    assert stores.worlds.processing(world) is None
    again = at_counter(stores, world, "03TST001", "CERT00001")
    assert again.records("deposit-1").processing_id == 1


def fill(stores: Stores, world: WorldId, account: str) -> None:
    """Leave something in each table of a world."""
    counter = at_counter(stores, world, "03TST001", account)
    stores.references.add(world, [a_certification()])
    stores.registry.add(world, [a_new_holder(training_file="310900001")])
    made = f"{account}-1"
    counter.publishes(an_accepted_passage(), a_rejected_passage("T-2", 1), deposit_id=made)
    client = counter.organisation.client_id
    counter.publishes(
        a_suppressed_passage("T-1"),
        deposit_id=f"{account}-2",
        outline=an_outline(sender=client, certifier=client, action="SUPPRESSION"),
    )
    counter.records(f"{account}-3")
    stores.deposits.refuse(DepositId(f"{account}-3"), [a_file_error()], NOON)
    counter.takes(f"{account}-4")
    stores.outbox.add(world, "a@example.org", Letter("Objet", "Texte"), NOON)


def counts(engine: Engine) -> dict[str, int]:
    """Return how many rows each table has."""
    with engine.connect() as connection:
        return {
            table.name: connection.scalar(select(func.count()).select_from(table)) or 0
            for table in metadata.sorted_tables
        }


@pytest.mark.parametrize("deleted", [True, False])
def test_an_emptied_world_leaves_no_row_and_others_keep_theirs(
    stores: Stores, engine: Engine, deleted: bool
) -> None:
    kept, gone = stores.worlds.create("kept"), stores.worlds.create("gone")
    fill(stores, kept, "KEPT00001")
    before = counts(engine)
    fill(stores, gone, "GONE00001")
    filled = {name for name, rows in counts(engine).items() if rows > before[name]}
    assert filled == {name for name, rows in before.items() if rows} - {"worlds"}
    assert filled > {"accounts", "file_errors", "holders", "passage_events", "passages"}

    went = set(stores.worlds.empty(gone))
    if deleted:
        assert stores.worlds.delete(gone) == []

    assert went == {f"GONE00001-{n}" for n in range(1, 5)}
    assert counts(engine) == {**before, "worlds": before["worlds"] - deleted}


def test_what_is_recorded_in_a_world_meanwhile_goes_with_it(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.records("deposit-1")

    assert stores.worlds.delete(world) == ["deposit-1"]
    assert stores.deposits.get(DepositId("deposit-1")) is None


class TestClosed:
    """A world whose deposits are withdrawn, before they go."""

    def test_no_worker_takes_a_deposit(self, stores: Stores, certifier: Counter) -> None:
        certifier.takes("deposit-1")
        stores.agenda.schedule(DepositId("deposit-1"), NOON, None)

        stores.worlds.close(certifier.organisation.world)

        assert stores.agenda.claim() is None
        assert stores.agenda.next_due(certifier.organisation.world) is None

    def test_no_worker_goes_on_with_a_deposit(self, stores: Stores, certifier: Counter) -> None:
        certifier.takes("deposit-1")
        certifier.records("deposit-2")
        stores.worlds.close(certifier.organisation.world)
        one, other = DepositId("deposit-1"), DepositId("deposit-2")

        for step in (
            lambda: stage(stores, one, [(a_piece(), [an_accepted_passage()])]),
            lambda: stores.deposits.publish(one, NOON),
            lambda: stores.agenda.schedule(one, NOON, None),
            lambda: stores.deposits.refuse(other, [a_file_error()], NOON),
            lambda: stores.deposits.take(other, Taken(an_outline()), [a_piece()], []),
        ):
            with pytest.raises(VanishedError):
                step()

    def test_what_had_ended_is_left_alone(self, stores: Stores, certifier: Counter) -> None:
        ended = certifier.publishes(an_accepted_passage())

        stores.worlds.close(certifier.organisation.world)

        assert stores.deposits.get(ended.id) == ended

    def test_it_is_busy_while_somebody_holds_a_deposit(
        self, stores: Stores, certifier: Counter
    ) -> None:
        world = certifier.organisation.world
        certifier.takes("deposit-1")
        stores.agenda.schedule(DepositId("deposit-1"), NOON, None)
        assert not stores.agenda.busy(world)
        assert stores.agenda.claim() == "deposit-1"

        stores.worlds.close(world)

        assert stores.agenda.busy(world)
        stores.agenda.free(DepositId("deposit-1"))
        assert not stores.agenda.busy(world)


@pytest.mark.slow
def test_a_hundred_thousand_passages_go_in_seconds_and_let_others_write(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    other = stores.worlds.create("other")
    client = certifier.organisation.client_id
    certifier.takes(
        "deposit-1",
        outline=an_outline(sender=client, certifier=client, passages=100_000),
        pieces=10,
    )
    for number in range(10):
        verdicts = [
            an_accepted_passage(f"T-{number}-{n}", n)
            if n % 5
            else a_rejected_passage(f"T-{number}-{n}", n)
            for n in range(10_000)
        ]
        stage(stores, DepositId("deposit-1"), [(a_piece(number), verdicts)])
    over, waited = Event(), [0.0]

    def write() -> None:
        while not over.is_set():
            begun = perf_counter()
            stores.worlds.drawn(other)
            waited.append(perf_counter() - begun)
            over.wait(0.01)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        begun = perf_counter()
        for _ in stores.worlds.empty(world):
            pass
        seconds = perf_counter() - begun
        over.set()
        writing.result()

    assert seconds < 60
    assert max(waited) < 5
    assert len(waited) > 20

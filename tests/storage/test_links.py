from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from mockportal.domain.identifiers import AccountId, ClientId, ContractId, WorldId
from mockportal.domain.organisations import Kind
from mockportal.domain.registrations import Candidate, Person, Registration
from mockportal.journeys.ports import Stores
from tests.builders import NOON, a_new_account
from tests.storage.conftest import Counter

HOUR = timedelta(hours=1)
LATER = NOON + HOUR
FIRST = AccountId("CERT00001")


def a_registration(world: WorldId, draft: str = "draft-1") -> Registration:
    return Registration(
        draft=draft,
        world=world,
        candidate=Candidate(
            kind=Kind.CERTIFIER,
            client_id=ClientId("03TST005"),
            contract=ContractId("MCFCER100005"),
            certifier=ClientId(""),
        ),
        person=Person(first_name="Odilon", last_name="Farge", email="odilon@brumelande.test"),
        password_hash="hash",
    )


@pytest.fixture
def free(stores: Stores, world: WorldId) -> int:
    """Return the number of an organisation without an account."""
    return stores.organisations.add(world, Kind.CERTIFIER, "Free", ClientId("03TST005")).id


class TestRegistrations:
    def test_one_is_read_as_it_was_kept(self, stores: Stores, world: WorldId) -> None:
        registration = a_registration(world)

        assert stores.links.register("digest", registration, LATER)

        assert stores.links.registration("digest", NOON) == registration
        assert stores.links.registration("another", NOON) is None

    def test_a_form_counts_once(self, stores: Stores, world: WorldId) -> None:
        stores.links.register("digest", a_registration(world), LATER)

        again = replace(a_registration(world), password_hash="other")

        assert not stores.links.register("other", again, LATER)
        assert stores.links.registration("other", NOON) is None

    def test_one_expires_by_the_moment(self, stores: Stores, world: WorldId, free: int) -> None:
        stores.links.register("digest", a_registration(world), LATER)
        just_before = LATER - timedelta(microseconds=1)

        assert stores.links.registration("digest", just_before) is not None
        assert stores.links.registration("digest", LATER) is None
        assert stores.links.admit("digest", LATER, free, a_new_account()) is None
        assert stores.organisations.accounts(free) == []

    def test_an_account_comes_of_one_and_uses_it_up(
        self, stores: Stores, world: WorldId, free: int
    ) -> None:
        stores.links.register("digest", a_registration(world), LATER)

        made = stores.links.admit("digest", NOON, free, a_new_account())

        assert made == stores.organisations.account(FIRST)
        assert stores.links.registration("digest", NOON) is None

    def test_an_organisation_that_has_an_account_gets_no_other_by_one(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        stores.links.register("digest", a_registration(world), LATER)
        taken = certifier.organisation.id

        assert stores.links.admit("digest", NOON, taken, a_new_account("CERT00009")) is None
        assert stores.links.registration("digest", NOON) is not None

    def test_many_at_once_make_one_account(self, stores: Stores, world: WorldId, free: int) -> None:
        for number in range(8):
            stores.links.register(f"digest-{number}", a_registration(world, f"d-{number}"), LATER)

        def admit(number: int) -> bool:
            account = a_new_account(f"CERT1000{number}")
            return stores.links.admit(f"digest-{number}", NOON, free, account) is not None

        with ThreadPoolExecutor(8) as pool:
            admitted = list(pool.map(admit, range(8)))

        assert sum(admitted) == 1
        assert len(stores.organisations.accounts(free)) == 1

    def test_expired_ones_are_forgotten_the_others_are_not(
        self, stores: Stores, world: WorldId
    ) -> None:
        stores.links.register("old", a_registration(world, "old"), NOON)
        stores.links.register("new", a_registration(world, "new"), LATER)

        stores.links.forget_expired(NOON)

        assert stores.links.register("again", a_registration(world, "old"), LATER)
        assert stores.links.registration("new", NOON) is not None


class TestPasswordLinks:
    def test_one_tells_whose_it_is_until_it_expires(
        self, stores: Stores, certifier: Counter
    ) -> None:
        stores.links.offer("digest", FIRST, LATER)

        offered = stores.links.offered("digest", NOON)
        assert offered is not None
        assert offered.id == certifier.account
        assert stores.links.offered("digest", LATER) is None
        assert stores.links.take("digest", LATER, "new") is None

    def test_one_replaces_the_password_once_and_takes_the_others_along(
        self, stores: Stores, certifier: Counter
    ) -> None:
        for digest in ("one", "two"):
            stores.links.offer(digest, AccountId(certifier.account), LATER)

        taken = stores.links.take("one", NOON, "new")

        assert taken is not None
        assert taken.password_hash == "new"
        assert stores.links.take("one", NOON, "newer") is None
        assert stores.links.take("two", NOON, "newer") is None

    def test_one_is_dead_once_the_password_was_replaced_in_another_way(
        self, stores: Stores, certifier: Counter
    ) -> None:
        stores.links.offer("digest", AccountId(certifier.account), LATER)

        stores.accounts.set_password(FIRST, "new")

        assert stores.links.offered("digest", NOON) is None

    def test_one_of_an_account_that_is_closed_is_dead(
        self, stores: Stores, certifier: Counter
    ) -> None:
        stores.organisations.add_account(certifier.organisation.id, a_new_account("CERT00009"))
        stores.links.offer("digest", FIRST, LATER)

        stores.accounts.deactivate(FIRST)

        assert stores.links.offered("digest", NOON) is None


class TestAttempts:
    def test_failures_come_newest_first_and_only_those_of_one_place(self, stores: Stores) -> None:
        for minute in range(3):
            at = NOON + timedelta(minutes=minute)
            stores.attempts.failed("CERT00001", "here", at, NOON - HOUR)
        stores.attempts.failed("CERT00001", "there", NOON, NOON - HOUR)
        stores.attempts.failed("CERT00002", "here", NOON, NOON - HOUR)

        found = stores.attempts.failures("CERT00001", "here", NOON + timedelta(minutes=1))

        assert found == [NOON + timedelta(minutes=2), NOON + timedelta(minutes=1)]

    def test_old_ones_are_forgotten(self, stores: Stores) -> None:
        stores.attempts.failed("CERT00001", "here", NOON, NOON)

        stores.attempts.failed("CERT00002", "here", LATER, LATER)

        assert stores.attempts.failures("CERT00001", "here", NOON) == []

    def test_those_of_one_place_are_forgiven(self, stores: Stores) -> None:
        for place in ("here", "there"):
            stores.attempts.failed("CERT00001", place, NOON, NOON)

        stores.attempts.forgive("CERT00001", "here")

        assert stores.attempts.failures("CERT00001", "here", NOON) == []
        assert stores.attempts.failures("CERT00001", "there", NOON) == [NOON]

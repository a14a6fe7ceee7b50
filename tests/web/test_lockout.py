"""Too many wrong passwords make one wait, and nobody else."""

from datetime import timedelta
from typing import Any, cast

import pytest
from argon2 import PasswordHasher

from mockportal.assembly import Portal
from mockportal.domain.furnishing import WishedAccount
from mockportal.domain.organisations import Account, Kind
from mockportal.journeys.furnish import add_accounts
from mockportal.journeys.login import MOST_FAILURES, MOST_FAILURES_OF_SOURCE
from mockportal.journeys.login import WAIT as WAIT_OF_ALL
from mockportal.journeys.registration import world_of_newcomers
from mockportal.web import create_app
from tests.clocks import RealTime, by_hand
from tests.web.conftest import PutTogether
from tests.web.outbox import link_to
from tests.web.visitor import Visitor, words

PASSWORD = "un mot de passe a moi"
WAIT = "attendez une minute"


@pytest.fixture
def moved(portal: Portal) -> tuple[Portal, RealTime]:
    """Return a portal whose CERT00001 has a password of its own, and its real time."""
    portal, time = by_hand(portal)
    visitor = Visitor(create_app(portal))
    visitor.fill("/mot-de-passe-oublie", identifiant="CERT00001")
    link = link_to(portal, "apolline.dutilleux@valclair.test")
    visitor.fill(link, mot_de_passe=PASSWORD, confirmation=PASSWORD)
    return portal, time


def fail(visitor: Visitor, times: int, account: str = "CERT00001") -> list[int]:
    return [visitor.log_in(account, "wrong").status_code for _ in range(times)]


def test_after_ten_wrong_passwords_even_the_right_one_waits_a_minute(
    moved: tuple[Portal, RealTime],
) -> None:
    portal, time = moved
    visitor = Visitor(create_app(portal))

    assert fail(visitor, MOST_FAILURES) == [403] * 10
    answer = visitor.log_in("CERT00001", PASSWORD)

    assert answer.status_code == 429
    assert WAIT in words(answer)
    time.passes(timedelta(seconds=59))
    assert visitor.log_in("CERT00001", PASSWORD).status_code == 429
    time.passes(timedelta(seconds=1))
    assert visitor.log_in("CERT00001", PASSWORD).status_code == 303


def test_nine_wrong_ones_do_no_harm(moved: tuple[Portal, RealTime]) -> None:
    visitor = Visitor(create_app(moved[0]))
    fail(visitor, MOST_FAILURES - 1)

    assert visitor.log_in("CERT00001", PASSWORD).status_code == 303


def test_the_right_password_wipes_the_slate(moved: tuple[Portal, RealTime]) -> None:
    visitor = Visitor(create_app(moved[0]))
    fail(visitor, MOST_FAILURES - 1)
    visitor.log_in("CERT00001", PASSWORD)
    visitor.log_out()

    assert fail(visitor, MOST_FAILURES) == [403] * 10


def test_failures_older_than_five_minutes_are_forgotten(moved: tuple[Portal, RealTime]) -> None:
    portal, time = moved
    visitor = Visitor(create_app(portal))
    fail(visitor, MOST_FAILURES - 1)

    time.passes(timedelta(minutes=5, seconds=1))

    assert fail(visitor, 2) == [403, 403]


def test_somebody_at_another_machine_does_not_wait(moved: tuple[Portal, RealTime]) -> None:
    app = create_app(moved[0])
    fail(Visitor(app), MOST_FAILURES)
    other = Visitor(app)
    other.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"

    assert other.log_in("CERT00001", PASSWORD).status_code == 303


def test_a_network_of_ipv6_is_one_place(moved: tuple[Portal, RealTime]) -> None:
    app = create_app(moved[0])
    for number in range(MOST_FAILURES):
        guesser = Visitor(app)
        guesser.client.environ_base["REMOTE_ADDR"] = f"2001:db8::{number:x}"
        fail(guesser, 1)

    for address, status in (("2001:db8::ffff:1", 429), ("2001:db8:0:1::1", 303)):
        visitor = Visitor(app)
        visitor.client.environ_base["REMOTE_ADDR"] = address
        assert visitor.log_in("CERT00001", PASSWORD).status_code == status, address


def test_from_one_place_come_a_hundred_wrong_ones_a_minute_whoever_is_named(
    moved: tuple[Portal, RealTime],
) -> None:
    portal, time = moved
    attempts = portal.desk.stores.attempts
    for number in range(MOST_FAILURES_OF_SOURCE):
        attempts.failed(f"NOBODY{number:03}", "127.0.0.1", time.now, time.now - WAIT_OF_ALL)
    visitor = Visitor(create_app(portal))

    assert visitor.log_in("CERT00001", PASSWORD).status_code == 429
    other = Visitor(create_app(portal))
    other.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert other.log_in("CERT00001", PASSWORD).status_code == 303
    time.passes(WAIT_OF_ALL + timedelta(seconds=1))
    assert visitor.log_in("CERT00001", PASSWORD).status_code == 303


def test_a_password_given_again_is_counted_as_at_the_login(
    moved: tuple[Portal, RealTime],
) -> None:
    visitor = Visitor(create_app(moved[0]))
    visitor.log_in("CERT00001", PASSWORD)
    for _ in range(MOST_FAILURES):
        visitor.fill("/compte/courriel", mot_de_passe_actuel="wrong")

    answer = visitor.fill("/compte/courriel", mot_de_passe_actuel=PASSWORD)

    assert answer.status_code == 422
    assert WAIT in words(answer)


def _made(portal: Portal, password: str) -> Account:
    """Return a new account, of which nobody has asked anything yet."""
    wished = WishedAccount(kind=Kind.DEPOSITOR, name="Comptoir inventé", password=password)
    (made,) = cast(
        "list[Any]", add_accounts(portal.desk, world_of_newcomers(portal.desk), [wished])
    )
    return cast("Account", made.account)


@pytest.fixture
def verified(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets each password of which the hash is paid."""
    paid: list[str] = []
    verify = PasswordHasher.verify

    def count(hasher: PasswordHasher, password_hash: str, password: str) -> bool:
        paid.append(password)
        return verify(hasher, password_hash, password)

    monkeypatch.setattr(PasswordHasher, "verify", count)
    return paid


@pytest.mark.parametrize("typed", ["wrong password", "mockportal"])
@pytest.mark.parametrize("asked_before", [False, True])
def test_an_identifier_that_nobody_has_costs_as_many_hashes_as_any_other(
    moved: tuple[Portal, RealTime], verified: list[str], typed: str, asked_before: bool
) -> None:
    portal = moved[0]
    known = _made(portal, PASSWORD)
    visitor = Visitor(create_app(portal))
    visitor.get("/connexion")
    if asked_before:
        for password in (PASSWORD, "mockportal", "another wrong one"):
            Visitor(create_app(portal)).log_in(known.id, password)
    costs = []
    for account in (known.id, "NOBODY000") * 2:
        verified.clear()
        assert visitor.log_in(account, typed).status_code == 403
        costs.append(verified.copy())

    assert costs == [[typed]] * 4


def test_the_password_that_all_can_read_is_no_way_to_have_hashes_done_without_end(
    moved: tuple[Portal, RealTime], verified: list[str]
) -> None:
    portal, time = moved
    attempts = portal.desk.stores.attempts
    visitor = Visitor(create_app(portal))
    visitor.get("/connexion")
    for number in range(MOST_FAILURES_OF_SOURCE - 1):
        attempts.failed(f"NOBODY{number:03}", "127.0.0.1", time.now, time.now - WAIT_OF_ALL)
    verified.clear()

    tried = ("SOMEONE01", "SOMEONE02", "CERT00001")
    statuses = [visitor.log_in(account, "mockportal").status_code for account in tried]

    assert statuses == [403, 429, 429]
    assert verified == ["mockportal"]


def test_an_account_whose_password_all_can_read_opens_whoever_typed_wrong_before(
    portal: Portal,
) -> None:
    account = _made(portal, portal.demo_password)
    for _ in range(2 * MOST_FAILURES):
        portal.knock(account.id, "wrong", "192.0.2.7")

    assert isinstance(portal.knock(account.id, portal.demo_password, "192.0.2.7"), Account)


def test_an_identifier_that_nobody_has_makes_one_wait_likewise(visitor: Visitor) -> None:
    assert fail(visitor, MOST_FAILURES + 1, "NOBODY001") == [403] * 10 + [429]


def test_what_was_typed_may_be_anything(visitor: Visitor) -> None:
    for typed in ("\x01" * 9, "é" * 5_000, "'; DROP TABLE accounts"):
        assert visitor.log_in(typed, "wrong").status_code == 403
    assert visitor.log_in("\x00" * 9, "wrong").status_code == 400, "NUL is no text"


def test_an_account_whose_password_all_can_read_is_never_locked(visitor: Visitor) -> None:
    assert fail(visitor, 2 * MOST_FAILURES) == [403] * 20
    assert visitor.log_in("CERT00001").status_code == 303


def test_a_public_portal_locks_the_accounts_of_the_seeds_too(put_together: PutTogether) -> None:
    visitor = Visitor(create_app(put_together(public=True)))

    assert fail(visitor, MOST_FAILURES + 1)[-1] == 429


def test_a_demonstration_account_with_another_password_leaves_the_login_page(
    moved: tuple[Portal, RealTime],
) -> None:
    said = words(Visitor(create_app(moved[0])).get("/connexion"))

    assert "CERT00001" not in said
    assert "CERT00002" in said

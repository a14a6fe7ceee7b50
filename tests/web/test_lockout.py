"""Too many wrong passwords make one wait, and nobody else."""

from datetime import timedelta

import pytest

from mockportal.assembly import Portal
from mockportal.journeys.login import MOST_FAILURES
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


def test_an_identifier_that_nobody_has_makes_one_wait_likewise(visitor: Visitor) -> None:
    assert fail(visitor, MOST_FAILURES + 1, "NOBODY001") == [403] * 10 + [429]


def test_what_was_typed_may_be_anything(visitor: Visitor) -> None:
    for typed in ("\x00" * 9, "é" * 5_000, "'; DROP TABLE accounts"):
        assert visitor.log_in(typed, "wrong").status_code == 403


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

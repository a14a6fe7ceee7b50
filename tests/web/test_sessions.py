"""A session is the portal's: it ends by logging out, by resting, and after half a day."""

import hmac
from base64 import urlsafe_b64decode
from datetime import timedelta

import pytest

from mockportal.assembly import Portal
from mockportal.journeys.sessions import SESSION_IDLE, SESSION_LONGEST
from mockportal.journeys.upkeep import upkeep
from mockportal.web import create_app
from tests.clocks import RealTime, by_hand
from tests.web.conftest import PutTogether
from tests.web.outbox import link_to
from tests.web.visitor import Visitor, tree

PASSWORD = "un mot de passe a moi"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def timed(portal: Portal) -> tuple[Portal, RealTime]:
    return by_hand(portal)


@pytest.fixture
def timed_visitor(timed: tuple[Portal, RealTime]) -> Visitor:
    visitor = Visitor(create_app(timed[0]))
    visitor.log_in("CERT00001")
    return visitor


def cookie(visitor: Visitor) -> str:
    name = visitor.client.application.config["SESSION_COOKIE_NAME"]
    kept = visitor.client.get_cookie(name)
    assert kept is not None
    return kept.value


def with_cookie(visitor: Visitor, value: str) -> Visitor:
    """Return another browser, into which the cookie was copied."""
    thief = Visitor(visitor.client.application)
    thief.client.set_cookie(thief.client.application.config["SESSION_COOKIE_NAME"], value)
    return thief


def is_in(visitor: Visitor) -> bool:
    return visitor.get("/compte").status_code == 200


def test_a_copied_cookie_is_worth_nothing_after_logging_out(certifier: Visitor) -> None:
    thief = with_cookie(certifier, cookie(certifier))
    assert is_in(thief)

    certifier.log_out()

    assert not is_in(thief)
    assert not is_in(certifier)


def test_the_cookie_tells_nothing_and_the_database_does_not_hold_it(
    portal: Portal, certifier: Visitor
) -> None:
    value = cookie(certifier)

    assert len(value) >= 22
    assert "." not in value
    assert "CERT00001" not in value
    now = portal.desk.circumstances.real()
    assert portal.desk.stores.sessions.get(value, now - MINUTE, now - MINUTE) is None


def test_the_cookie_of_who_has_not_logged_in_is_signed_with_sha_256(visitor: Visitor) -> None:
    visitor.get("/connexion")
    signed, _, signature = cookie(visitor).rpartition(".")
    app = visitor.client.application

    key = hmac.digest(str(app.secret_key).encode(), b"cookie-session", "sha256")
    right = hmac.digest(key, signed.encode(), "sha256")

    assert urlsafe_b64decode(signature + "=") == right


def test_the_cookie_from_before_the_login_gives_no_right(visitor: Visitor) -> None:
    visitor.page("/connexion")
    before = cookie(visitor)

    visitor.log_in("CERT00001")

    assert cookie(visitor) != before
    assert not is_in(with_cookie(visitor, before))


def test_logging_in_anew_ends_the_session_before(certifier: Visitor) -> None:
    before = cookie(certifier)
    token = certifier.token("/compte")

    certifier.client.post(
        "/connexion",
        data={"identifiant": "CERT00002", "mot_de_passe": "mockportal", "csrf_token": token},
    )

    assert cookie(certifier) != before
    assert not is_in(with_cookie(certifier, before))
    assert is_in(certifier)


def test_a_session_that_rests_is_over(
    timed: tuple[Portal, RealTime], timed_visitor: Visitor
) -> None:
    timed[1].passes(SESSION_IDLE)

    assert not is_in(timed_visitor)


def test_a_session_that_is_used_goes_on_for_half_a_day(
    timed: tuple[Portal, RealTime], timed_visitor: Visitor
) -> None:
    portal, time = timed
    step = SESSION_IDLE - MINUTE
    while time.now + step < by_hand(portal)[1].now + SESSION_LONGEST:
        time.passes(step)
        assert is_in(timed_visitor)
        portal.seen.flush()

    time.passes(step)

    assert not is_in(timed_visitor)


def test_a_request_a_minute_is_noted_at_most(
    timed: tuple[Portal, RealTime], timed_visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    portal, time = timed
    noted: list[tuple[str, object]] = []
    monkeypatch.setattr(portal.seen, "add", noted.append)

    time.passes(MINUTE - timedelta(seconds=1))
    assert is_in(timed_visitor)
    assert noted == []
    time.passes(timedelta(seconds=1))
    assert is_in(timed_visitor)
    assert len(noted) == 1


def test_sessions_that_are_over_are_swept(
    timed: tuple[Portal, RealTime], timed_visitor: Visitor
) -> None:
    portal, time = timed
    stores = portal.desk.stores
    begun = time.now
    assert not stores.sessions.sweep(time.now - SESSION_IDLE, time.now - SESSION_LONGEST)

    time.passes(SESSION_IDLE)
    while upkeep(portal.desk, set()):
        pass

    assert not stores.sessions.sweep(begun + timedelta(days=1), begun)
    assert not is_in(timed_visitor)


def test_another_password_ends_all_sessions_but_the_one_that_changed_it(
    portal: Portal, certifier: Visitor
) -> None:
    elsewhere, before = Visitor(create_app(portal)), cookie(certifier)
    elsewhere.log_in("CERT00001")

    certifier.fill(
        "/compte/mot-de-passe",
        mot_de_passe_actuel="mockportal", mot_de_passe=PASSWORD, confirmation=PASSWORD,
    )  # fmt: skip

    assert is_in(certifier)
    assert not is_in(elsewhere)
    assert not is_in(with_cookie(certifier, before))


def test_a_password_that_a_link_chose_ends_them_too(portal: Portal, certifier: Visitor) -> None:
    Visitor(create_app(portal)).fill("/mot-de-passe-oublie", identifiant="CERT00001")
    link = link_to(portal, "apolline.dutilleux@valclair.test")
    Visitor(create_app(portal)).fill(link, mot_de_passe=PASSWORD, confirmation=PASSWORD)

    assert not is_in(certifier)


def test_a_session_works_in_each_process(portal: Portal, certifier: Visitor) -> None:
    other = Visitor(create_app(portal))
    name = other.client.application.config["SESSION_COOKIE_NAME"]
    other.client.set_cookie(name, cookie(certifier))

    assert is_in(other)


@pytest.mark.parametrize("value", ["x" * 22, "x", "é", "a.b.c", "." * 500, "x" * 4_000, "'"])
def test_an_invented_cookie_opens_nothing(visitor: Visitor, value: str) -> None:
    assert not is_in(with_cookie(visitor, value))


def test_the_key_of_the_back_stage_opens_a_session_of_the_portal_too(
    put_together: PutTogether,
) -> None:
    visitor = Visitor(create_app(put_together(control_key="the key")))
    visitor.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    page = tree(visitor.get("/coulisses"))
    (token,) = page.xpath('//input[@name="csrf_token"]/@value')
    before = cookie(visitor)

    visitor.client.post("/coulisses/cle", data={"csrf_token": str(token), "cle": "the key"})

    assert "." not in cookie(visitor)
    thief = with_cookie(visitor, before)
    thief.client.environ_base["REMOTE_ADDR"] = "192.0.2.7"
    assert thief.get("/coulisses").status_code == 403
    assert visitor.get("/coulisses").status_code == 200


def test_who_has_not_logged_in_writes_nothing(
    portal: Portal, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    added: list[object] = []
    monkeypatch.setattr(type(portal.desk.stores.sessions), "add", lambda *row: added.append(row))

    visitor.page("/connexion")
    visitor.fill("/inscription/certificateur/organisme", matricule="03TST005", contrat="X")

    assert added == []


class TestThePasswordIsAskedFor:
    @pytest.mark.parametrize(
        ("path", "fields"),
        [
            ("/compte/courriel", {"courriel": "a@valclair.test"}),
            ("/compte/mandats/donner", {"matricule_deposant": "03TST006"}),
            ("/compte/mandats/03TST003/terminer", {}),
        ],
    )
    def test_nothing_changes_without_it(
        self, certifier: Visitor, path: str, fields: dict[str, str]
    ) -> None:
        before = certifier.page("/compte").text_content()
        for typed in ("", "wrong"):
            answer = certifier.fill(path, mot_de_passe_actuel=typed, **fields)

            assert answer.status_code == 422
            invalid = tree(answer).xpath('//*[@aria-invalid="true"]/@id')
            assert invalid == ["mot_de_passe_actuel"]
            assert tree(answer).xpath('//*[@type="password"]/@value') == []

        assert certifier.page("/compte").text_content() == before
        answer = certifier.fill(path, mot_de_passe_actuel="mockportal", **fields)
        assert answer.status_code == 303

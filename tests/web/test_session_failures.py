"""Storage may fail while a session is read or written, outside of Flask's own error handlers."""

from dataclasses import replace

import pytest

from mockportal.assembly import Portal
from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.web import create_app
from mockportal.web.control_guard import KEY_HEADER
from tests.web.visitor import Visitor, words

ANSWERS = [
    (StorageFailure.FULL, 507),
    (StorageFailure.READ_ONLY, 507),
    (StorageFailure.BUSY, 503),
    (StorageFailure.AWAY, 503),
    (StorageFailure.DAMAGED, 503),
]


class Failing:
    """A store of which some calls fail, as long as a test wants."""

    def __init__(self, store: object) -> None:
        self._store = store
        self.failure: StorageFailure | None = None
        self.calls: set[str] = set()

    def fail(self, failure: StorageFailure, *calls: str) -> None:
        self.failure, self.calls = failure, set(calls)

    def mend(self) -> None:
        self.calls = set()

    def __getattr__(self, name: str) -> object:
        if name in self.calls:
            assert self.failure is not None
            raise StorageError(self.failure, "the database is held by a test")
        return getattr(self._store, name)


@pytest.fixture
def sessions(portal: Portal) -> Failing:
    return Failing(portal.desk.stores.sessions)


@pytest.fixture
def faults(portal: Portal) -> Failing:
    return Failing(portal.desk.stores.faults)


@pytest.fixture
def visitor(portal: Portal, sessions: Failing, faults: Failing) -> Visitor:
    stores = replace(portal.desk.stores, sessions=sessions, faults=faults)  # type: ignore[arg-type]
    return Visitor(create_app(replace(portal, desk=replace(portal.desk, stores=stores))))


@pytest.mark.parametrize(("failure", "status"), ANSWERS)
def test_a_login_whose_session_cannot_be_kept_is_told_and_lets_nobody_in(
    visitor: Visitor, sessions: Failing, failure: StorageFailure, status: int
) -> None:
    sessions.fail(failure, "add")

    answer = visitor.log_in("CERT00001")

    assert answer.status_code == status
    assert "session n'a pas pu être enregistrée" in words(answer)
    assert "Set-Cookie" not in answer.headers
    assert "Location" not in answer.headers
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Cache-Control"] == "no-store"
    sessions.mend()
    assert visitor.log_in("CERT00001").status_code == 303


@pytest.mark.parametrize(("failure", "status"), ANSWERS)
def test_a_logout_that_cannot_be_kept_is_told_and_can_be_done_again(
    visitor: Visitor, sessions: Failing, failure: StorageFailure, status: int
) -> None:
    visitor.log_in("CERT00001")
    sessions.fail(failure, "end")

    answer = visitor.log_out()

    assert answer.status_code == status
    assert "Set-Cookie" not in answer.headers
    sessions.mend()
    assert visitor.get("/compte").status_code == 200
    assert visitor.log_out().status_code == 303
    assert visitor.get("/compte").status_code == 302


@pytest.mark.parametrize(("failure", "status"), ANSWERS)
@pytest.mark.parametrize("page", ["/compte", "/depots", "/connexion", "/coulisses", "/aide", "/no"])
def test_a_session_that_cannot_be_read_is_told_on_any_page_and_stays(
    visitor: Visitor, sessions: Failing, failure: StorageFailure, status: int, page: str
) -> None:
    visitor.log_in("CERT00001")
    sessions.fail(failure, "get")

    answer = visitor.get(page)

    assert answer.status_code == status
    assert "Set-Cookie" not in answer.headers
    sessions.mend()
    assert visitor.get("/compte").status_code == 200


def test_programs_and_load_balancers_need_no_session(visitor: Visitor, sessions: Failing) -> None:
    visitor.log_in("CERT00001")
    sessions.fail(StorageFailure.AWAY, "get", "add", "change", "end")

    assert visitor.get("/livez").status_code == 200
    assert visitor.get("/readyz").status_code == 200
    assert visitor.client.get("/_mock/state").status_code == 200
    assert (
        visitor.client.get("/api/v1/deposits", auth=("CERT00001", "mockportal")).status_code == 200
    )


def test_what_was_done_is_answered_though_its_sentence_gets_lost(
    visitor: Visitor, sessions: Failing
) -> None:
    visitor.log_in("CERT00001")
    token = visitor.token("/compte/mandats/03TST003/terminer")
    assert "/compte/mandats/03TST003/terminer" in visitor.get("/compte").text
    sessions.fail(StorageFailure.BUSY, "change")

    answer = visitor.client.post(
        "/compte/mandats/03TST003/terminer",
        data={"csrf_token": token, "mot_de_passe_actuel": "mockportal"},
    )

    assert answer.status_code == 303
    sessions.mend()
    assert "/compte/mandats/03TST003/terminer" not in visitor.get("/compte").text


def test_a_page_that_is_only_read_writes_no_session(visitor: Visitor, sessions: Failing) -> None:
    visitor.log_in("CERT00001")
    sessions.fail(StorageFailure.BUSY, "add", "change", "end")

    assert visitor.get("/transmettre/fichier").status_code == 200
    assert visitor.get("/compte").status_code == 200


def test_a_right_that_cannot_be_kept_is_told(visitor: Visitor, sessions: Failing) -> None:
    sessions.fail(StorageFailure.BUSY, "add", "change")
    client = visitor.client
    client.environ_base["REMOTE_ADDR"] = "203.0.113.9"

    answer = visitor.log_in("DEPO00001")

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert client.get("/coulisses", headers={KEY_HEADER: "no key"}).status_code == 403


@pytest.mark.parametrize(("failure", "status"), ANSWERS)
def test_faults_that_cannot_be_looked_up_are_told(
    visitor: Visitor, faults: Failing, failure: StorageFailure, status: int
) -> None:
    visitor.log_in("CERT00001")
    faults.fail(failure, "any")

    assert visitor.get("/depots").status_code == status
    faults.mend()
    assert visitor.get("/depots").status_code == 200

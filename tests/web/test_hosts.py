"""Under which names the portal answers, and that no page of another site changes anything."""

import pytest

from mockportal.settings import Settings
from mockportal.web import create_app
from mockportal.web.hosts import cannot_be_rebound, is_allowed_host
from tests.web.conftest import PutTogether
from tests.web.visitor import Visitor

PATHS = (
    "/connexion",
    "/",
    "/static/css/portal.css",
    "/nothing/here",
    "/api/v1/deposits",
    "/api/v1/openapi.json",
    "/_mock/state",
    "/_mock/openapi.json",
    "/coulisses",
    "/api/v1//deposits",
)
OTHERS = (
    "evil.test:8000",
    "127.0.0.1.evil.test",
    "localhost.evil.test",
    "evil.test@localhost",
    "localhost, evil.test",
    "localhost:8000:evil.test",
    "localhost/evil.test",
    "0.0.0.0:8000",
    "[::]",
    "[::1",
    "192.168.1.7:8000",
    "",
)
OURS = ("localhost", "LOCALHOST:8000", "localhost.:80", "127.0.0.1:8000", "127.1.2.3", "[::1]:8000")


@pytest.mark.parametrize("host", OTHERS)
def test_a_portal_of_this_machine_answers_to_no_other_name(visitor: Visitor, host: str) -> None:
    for path in PATHS:
        answer = visitor.client.get(path, headers={"Host": host})

        assert answer.status_code == 421, (path, host)
        assert "--allow-host" in answer.text
        assert "mockportal</code>" not in answer.text
        assert "Location" not in answer.headers


@pytest.mark.parametrize("host", OURS)
def test_it_answers_to_all_names_of_this_machine(visitor: Visitor, host: str) -> None:
    assert visitor.client.get("/connexion", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", ["/livez", "/readyz"])
def test_whether_it_lives_may_be_asked_by_any_name(visitor: Visitor, path: str) -> None:
    assert visitor.client.get(path, headers={"Host": "10.1.2.3"}).status_code == 200


def test_names_that_are_allowed_are_answered_too(put_together: PutTogether) -> None:
    portal = put_together(allow_hosts=("Portail.example", "proxy"))
    visitor = Visitor(create_app(portal))

    for host in ("portail.example", "PORTAIL.EXAMPLE:443", "proxy:8000", "localhost"):
        assert visitor.client.get("/connexion", headers={"Host": host}).status_code == 200, host
    assert visitor.client.get("/connexion", headers={"Host": "evil.test"}).status_code == 421


def test_a_portal_that_others_reach_answers_to_any_name_until_some_are_named() -> None:
    assert is_allowed_host(Settings(host="0.0.0.0"), "portal:8000")  # noqa: S104  # compared
    assert is_allowed_host(Settings(host="192.0.2.1"), "portail.example.org")

    named = Settings(host="192.0.2.1", allow_hosts=("portal",))
    assert is_allowed_host(named, "portal:8000")
    assert is_allowed_host(named, "192.0.2.1:8000")
    assert is_allowed_host(named, "localhost")
    assert not is_allowed_host(named, "portail.example.org")


@pytest.mark.parametrize(
    ("host", "shown"),
    [
        ("portal:8000", True),
        ("192.168.1.7:8000", True),
        ("[2001:db8::7]:8000", True),
        ("pc-de-la-salle.local", True),
        ("portail.example.org", True),
        ("evil.com", False),
        ("192.168.1.7.evil.com:8000", False),
    ],
)
def test_the_password_is_shown_to_names_that_no_stranger_has(
    put_together: PutTogether, host: str, shown: bool
) -> None:
    settings = {"host": "0.0.0.0", "allow_hosts": ()}  # noqa: S104  # compared
    if host == "portail.example.org":
        settings["allow_hosts"] = (host,)
    elif not shown:
        assert not cannot_be_rebound(Settings(host="192.0.2.1"), host)
    visitor = Visitor(create_app(put_together(**settings)))

    page = visitor.client.get("/connexion", headers={"Host": host})

    assert page.status_code == 200
    assert ("mockportal</code>" in page.text) is shown


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.test"},
        {"Origin": "null"},
        {"Origin": "http://localhost:3000"},
        {"Origin": "http://localhost.evil.test"},
        {"Origin": "http://[::1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_a_page_of_another_site_changes_nothing(
    certifier: Visitor, headers: dict[str, str]
) -> None:
    token = certifier.token("/compte/courriel")
    auth = ("CERT00001", "mockportal")
    data = {"csrf_token": token, "courriel": "autre@exemple.test", "identifiant": "X"}

    for path in ("/compte/courriel", "/connexion", "/deconnexion", "/transmettre/fichier"):
        assert certifier.client.post(path, data=data, headers=headers).status_code == 403, path
    for path in ("/api/v1/deposits", "/_mock/reset", "/api/v1/nothing"):
        answer = certifier.client.post(path, auth=auth, headers=headers)
        assert answer.status_code == 403, path
        assert answer.mimetype == "application/problem+json"
    assert certifier.client.delete("/api/v1/passages/1", headers=headers).status_code == 403
    assert certifier.get("/compte").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://localhost", "Sec-Fetch-Site": "same-origin"},
        {"Origin": "http://localhost:80"},
        {"Sec-Fetch-Site": "none"},
        {},
    ],
)
def test_a_page_of_the_portal_does(certifier: Visitor, headers: dict[str, str]) -> None:
    token = certifier.token("/compte")

    answer = certifier.client.post("/deconnexion", data={"csrf_token": token}, headers=headers)

    assert answer.status_code == 303


@pytest.mark.parametrize(
    "path",
    ["/api/v1//deposits", "/static//evil.test", "//evil.test", "//evil.test/connexion",
     "/\\evil.test", "/%2f%2fevil.test", "/%5cevil.test/", "/compte//mot-de-passe",
     "/connexion?next=//evil.test", "/static//%2f%2fevil.test"],
)  # fmt: skip
def test_no_answer_leads_to_the_name_that_was_asked_for(
    put_together: PutTogether, path: str
) -> None:
    visitor = Visitor(create_app(put_together(host="192.0.2.1")))

    answer = visitor.client.get(path, headers={"Host": "evil.test"})

    location = answer.headers.get("Location", "/")
    assert location.startswith("/")
    assert not location.startswith(("//", "/\\"))


@pytest.mark.parametrize(
    "page",
    ["//evil.test", "/\\evil.test", "http://evil.test", "/\t/evil.test", "evil.test", "/%0d"],
)
def test_logging_in_leads_to_no_other_site(visitor: Visitor, page: str) -> None:
    answer = visitor.log_in("CERT00001", page=f"?next={page}")

    assert answer.status_code == 303
    assert answer.location.startswith("/")
    assert not answer.location.startswith(("//", "/\\"))

"""Nobody but the test itself drives the portal: not a web page, not another machine."""

import pytest
from flask import Flask

from mockportal.assembly import Portal
from mockportal.journeys.login import MOST_FAILURES
from mockportal.web import create_app
from tests.web.conftest import PutTogether
from tests.web.program import Program

KEY = "a-control-key"


@pytest.fixture
def reachable(put_together: PutTogether) -> Flask:
    """Return a portal that other machines reach."""
    return create_app(put_together(control_key=KEY, host="portal.example.org"))


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "127.0.0.1.evil.example:8000"}, 421),
        ({"Host": "localhost:8000"}, 200),
        ({"Host": "[::1]:8000"}, 200),
        ({"X-Forwarded-For": "203.0.113.9"}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://localhost:8001"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://localhost"}, 200),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
        ({}, 200),
    ],
)
def test_host_and_origin_tell_who_asks(
    program: Program, headers: dict[str, str], status: int
) -> None:
    answer = program.mock("GET", "/state", headers=headers)

    assert answer.status_code == status
    assert status == 200 or answer.mimetype == "application/problem+json"


@pytest.mark.parametrize(
    "kind",
    [
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "text/plain",
        None,
    ],
)
def test_what_a_form_can_send_is_not_taken(program: Program, kind: str | None) -> None:
    body = b'{"name": "from-a-form"}'

    answer = program.client.post("/_mock/worlds", data=body, content_type=kind)

    assert answer.status_code == 415
    assert "from-a-form" not in (program.mock("GET", "/worlds").json or {})["items"]


def test_a_flux_alone_is_taken_where_a_flux_is_learned_and_nowhere_else(program: Program) -> None:
    answer = program.client.post("/_mock/worlds", data=b"<a/>", content_type="application/xml")

    assert answer.status_code == 415


@pytest.mark.parametrize("headers", [{}, {"Origin": "http://evil.example"}])
def test_no_answer_lets_another_origin_read_or_ask(
    program: Program, headers: dict[str, str]
) -> None:
    preflight = {**headers, "Access-Control-Request-Method": "POST"}

    answers = [
        program.mock("OPTIONS", "/worlds", headers=preflight),
        program.mock("GET", "/state", headers=headers),
    ]

    told = [name for one in answers for name in one.headers.keys()]  # noqa: SIM118  # a multidict
    assert not [name for name in told if name.lower().startswith("access-control")]


@pytest.mark.parametrize(
    ("given", "status"),
    [({}, 403), ({"X-Mockportal-Key": "wrong"}, 403), ({"X-Mockportal-Key": KEY}, 200)],
)
def test_beyond_this_machine_the_control_key_opens(
    reachable: Flask, given: dict[str, str], status: int
) -> None:
    answer = reachable.test_client().get(
        "/_mock/state",
        headers={"Host": "portal.example.org", **given},
        environ_overrides={"REMOTE_ADDR": "203.0.113.9"},
    )

    assert answer.status_code == status


def test_after_ten_wrong_keys_even_the_right_one_waits(reachable: Flask) -> None:
    def status(key: str, peer: str = "203.0.113.9") -> int:
        answer = reachable.test_client().get(
            "/_mock/state",
            headers={"Host": "portal.example.org", "X-Mockportal-Key": key},
            environ_overrides={"REMOTE_ADDR": peer},
        )
        return answer.status_code

    guesses = [status(f"guess {number}") for number in range(MOST_FAILURES)]

    assert guesses == [403] * MOST_FAILURES
    assert status(KEY) == 429
    assert status(KEY, peer="203.0.113.10") == 200


def test_the_key_does_not_let_a_page_of_another_origin_in(reachable: Flask) -> None:
    answer = reachable.test_client().get(
        "/_mock/state", headers={"X-Mockportal-Key": KEY, "Origin": "http://evil.example"}
    )

    assert answer.status_code == 403


def test_a_page_of_another_site_changes_nothing(portal: Portal) -> None:
    client = create_app(portal).test_client()

    answer = client.post("/_mock/reset", headers={"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 403

"""Numbers in addresses: whatever stands there, no address answers that the portal failed."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask

from mockportal.web import create_app
from tests.web.conftest import PutTogether
from tests.web.program import Program
from tests.web.visitor import Visitor

NUMBERS = [
    "0", "-1", "2147483647", "2147483648", "9223372036854775807", "9223372036854775808",
    "18446744073709551616", "9" * 40, "9" * 4_301, "0" * 5_000 + "1", "١٢", "²", "1.0", "1e3", "+1",
]  # fmt: skip
_NUMBER = re.compile(r"<int[^>]*>")


def addresses(app: Flask, number: str) -> Iterator[tuple[str, str]]:
    """Yield each method and address of an application that holds a number."""
    for rule in app.url_map.iter_rules():
        if _NUMBER.search(rule.rule):
            path = _NUMBER.sub(number, rule.rule)
            yield from ((method, path) for method in sorted(rule.methods or ()))


@pytest.mark.parametrize("number", NUMBERS, ids=lambda one: f"{one[:20]}-{len(one)}")
def test_a_number_that_no_database_counts_to_leads_nowhere(
    put_together: PutTogether, number: str
) -> None:
    app = create_app(put_together())
    visitor = Visitor(app)
    visitor.log_in("CERT00001")
    token = visitor.token("/compte/mot-de-passe")
    auth = ("CERT00001", "mockportal")
    statuses = {}
    for method, path in addresses(app, number):
        door = path.startswith(("/api", "/_mock"))
        answer = visitor.client.open(
            path, method=method, buffered=True,
            **({"auth": auth} if door else {"data": {"csrf_token": token}}),
        )  # fmt: skip
        statuses[method, path[:60]] = answer.status_code
    assert len(statuses) > 15
    assert {one for one, status in statuses.items() if status >= 500} == set()


def test_the_sign_that_no_database_keeps_is_refused_wherever_it_stands(program: Program) -> None:
    nul = {"world": program.world.name + "\x00"}
    asked = program.client.get

    assert asked("/depots/%00").status_code == 302  # to the login page, like any other there
    assert (
        asked("/api/v1/deposits/%00", auth=(program.account, program.password)).status_code == 400
    )
    assert asked("/connexion?suite=%00").status_code == 400
    assert asked("/_mock/state", query_string=nul).status_code == 400
    for text in ("\\u0000", "a\\u0000", "\\\\\\u0000"):
        answer = program.client.post(
            "/_mock/certifications",
            query_string={"world": program.world.name},
            data=f'{{"code": "{text}"}}',
            content_type="application/json",
        )
        assert answer.status_code == 422
    assert program.mock("POST", "/certifications", {"code": "\\u0000"}).status_code == 201

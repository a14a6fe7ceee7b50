"""Addresses with numbers that no database takes, and with the sign NUL."""

import pytest

from tests.web.program import Program
from tests.web.visitor import Visitor


@pytest.mark.parametrize("number", ["9223372036854775808", "1" * 5_000, "%D9%A1"])
def test_a_number_beyond_all_databases_leads_nowhere(
    program: Program, certifier: Visitor, number: str
) -> None:
    assert program.mock("DELETE", f"/faults/{number}").status_code == 404
    assert program.get(f"/passages/{number}").status_code == 404
    assert certifier.get(f"/passages/{number}").status_code == 404


def test_a_nul_is_refused(program: Program, certifier: Visitor) -> None:
    assert program.get("/passages?q=%00").status_code == 400
    assert certifier.get("/passages?q=%00").status_code == 400
    assert program.mock("POST", "/accounts", {"name": "\0"}).status_code == 422

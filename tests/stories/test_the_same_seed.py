"""The same seed, clock and calls give the same identifiers and receipts, whatever others do."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

import pytest

from mockportal.assembly import assemble
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.program import Program, a_program
from tests.working import at_work

PEOPLE = [
    {"nomNaissance": "QUIDAM", "prenom1": "Zoé", "anneeNaissance": 1991, "sexe": "F"},
    {"nomNaissance": "QUIDAM", "prenom1": "Ada", "anneeNaissance": 1990, "sexe": "F"},
]
ZOE = a_titulaire(nomNaissance="QUIDAM", prenom1="Zoé", anneeNaissance="1991")
NOBODY = a_titulaire(nomNaissance="PERSONNE", prenom1="Inconnue")
FLUX = a_flux_xml(a_passage_xml("T-1", ZOE), a_passage_xml("T-2", NOBODY))
STRANGE = a_flux_xml(
    a_passage_xml("S-1", NOBODY), sender="88BBB888", certifier="88BBB888", contract="C-1"
)
NOON = {"now": "2026-04-03T12:00:00+02:00", "frozen": True}


def what_a_test_sees(program: Program) -> dict[str, Any]:
    """Make the calls of a test in its own world, and return all that they answered."""
    program.mock("PUT", "/clock", NOON)
    account = program.mock("POST", "/accounts", {}).json or {}
    people = program.mock("POST", "/holders", PEOPLE).json
    learned = program.mock("POST", "/learn", {"flux": STRANGE.decode()}).json or {}
    program.mock("PUT", "/processing", {"mode": "delay", "working_days": 2})
    deposits = [program.deposit(FLUX) for _ in range(3)]
    program.mock("POST", "/clock/advance", {"seconds": 10 * 86_400})
    for secret in (account, learned):
        assert secret.pop("password")
    return {
        "accounts": [one.id for one in program.world.accounts],
        "account": account,
        "people": people,
        "learned": learned,
        "deposits": deposits,
        "receipts": [receipt(program, one["id"]) for one in deposits],
        "named": (program.mock("POST", "/worlds", {}).json or {})["name"],
    }


def receipt(program: Program, deposit: str) -> tuple[str, bytes]:
    answer = program.get(f"/deposits/{deposit}/receipt")
    assert answer.status_code == 200, answer.text
    return answer.headers["Content-Disposition"], answer.data


@contextmanager
def another_world_busy(program: Program) -> Iterator[list[str]]:
    """Have a program deposit, set up people and reset its world all the while."""
    over, done, faults = Event(), [], list[BaseException]()

    def work() -> None:
        try:
            while not over.is_set():
                program.mock("POST", "/accounts", {})
                program.mock("POST", "/holders", PEOPLE)
                done.append(program.deposit(FLUX)["id"])
                if len(done) % 7 == 0:
                    program.mock("POST", "/reset")
        except BaseException as fault:  # noqa: BLE001  # told to the test, which fails
            faults.append(fault)

    thread = Thread(target=work)
    thread.start()
    try:
        yield done
    finally:
        over.set()
        thread.join()
    assert not faults, faults


def one_run(*, busy: bool, seed: int | None = 7) -> dict[str, Any]:
    with assemble(Settings(seed=seed)) as portal, at_work(portal):
        app = create_app(portal)
        if not busy:
            return what_a_test_sees(a_program(app, portal, "mine"))
        with another_world_busy(a_program(app, portal, "theirs")) as done:
            seen = what_a_test_sees(a_program(app, portal, "mine"))
        assert done
        return seen


def test_two_runs_give_the_same_though_another_world_is_busy_in_one() -> None:
    alone = one_run(busy=False)

    assert one_run(busy=True) == alone
    assert {one["status"] for one in alone["deposits"]} == {"processing"}
    assert b"<idTechnique>T-1</idTechnique>" in alone["receipts"][0][1]


@pytest.mark.parametrize("seed", [8, None])
def test_another_seed_or_none_draws_other_identifiers(seed: int | None) -> None:
    one, other = one_run(busy=False), one_run(busy=False, seed=seed)

    for drawn in ("accounts", "account", "named"):
        assert one[drawn] != other[drawn]
    assert [d["id"] for d in one["deposits"]] != [d["id"] for d in other["deposits"]]
    assert one["receipts"] == other["receipts"]

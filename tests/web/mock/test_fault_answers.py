"""Faults as a client meets them over a real connection, and that other worlds never do."""

import http.client
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

import pytest

from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.served_here import Reply, Served, served_here

_numbers = count(1)
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
FLUX = a_flux_xml(a_passage_xml("T-1", KNOWN))
BOUNDARY = "faults"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


@dataclass(frozen=True)
class Client:
    """A program in a world of its own."""

    served: Served
    world: str
    account: tuple[str, str]

    def set(self, *faults: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.served.mock("PUT", f"/faults?world={self.world}", list(faults))
        assert answer.status == 200, answer.content
        return list(answer.json)

    @property
    def faults(self) -> list[dict[str, Any]]:
        return list(self.served.mock("GET", f"/faults?world={self.world}").json["items"])

    def get(self, path: str) -> Reply:
        return self.served.ask("GET", f"/api/v1{path}", account=self.account)

    def upload(self) -> Reply:
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="flux.xml"\r\nContent-Type: text/xml\r\n\r\n'
        )
        body = head.encode() + FLUX + f"\r\n--{BOUNDARY}--\r\n".encode()
        return self.served.ask("POST", "/api/v1/deposits", body, self.account, Content_Type=FORM)

    def treated(self) -> str:
        """Return a deposit with its receipt there."""
        made = self.upload()
        assert made.status == 201, made.content
        deposit = str(made.json["id"])
        assert self.get(f"/deposits/{deposit}?wait=20").json["status"] == "accepted"
        return deposit

    @property
    def deposits(self) -> int:
        return int(self.get("/deposits").json["total"])


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_here() as served:
        yield served


def a_client(served: Served) -> Client:
    name = f"faults-{next(_numbers)}"
    made = served.mock("POST", "/worlds", {"name": name}).json
    account = made["accounts"][0]
    return Client(served, name, (account["account_id"], account["password"]))


@pytest.fixture
def client(served: Served) -> Client:
    return a_client(served)


@pytest.fixture
def neighbour(served: Served) -> Client:
    return a_client(served)


def tag(reply: Reply) -> str:
    return reply.headers.get("X-Mockportal-Fault", "")


def test_an_http_error_answers_in_the_place_of_the_portal_as_often_as_was_said(
    client: Client, neighbour: Client
) -> None:
    client.set({"stage": "upload", "kind": "status", "status": 502, "times": 2})

    first, second, third = client.upload(), client.upload(), client.upload()

    assert [one.status for one in (first, second, third)] == [502, 502, 201]
    assert "upload-status" in tag(first)
    assert tag(third) == ""
    assert client.faults[0]["left"] == 0
    assert client.faults[0]["struck"] == 2
    assert neighbour.upload().status == 201


def test_a_connection_is_dropped_before_anything_is_kept(client: Client, neighbour: Client) -> None:
    client.set({"stage": "upload", "kind": "drop", "times": 1})

    with pytest.raises(http.client.RemoteDisconnected):
        client.upload()

    assert client.deposits == 0
    assert client.upload().status == 201
    assert neighbour.upload().status == 201


def test_a_file_is_taken_and_its_answer_lost_so_that_it_comes_twice(
    client: Client, neighbour: Client
) -> None:
    client.set({"stage": "upload", "kind": "answer_lost", "times": 1})

    with pytest.raises(http.client.RemoteDisconnected):
        client.upload()
    again = client.upload()

    assert again.status == 201
    assert client.deposits == 2
    assert client.get(f"/deposits/{again.json['id']}?wait=20").json["rejected"] == 1
    assert neighbour.upload().status == 201
    assert neighbour.deposits == 1


def test_an_answer_is_cut_in_the_middle(client: Client, neighbour: Client) -> None:
    client.set({"stage": "page", "kind": "cut"})

    with pytest.raises(http.client.IncompleteRead) as cut:
        client.get("/deposits")

    assert len(cut.value.partial) > 0
    assert neighbour.get("/deposits").status == 200


def test_an_answer_is_slow(client: Client, neighbour: Client) -> None:
    client.set({"stage": "page", "kind": "slow", "seconds": 0.8, "times": 1})

    began = time.monotonic()
    slow = client.get("/deposits")
    took = time.monotonic() - began

    assert (slow.status, took >= 0.8) == (200, True)
    assert "page-slow" in tag(slow)
    assert tag(neighbour.get("/deposits")) == ""


def test_the_portal_is_closed_for_a_while(client: Client, neighbour: Client) -> None:
    client.set({"stage": "page", "kind": "maintenance", "seconds": 30})

    answer = client.get("/deposits")

    assert answer.status == 503
    assert answer.headers["Retry-After"] == "30"
    assert neighbour.get("/deposits").status == 200


@pytest.mark.parametrize(
    ("kind", "status"),
    [("status", 500), ("maintenance", 503)],
)
def test_at_the_first_control_the_file_is_kept_whatever_is_answered(
    client: Client, neighbour: Client, kind: str, status: int
) -> None:
    client.set({"stage": "first_control", "kind": kind, "times": 1})

    answer = client.upload()

    assert answer.status == status
    assert client.deposits == 1
    assert neighbour.upload().status == 201


@pytest.mark.parametrize("stage", ["first_control", "second_control"])
def test_a_treatment_is_stuck_until_the_fault_is_removed(
    client: Client, neighbour: Client, stage: str
) -> None:
    client.set({"stage": stage, "kind": "stuck", "times": 1})

    stuck = client.upload().json["id"]
    client.served.mock("POST", f"/process?world={client.world}", {})
    other = neighbour.treated()

    assert client.get(f"/deposits/{stuck}?wait=1").json["status"] == "processing"
    assert client.get(f"/deposits/{stuck}/receipt").status == 409
    assert neighbour.get(f"/deposits/{other}/receipt").status == 200
    assert client.set() == []
    assert client.get(f"/deposits/{stuck}?wait=20").json["status"] == "accepted"


def test_a_receipt_is_late(client: Client, neighbour: Client) -> None:
    deposit = client.treated()
    client.set({"stage": "receipt", "kind": "late", "times": 2})

    statuses = [client.get(f"/deposits/{deposit}/receipt").status for _ in range(3)]

    assert statuses == [409, 409, 200]
    assert neighbour.get(f"/deposits/{neighbour.treated()}/receipt").status == 200


def test_a_receipt_is_empty_or_half_or_of_another_file(client: Client, neighbour: Client) -> None:
    deposit, other = client.treated(), neighbour.treated()
    right = client.get(f"/deposits/{deposit}/receipt")
    client.set(
        *({"stage": "receipt", "kind": one, "times": 1} for one in ("empty", "truncated")),
        {"stage": "receipt", "kind": "other_name", "times": 1},
    )

    empty, half, misnamed, again = (client.get(f"/deposits/{deposit}/receipt") for _ in range(4))

    assert (empty.status, empty.content) == (200, b"")
    assert half.content == right.content[: len(right.content) // 2]
    assert b"<nomFichier>autre-flux.xml</nomFichier>" in misnamed.content
    assert misnamed.content.replace(b"autre-", b"") == right.content
    assert "autre-flux.xml" in misnamed.headers["Content-Disposition"]
    assert "receipt-other_name" in tag(misnamed)
    assert (again.content, tag(again)) == (right.content, "")
    assert neighbour.get(f"/deposits/{other}/receipt").content == right.content


def test_a_receipt_that_is_not_there_yet_uses_no_fault_up(client: Client) -> None:
    client.served.mock("PUT", f"/processing?world={client.world}", {"mode": "manual"})
    deposit = client.upload().json["id"]
    client.set({"stage": "receipt", "kind": "empty", "times": 1})

    assert client.get(f"/deposits/{deposit}/receipt").status == 409
    assert client.faults[0]["left"] == 1


def test_a_fault_may_strike_one_account_alone(client: Client) -> None:
    others = client.served.mock("GET", f"/state?world={client.world}").json["accounts"]
    other = replace(client, account=(others[1]["account_id"], client.account[1]))
    client.set({"stage": "page", "kind": "status", "account": client.account[0]})

    assert client.get("/deposits").status == 500
    assert other.get("/deposits").status == 200


def test_a_program_is_no_longer_known_when_its_session_expires(
    client: Client, neighbour: Client
) -> None:
    client.set({"stage": "page", "kind": "session_expired", "times": 1})

    assert [client.get("/deposits").status for _ in range(2)] == [401, 200]
    assert neighbour.get("/deposits").status == 200

"""Who may deposit for whom: the three conditions on a whole file, in their order."""

from typing import Any

import pytest

from mockportal.domain.entitlement import refusal_of_sender
from mockportal.domain.identifiers import ClientId, ContractId
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Kind, Organisation
from tests.domain.builders import WORLD, an_outline


def an_organisation(client_id: str, *, mandated_by: str | None = None) -> Organisation:
    return Organisation(
        id=1,
        world=WORLD,
        kind=Kind.DEPOSITOR if mandated_by else Kind.CERTIFIER,
        name="Organisme",
        client_id=ClientId(client_id),
        contracts=frozenset() if mandated_by else frozenset({ContractId("MCFCER100001")}),
        mandated_by=frozenset({ClientId(mandated_by)} if mandated_by else set()),
    )


CERTIFIER = an_organisation("03TST001")
DEPOSITOR = an_organisation("03TST003", mandated_by="03TST001")
OTHER = an_organisation("03TST002")


@pytest.mark.parametrize(
    ("outline", "depositing", "certifier", "expected"),
    [
        pytest.param({}, CERTIFIER, CERTIFIER, None, id="a certificateur for itself"),
        pytest.param({"sender": "03TST003"}, DEPOSITOR, CERTIFIER, None, id="a mandated déposant"),
        pytest.param({"sender": "03TST002"}, CERTIFIER, CERTIFIER, Code.SENDER,
                     id="another's matricule"),
        pytest.param({"sender": "03tst001"}, CERTIFIER, CERTIFIER, Code.SENDER,
                     id="its matricule in lower case"),
        pytest.param({"certifier": "03TST002"}, CERTIFIER, OTHER, Code.MANDATE,
                     id="a certificateur for another"),
        pytest.param({"sender": "03TST003", "certifier": "03TST002"}, DEPOSITOR, OTHER,
                     Code.MANDATE, id="a déposant without that mandate"),
        pytest.param({"certifier": "03TST009"}, CERTIFIER, None, Code.MANDATE,
                     id="an unknown certificateur"),
        pytest.param({"contract": "MCFCER999999"}, CERTIFIER, CERTIFIER, Code.CONTRACT,
                     id="a contract of nobody"),
        pytest.param({"sender": "03TST003", "contract": "X"}, DEPOSITOR, CERTIFIER, Code.CONTRACT,
                     id="a déposant with a contract that is not its certificateur's"),
        pytest.param({"sender": "03TST002", "certifier": "03TST009", "contract": "X"}, CERTIFIER,
                     None, Code.SENDER, id="all wrong: the sender first"),
        pytest.param({"certifier": "03TST009", "contract": "X"}, CERTIFIER, None, Code.MANDATE,
                     id="certificateur and contract wrong: the mandate first"),
    ],
)  # fmt: skip
def test_a_file_is_refused_for_the_first_condition_that_fails(
    outline: dict[str, Any],
    depositing: Organisation,
    certifier: Organisation | None,
    expected: Code | None,
) -> None:
    assert refusal_of_sender(an_outline(**outline), depositing, certifier) is expected

"""How many passages a file may hold: a setting, of ours."""

from io import BytesIO

import pytest

from mockportal.assembly import assemble
from mockportal.domain.deposits import Deposit, Status
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.explain import explained_errors
from mockportal.journeys.work import wait_for
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import KNOWN, an_account
from tests.working import at_work

THREE = a_flux_xml(*(a_passage_xml(f"T-{number}", KNOWN) for number in range(3)))
ODD = THREE.replace(b"<cpf:passageCertifications>", b"<cpf:passageCertifications><!-- odd -->", 1)
"""Of a shape that is transcribed before it is cut."""


def deposited(content: bytes, most: int) -> tuple[Deposit, list[str]]:
    """Return a deposit at a portal of that limit, and the messages of its file."""
    with assemble(Settings(max_passages=most)) as portal, at_work(portal):
        upload = Upload("flux.xml", BytesIO(content))
        made = deposit_file(portal.desk, an_account(portal), upload)
        assert isinstance(made, Deposit)
        treated = wait_for(portal.desk, made, 20)
        errors = explained_errors(portal.desk, treated)
        return treated, [one.error.message for one in errors]


@pytest.mark.parametrize("content", [THREE, ODD], ids=["plain", "odd"])
def test_a_file_of_as_many_passages_as_may_be_is_taken(content: bytes) -> None:
    deposit, messages = deposited(content, 3)

    assert deposit.status is Status.ACCEPTED
    assert not messages


@pytest.mark.parametrize("content", [THREE, ODD], ids=["plain", "odd"])
def test_a_file_of_one_more_is_refused_whole(content: bytes) -> None:
    deposit, messages = deposited(content, 2)

    assert deposit.status is Status.REFUSED
    (message,) = messages
    assert message == (
        "Le fichier contient 3 passages de certification : il dépasse la limite de 2 passages par "
        "fichier."
    )

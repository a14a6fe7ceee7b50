"""A file that is checked against a portal's data: treated as there, and nothing is left of it."""

from io import BytesIO
from pathlib import Path

import pytest

from mockportal.assembly import Trial, assemble, assemble_check
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.check import Checked, check_file
from mockportal.journeys.deposit import Upload
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import deposited

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


def counts(trial: Trial, flux: bytes) -> tuple[int, int]:
    """Return how many passages of a file are OK and KO."""
    checked = check_file(trial.desk, trial.account, Upload("flux.xml", BytesIO(flux)))
    assert isinstance(checked, Checked)
    return checked.deposit.accepted, checked.deposit.rejected


@pytest.mark.parametrize("kept", [True, False], ids=["a data folder", "the seeds alone"])
def test_what_a_file_repeats_from_its_beginning_is_found(tmp_path: Path, kept: bool) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n % 39_990}", KNOWN) for n in range(40_000)))
    settings = Settings(data=tmp_path if kept else None)
    if kept:
        with assemble(settings):
            pass

    with assemble_check(settings) as trial:
        assert counts(trial, flux) == (39_990, 10)


def test_what_the_portal_has_in_store_is_a_duplicate(tmp_path: Path) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", KNOWN) for n in range(3)))
    with assemble(Settings(data=tmp_path)) as portal:
        account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
        assert account is not None
        assert deposited(portal.desk, account, "flux.xml", BytesIO(flux)).accepted == 3

    with assemble_check(Settings(data=tmp_path)) as trial:
        assert counts(trial, flux) == (0, 3)

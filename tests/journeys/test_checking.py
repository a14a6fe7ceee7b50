"""A file that is checked against a portal's data: treated as there, and nothing is left of it."""

from io import BytesIO
from pathlib import Path

import pytest

from mockportal.assembly import assemble, assemble_check
from mockportal.domain.identifiers import AccountId
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import deposited

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


@pytest.mark.parametrize("kept", [True, False], ids=["a data folder", "the seeds alone"])
def test_what_a_file_repeats_from_its_beginning_is_found(tmp_path: Path, kept: bool) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n % 39_990}", KNOWN) for n in range(40_000)))
    settings = Settings(data=tmp_path if kept else None)
    if kept:
        with assemble(settings):
            pass

    with assemble_check(settings) as trial:
        made = deposited(trial.desk, trial.account, "flux.xml", BytesIO(flux))

        assert (made.accepted, made.rejected) == (39_990, 10)


def test_what_the_portal_has_in_store_is_a_duplicate(tmp_path: Path) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", KNOWN) for n in range(3)))
    with assemble(Settings(data=tmp_path)) as portal:
        account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
        assert account is not None
        assert deposited(portal.desk, account, "flux.xml", BytesIO(flux)).accepted == 3

    with assemble_check(Settings(data=tmp_path)) as trial:
        made = deposited(trial.desk, trial.account, "flux.xml", BytesIO(flux))

        assert (made.accepted, made.rejected) == (0, 3)

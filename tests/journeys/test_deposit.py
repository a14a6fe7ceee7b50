"""The journey of a deposit."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from mockportal.assembly import assemble
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.work import wait_for
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import at_work

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


def test_a_file_sent_several_times_at_once_is_accepted_once(tmp_path: Path) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", KNOWN) for n in range(800)))
    with assemble(Settings(data=tmp_path)) as portal:
        account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
        assert account is not None

        def send(number: int) -> Deposit:
            upload = Upload(f"{number}.xml", BytesIO(flux))
            made = deposit_file(portal.desk, account, upload)
            assert isinstance(made, Deposit)
            return made

        with ThreadPoolExecutor(6) as senders, at_work(portal):
            sent = list(senders.map(send, range(6)))
            deposits = [wait_for(portal.desk, one, 60) for one in sent]
    assert sorted(one.accepted for one in deposits) == [0] * 5 + [800]
    assert sorted(one.processing_id for one in deposits) == [1, 2, 3, 4, 5, 6]

"""The journey of a deposit."""

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from mockportal.assembly import assemble
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.work import wait_for
from mockportal.pacing import Patience
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import at_work, deposited, seen, work_off

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


def test_a_treatment_stops_when_the_worker_is_told_to_end_and_another_goes_on(
    tmp_path: Path,
) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", KNOWN) for n in range(40_000)))
    with assemble(Settings(data=tmp_path)) as portal:
        account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
        assert account is not None
        with at_work(portal):
            made = deposit_file(portal.desk, account, Upload("flux.xml", BytesIO(flux)))
            assert isinstance(made, Deposit)
            assert Patience().wait_until(lambda: seen(portal.desk, made.id).accepted > 0, 60)

        stopped = seen(portal.desk, made.id)
        assert stopped.status is Status.PROCESSING
        assert not portal.desk.stores.agenda.busy(stopped.world)
        work_off(portal.desk)

        assert seen(portal.desk, made.id).accepted == 40_000


def test_what_a_batch_repeats_of_the_one_before_it_is_a_duplicate(tmp_path: Path) -> None:
    twice = (a_passage_xml(f"T-{n % 5_000}", KNOWN) for n in range(10_000))
    flux = a_flux_xml(*twice)
    with assemble(Settings(data=tmp_path)) as portal:
        account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
        assert account is not None

        made = deposited(portal.desk, account, "flux.xml", BytesIO(flux))

        assert (made.accepted, made.rejected) == (5_000, 5_000)
        assert portal.desk.stores.deposits.rejections_by_reason(made.id) == [("DUPLICATE", 5_000)]


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

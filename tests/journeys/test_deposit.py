"""The journey of a deposit."""

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Deposit, Refused, Status
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.control import Sizes, control_file
from mockportal.journeys.deposit import Upload, carry_on, deposit_file, record
from mockportal.journeys.receipt import end_refused
from mockportal.journeys.work import wait_for
from mockportal.pacing import Patience
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.wire.test_plain_reading import DOSSIER
from tests.working import at_work, deposited, seen, work_off

PEOPLE = (
    a_titulaire(
        nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
    ),
    a_titulaire(nomNaissance="INCONNU"),
    a_titulaire(nomNaissance="Un &amp; Deux"),
    DOSSIER,
)
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


SMALL, LARGE, VERY_LARGE = Sizes(10**9, 10**9), Sizes(1, 10**9), Sizes(1, 1)


def treated(portal: Portal, flux: bytes, sizes: Sizes, account_id: str = "CERT00001") -> Deposit:
    """Return a deposit treated as its size is taken to be; what is kept for that goes with it."""
    desk = portal.desk
    account = desk.stores.organisations.account(AccountId(account_id))
    assert account is not None
    recorded = record(desk, account, Upload("flux.xml", BytesIO(flux)))
    assert isinstance(recorded, Deposit)
    leaves = desk.stores.files.leaves(recorded.id)

    controlled = control_file(desk, recorded, sizes=sizes)

    if isinstance(controlled, Refused):
        assert not leaves.exists()
        return end_refused(desk, recorded, controlled)
    assert leaves.exists() == (sizes.large == 1)
    done = carry_on(desk, controlled)
    assert not leaves.exists()
    return done


def receipt(portal: Portal, deposit: Deposit) -> str:
    """Return the receipt of a deposit, but for what each file has of its own."""
    text = portal.desk.stores.files.receipt(deposit.id).read_text()
    return re.sub(r"<idTraitement>\d+|lot\d-", "", text)


def test_a_large_file_is_treated_as_a_small_one_is(portal: Portal) -> None:
    receipts = []
    for number, sizes in enumerate((SMALL, LARGE, VERY_LARGE)):
        flux = a_flux_xml(
            *(a_passage_xml(f"lot{number}-{n % 3_900}", PEOPLE[n % 4]) for n in range(4_000))
        )
        made = treated(portal, flux, sizes)
        assert (made.accepted, made.rejected) == (975, 3_025)
        receipts.append(receipt(portal, made))

    assert receipts[1:] == receipts[:1] * 2


def test_a_large_file_of_odd_shape_is_treated_as_a_small_one_is(portal: Portal) -> None:
    receipts = []
    for number, sizes in enumerate((SMALL, LARGE, VERY_LARGE)):
        passages = [a_passage_xml(f"lot{number}-{n}", PEOPLE[n % 4]) for n in range(4_000)]
        flux = a_flux_xml(*passages[:2_000], "<!-- the others -->", *passages[2_000:])
        made = treated(portal, flux, sizes)
        assert made.regular_copy
        receipts.append(receipt(portal, made))

    assert receipts[1:] == receipts[:1] * 2


def test_what_is_kept_of_a_large_file_goes_when_it_is_refused(portal: Portal) -> None:
    wrong = a_passage_xml("T-1").replace("dateDebutValidite", "dateDebut")

    made = treated(portal, a_flux_xml(wrong), LARGE)

    assert made.status is Status.REFUSED

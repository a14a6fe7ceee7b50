"""A world as one file, and the same things done again: the receipts are the same, to the byte."""

from datetime import datetime, timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from random import Random

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.domain.clocks import WorldClock
from mockportal.domain.identifiers import ClientId
from mockportal.domain.organisations import Kind
from mockportal.domain.processing import Mode, Processing
from mockportal.domain.reference import Certification
from mockportal.journeys.clock import set_clock
from mockportal.journeys.consult import deposits_of
from mockportal.journeys.delete import delete
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.journal import Exported, ExportRefusal, export_journal
from mockportal.journeys.learn import learn_bytes
from mockportal.journeys.modify import Modified, modify
from mockportal.journeys.redo import Replayed
from mockportal.journeys.replay import replay
from mockportal.journeys.worlds import MadeWorld, create_world, reset_world
from mockportal.settings import Settings
from mockportal.wire.journal_archive import JournalReader, NoJournalError
from tests.builders import a_new_holder
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.passages import KNOWN, an_account, deposits, number_of
from tests.working import deposited, work_off

FRIDAY = datetime.fromisoformat("2026-04-03T23:59:00+02:00")
_names = count(1)


def exported(portal: Portal, folder: Path, seed: int | None = None) -> Path:
    """Return the default world of a portal as a file."""
    path = folder / f"journal-{next(_names)}.zip"
    with path.open("wb") as out:
        outcome = export_journal(
            portal.desk, an_account(portal).organisation.world, "default", seed, out
        )
    assert isinstance(outcome, Exported)
    return path


def again(path: Path, name: str = "default", data: Path | None = None) -> Replayed:
    """Return what came of replaying a file in a new portal."""
    with assemble(Settings(data=data)) as portal, JournalReader(path) as archive:
        outcome = replay(portal.desk, archive, name)
    assert isinstance(outcome, Replayed)
    return outcome


def same(path: Path, receipts: int) -> None:
    outcome = again(path)
    assert outcome.differences == []
    assert outcome.receipts == receipts


def test_what_is_judged_and_what_is_refused_comes_out_the_same(
    portal: Portal, tmp_path: Path
) -> None:
    account = an_account(portal)
    deposits(portal, "T-1", flux_id="one")
    again_ = a_flux_xml(a_passage_xml("T-1", KNOWN), a_passage_xml("T-2"), flux_id="two")
    deposited(portal.desk, account, "été & hiver.xml", BytesIO(again_))
    deposited(portal.desk, account, "refused.xml", BytesIO(b"<a><b></a>"))

    same(exported(portal, tmp_path), 3)


def test_what_was_changed_between_two_deposits_is_changed_between_them_again(
    portal: Portal, tmp_path: Path
) -> None:
    desk, account = portal.desk, an_account(portal)
    world = account.organisation.world
    someone = a_titulaire(nomNaissance="NOUVEAU", prenom1="Zoé")
    for number in range(3):
        flux = a_flux_xml(a_passage_xml(f"T-{number}", someone), flux_id=f"f{number}")
        deposited(desk, account, "flux.xml", BytesIO(flux))
        if number == 0:
            desk.stores.registry.add(world, [a_new_holder(birth_name="NOUVEAU", first_name="Zoé")])
        if number == 1:
            desk.stores.references.put(
                world, [Certification(type="RNCP", code="RNCP90001", label="-", active=False)]
            )
    verdicts = [one.accepted for one in deposits_of(desk, account).items]

    assert verdicts == [0, 1, 0]
    same(exported(portal, tmp_path), 3)


def test_mandates_end_and_organisations_come(portal: Portal, tmp_path: Path) -> None:
    desk, depositor = portal.desk, an_account(portal, "DEPO00001")
    certifier = an_account(portal).organisation
    world = certifier.world

    def deposits_one(name: str, **said: str) -> int:
        flux = a_flux_xml(a_passage_xml(name, KNOWN), sender="03TST003", flux_id=name, **said)
        return deposited(desk, depositor, "flux.xml", BytesIO(flux)).accepted

    accepted = [deposits_one("a"), deposits_one("b", certifier="99NEW999", contract="C-9")]
    desk.stores.organisations.end_mandate(
        certifier.id, depositor.organisation.id, desk.circumstances.now(world)
    )
    new = desk.stores.organisations.add(world, Kind.CERTIFIER, "Neuf", ClientId("99NEW999"))
    desk.stores.organisations.mandate(new.id, depositor.organisation.id)
    learn_bytes(desk, world, a_flux_xml(certifier="99NEW999", sender="99NEW999", contract="C-9"))
    accepted += [deposits_one("c"), deposits_one("d", certifier="99NEW999", contract="C-9")]

    assert accepted == [1, 0, 0, 1]
    same(exported(portal, tmp_path), 4)


def test_a_passage_that_was_deleted_may_come_again(portal: Portal, tmp_path: Path) -> None:
    deposits(portal, "T-1", "T-2", flux_id="one")
    number = number_of(portal, "T-1")
    changed = modify(portal.desk, an_account(portal), number, {"mentionValidee": "MENTION_BIEN"})
    delete(portal.desk, an_account(portal), number)
    deposits(portal, "T-1", flux_id="two")

    assert isinstance(changed, Modified)
    same(exported(portal, tmp_path), 2)


def test_the_day_in_a_receipts_name_is_that_of_the_worlds_clock(
    portal: Portal, tmp_path: Path
) -> None:
    desk, account = portal.desk, an_account(portal)
    world = account.organisation.world
    set_clock(desk, world, WorldClock(frozen=FRIDAY))
    desk.stores.worlds.set_processing(world, Processing(Mode.DELAY, 3_600))
    deposit_file(desk, account, Upload("flux.xml", BytesIO(a_flux_xml())))
    set_clock(desk, world, WorldClock(frozen=FRIDAY + timedelta(days=2)))
    work_off(desk)
    path = exported(portal, tmp_path)

    with JournalReader(path) as archive:
        (receipt,) = archive.receipts()

    assert receipt["name"] == "Accusé de traitement_flux.xml_20260405.xml"
    same(path, 1)


def test_a_world_is_restored_with_its_people_clock_and_what_still_waits(
    portal: Portal, tmp_path: Path
) -> None:
    desk, account = portal.desk, an_account(portal)
    world = account.organisation.world
    deposits(portal, "T-1", flux_id="one")
    set_clock(desk, world, WorldClock(frozen=FRIDAY))
    desk.stores.accounts.set_trade_name(account.organisation.id, "Enseigne")
    desk.stores.worlds.set_processing(world, Processing(Mode.MANUAL))
    deposit_file(desk, account, Upload("waits.xml", BytesIO(a_flux_xml())))
    folder = tmp_path / "restored"

    outcome = again(exported(portal, tmp_path), data=folder)

    assert (outcome.deposits, outcome.receipts, outcome.differences) == (2, 1, [])
    with assemble(Settings(data=folder)) as restored:
        found = an_account(restored)
        assert [one.status.value for one in deposits_of(restored.desk, found).items] == [
            "processing",
            "accepted",
        ]
        own = restored.desk.stores
        assert found.organisation.shown_name == "Enseigne"
        assert own.registry.count(found.organisation.world) == desk.stores.registry.count(world)
        assert own.worlds.clock(found.organisation.world).frozen == FRIDAY
        assert str(own.worlds.processing(found.organisation.world)) == "manual"
        assert restored.log_in("CERT00001", "mockportal") is not None
        assert number_of(restored, "T-1")


def test_beside_the_world_that_it_is_of_its_accounts_get_other_names(
    portal: Portal, tmp_path: Path
) -> None:
    deposits(portal, "T-1")
    with JournalReader(exported(portal, tmp_path)) as archive:
        outcome = replay(portal.desk, archive, "copy")

    assert isinstance(outcome, Replayed)
    assert outcome.differences == []
    assert outcome.accounts["CERT00001"] != "CERT00001"


def test_a_world_with_deposits_is_not_overwritten(portal: Portal, tmp_path: Path) -> None:
    deposits(portal, "T-1")

    with JournalReader(exported(portal, tmp_path)) as archive:
        outcome = replay(portal.desk, archive, "default")

    assert not isinstance(outcome, Replayed)


def test_receipts_that_differ_are_named(portal: Portal, tmp_path: Path) -> None:
    deposits(portal, "T-1")
    (deposit,) = deposits_of(portal.desk, an_account(portal)).items
    receipt = portal.desk.stores.files.receipt(deposit.id)
    receipt.write_bytes(receipt.read_bytes() + b" ")

    outcome = again(exported(portal, tmp_path))

    (difference,) = outcome.differences
    assert difference.startswith("receipt 1 (Accusé de traitement_flux.xml_")
    assert difference.endswith("holds other bytes")


def test_no_password_is_in_it_but_as_a_hash(portal: Portal, tmp_path: Path) -> None:
    with JournalReader(exported(portal, tmp_path)) as archive:
        accounts = archive.head["accounts"]

    assert accounts
    assert all(one["password_hash"].startswith("$argon2id$") for one in accounts)
    assert not any("password" in one for one in accounts)


def test_a_deposit_that_was_cleaned_away_is_missed(portal: Portal) -> None:
    deposits(portal, "T-1")
    (deposit,) = deposits_of(portal.desk, an_account(portal)).items
    portal.desk.stores.files.original(deposit.id).unlink()

    world = deposit.world
    outcome = export_journal(portal.desk, world, "default", None, BytesIO())

    assert outcome is ExportRefusal.INCOMPLETE


def test_another_world_is_not_in_it(portal: Portal, tmp_path: Path) -> None:
    other = create_world(portal.desk, "other")
    assert isinstance(other, MadeWorld)
    deposited(
        portal.desk,
        an_account(portal, other.accounts[0].id),
        "theirs.xml",
        BytesIO(a_flux_xml()),
    )
    deposits(portal, "T-1")

    same(exported(portal, tmp_path), 1)


def test_after_a_reset_the_journal_begins_anew(portal: Portal, tmp_path: Path) -> None:
    deposits(portal, "T-1")
    reset_world(portal.desk, "default")
    deposits(portal, "T-2")

    same(exported(portal, tmp_path), 1)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\0" * 18])
def test_what_is_no_journal_is_said(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file"
    path.write_bytes(content)

    with pytest.raises(NoJournalError, match="is not a journal"):
        JournalReader(path)


@pytest.mark.slow
def test_five_hundred_mixed_deposits_give_the_same_receipts(portal: Portal, tmp_path: Path) -> None:
    desk, chance = portal.desk, Random(5)
    accounts = [an_account(portal, one) for one in ("CERT00001", "CERT00002", "DEPO00001")]
    headers = [
        {"sender": "03TST001", "certifier": "03TST001", "contract": "MCFCER100001"},
        {"sender": "03TST002", "certifier": "03TST002", "contract": "MCFCER100002"},
        {"sender": "03TST003", "certifier": "03TST001", "contract": "MCFCER100001"},
    ]
    world = accounts[0].organisation.world
    people = [KNOWN, a_titulaire(), a_titulaire(nomNaissance="DURAND", prenom1="Paul", sexe="M")]
    for number in range(500):
        who = chance.randrange(3)
        passages = [
            a_passage_xml(
                f"T-{chance.randrange(400)}",
                chance.choice(people),
                valid_until=chance.choice([None, None, "2020-01-01"]),
            )
            for _ in range(chance.randrange(1, 4))
        ]
        flux = a_flux_xml(*passages, flux_id=f"f{number}", **headers[who])
        if chance.random() < 0.15:
            flux = chance.choice([flux[:-20], flux.replace(b"VAE", b"?"), b"", b"<a/>"])
        made = deposit_file(desk, accounts[who], Upload(f"f{number}.xml", BytesIO(flux)))
        assert not hasattr(made, "worded")
        if chance.random() < 0.3:
            work_off(desk)
        if number % 50 == 0:
            moment = FRIDAY + timedelta(days=chance.randrange(-300, 300))
            set_clock(desk, world, WorldClock(frozen=chance.choice([moment, None])))
        if number == 250:
            desk.stores.registry.add(
                world, [a_new_holder(birth_name="DURAND", first_name="Paul", sex="M", order=7)]
            )
    set_clock(desk, world, WorldClock())
    work_off(desk)
    path = exported(portal, tmp_path)

    outcome = again(path)

    assert outcome.differences == []
    assert outcome.deposits == outcome.receipts == 500

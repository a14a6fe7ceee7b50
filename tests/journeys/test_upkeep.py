"""Deposits past keeping are cleaned away, and their passages stay."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from random import Random
from time import perf_counter, sleep
from typing import Any

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.domain.clocks import WorldClock
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import AccountId, DepositId
from mockportal.domain.keeping import Keeping
from mockportal.domain.organisations import Account
from mockportal.domain.passages import PassageSearch, StoredPassage
from mockportal.domain.storage_failures import StorageError
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.consult import deposit_seen_by, deposits_of
from mockportal.journeys.delete import delete
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.export import exported
from mockportal.journeys.kept import open_kept
from mockportal.journeys.modify import Modified, modify
from mockportal.journeys.passages import passage_seen_by, passages_named, said_by
from mockportal.journeys.ports import Files
from mockportal.journeys.upkeep import upkeep
from mockportal.journeys.world_ports import Retention
from mockportal.journeys.worlds import create_world, delete_world
from mockportal.pacing import Patience
from mockportal.settings import Settings
from mockportal.storage.files import FileStore
from mockportal.wire.names import qualified
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.packed_files import as_a_file
from tests.working import at_work, deposited, seen

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
SMALL = a_flux_xml(a_passage_xml("T-0", KNOWN), a_passage_xml("KO-1"), a_passage_xml("T-2", KNOWN))
LARGE = a_flux_xml(
    *(a_passage_xml(f"L-{n}", KNOWN if n % 3 else None) + " " * 30_000 for n in range(160))
)


def keeping(portal: Portal, *, days: int | None = None, deposits: int | None = None) -> Desk:
    """Return the desk of a portal whose operator has chosen what is kept."""
    policy = replace(portal.desk.policy, keeping=Keeping(days, deposits))
    return replace(portal.desk, policy=policy)


def the_certifier(desk: Desk) -> Account:
    found = desk.stores.organisations.account(AccountId("CERT00001"))
    assert found is not None
    return found


def deposit(desk: Desk, content: bytes = SMALL) -> Deposit:
    return deposited(desk, the_certifier(desk), "flux.xml", BytesIO(content))


def cleaned(desk: Desk) -> int:
    """Keep the house in order until nothing is left to do; return how much was done."""
    count = 0
    while upkeep(desk):
        count += 1
    return count


def living(desk: Desk, deposit_id: DepositId) -> list[str]:
    """Return the identifiers of the living passages of a deposit, read from what is kept of it."""
    found = []
    with open_kept(desk, seen(desk, deposit_id)) as kept:
        number = 0
        while piece := desk.stores.deposits.piece(deposit_id, number):
            for position in sorted(desk.stores.retention.published(deposit_id, number)):
                element = kept.element(piece, position)
                found.append(element.findtext(qualified("idTechnique"), ""))
            number += 1
    return found


def files_of(folder: Path, deposit_id: DepositId) -> set[str]:
    return {path.name for path in (folder / "files" / deposit_id).glob("*")}


def test_a_portal_keeps_all_unless_told_otherwise(portal: Portal) -> None:
    deposit(portal.desk)

    assert cleaned(portal.desk) == 0


def test_a_cleaned_deposit_leaves_its_living_passages_and_nothing_else(
    portal: Portal, tmp_path: Path
) -> None:
    desk = keeping(portal, deposits=0)
    made = deposit(desk)

    assert cleaned(desk) == 1

    assert deposits_of(desk, the_certifier(desk)).total == 0
    assert deposit_seen_by(desk, the_certifier(desk), made.id) is None
    assert not (tmp_path / "files" / made.id).exists()
    assert living(desk, made.id) == ["T-0", "T-2"]
    assert cleaned(desk) == 0


@pytest.mark.parametrize(
    "content",
    [SMALL.replace(b"<cpf:idFlux>", b"<!-- odd --><cpf:idFlux>"), LARGE],
    ids=["transcribed", "several pieces"],
)
def test_what_lives_is_read_as_before(portal: Portal, content: bytes) -> None:
    desk = keeping(portal, deposits=0)
    made = deposit(desk, content)
    before = living(desk, made.id)

    cleaned(desk)

    assert living(desk, made.id) == before
    assert len(before) == seen(desk, made.id).alive > 0


def test_a_passage_of_a_cleaned_deposit_is_found_shown_modified_exported_and_deleted(
    portal: Portal,
) -> None:
    desk = keeping(portal, deposits=0)
    deposit(desk)
    account = the_certifier(desk)
    (before,) = passages_named(desk, account, "T-2")
    said = said_by(desk, before.passage)

    cleaned(desk)

    (after,) = passages_named(desk, account, "T-2")
    assert after == before
    assert said_by(desk, after.passage) == said
    assert [row[0] for row in exported(desk, account, PassageSearch())] == ["T-0", "T-2"]
    outcome = modify(desk, account, after.passage.id, {"mentionValidee": "MENTION_BIEN"})
    assert isinstance(outcome, Modified), outcome
    assert said_by(desk, outcome.passage)["mentionValidee"] == "MENTION_BIEN"


def test_a_passage_that_is_deleted_is_still_shown_after_its_deposit_is_cleaned(
    portal: Portal,
) -> None:
    desk = keeping(portal, deposits=0)
    deposit(desk, a_flux_xml(a_passage_xml("T-1", KNOWN)))
    account = the_certifier(desk)
    (one,) = passages_named(desk, account, "T-1")
    said = said_by(desk, one.passage)
    assert isinstance(delete(desk, account, one.passage.id), StoredPassage)

    cleaned(desk)

    gone = passage_seen_by(desk, account, one.passage.id)
    assert gone is not None
    assert not gone.alive
    assert said_by(desk, gone) == said


def test_a_passage_of_a_cleaned_deposit_is_still_a_duplicate(portal: Portal) -> None:
    desk = keeping(portal, deposits=0)
    deposit(desk)
    cleaned(desk)

    again = deposit(desk)

    assert (again.accepted, again.rejected) == (0, 3)


@pytest.mark.parametrize("content", [b"no flux at all", a_flux_xml(a_passage_xml("KO-1"))])
def test_nothing_is_left_of_a_deposit_without_living_passages(
    portal: Portal, tmp_path: Path, content: bytes
) -> None:
    desk = keeping(portal, deposits=0)
    made = deposit(desk, content)

    cleaned(desk)

    assert not (tmp_path / "files" / made.id).exists()
    assert desk.stores.deposits.errors(made.id) == []
    assert list(desk.stores.deposits.rejections(made.id)) == []


def test_deposits_age_by_the_clock_of_their_world(portal: Portal) -> None:
    desk = keeping(portal, days=30)
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    deposit(desk)
    assert cleaned(desk) == 0

    desk.stores.worlds.set_clock(world, WorldClock(timedelta(days=31)))

    assert cleaned(desk) == 1


def test_each_world_keeps_its_own_number(portal: Portal) -> None:
    desk = keeping(portal, deposits=1)
    create_world(desk, "other")
    first, second = deposit(desk), deposit(desk, LARGE)

    assert cleaned(desk) == 1

    assert seen(desk, first.id).removed_at is not None
    assert seen(desk, second.id).removed_at is None


def test_a_deposit_whose_file_is_lost_is_cleaned_once_and_holds_up_no_other(
    portal: Portal, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    desk = keeping(portal, deposits=0)
    lost, kept = deposit(desk), deposit(desk, LARGE)
    (tmp_path / "files" / lost.id / "deposit.xml").unlink()

    assert cleaned(desk) == 2

    assert [f"{kept.id}" in caplog.text, caplog.text.count("is missing")] == [False, 1]
    assert seen(desk, lost.id).removed_at is not None
    assert not list((tmp_path / "files").iterdir())
    assert len(living(desk, kept.id)) == kept.accepted
    with pytest.raises(StorageError, match="is missing"):
        living(desk, lost.id)


def test_nothing_is_given_up_while_the_data_folder_is_away(portal: Portal, tmp_path: Path) -> None:
    desk = keeping(portal, deposits=0)
    made = deposit(desk)
    (tmp_path / "files").rename(tmp_path / "elsewhere")
    (tmp_path / "portal.mark").rename(tmp_path / "elsewhere" / "portal.mark")

    with pytest.raises(StorageError):
        cleaned(desk)

    (tmp_path / "elsewhere" / "portal.mark").rename(tmp_path / "portal.mark")
    (tmp_path / "elsewhere").rename(tmp_path / "files")
    assert living(desk, made.id) == ["T-0", "T-2"]


def test_a_worker_cleans_when_it_has_nothing_to_treat(portal: Portal, tmp_path: Path) -> None:
    desk = keeping(portal, deposits=0)
    made = deposit(desk)

    with at_work(replace(portal, desk=desk)):
        assert Patience().wait_until(lambda: not (tmp_path / "files" / made.id).exists(), 20)


def test_a_world_that_goes_takes_what_was_packed_with_it(portal: Portal, tmp_path: Path) -> None:
    desk = keeping(portal, deposits=0)
    world = create_world(desk, "gone")
    account = desk.stores.organisations.account(world.accounts[0].id)  # type: ignore[union-attr]  # it is made
    assert account is not None
    deposited(desk, account, "flux.xml", BytesIO(SMALL))
    cleaned(desk)

    delete_world(desk, "gone")

    assert list((tmp_path / "files").iterdir()) == []


class CutOffError(Exception):
    """The process dies here."""


class Mortal:
    """Counts down what a process does before it dies."""

    def __init__(self, life: int) -> None:
        self.life = life

    def live(self) -> None:
        if not self.life:
            raise CutOffError
        self.life -= 1


class Dying:
    """Files in whose hands a process dies: after so many things done to them."""

    def __init__(self, files: Files, mortal: Mortal) -> None:
        self._files, self._mortal = files, mortal

    def __getattr__(self, name: str) -> object:
        return getattr(self._files, name)

    def discard(self, deposit_id: DepositId) -> None:
        for path in (self._files.receipt(deposit_id), self._files.original(deposit_id)):
            self._mortal.live()
            path.unlink()
        self._mortal.live()
        self._files.discard(deposit_id)


class DyingRetention:
    """Rows in whose hands a process dies, after so many pieces."""

    def __init__(self, retention: Retention, mortal: Mortal) -> None:
        self._retention, self._mortal = retention, mortal

    def __getattr__(self, name: str) -> object:
        return getattr(self._retention, name)

    def pack(self, deposit_id: DepositId, packed: Iterable[tuple[int, bytes]]) -> None:
        for piece in packed:
            self._mortal.live()
            self._retention.pack(deposit_id, [piece])
        self._mortal.live()


@pytest.mark.parametrize("life", range(6))
def test_wherever_a_cleaning_is_cut_off_all_that_lives_is_read_and_the_next_one_ends_it(
    portal: Portal, tmp_path: Path, life: int
) -> None:
    desk = keeping(portal, deposits=0)
    made = deposit(desk, LARGE)
    before = living(desk, made.id)
    mortal = Mortal(life)
    dying: Any = replace(
        desk.stores,
        files=Dying(desk.stores.files, mortal),  # type: ignore[arg-type]  # it hands all else on
        retention=DyingRetention(desk.stores.retention, mortal),  # type: ignore[arg-type]
    )

    with pytest.raises(CutOffError):
        upkeep(replace(desk, stores=dying))

    assert living(desk, made.id) == before
    desk.stores.agenda.free(made.id)  # as if its lease had run out
    assert cleaned(desk) == 1
    assert living(desk, made.id) == before
    assert not (tmp_path / "files" / made.id).exists()


@pytest.mark.embedded
def test_what_an_older_version_has_packed_into_a_file_moves_to_the_database(
    portal: Portal, tmp_path: Path
) -> None:
    desk = keeping(portal, deposits=0)
    made = deposit(desk, LARGE)
    cleaned(desk)
    before = living(desk, made.id)
    read = desk.stores.retention.packed(made.id)
    assert read is not None
    left = {number: content for number in range(-1, 100) if (content := read(number))}
    folder = tmp_path / "files" / made.id
    folder.mkdir(parents=True)
    (folder / "packed.bin").write_bytes(as_a_file(left))
    for number in range(20):  # of nobody: they hold nothing back, whichever comes first
        unknown = tmp_path / "files" / f"unknown-{number}"
        unknown.mkdir()
        (unknown / "packed.bin").write_bytes(b"")
    with closing(sqlite3.connect(tmp_path / "portal.db")) as database:
        database.execute("DELETE FROM packed_pieces")
        database.commit()
    assert living(desk, made.id) == before
    files = FileStore(tmp_path / "files")  # that of the next process

    assert cleaned(replace(desk, stores=replace(desk.stores, files=files))) == 1

    assert not folder.exists()
    assert living(desk, made.id) == before


CLEANS = """
import sys
from pathlib import Path
from mockportal.assembly import assemble
from mockportal.journeys.upkeep import upkeep
from mockportal.settings import Settings
from mockportal.storage.files import FileStore

with assemble(Settings(data=Path(sys.argv[1]), keep_deposits=0, lease=0.2)) as portal:
    print("ready", flush=True)
    while upkeep(portal.desk):
        pass
"""


@pytest.mark.slow
def test_a_cleaning_that_is_killed_at_random_moments_loses_no_passage(tmp_path: Path) -> None:
    chance = Random(11)
    with assemble(Settings(data=tmp_path)) as portal:
        desk = portal.desk
        made = deposit(desk, LARGE)
        small = [deposit(desk, a_flux_xml(a_passage_xml(f"S-{n}", KNOWN))) for n in range(60)]
        before = {one.id: living(desk, one.id) for one in (made, *small)}
        done = set()
        for _ in range(12):
            command = [sys.executable, "-c", CLEANS, str(tmp_path)]
            with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
                assert process.stdout is not None
                assert process.stdout.readline() == b"ready\n"
                sleep(chance.uniform(0, 0.15))
                process.kill()
            assert {one: living(desk, one) for one in before} == before
            done.add(sum("deposit.xml" not in files_of(tmp_path, one) for one in before))
        assert len(done) > 3, "the kills all came before or after the work"
        begun = perf_counter()
        ended = subprocess.run([sys.executable, "-c", CLEANS, str(tmp_path)], check=False)
        assert ended.returncode == 0
        sleep(max(0.0, 0.3 - (perf_counter() - begun)))  # the lease of the last one killed
        subprocess.run([sys.executable, "-c", CLEANS, str(tmp_path)], check=True)
        desk.stores.files.sweep(desk.stores.deposits.is_processing)
        assert {one: living(desk, one) for one in before} == before
        for one in before:
            assert not (tmp_path / "files" / one).exists()


def test_an_upload_is_treated_while_there_is_much_to_clean(portal: Portal) -> None:
    desk = keeping(portal, deposits=1)
    for number in range(20):
        deposit(desk, a_flux_xml(a_passage_xml(f"S-{number}", KNOWN)))

    with at_work(replace(portal, desk=desk)):
        made = deposit_file(desk, the_certifier(desk), Upload("flux.xml", BytesIO(SMALL)))
        assert isinstance(made, Deposit)
        assert Patience().wait_until(
            lambda: seen(desk, made.id).status is not Status.PROCESSING, 20
        )

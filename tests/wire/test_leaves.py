"""What the first control keeps of a large file's passages reads as the file itself does."""

import os
import shutil
import signal
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from mockportal.domain.comparing import Filing, filing
from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.domain.identifiers import WorldId
from mockportal.domain.people import HolderClaim, NirClaim
from mockportal.domain.rules import Known, key_of, name_key
from mockportal.resources import schema_path
from mockportal.wire.first_control import KeepLeaves, Reading, first_control
from mockportal.wire.leaves import FILING, KeptLeaves
from mockportal.wire.passages import LeavesReader
from mockportal.wire.reading import KeptFile
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml, a_titulaire
from tests.wire.test_plain_reading import DOSSIER, NIR
from tests.wire.test_surveying import MIXED

WORLD = WorldId(7)
PIECE = 5_000
CUT_AS_THEY_ARE = (
    "a passage in a comment at the end", "a name of ours in a value", "an emoji",
    "a place of schemas",
)  # fmt: skip
PEOPLE = (
    a_titulaire(nomNaissance="Lefèvre", prenom1="ZOË", prenom2="Ève", jourNaissance="1"),
    a_titulaire(nomNaissance="D'œuvre", nomUsage="ROY", anneeNaissance="1974", sexe="M"),
    DOSSIER,
    a_titulaire(nomNaissance="A&amp;B"),
)
MANY = a_flux_xml(*(a_passage_xml(f"T-{n}", PEOPLE[n % len(PEOPLE)]) for n in range(400)))
ALL_PLAIN = a_flux_xml(*(a_passage_xml(f"T-{n}", PEOPLE[n % 3]) for n in range(400)))


def kept(
    folder: Path,
    flux: bytes,
    *,
    apart: bool,
    piece_size: int = PIECE,
    version: str = "1.1.2",
) -> Reading:
    """Run the first control on a file, and keep its leaves beside it."""
    path = folder / "deposit.xml"
    path.write_bytes(flux)
    with (folder / "copy").open("w+b") as copy, (folder / "leaves").open("w+b") as out:
        keep = KeepLeaves(out, path, WORLD, apart)
        reading = first_control(path, schema_path(version), copy, piece_size, keep)
    assert isinstance(reading, Reading), reading
    return reading


def passages(folder: Path, reading: Reading, leaves: Path, version: str = "1.1.2") -> list[Passage]:
    """Return all passages of a file, read by what is kept of them where that is there."""

    def awarded(first: int, last: int) -> list[AwardedCertification]:
        return reading.certifications[first : last + 1]

    with (
        KeptFile(folder / "deposit.xml", schema=schema_path(version)) as file,
        KeptLeaves(leaves) as beside,
    ):
        return [
            one.passage
            for piece in reading.pieces
            for one in file.passages(piece, awarded, beside.of(piece.number))
        ]


def unfiled(them: list[Passage]) -> list[Passage]:
    return [one._replace(filing=None) for one in them]


@pytest.mark.parametrize("apart", [False, True], ids=["one process", "two"])
@pytest.mark.parametrize(
    "flux",
    [
        MANY,
        ALL_PLAIN,
        *(MIXED[shape] for shape in CUT_AS_THEY_ARE),
        *(one.read_bytes() for one in sorted(SAMPLES.glob("*clean*.xml"))),
    ],
)
def test_a_file_reads_alike_with_its_leaves_and_without(
    tmp_path: Path, flux: bytes, apart: bool
) -> None:
    reading = kept(tmp_path, flux, apart=apart)

    assert not reading.regular_copy
    with_them = passages(tmp_path, reading, tmp_path / "leaves")
    without = passages(tmp_path, reading, tmp_path / "none")

    assert unfiled(with_them) == unfiled(without)
    assert len(without) == reading.outline.passages


def test_most_of_a_plain_file_comes_from_its_leaves(tmp_path: Path) -> None:
    reading = kept(tmp_path, ALL_PLAIN, apart=False)

    with KeptLeaves(tmp_path / "leaves") as leaves:
        found = [leaves.of(piece.number) for piece in reading.pieces]

    assert len(found) > 20
    assert [one is None for one in found] == [True, *[False] * (len(found) - 1)]


def test_holders_are_filed_as_the_rules_file_them(tmp_path: Path) -> None:
    reading = kept(tmp_path, ALL_PLAIN, apart=False)

    found = passages(tmp_path, reading, tmp_path / "leaves")

    filed = [one for one in found if one.filing is not None]
    assert len(filed) > len(found) / 2
    for one in filed:
        assert isinstance(one.claim, HolderClaim)
        assert one.filing == (key_of(WORLD, one.claim), name_key(one.claim, Known()))
    assert any(one.filing is None for one in found if not isinstance(one.claim, HolderClaim))


def test_two_processes_keep_what_one_does(tmp_path: Path) -> None:
    contents = []
    for apart in (False, True):
        kept(tmp_path, MANY, apart=apart)
        contents.append((tmp_path / "leaves").read_bytes())

    assert contents[0] == contents[1]


def test_a_national_identifier_is_filed_by_the_rules_alone(tmp_path: Path) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", (NIR, PEOPLE[0])[n % 2]) for n in range(400)))
    reading = kept(tmp_path, flux, apart=False, version="1.1.5")

    with_them = passages(tmp_path, reading, tmp_path / "leaves", "1.1.5")

    assert [type(one.claim) for one in with_them] == [NirClaim, HolderClaim] * 200
    assert unfiled(with_them) == passages(tmp_path, reading, tmp_path / "none", "1.1.5")


@pytest.mark.parametrize("part", [0, 3, 0.5, 0.99])
def test_what_is_cut_off_is_read_from_the_file(tmp_path: Path, part: float) -> None:
    reading = kept(tmp_path, ALL_PLAIN, apart=False)
    whole = (tmp_path / "leaves").read_bytes()
    (tmp_path / "cut").write_bytes(whole[: int(part * len(whole)) if part < 1 else int(part)])

    assert unfiled(passages(tmp_path, reading, tmp_path / "cut")) == passages(
        tmp_path, reading, tmp_path / "none"
    )


@pytest.mark.parametrize("wrong", [b"\0" * 300, b"\xff" * 300, b"D" * 3], ids=["0", "255", "D"])
@pytest.mark.parametrize("at", range(0, 40_000, 1_777))
def test_what_is_damaged_is_read_from_the_file(tmp_path: Path, at: int, wrong: bytes) -> None:
    reading = kept(tmp_path, ALL_PLAIN, apart=False)
    whole = (tmp_path / "leaves").read_bytes()
    assert len(whole) > 40_000
    (tmp_path / "damaged").write_bytes(whole[:at] + wrong + whole[at + len(wrong) :])

    assert unfiled(passages(tmp_path, reading, tmp_path / "damaged")) == passages(
        tmp_path, reading, tmp_path / "none"
    )


def test_leaves_of_another_format_are_passed_over(tmp_path: Path) -> None:
    reading = kept(tmp_path, ALL_PLAIN, apart=False)
    whole = (tmp_path / "leaves").read_bytes()
    (tmp_path / "older").write_bytes(b"\0\0" + whole[2:])

    with KeptLeaves(tmp_path / "older") as leaves:
        assert [leaves.of(piece.number) for piece in reading.pieces] == [None] * len(reading.pieces)


def test_the_other_process_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    flux = a_flux_xml(*(a_passage_xml(f"T-{n}", PEOPLE[n % 3]) for n in range(20_000)))
    killed: set[int] = set()
    over = threading.Event()

    def kill(after: float) -> None:
        while not over.wait(0.002):
            for child in children() - killed:
                over.wait(after)
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                    killed.add(child)

    for after in (0.0, 0.1, 0.15, 0.2, 0.25):
        over.clear()
        killer = threading.Thread(target=kill, args=(after,))
        killer.start()
        try:
            reading = kept(tmp_path, flux, apart=True, piece_size=20_000)
        finally:
            over.set()
            killer.join()
        read = passages(tmp_path, reading, tmp_path / "leaves")
        assert [one.technical_id for one in read] == [f"T-{n}" for n in range(20_000)]

    assert killed
    assert not children()


@pytest.mark.parametrize("program", ["", "/nowhere/python", shutil.which("false")])
def test_a_process_that_does_not_come_up_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, program: str
) -> None:
    monkeypatch.setattr(sys, "executable", program)

    reading = kept(tmp_path, MANY, apart=True)

    assert len(passages(tmp_path, reading, tmp_path / "leaves")) == 400


def test_no_module_of_the_working_folder_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("lxml.py", "queue.py", "mockportal.py"):
        (tmp_path / name).write_text("open('run', 'w').close()")
    monkeypatch.chdir(tmp_path)

    kept(tmp_path, MANY, apart=True)

    assert not (tmp_path / "run").exists()


def children() -> set[int]:
    """Return the processes that this one has started and that are there still."""
    found = set()
    for task in Path("/proc/self/task").iterdir():
        with suppress(FileNotFoundError):  # a thread that has just ended
            found |= set(map(int, (task / "children").read_text().split()))
    return found


_LEAVES = (
    "idTechnique", "dateDebutValidite", "dateFinValidite", "nomNaissance", "nomUsage", "prenom1",
    "anneeNaissance", "moisNaissance", "jourNaissance", "sexe", "codeInsee", FILING,
)  # fmt: skip
_ROW = (
    "T-1", "2026-10-01", "2030-01-01", "MARTIN", "", "Léa", "1990", "07", "", "F", "75056",
    filing(1, "MARTIN", "Léa", "F", "1990"),
)  # fmt: skip


def _row(**said: str) -> tuple[str, ...]:
    return tuple(said.get(name.strip("="), text) for name, text in zip(_LEAVES, _ROW, strict=True))


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [_ROW],
        [_ROW, _row(idTechnique="T-2", nomUsage="DURAND", moisNaissance="", jourNaissance="31")],
        [_row(dateFinValidite=""), _row(filing=""), _row(anneeNaissance="+1990", codeInsee="")],
    ],
    ids=["none", "alone", "some are empty", "some are odd"],
)
@pytest.mark.parametrize("names", [_LEAVES, (*_LEAVES[:-1], "other"), (*_LEAVES[:-1], "sexe")])
def test_passages_read_by_columns_are_those_read_by_themselves(
    names: tuple[str, ...], rows: list[tuple[str, ...]]
) -> None:
    award = AwardedCertification("RNCP", "RNCP90001")
    reader = LeavesReader(names)

    read = reader.passages(rows, award)

    assert read == [reader.passage(row, award) for row in rows]
    assert [type(one.claim) for one in read] == [
        type(reader.passage(row, award).claim) for row in rows
    ]
    assert all(type(one.filing) in {Filing, type(None)} for one in read)


def test_passages_of_which_some_have_no_names_are_read_by_themselves() -> None:
    award = AwardedCertification("RNCP", "RNCP90001")
    reader = LeavesReader((*_LEAVES[:-1], "nir"))
    rows = [(*_ROW[:-1], ""), (*_row(anneeNaissance="")[:-1], "1900775056001")]

    read = reader.passages(rows, award)

    assert read == [reader.passage(row, award) for row in rows]
    assert [type(one.claim) for one in read] == [HolderClaim, NirClaim]

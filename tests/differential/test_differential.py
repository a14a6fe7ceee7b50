"""The quick ways of reading a flux give what an exact reading gives: some thousand passages."""

from pathlib import Path
from random import Random

import pytest

from tests.benchmarks.shape_files import SHAPES, Shape
from tests.differential.comparison import Case, compared
from tests.differential.generator import damaged, generated, shaped
from tests.differential.run import run, run_file
from tests.differential.writer import KINDS
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml

SEED = 20261130


@pytest.mark.parametrize("share", range(4))
def test_generated_files_read_alike(share: int) -> None:
    outcome = run((SEED + share, 1500, 200))

    assert outcome.differences == ()
    assert outcome.passages >= 1500
    assert outcome.quick > 5, "files that are cut as they are must be among them"
    assert outcome.good - outcome.quick > 5, "and files that are transcribed"
    assert outcome.refused > 5, "and files with errors"


def test_the_same_seed_gives_the_same_files() -> None:
    assert [generated(seed) for seed in range(20)] == [generated(seed) for seed in range(20)]


def test_every_kind_of_unusual_thing_is_generated() -> None:
    found = {kind for seed in range(300) for kind in generated(seed, 1).kinds}

    assert found >= {*KINDS, "utf-16", "iso-8859-1", "utf-8-sig"}


@pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])
def test_each_shape_reads_alike_and_its_faults_are_the_same(tmp_path: Path, shape: Shape) -> None:
    for seed, passages in enumerate((1, 3, 60)):
        flux = shaped(shape, Random(seed), passages)
        good = Case(flux.document, flux.version, flux.piece_size, keeps_leaves=seed > 0)
        faulty = good._replace(document=damaged(flux.document, seed))

        result = compared(good, tmp_path)

        assert (result.passages, result.differences) == (flux.passages, [])
        assert compared(faulty, tmp_path).differences == []


def test_a_file_that_once_read_otherwise_reads_alike(tmp_path: Path) -> None:
    """Carriage returns alone in tags, before a fault: its column was one too small."""
    assert run_file(10_001_520_010, 600, tmp_path).differences == ()


def test_a_second_process_changes_nothing(tmp_path: Path) -> None:
    passages = [a_passage_xml(f"T-{number}") for number in range(3000)]
    case = Case(a_flux_xml(*passages), "1.1.2", 20_000, keeps_leaves=True, apart=True)

    result = compared(case, tmp_path)

    assert (result.passages, result.quick, result.differences) == (3000, True, [])


def test_samples_read_alike(tmp_path: Path) -> None:
    for sample in sorted(SAMPLES.glob("*.xml")):
        case = Case(sample.read_bytes(), "1.1.5", 2000, keeps_leaves=True)

        assert compared(case, tmp_path).differences == [], sample.name


def test_a_file_can_be_kept_to_look_at(tmp_path: Path) -> None:
    outcome = run_file(SEED, 50, tmp_path, tmp_path / "kept.xml")

    assert outcome.differences == ()
    assert (tmp_path / "kept.xml").read_bytes() == generated(SEED, 50).document

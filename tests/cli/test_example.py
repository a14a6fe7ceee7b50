"""Files to begin with, on standard output; and paths that are not there."""

import subprocess
import sys
from pathlib import Path

import pytest

from mockportal import resources
from tests.cli.test_commands import Run
from tests.fluxes import a_flux_xml


def printed(*words: str) -> bytes:
    return subprocess.run(
        [sys.executable, "-m", "mockportal", *words], capture_output=True, check=True
    ).stdout


def test_an_example_passes_the_first_control_of_the_schema_that_is_printed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = tmp_path / "example.xml"
    flux.write_bytes(printed("example"))

    assert printed("schema", "1.1.5") == resources.schema_path("1.1.5").read_bytes()
    assert Run(capsys, "check", "--schema-only", "--data", tmp_path / "none", flux).status == 0


def test_a_receipt_that_can_be_written_nowhere_is_said_before_anything_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(a_flux_xml())

    run = Run(
        capsys, "check", "--data", tmp_path / "none", "--receipt", tmp_path / "no" / "x.xml", flux
    )

    assert (run.status, run.out) == (3, "")
    assert "there is no folder" in run.err


def test_the_coverage_of_a_folder_without_a_portal_is_said_and_none_is_made(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = Run(capsys, "coverage", "--data", tmp_path / "typo")

    assert run.status == 3
    assert "there is no portal in" in run.err
    assert not (tmp_path / "typo").exists()

"""The files that a failed test leaves."""

from pathlib import Path

import pytest

from mockportal.testing import MockPortal
from mockportal.testing.leaving import leave
from tests.fluxes import a_flux_xml, a_passage_xml


@pytest.mark.parametrize("name", ["é" * 251 + ".xml", 'a"b:c*.xml', "export.xml"])
def test_whatever_a_file_is_called_its_deposit_is_left(
    portal: MockPortal, tmp_path: Path, name: str
) -> None:
    flux = a_flux_xml(a_passage_xml("T-1"))
    deposit = portal.deposit(flux, name=name)

    (left,) = leave(portal, tmp_path, "tests/test_export.py::test_it")

    contents = {path.read_bytes() for path in left.iterdir()}
    assert {flux, deposit.receipt} <= contents
    assert len(contents) == 4
    assert not [path.name for path in left.iterdir() if set(path.name) & set('"*:<>?|\\')]

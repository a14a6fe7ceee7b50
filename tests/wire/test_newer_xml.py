"""Files of XML 1.1, which libxml2 does not read: what the exact check finds good is read whole."""

from pathlib import Path

import pytest

from mockportal.wire.first_control import Reading
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.wire.controlling import EXPECTED, THREE, controlled, read_back

THREE_OF_1_1 = a_flux_xml(*THREE).decode().replace('version="1.0"', 'version="1.1"', 1)


@pytest.mark.parametrize(
    ("written", "instead"),
    [
        ("<cpf:emetteur>", "<cpf:emetteur>\x85\u2028"),
        ("<cpf:emetteur>", '<cpf:emetteur xmlns:x="urn:x"><!-- \x85 -->'),
        (">B/é<", "><![CDATA[B/é]]><"),
        (">B/é<", ">B/&#xe9;<"),
        ("<cpf:flux ", '<cpf:flux xmlns:\U00010330="urn:x" '),
    ],
    ids=["line ends", "a comment", "CDATA", "a reference", "a prefix of 1.1 alone"],
)
def test_what_is_written_in_1_1_is_read_as_in_1_0(
    tmp_path: Path, written: str, instead: str
) -> None:
    flux = THREE_OF_1_1.replace(written, instead, 1).encode()

    reading = controlled(tmp_path, flux)

    assert isinstance(reading, Reading)
    assert read_back(tmp_path, reading) == EXPECTED


def test_a_prefix_may_be_undeclared(tmp_path: Path) -> None:
    flux = THREE_OF_1_1.replace("<cpf:flux ", '<cpf:flux xmlns:x="urn:x" ', 1)
    flux = flux.replace("<cpf:emetteur>", '<cpf:emetteur xmlns:x="">', 1)

    reading = controlled(tmp_path, flux.encode())

    assert isinstance(reading, Reading)
    assert read_back(tmp_path, reading) == EXPECTED


def test_what_no_receipt_can_hold_is_replaced(tmp_path: Path) -> None:
    flux = a_flux_xml(a_passage_xml("A&#x1;B"), a_passage_xml("C&#x85;D")).decode()

    reading = controlled(tmp_path, flux.replace('version="1.0"', 'version="1.1"', 1).encode())

    assert isinstance(reading, Reading)
    assert [name for name, _ in read_back(tmp_path, reading)] == ["A\ufffdB", "C\x85D"]

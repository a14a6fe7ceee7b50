"""The émetteur that a file's beginning names."""

from pathlib import Path

import pytest

from mockportal.wire.first_sender import first_sender
from tests.fluxes import a_flux_xml

PLAIN = a_flux_xml()
CLIENT = b"<cpf:idClient>03TST001</cpf:idClient>"


def sender_of(tmp_path: Path, content: bytes) -> str | None:
    path = tmp_path / "flux.xml"
    path.write_bytes(content)
    return first_sender(path)


@pytest.mark.parametrize(
    "content",
    [
        PLAIN,
        b"\xef\xbb\xbf" + PLAIN,
        PLAIN.replace(b"<cpf:", b"<").replace(b"</cpf:", b"</").replace(b"xmlns:cpf", b"xmlns"),
        PLAIN.decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        PLAIN.replace(b"03TST001", b"<![CDATA[03TST]]>0<!-- -->&#48;1", 1),
        PLAIN.replace(b"<cpf:emetteur>", b"<cpf:emetteur><!--" + b" " * 30_000 + b"-->"),
        PLAIN[: PLAIN.index(b"<cpf:certificateurs>")],
        PLAIN.replace(b"<cpf:idFlux>", CLIENT.replace(b"001", b"999") + b"<cpf:idFlux>"),
    ],
)
def test_it_is_found_wherever_it_stands_at_the_beginning(tmp_path: Path, content: bytes) -> None:
    assert sender_of(tmp_path, content) == "03TST001"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no XML",
        b"<!DOCTYPE flux>" + PLAIN.partition(b"?>")[2],
        PLAIN.replace(b'encoding="UTF-8"', b'encoding="no-such"'),
        PLAIN.replace(b"urn:cdc", b"urn:other"),
        PLAIN.replace(CLIENT, b"", 1),
        PLAIN.replace(b"03TST001", b"03TST0010", 1),
        PLAIN.replace(b"<cpf:emetteur>", b"<!--" + b" " * 70_000 + b"--><cpf:emetteur>"),
        b"<a>" * 20_000,
    ],
)
def test_what_names_none_there_has_none(tmp_path: Path, content: bytes) -> None:
    assert sender_of(tmp_path, content) is None

"""A connection that is cut in the midst of an answer: no verdict, no traceback."""

import socket
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.test_commands import Run
from tests.fluxes import a_flux_xml


@pytest.mark.parametrize(
    "answer",
    [
        b'HTTP/1.1 201 Created\r\nContent-Length: 500\r\n\r\n{"id": "x",',
        b"HTTP/1.1 201 Created\r\nContent-Length: 11\r\n\r\n<html>no</h",
        b"HTTP/1.1 201 Created\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{",
        b"HTTP/1.1 201 Cre",
        b"",
    ],
)
def test_an_answer_that_is_cut_off_exits_with_3_and_says_so(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], answer: bytes
) -> None:
    flux = tmp_path / "mine.xml"
    flux.write_bytes(a_flux_xml())
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            connection, _ = listening.accept()
            with connection:
                while b"</cpf:flux>" not in (connection.recv(1 << 20) or b"</cpf:flux>"):
                    pass
                connection.sendall(answer)

        thread = Thread(target=serve)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        run = Run(
            capsys, "deposit", "--url", url, "--account", "CERT00001", "--password", "x", flux
        )
        thread.join(20)

    assert (run.status, run.out) == (3, "")
    assert "portal" in run.err
    assert "--url" not in run.err

"""Many connections, and large bodies of strangers, over real sockets."""

import errno
import os
import re
import socket
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from waitress.buffers import OverflowableBuffer

from mockportal.domain.identifiers import DepositId
from mockportal.pacing import Patience
from mockportal.storage.incoming import IncomingFile
from mockportal.web import connections
from mockportal.web.connections import CONNECTIONS, room_for_connections
from mockportal.web.limits import LEAST_LARGE
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.served_here import Served, served_here

MIB = 1 << 20
BOUNDARY = "----large"
FORM = f"multipart/form-data; boundary={BOUNDARY}"
SECONDS = 20.0
SHOWN = ("CERT00001", "mockportal")


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with served_here(max_upload=4 * MIB) as portal:
        yield portal


@pytest.fixture
def spooled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return what bodies the server keeps, block by block."""
    kept: list[int] = []
    append = OverflowableBuffer.append

    def count(buffer: OverflowableBuffer, block: bytes) -> None:
        kept.append(len(block))
        append(buffer, block)

    monkeypatch.setattr(OverflowableBuffer, "append", count)
    return kept


def upload(size: int, field: str = "file", token: str = "", content: bytes = b"") -> bytes:
    """Return a form with a file: of about that size, and no flux, unless its content is given."""
    part = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name="
    head = f'{part}"csrf_token"\r\n\r\n{token}\r\n' if token else ""
    head += f'{part}"{field}"; '
    head += 'filename="flux.xml"\r\nContent-Type: text/xml\r\n\r\n'
    return head.encode() + (content or b"x" * size) + f"\r\n--{BOUNDARY}--\r\n".encode()


def incoming(served: Served) -> list[Path]:
    """Return the files that are still coming in."""
    deposits = served.portal.desk.stores.files.original(DepositId("x")).parents[1]
    return [*deposits.glob("incoming/*"), *deposits.glob("incoming")]


def until(true: Callable[[], bool]) -> bool:
    """Wait for something; tell whether it came about."""
    return Patience().wait_until(true, SECONDS)


def logged_in(served: Served) -> dict[str, str]:
    """Return the header of somebody who has logged in by page."""
    page = served.ask("GET", "/connexion")
    cookie = page.headers["Set-Cookie"].partition(";")[0]
    (token,) = re.findall(rb'csrf_token" value="([^"]+)"', page.content)
    fields = {"csrf_token": token.decode(), "identifiant": SHOWN[0], "mot_de_passe": SHOWN[1]}
    kind = "application/x-www-form-urlencoded"
    answer = served.ask(
        "POST", "/connexion", urlencode(fields).encode(), Cookie=cookie, Content_Type=kind
    )
    assert answer.status == 303
    return {"Cookie": answer.headers["Set-Cookie"].partition(";")[0]}


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/api/v1/deposits", {}, 401),
        ("/api/v1/deposits", {"Authorization": "Basic " + b64encode(b"CERT00001:x").decode()}, 401),
        ("/api/v1/deposits", {"Authorization": "Bearer x"}, 401),
        ("/transmettre/fichier", {}, 302),
        ("/transmettre/fichier", {"Cookie": "mockportal=x"}, 302),
        ("/connexion", {}, 413),
        ("/inscription/certificateur/organisme", {}, 413),
        ("/coulisses/cle", {}, 413),
        ("/nothing/here", {}, 404),
        ("/_mock/learn", {"X-Forwarded-For": "192.0.2.7"}, 403),
        ("/_mock/learn", {"Host": "evil.test"}, 421),
    ],
)
def test_nothing_large_is_kept_of_a_stranger(
    served: Served, spooled: list[int], path: str, headers: dict[str, str], status: int
) -> None:
    named = {name.replace("-", "_"): value for name, value in headers.items()}

    answer = served.ask("POST", path, upload(8 * MIB), None, Content_Type=FORM, **named)

    assert answer.status == status
    assert sum(spooled) < 3 * LEAST_LARGE  # answers pass through such buffers too


def test_nothing_large_is_kept_of_one_that_does_not_say_how_much_comes(
    served: Served, spooled: list[int]
) -> None:
    head = (
        b"POST /api/v1/deposits HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    block = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    with socket.create_connection(("127.0.0.1", served.port), SECONDS) as client:
        client.sendall(head)
        for _ in range(8 * MIB // 0x10000):
            client.sendall(block)
        client.sendall(b"0\r\n\r\n")
        answer = client.recv(65_536)

    assert answer.startswith(b"HTTP/1.1 401 ")
    assert sum(spooled) < 3 * LEAST_LARGE


def test_who_has_logged_in_sends_large_files_and_reads_that_one_is_too_large(
    served: Served,
) -> None:
    cookie = logged_in(served)
    page = served.ask("GET", "/transmettre/fichier", None, None, **cookie)
    (value,) = set(re.findall(rb'csrf_token" value="([^"]+)"', page.content))

    for size, status, words in ((3 * MIB, 303, b""), (6 * MIB, 413, "dépasse".encode())):
        body = upload(size, "fichier", value.decode())
        answer = served.ask("POST", "/transmettre/fichier", body, None, Content_Type=FORM, **cookie)

        assert answer.status == status
        assert words in answer.content or "Mo" in answer.content.decode()


def test_a_program_with_the_right_password_sends_a_large_file(served: Served) -> None:
    passage = a_passage_xml("A" * 40)
    flux = a_flux_xml(*[passage] * (2 * MIB // len(passage)))
    body = upload(0, content=flux)
    assert len(body) > LEAST_LARGE

    answer = served.ask("POST", "/api/v1/deposits", body, SHOWN, Content_Type=FORM)

    assert answer.status == 201, answer.content


def test_a_large_file_is_written_once_where_it_stays(served: Served, spooled: list[int]) -> None:
    passage = a_passage_xml("A" * 40)
    flux = a_flux_xml(*[passage] * (2 * MIB // len(passage)))
    files = served.portal.desk.stores.files

    answer = served.ask(
        "POST", "/api/v1/deposits", upload(0, content=flux), SHOWN, Content_Type=FORM
    )

    kept = files.original(DepositId(answer.json["id"]))
    assert kept.read_bytes() == flux
    assert sum(spooled) < LEAST_LARGE
    assert incoming(served) == []


def test_who_breaks_off_in_the_midst_of_a_large_file_leaves_nothing(served: Served) -> None:
    told = b64encode(":".join(SHOWN).encode())
    head = (
        b"POST /api/v1/deposits HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic %b\r\n"
        b"Content-Type: %b\r\nContent-Length: %d\r\n\r\n" % (told, FORM.encode(), 4 * MIB)
    )
    with socket.create_connection(("127.0.0.1", served.port), SECONDS) as client:
        client.sendall(head + upload(2 * MIB)[: 2 * MIB])
        assert until(lambda: bool(incoming(served)))

    assert until(lambda: not incoming(served))


def test_a_disk_that_is_full_while_a_large_file_comes_is_told(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: IncomingFile) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(IncomingFile, "_put_on_disk", full)

    answer = served.ask("POST", "/api/v1/deposits", upload(2 * MIB), SHOWN, Content_Type=FORM)

    assert answer.status == 507
    assert "plein" in answer.json["portal_message"]


def test_a_wrong_password_with_a_large_file_counts_once(served: Served) -> None:
    failed: list[str] = []
    attempts = served.portal.desk.stores.attempts
    noted = type(attempts).failed

    def note(*row: object) -> None:
        failed.append(str(row[1]))
        noted(*row)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(type(attempts), "failed", note)
        answer = served.ask(
            "POST", "/api/v1/deposits", upload(2 * MIB), ("NOBODY001", "wrong"), Content_Type=FORM
        )

    assert answer.status == 401
    assert failed == ["NOBODY001"]


def test_idle_connections_keep_nobody_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """The limit is made small, so that a test can reach it."""
    with served_here() as small, ExitStack() as idle:
        monkeypatch.setattr(small.server._server.adj, "connection_limit", 40)
        for number in range(100):
            client = socket.create_connection(("127.0.0.1", small.port), SECONDS)
            idle.enter_context(client)
            if number % 2:
                client.sendall(b"GET / HTTP/1.1\r\nHost: loc")
        time.sleep(1.5)

        for _ in range(3):
            assert small.ask("GET", "/livez").status == 200


def test_the_system_is_asked_for_enough_descriptors() -> None:
    assert connections._LEAST <= room_for_connections() <= CONNECTIONS
    if os.name == "posix" and Path("/proc/self/limits").exists():
        (line,) = re.findall(r"Max open files +(\S+) +(\S+)", Path("/proc/self/limits").read_text())
        soft, hard = (int(part) if part.isdecimal() else 1 << 40 for part in line)
        assert soft >= min(hard, 4_096)

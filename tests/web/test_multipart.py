"""A form that is taken apart as it comes is what Werkzeug reads of it at once."""

import errno
from collections.abc import Callable
from io import BytesIO
from typing import BinaryIO

import pytest
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.formparser import FormDataParser

from mockportal.web.multipart import Form, FormReceiver, boundary_of

BOUNDARY = b"--flux"
FILE = (
    b'Content-Disposition: form-data; name="file"; filename="a\\b%22.xml"\r\nContent-Type: text/xml'
)
FIELD = b'Content-Disposition: form-data; name="csrf_token"'
LATIN = FIELD + b"\r\nContent-Type: text/plain; charset=iso-8859-1"
LARGE = b"\r\n--flux\r\n----flu\r\n" * 40_000


def body(*parts: tuple[bytes, bytes], end: bytes = b"--\r\n") -> bytes:
    lines = [b"--%b\r\n%b\r\n\r\n%b\r\n" % (BOUNDARY, head, content) for head, content in parts]
    return b"".join(lines) + b"--" + BOUNDARY + end


def in_memory(*_: object, **__: object) -> BytesIO:
    return BytesIO()


def received(
    content: bytes, step: int, open_file: Callable[[], BinaryIO] = BytesIO
) -> FormReceiver:
    receiver = FormReceiver(BOUNDARY, open_file)
    for at in range(0, len(content), step):
        receiver.append(content[at : at + step])
    return receiver


def what(form: Form) -> list[object]:
    files = [
        (name, one.filename, dict(one.headers), one.stream.read())
        for name, one in form.files.items(multi=True)
    ]
    return [*form.fields.items(multi=True), *files]


@pytest.mark.parametrize("step", [1 << 20, 65_536, 1_000])
@pytest.mark.parametrize(
    "content",
    [
        body((FIELD, b"secret"), (FILE, b"<a/>")),
        body((FILE, LARGE)),
        body((FILE, b""), (FILE, b"\r\n")),
        body((FILE, "é\N{MUSICAL SYMBOL G CLEF}".encode()), (FIELD, "é".encode()), (FIELD, b"2")),
        body((LATIN, b"caf\xe9"), (FIELD, b"\xe9")),
        b"before\r\n" + body((FIELD, b"1"), end=b"--") + b"after",
        body((FIELD, b"1"), end=b""),
        body((b"Content-Type: text/xml", b"no name")),
        body((FILE, b"cut off"))[:-15],
        body(),
        b"",
        b"no form" * 1_000,
    ],
)
def test_it_is_what_werkzeug_reads(content: bytes, step: int) -> None:
    parser = FormDataParser(in_memory, 500_000, max_form_parts=1_000)
    options = {"boundary": BOUNDARY.decode()}
    _, fields, files = parser.parse(BytesIO(content), "multipart/form-data", len(content), options)

    receiver = received(content, step)

    assert what(receiver.form()) == what(Form(fields, files))
    assert len(receiver) == len(content)
    assert receiver.getfile().read() == b""


@pytest.mark.parametrize(
    "content",
    [body((FIELD, b"x" * 500_001)), body(*[(FIELD, b"")] * 1_001)],
    ids=["a field", "the number of fields"],
)
def test_what_no_form_needs_to_be_is_too_large(content: bytes) -> None:
    receiver = received(content, 65_536)

    for _ in range(2):
        with pytest.raises(RequestEntityTooLarge):
            receiver.form()


def test_a_disk_that_fails_is_told_to_whoever_asks_for_the_form() -> None:
    class Full(BytesIO):
        def write(self, _block: object, /) -> int:
            raise OSError(errno.ENOSPC, "full")

    opened = Full()
    content = body((FIELD, b"1"), (FILE, LARGE))

    receiver = received(content, 65_536, lambda: opened)

    assert len(receiver) == len(content)
    assert opened.closed
    with pytest.raises(OSError, match="full"):
        receiver.form()


def test_who_lets_go_of_a_form_lets_go_of_its_files() -> None:
    opened: list[BytesIO] = []

    def open_file() -> BytesIO:
        opened.append(BytesIO())
        return opened[-1]

    receiver = received(body((FILE, b"whole"), (FILE, b"cut off"))[:-15], 65_536, open_file)
    receiver.close()

    assert [one.closed for one in opened] == [True, True]


@pytest.mark.parametrize(
    ("kind", "boundary"),
    [
        ("multipart/form-data; boundary=abc", b"abc"),
        ('Multipart/Form-Data; charset=x; boundary="a b"', b"a b"),
        ("multipart/form-data", None),
        ("multipart/form-data; boundary=é", None),
        ("multipart/mixed; boundary=abc", None),
        ("application/xml; boundary=abc", None),
        ("", None),
    ],
)
def test_only_a_form_with_files_has_a_boundary(kind: str, boundary: bytes | None) -> None:
    assert boundary_of(kind) == boundary

"""How soon a portal answers others while it checks large files of each odd shape.

    python -m tests.benchmarks.responsiveness [--megabytes 60] [--clients 2] [--shapes NAME ...]

For each shape, so many clients send such a file at once to ``mockportal serve``; meanwhile
``/livez`` and the login page are asked for every tenth of a second. Of both: how often, what 95 of
100 answers keep to, and the slowest, in seconds. Exit status 1 when an answer took longer than
``--limit`` seconds.
"""

import argparse
import http.client
import math
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from pathlib import Path
from threading import Event, Thread
from typing import NamedTuple

from mockportal.journeys.seeding import DEMO_PASSWORD
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.stories.served import ServedPortal

PATHS = ("/livez", "/connexion")
_EVERY = 0.1
"""Seconds between two requests: more often than people look, so that short halts are met."""
_PATIENCE = 600.0
_BOUNDARY = "----responsiveness"
_AUTHORIZATION = "Basic " + b64encode(f"CERT00001:{DEMO_PASSWORD}".encode()).decode()
_BLOCK = 1 << 18
_MARK = b"\0passages\0"
_HEAD, _, _FOOT = a_flux_xml(_MARK.decode()).partition(_MARK)

Content = Callable[[int], Iterator[bytes]]
"""Returns a file of about so many bytes, in parts."""


def _in_flux(parts: Iterator[bytes], size: int, last: bytes = b"") -> Iterator[bytes]:
    yield _HEAD
    yield from _until(parts, size)
    yield last + _FOOT


def _until(parts: Iterator[bytes], size: int) -> Iterator[bytes]:
    written = 0
    while written < size:
        part = next(parts)
        written += len(part)
        yield part


def _passages(after: bytes = b"\n", replaced: tuple[bytes, bytes] = (b"", b"")) -> Iterator[bytes]:
    number = 0
    while True:
        number += 1
        passage = a_passage_xml(f"T-{number}").encode()
        yield (passage.replace(*replaced) if replaced[0] else passage) + after


def plain(size: int) -> Iterator[bytes]:
    """Yield good passages, a line each."""
    return _in_flux(_passages(), size)


def one_line(size: int) -> Iterator[bytes]:
    """Yield good passages without a line feed."""
    return _in_flux(_passages(after=b""), size)


def comments(size: int) -> Iterator[bytes]:
    """Yield good passages with comments between them."""
    return _in_flux(_passages(after=b"<!-- entre deux -->\n"), size)


def references(size: int) -> Iterator[bytes]:
    """Yield good passages in which a name is made of character references."""
    return _in_flux(_passages(replaced=(b"MARTIN", b"&#77;&#65;&#82;&#84;&#73;&#78;" * 2)), size)


def utf16(size: int) -> Iterator[bytes]:
    """Yield good passages in UTF-16."""
    yield b"\xff\xfe"
    for part in plain(size // 2):
        yield part.decode().replace('encoding="UTF-8"', 'encoding="UTF-16"').encode("utf-16-le")


def refused_at_the_end(size: int) -> Iterator[bytes]:
    """Yield good passages, then a hundred bad ones."""
    bad = a_passage_xml("T-bad", valid_from="demain").encode() * 100
    return _in_flux(_passages(), size, bad)


def all_bad(size: int) -> Iterator[bytes]:
    """Yield nothing but elements that nobody knows, each line the same."""
    return _in_flux(repeat(b"<cpf:inconnu>x</cpf:inconnu>\n"), size)


def huge_values(size: int) -> Iterator[bytes]:
    """Yield passages whose identifiers have two million signs."""
    return _in_flux(_passages(replaced=(b"T-", b"x" * 2_000_000)), size)


def deep(size: int) -> Iterator[bytes]:
    """Yield passages with elements nested nine thousand deep."""
    nest = b"<cpf:n>" * 9_000 + b"</cpf:n>" * 9_000
    return _in_flux(_passages(replaced=(b"<cpf:scoring", nest + b"<cpf:scoring")), size)


def one_passage(size: int) -> Iterator[bytes]:
    """Yield one passage that is as large as the file, of small elements."""
    head, mark, foot = a_passage_xml("T-1").encode().partition(b"<cpf:scoring")
    return chain(
        (_HEAD, head), _until(repeat(b"<cpf:x>1</cpf:x>\n" * 1_000), size), (mark, foot, _FOOT)
    )


def one_value(size: int) -> Iterator[bytes]:
    """Yield one passage with one value that is as large as the file."""
    head, mark, foot = a_passage_xml("T-1").encode().partition(b"MARTIN")
    return chain((_HEAD, head, mark), _until(repeat(b"A" * 10_000), size), (foot, _FOOT))


def white_space(size: int) -> Iterator[bytes]:
    """Yield two passages with nothing but white space between them."""
    passage = a_passage_xml("T-1").encode()
    return chain((_HEAD, passage), _until(repeat(b" " * 10_000), size), (passage, _FOOT))


def attributes(size: int) -> Iterator[bytes]:
    """Yield one start tag with attributes for the whole file."""
    each = (b' a%d="v"' % number for number in range(size))
    return chain((_HEAD, b"<cpf:passageCertification"), _until(each, size), (b"/>", _FOOT))


def zeros(size: int) -> Iterator[bytes]:
    """Yield bytes of zero."""
    return _until(repeat(bytes(10_000)), size)


def noise(size: int) -> Iterator[bytes]:
    """Yield a long text that is no XML."""
    return _until(repeat(b"Ceci n'est pas un flux. " * 400), size)


SHAPES: dict[str, Content] = {
    shape.__name__: shape
    for shape in (
        plain, one_line, comments, references, utf16, refused_at_the_end, all_bad, huge_values,
        deep, one_passage, one_value, white_space, attributes, zeros, noise,
    )
}  # fmt: skip


class Measure(NamedTuple):
    """How long the answers to others took, in seconds, and the uploads."""

    answers: dict[str, list[float]]
    uploads: list[float]
    statuses: set[int]


def measured(portal: ServedPortal, file: Path, clients: int) -> Measure:
    """Send a file from so many clients at once, and ask for pages until all are answered."""
    uploads: list[float] = []
    statuses: set[int] = set()
    answers: dict[str, list[float]] = {path: [] for path in PATHS}
    over = Event()
    asking = [Thread(target=_ask_until, args=(portal, path, answers[path], over)) for path in PATHS]
    sending = [Thread(target=_send, args=(portal, file, uploads, statuses)) for _ in range(clients)]
    for thread in (*asking, *sending):
        thread.start()
    for thread in sending:
        thread.join()
    over.set()
    for thread in asking:
        thread.join()
    if len(uploads) < clients:
        raise AssertionError(f"{clients - len(uploads)} uploads were not answered")
    return Measure(answers, uploads, statuses)


def _ask_until(portal: ServedPortal, path: str, taken: list[float], over: Event) -> None:
    while not over.wait(_EVERY):
        taken.append(answer_time(portal, path))


def answer_time(portal: ServedPortal, path: str) -> float:
    """Return how many seconds a portal takes to answer to a path."""
    began = time.perf_counter()
    connection = http.client.HTTPConnection(*portal.address, timeout=_PATIENCE)
    try:
        connection.request("GET", path)
        connection.getresponse().read()
    finally:
        connection.close()
    return time.perf_counter() - began


def _send(portal: ServedPortal, file: Path, taken: list[float], statuses: set[int]) -> None:
    began = time.perf_counter()
    status = upload(portal, file)
    if status >= http.HTTPStatus.INTERNAL_SERVER_ERROR:
        raise AssertionError(f"{file.name} is answered with {status}")
    taken.append(time.perf_counter() - began)
    statuses.add(status)


def upload(portal: ServedPortal, file: Path) -> int:
    """Deposit a file by the API, and return the status of the answer."""
    head = (
        f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
        f'filename="{file.name}"\r\n\r\n'
    ).encode()
    foot = f"\r\n--{_BOUNDARY}--\r\n".encode()
    connection = http.client.HTTPConnection(*portal.address, timeout=_PATIENCE)
    with file.open("rb") as content:
        body = chain((head,), iter(lambda: content.read(_BLOCK), b""), (foot,))
        try:
            connection.request(
                "POST",
                "/api/v1/deposits",
                body,
                {
                    "Authorization": _AUTHORIZATION,
                    "Content-Type": f"multipart/form-data; boundary={_BOUNDARY}",
                    "Content-Length": str(len(head) + file.stat().st_size + len(foot)),
                },
            )
            answer = connection.getresponse()
            answer.read()
            return answer.status
        finally:
            connection.close()


def write(content: Iterator[bytes], file: Path) -> None:
    """Write the parts of a file."""
    with file.open("wb") as out:
        out.writelines(content)


def _p95(taken: list[float]) -> float:
    return sorted(taken)[math.ceil(0.95 * len(taken)) - 1] if taken else 0.0


def main(words: Sequence[str] | None = None) -> int:
    """Print what others wait for, for each shape; return 1 when somebody waited for too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=int, default=60)
    parser.add_argument("--clients", type=int, default=2)
    parser.add_argument("--limit", type=float, default=1.0)
    parser.add_argument("--shapes", nargs="*", choices=SHAPES, default=list(SHAPES))
    options = parser.parse_args(words)
    slow = False
    with (
        tempfile.TemporaryDirectory(prefix="mockportal-responsiveness-") as folder,
        ServedPortal(Path(folder) / "data", "--processing", "manual") as portal,
    ):
        print(f"{'shape':20}{'upload':>8}" + "".join(
            f"{path:>12}{'p95':>8}{'worst':>8}" for path in PATHS
        ))  # fmt: skip
        for shape in options.shapes:
            file = Path(folder) / f"{shape}.xml"
            write(SHAPES[shape](options.megabytes * 1_000_000), file)
            measure = measured(portal, file, options.clients)
            file.unlink()
            print(f"{shape:20}{max(measure.uploads):8.1f} {sorted(measure.statuses)}" + "".join(
                f"{len(taken):12}{_p95(taken):8.2f}{max(taken, default=0):8.2f}"
                for taken in measure.answers.values()
            ), flush=True)  # fmt: skip
            slow = slow or any(max(taken, default=0) > options.limit
                               for taken in measure.answers.values())  # fmt: skip
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())

"""Cutting a kept file into pieces: runs of whole passages that can be read on their own.

Only a file of *regular shape* is cut: UTF-8, no comment, CDATA section, processing instruction or
DOCTYPE, every passage in the very tags ``<p:passageCertification>``, all namespaces declared on
the root. Any other file is first transcribed to that shape (``transcribing``).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from mockportal.domain.deposits import Piece
from mockportal.wire.names import PASSAGE_LOCAL_NAME

PIECE_SIZE = 1 << 20
"""Bytes read at once; a piece is what whole passages they hold."""
_BOM = b"\xef\xbb\xbf"
_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')"""
    rb"""(?:\s+encoding\s*=\s*(?:"utf-?8"|'utf-?8'))?"""
    rb"""(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>""",
    re.IGNORECASE,
)
_ROOT = re.compile(
    rb"""\s*<(?:(?P<prefix>[A-Za-z_][\w.-]*):)?flux"""
    rb"""(?:\s+[^\s=<>"']+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*\s*>"""
)


class OddShapeError(ValueError):
    """The file cannot be cut as it is; that says nothing of its validity."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the passages of a regular file."""

    head: bytes
    """All bytes before the first passage."""
    foot: bytes
    """All bytes after the last passage."""
    root: bytes
    """The root's start tag, and ``closing`` its end tag."""
    closing: bytes
    start: bytes
    """A passage's start tag, and ``end`` its end tag."""
    end: bytes
    certification: re.Pattern[bytes]
    """What begins a certification between two passages."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One piece of a file with its bytes, split where something stands between passages."""

    piece: Piece
    runs: list[bytes]
    """Passages with nothing but white space between them."""
    glues: list[bytes]
    """``glues[i]`` stands before ``runs[i]``; empty for a run that goes on from the last piece."""
    ordinals: list[int]
    """The certification, by its ordinal in the file, that each run belongs to."""


def frame_of(file: BinaryIO, size: int) -> Frame:
    """Return the frame of a regular file; raises OddShapeError for any other."""
    file.seek(0)
    window = file.read(PIECE_SIZE)
    body = window.removeprefix(_BOM)
    declared = _DECLARATION.match(body)
    root = _ROOT.match(body, declared.end() if declared else 0)
    if root is None:
        raise OddShapeError("no plain root element at the start")
    prefix = root["prefix"] + b":" if root["prefix"] else b""
    tag = prefix + PASSAGE_LOCAL_NAME.encode()
    start, end = b"<" + tag + b">", b"</" + tag + b">"
    first = window.find(start)
    if first < 0:
        raise OddShapeError("no passage near the start")
    head = window[:first]
    file.seek(max(0, size - PIECE_SIZE))
    tail = file.read()
    last = tail.rfind(end)
    if last < 0:
        raise OddShapeError("no passage near the end")
    frame = Frame(
        head=head,
        foot=tail[last + len(end) :],
        root=root[0].strip(),
        closing=b"</" + prefix + b"flux>",
        start=start,
        end=end,
        certification=re.compile(b"<" + re.escape(prefix) + rb"certification[\s>/]"),
    )
    after_root = head[head.find(frame.root) + len(frame.root) :]
    if b"xmlns" in after_root or _odd(after_root) or _odd(frame.foot):
        raise OddShapeError("namespaces or comments outside the root tag")
    return frame


def cuts(file: BinaryIO, frame: Frame) -> Iterator[Cut]:
    """Yield the pieces of a regular file in order; raises OddShapeError where it is not."""
    offset = len(frame.head)
    file.seek(offset)
    rest, number = b"", 0
    ordinal = len(frame.certification.findall(frame.head)) - 1
    while True:
        block = file.read(PIECE_SIZE)
        window = rest + block
        stop = window.rfind(frame.end)
        if stop < 0:
            if not block:
                return
            if len(window) > 8 * PIECE_SIZE:
                raise OddShapeError("a passage of many megabytes")
            rest = window
            continue
        stop += len(frame.end)
        content, rest = window[:stop], window[stop:]
        runs, glues = split(content, frame, first=number == 0)
        first = ordinal
        ordinals = []
        for glue in glues:
            ordinal += len(frame.certification.findall(glue))
            ordinals.append(ordinal)
        passages = content.count(frame.end)
        yield Cut(Piece(number, offset, stop, first, passages), runs, glues, ordinals)
        number += 1
        offset += stop
        if not block:
            return


def recut(piece: Piece, content: bytes, frame: Frame) -> Cut:
    """Return a piece that was cut before, from its bytes."""
    runs, glues = split(content, frame, first=piece.number == 0)
    ordinal, ordinals = piece.first_certification, []
    for glue in glues:
        ordinal += len(frame.certification.findall(glue))
        ordinals.append(ordinal)
    return Cut(piece, runs, glues, ordinals)


def split(content: bytes, frame: Frame, *, first: bool) -> tuple[list[bytes], list[bytes]]:
    """Split the bytes of a piece into runs of passages and what stands before each run."""
    if _odd(content):
        raise OddShapeError("a comment, a CDATA section or an instruction")
    runs: list[bytes] = []
    glues: list[bytes] = []
    run_start = run_stop = 0
    at = 0
    while at < len(content):
        begins = content.find(frame.start, at)
        stops = content.find(frame.end, begins)
        if begins < 0 or stops < 0:
            raise OddShapeError("a passage without its plain tags")
        gap = content[at:begins]
        if at == 0 or (not gap.isspace() and gap):
            if at:
                runs.append(content[run_start:run_stop])
            glues.append(b"" if gap.isspace() else gap)
            run_start = begins
        run_stop = at = stops + len(frame.end)
    runs.append(content[run_start:run_stop])
    if first and glues[0]:
        raise OddShapeError("something stands before the first passage")
    return runs, glues


def _odd(content: bytes) -> bool:
    return b"<!" in content or b"<?" in content

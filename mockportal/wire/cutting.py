"""Cutting a kept file into pieces: runs of whole passages that can be read on their own.

Only a file of *regular shape* is cut: UTF-8, no comment among the passages, no CDATA section,
processing instruction or DOCTYPE, every passage in the very tags ``<p:passageCertification>``, all
namespaces declared on the root. Any other file is first transcribed to that shape.
"""

import re
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from typing import BinaryIO, NamedTuple

from mockportal.domain.deposits import Piece
from mockportal.wire.frames import PASSAGE_TAG, Frame, OddShapeError, start_tags_of
from mockportal.wire.leaves import passages_in
from mockportal.wire.names import PASSAGE_LOCAL_NAME, PASSAGES_LOCAL_NAME, TECHNICAL_ID_LOCAL_NAME

PIECE_SIZE = 1 << 20
"""Bytes read at once; a piece is what whole passages they hold."""
LONGEST_PASSAGE = 8 * PIECE_SIZE
"""Bytes; a longer passage is nothing that is read the quick way."""
_DECLARES = re.compile(rb"\sxmlns(?::[^\s=]*+)?\s*+=")
_NAME = PASSAGE_LOCAL_NAME.encode()
_NAME_OF_LIST = PASSAGES_LOCAL_NAME.encode()
_IDENTIFIER = TECHNICAL_ID_LOCAL_NAME.encode()
_IDENTIFIER_TAG = start_tags_of(TECHNICAL_ID_LOCAL_NAME)


@dataclass(frozen=True, slots=True)
class Cut:
    """One piece of a file with its bytes: ``glues[0] + runs[0] + glues[1] + runs[1]`` and so on."""

    piece: Piece
    runs: list[bytes]
    """Passages with nothing but white space between them, and perhaps before."""
    glues: list[bytes]
    """``glues[i]`` stands before ``runs[i]``; empty for a run that goes on from the last piece."""
    ordinals: list[int]
    """The certification, by its ordinal in the file, that each run belongs to."""
    leaves: bytes | None = None
    """What is kept of its leaves, where it is one run, and each passage is surely good."""
    certain: bool = True
    """Its passages are all written in the frame's very tags, and as many as its identifiers.

    Where they are not, it may hold passages that were not seen: nothing is to be read of it.
    """


class Window(NamedTuple):
    """Whole passages of a file, about as many as are read at once, and where they begin."""

    offset: int
    content: bytes


Read = Iterator[tuple[Window, bytes | None]]


def windows(
    file: BinaryIO, frame: Frame, size: int = PIECE_SIZE, longest: float = LONGEST_PASSAGE
) -> Iterator[Window]:
    """Yield the passages of a file and what is between them, in order.

    ``size`` bytes are read at once. Raises OddShapeError where no passage ends for ``longest``.
    """
    offset = len(frame.head)
    file.seek(offset)
    waiting = bytearray()
    while block := file.read(size):
        # Only what is new is searched, and the end tag that it may complete.
        searched = max(0, len(waiting) - len(frame.end))
        waiting += block
        stop = waiting.rfind(frame.end, searched)
        if stop < 0:
            if len(waiting) > max(longest, 8 * size):
                raise OddShapeError("a passage of many megabytes")
            continue
        stop += len(frame.end)
        yield Window(offset, bytes(memoryview(waiting)[:stop]))
        del waiting[:stop]
        offset += stop


def _unread(them: Iterator[Window]) -> Read:
    return ((one, None) for one in them)


def cuts(
    file: BinaryIO,
    frame: Frame,
    size: int = PIECE_SIZE,
    read: Callable[[Iterator[Window]], Read] = _unread,
    longest: float = LONGEST_PASSAGE,
) -> Generator[Cut, None, None]:
    """Yield the pieces of a regular file in order; raises OddShapeError where it is not.

    ``size`` bytes are read at once, and a passage has at most ``longest`` about. ``read`` gives,
    of a window in which each passage is surely good, what is kept of its leaves: that one needs
    no other look but a count.
    """
    ordinal = len(frame.certification.findall(frame.head)) - 1
    for number, (window, leaves) in enumerate(read(windows(file, frame, size, longest))):
        content = window.content
        passages = content.count(frame.end)
        piece = Piece(number, window.offset, len(content), ordinal, passages)
        certain = _identified(content, passages)
        # A text may look like what is odd: whoever reads the piece once more must not stumble.
        plain = certain and leaves is not None and not _odd(content)
        if not plain or (leaves and passages_in(leaves) != passages):
            certain = certain and _plainly_tagged(content, frame, passages)
            cut = replace(recut(piece, content, frame), certain=certain)
        else:
            cut = Cut(piece, [content], [b""], [ordinal], leaves)
        yield cut
        ordinal = cut.ordinals[-1]


def _plainly_tagged(content: bytes, frame: Frame, passages: int) -> bool:
    """Return whether all passages of a piece are in the frame's tags, without white space in them.

    ``passages`` is how many such end tags there are.
    """
    if content.count(frame.start) != passages:
        return False
    names = content.count(_NAME)
    if names == 2 * passages or names - content.count(_NAME_OF_LIST) == 2 * passages:
        return True
    return len(PASSAGE_TAG.findall(content)) == 2 * passages


def _identified(content: bytes, passages: int) -> bool:
    """Return whether a piece holds as many identifiers: each good passage has one of its own.

    This count looks at no tag of a passage: a passage that was not seen is missed by it.
    """
    names = content.count(_IDENTIFIER)
    return names == 2 * passages or len(_IDENTIFIER_TAG.findall(content)) == passages


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
        raise OddShapeError("a comment, a CDATA section, an instruction or a namespace")
    passages = content.count(frame.end)
    if content.count(frame.start) == passages and content.count(_NAME) == 2 * passages:
        return [content], [b""]
    runs: list[bytes] = []
    glues: list[bytes] = []
    run_start = at = 0
    while at < len(content):
        begins = content.find(frame.start, at)
        stops = content.find(frame.end, begins)
        if begins < 0 or stops < 0:
            raise OddShapeError("a passage without its plain tags")
        gap = content[at:begins]
        glue = b"" if gap.isspace() else gap
        if PASSAGE_TAG.search(glue):
            raise OddShapeError("a passage in other tags")
        if at == 0 or glue:
            if at:
                runs.append(content[run_start:at])
            glues.append(glue)
            run_start = at + len(glue)
        at = stops + len(frame.end)
    runs.append(content[run_start:])
    if first and glues[0]:
        raise OddShapeError("something stands before the first passage")
    return runs, glues


def _odd(content: bytes) -> bool:
    # A sign alone is found in a fraction of the time that two signs take.
    return (
        (b"!" in content and b"<!" in content)
        or (b"?" in content and b"<?" in content)
        or (
            b"xmlns" in content and not nil_alone(content) and _DECLARES.search(content) is not None
        )
    )


def nil_alone(content: bytes) -> bool:
    """Return whether it is sure that the only attributes in there are ``xsi:nil="true"``."""
    return content.count(b"=") == content.count(b' xsi:nil="true"')

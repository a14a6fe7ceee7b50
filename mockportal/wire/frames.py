"""What surrounds the passages of a flux: its head, its root's start tag, its foot."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import BinaryIO

from mockportal.wire.names import PASSAGE_LOCAL_NAME, XSI

_WINDOW = 1 << 20
"""The first passage begins, and the last one ends, no farther than this from the file's ends."""
_LONGEST_ROOT = 900
"""Bytes of the root's start tag: no name in it is as long as Java refuses (1 000 characters)."""
_BOM = b"\xef\xbb\xbf"
_DECLARATION = re.compile(
    rb"""<\?xml\s+version\s*=\s*(?:"1\.0"|'1\.0')"""
    rb"""(?:\s+encoding\s*=\s*(?:"utf-?8"|'utf-?8'))?"""
    rb"""(?:\s+standalone\s*=\s*(?:"(?:yes|no)"|'(?:yes|no)'))?\s*\?>""",
    re.IGNORECASE,
)
_BLANKS = re.compile(rb"[ \t\n\r]*+")
_COMMENT, _COMMENT_END = b"<!--", b"-->"
_ATTRIBUTE = re.compile(rb"""\s++(?P<name>[^\s=<>"']++)\s*+=\s*+(?P<value>"[^"<]*"|'[^'<]*')""")
_ROOT = re.compile(
    rb"<(?:(?P<prefix>[A-Za-z_][\w.-]*):)?flux(?P<attributes>(?:"
    + re.sub(rb"\?P<\w+>", rb"?:", _ATTRIBUTE.pattern)
    + rb")*)\s*+>"
)
PLAIN_ADDRESS = rb"(?:urn:[A-Za-z0-9:._-]+|https?://[A-Za-z0-9./_-]+|[A-Za-z0-9][A-Za-z0-9./_-]*)"
"""A place of a schema that all parsers take for a good one."""
_PLAIN_LOCATION = re.compile(rb"""["']\s*+(?:""" + PLAIN_ADDRESS + rb"""(?:\s++|(?=["'])))*["']""")
_RESERVED = re.compile(
    rb"""xmlns:xml(?:ns)?\b|http://www\.w3\.org/(?:XML/1998|2000/xmlns)"""
    rb"""|xmlns:[^=]*=\s*(?:""|'')"""
)
"""What nobody may declare, but XML itself: libxml2 passes over some of it."""
_PLAIN_NAME = re.compile(rb"""["'][A-Za-z0-9:/._#-]+["']""")
_TAG_BEFORE_NAME = rb"</?(?:[^\s<>/:]++:)?"
PASSAGE_TAG = re.compile(_TAG_BEFORE_NAME + PASSAGE_LOCAL_NAME.encode() + rb"[\s>/]")
"""Any tag of a passage, whatever its prefix, its white space and its attributes are."""


def start_tags_of(local_name: str) -> re.Pattern[bytes]:
    """Return what matches the beginning of such an element, whatever its prefix is."""
    return re.compile(rb"<(?:[^\s<>/:]++:)?" + local_name.encode() + rb"[\s>/]")


class OddShapeError(ValueError):
    """The file cannot be cut as it is; that says nothing of its validity."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What surrounds the passages of a regular file."""

    head: bytes
    """All bytes before the first passage."""
    foot: bytes
    """All bytes after the last passage."""
    root_at: int
    """Where in the head the root's start tag ``root`` begins; ``closing`` is its end tag."""
    root: bytes
    closing: bytes
    prefix: bytes
    """The prefix of the root's tag with its colon; empty without one."""
    start: bytes
    """A passage's start tag, and ``end`` its end tag."""
    end: bytes
    certification: re.Pattern[bytes]
    """What begins a certification between two passages."""

    @property
    def declarations(self) -> bytes:
        """Return the namespaces that the root declares, as its tag writes them."""
        return b"".join(one[0] for one in self._attributes() if _declares(one["name"]))

    @property
    def bare_head(self) -> bytes:
        """Return the head without the root's ``xsi:schemaLocation``, which nobody follows.

        The attribute stays where it is not surely a good one: whoever reads the head sees it.
        """
        return self._without(self._located())

    @property
    def undeclared_head(self) -> bytes:
        """Return the bare head without what it declares: its XML, its namespaces.

        Both stay where a namespace is declared twice, or has a name in odd letters.
        """
        declared = [one for one in self._attributes() if _declares(one["name"])]
        once = len({one["name"] for one in declared}) == len(declared)
        if not once or not all(_PLAIN_NAME.fullmatch(one["value"]) for one in declared):
            return self.bare_head
        return _DECLARATION.sub(b"", self._without([*declared, *self._located()]), count=1)

    def _located(self) -> list[re.Match[bytes]]:
        """Return the root's one plain ``xsi:schemaLocation``, if it has one."""
        located = [
            one
            for one in self._attributes()
            if one["name"].endswith(b":schemaLocation") and _PLAIN_LOCATION.fullmatch(one["value"])
        ]
        if len(located) != 1:
            return []
        prefix = located[0]["name"].partition(b":")[0]
        bound = {one["value"][1:-1] for one in self._attributes()
                 if one["name"] == b"xmlns:" + prefix}  # fmt: skip
        return located if bound == {XSI.encode()} else []

    def _without(self, attributes: Iterable[re.Match[bytes]]) -> bytes:
        """Return the head without some attributes of the root."""
        head = self.head
        for begins, stops in sorted((one.span() for one in attributes), reverse=True):
            head = head[: self.root_at + begins] + head[self.root_at + stops :]
        return head

    def _attributes(self) -> list[re.Match[bytes]]:
        name = len(b"<" + self.prefix + b"flux")
        return list(_ATTRIBUTE.finditer(self.root, name))


def frame_of(file: BinaryIO, size: int) -> Frame:
    """Return the frame of a regular file; raises OddShapeError for any other."""
    file.seek(0)
    window = file.read(_WINDOW)
    mark = len(_BOM) if window.startswith(_BOM) else 0
    declared = _DECLARATION.match(window, mark)
    root_at = _after_comments(window, declared.end() if declared else mark)
    root = _ROOT.match(window, root_at, root_at + _LONGEST_ROOT)
    if root is None:
        raise OddShapeError("no plain root element at the start")
    prefix = root["prefix"] + b":" if root["prefix"] else b""
    tag = prefix + PASSAGE_LOCAL_NAME.encode()
    start, end = b"<" + tag + b">", b"</" + tag + b">"
    first = window.find(start, root.end())
    if first < 0:
        raise OddShapeError("no passage near the start")
    file.seek(max(0, size - _WINDOW))
    tail = file.read()
    last = tail.rfind(end)
    if last < 0:
        raise OddShapeError("no passage near the end")
    frame = Frame(
        head=window[:first],
        foot=tail[last + len(end) :],
        root_at=root.start(),
        root=root[0],
        closing=b"</" + prefix + b"flux>",
        prefix=prefix,
        start=start,
        end=end,
        certification=_certification(prefix),
    )
    if _RESERVED.search(frame.declarations):
        raise OddShapeError("a namespace that XML keeps for itself")
    if _odd(window[root.end() : first]) or _odd(frame.foot):
        raise OddShapeError("more than elements and comments around the passages")
    return frame


@lru_cache(maxsize=32)
def _certification(prefix: bytes) -> re.Pattern[bytes]:
    return re.compile(b"<" + re.escape(prefix) + rb"certification[\s>/]")


def _declares(name: bytes) -> bool:
    return name == b"xmlns" or name.startswith(b"xmlns:")


def _after_comments(content: bytes, at: int) -> int:
    """Return where what is neither white space nor a whole comment begins."""
    while True:
        blanks = _BLANKS.match(content, at)
        at = blanks.end() if blanks else at
        if not content.startswith(_COMMENT, at):
            return at
        stops = _comment_end(content, at)
        if stops < 0:
            return at
        at = stops


def _comment_end(content: bytes, begins: int) -> int:
    """Return where the comment that begins there ends; -1 where it does not, or not so."""
    dashes = content.find(b"--", begins + len(_COMMENT))
    whole = dashes >= 0 and content.startswith(_COMMENT_END, dashes)
    return dashes + len(_COMMENT_END) if whole else -1


def _without_comments(around: bytes) -> bytes:
    """Return bytes without their comments, up to the first that is not a whole one."""
    parts, at = [], 0
    while (begins := around.find(_COMMENT, at)) >= 0:
        stops = _comment_end(around, begins)
        if stops < 0:
            break
        parts.append(around[at:begins])
        at = stops
    return b"".join((*parts, around[at:]))


def _odd(around: bytes) -> bool:
    elements = _without_comments(around)
    return (
        b"<!" in elements
        or b"<?" in elements
        or b"xmlns" in elements
        or PASSAGE_TAG.search(elements) is not None
    )

"""The fast way to read passages: where their bytes are plain, without a parser.

The first control has found them good, and their shape regular: no comment, CDATA section nor
processing instruction. *Plain* passages have moreover no attribute but ``xsi:nil="true"``, and the
file's one prefix on every element: their leaves can be taken out by a pattern. Others take the
slow way, through lxml, and give the same.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from mockportal.wire.cutting import nil_alone
from mockportal.wire.frames import Frame
from mockportal.wire.integers import integer_of

_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}


def plain_leaves(run: bytes, frame: Frame) -> Iterator[dict[str, str]] | None:
    """Return what the leaves of each passage say, by local name; None when they are not plain.

    No leaf of a good passage is empty but by ``xsi:nil``, and those are left out.
    """
    if not nil_alone(run) or not _one_prefix(run, frame.prefix):
        return None
    text = run.decode()
    if "\r" in text:  # what a parser does to the ends of lines
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _leaves(text, frame)


def _leaves(text: str, frame: Frame) -> Iterator[dict[str, str]]:
    leaf = _leaf(frame.prefix.decode())
    passages = text.split(frame.end.decode())
    referring = "&" in text
    for passage in passages[:-1]:
        said = dict(leaf.findall(passage))
        if referring and "&" in passage:
            said = {name: _resolved(value) for name, value in said.items()}
        yield said


def _one_prefix(run: bytes, prefix: bytes) -> bool:
    if not prefix:
        return run.count(b":") == run.count(b' xsi:nil="') or not _PREFIXED.search(run)
    return run.count(b"<") == run.count(b"<" + prefix) + run.count(b"</" + prefix)


_PREFIXED = re.compile(rb"</?[^\s<>/:]++:")


@lru_cache(maxsize=16)
def _leaf(prefix: str) -> re.Pattern[str]:
    return re.compile(rf"<{re.escape(prefix)}([A-Za-z0-9]++)\s*+>([^<]*+)</")


def _resolved(value: str) -> str:
    return _REFERENCE.sub(_referred, value) if "&" in value else value


def _referred(reference: re.Match[str]) -> str:
    hexadecimal, decimal, name = reference.groups()
    if name:
        return _NAMED[name]
    return chr(int(hexadecimal, 16) if hexadecimal else integer_of(decimal))

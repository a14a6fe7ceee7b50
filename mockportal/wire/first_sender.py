"""The émetteur of a file, as far as its beginning tells: ``flux/emetteur/idClient``."""

from contextlib import suppress
from pathlib import Path
from xml.parsers import expat

from mockportal.domain.identifiers import ClientId
from mockportal.wire.names import NAMESPACE

_BEGINNING = 1 << 16
_BLOCK = 1 << 12
_SPACE = "\n"
"""Between a namespace and a name: neither may hold it."""
_PATH = [f"{NAMESPACE}{_SPACE}{name}" for name in ("flux", "emetteur", "idClient")]


class _DoneError(Exception):
    """No more need be read."""


def first_sender(path: Path) -> ClientId | None:
    """Return the émetteur that the first 64 KB of a file name; None where they name none.

    A file that passes the first control has no other, since it has but one. At most as much is
    read as is needed: the element stands near the beginning of most files.
    """
    reader = _Reader()
    with (
        path.open("rb") as content,
        suppress(_DoneError, expat.ExpatError, ValueError, LookupError),
    ):
        for _ in range(_BEGINNING // _BLOCK):
            reader.feed(content.read(_BLOCK))
    return ClientId(reader.sender) if reader.sender and len(reader.sender) == _LENGTH else None


_LENGTH = 8


class _Reader:
    """Follows the elements of a file until the one that is wanted has ended."""

    def __init__(self) -> None:
        self.sender: str | None = None
        self._open: list[str] = []
        self._text: list[str] = []
        parser = expat.ParserCreate(namespace_separator=_SPACE)
        parser.StartDoctypeDeclHandler = _refuse
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        self._parser = parser

    def feed(self, block: bytes) -> None:
        """Read on; raises when nothing more is to be learnt."""
        self._parser.Parse(block, not block)
        if not block:
            raise _DoneError

    def _start(self, name: str, _attributes: object) -> None:
        self._open.append(name)
        self._parser.CharacterDataHandler = self._text.append if self._open == _PATH else None

    def _end(self, _name: str) -> None:
        if self._open == _PATH:
            self.sender = "".join(self._text)
            raise _DoneError
        self._open.pop()


def _refuse(*_doctype: object) -> None:
    raise _DoneError

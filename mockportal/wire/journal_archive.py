"""A world's journal as one file: a zip of JSON, of the files deposited, and of their receipts."""

import json
from collections.abc import Generator, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from mockportal.domain.identifiers import ProcessingId

_FORMAT = 1
_HEAD, _PEOPLE, _EVENTS, _RECEIPTS = "world.json", "people.jsonl", "events.jsonl", "receipts.jsonl"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The same world gives the same file: when it was written stands nowhere in it."""
_CHUNK = 1 << 20

Json = Mapping[str, Any]


class NoJournalError(OSError):
    """A file is not a journal, or one of a newer version."""


class JournalWriter:
    """Writes an archive; nothing in memory grows with it but the list of its entries."""

    def __init__(self, out: BinaryIO) -> None:
        """Begin to write."""
        self._zip = ZipFile(out, "w", ZIP_DEFLATED)

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Write the end of the archive."""
        self._zip.close()

    def head(self, said: Json) -> None:
        """Write what is said of the world as a whole."""
        with self._entry(_HEAD) as out:
            out.write(_line({"format": _FORMAT, **said}))

    def people(self, people: Iterable[Json]) -> None:
        """Write people in their order."""
        self._lines(_PEOPLE, people)

    def events(self, events: Iterable[Json]) -> None:
        """Write what has changed, in its order."""
        self._lines(_EVENTS, events)

    def receipts(self, names: Iterable[Json]) -> None:
        """Write under which names receipts are downloaded."""
        self._lines(_RECEIPTS, names)

    def deposit(self, number: ProcessingId, path: Path) -> None:
        """Write a file as it was deposited."""
        self._copy(_deposit(number), path)

    def receipt(self, number: ProcessingId, path: Path) -> None:
        """Write a receipt."""
        self._copy(_receipt(number), path)

    def _copy(self, name: str, path: Path) -> None:
        with self._entry(name) as out, path.open("rb") as content:
            while chunk := content.read(_CHUNK):
                out.write(chunk)

    def _lines(self, name: str, lines: Iterable[Json]) -> None:
        with self._entry(name) as out:
            for line in lines:
                out.write(_line(line))

    def _entry(self, name: str) -> Any:
        info = ZipInfo(name, _NO_DATE)
        info.compress_type = ZIP_DEFLATED
        return self._zip.open(info, "w", force_zip64=True)


class JournalReader:
    """Reads an archive; raises NoJournalError for anything else."""

    def __init__(self, source: Path) -> None:
        """Open it."""
        try:
            self._zip = ZipFile(source)
        except BadZipFile as fault:
            raise NoJournalError(f"{source} is not a journal: {fault}") from fault
        if _HEAD not in self._zip.namelist():
            self._zip.close()
            raise NoJournalError(f"{source} is not a journal: it holds no {_HEAD}")
        self.head: dict[str, Any] = json.loads(self._zip.read(_HEAD))
        if self.head.get("format") != _FORMAT:
            self._zip.close()
            raise NoJournalError(f"{source} is of another version: {self.head.get('format')!r}")

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Close it."""
        self._zip.close()

    def people(self) -> Generator[dict[str, Any], None, None]:
        """Yield people in their order; to be closed by whoever does not come to the end."""
        return self._lines(_PEOPLE)

    def events(self) -> Generator[dict[str, Any], None, None]:
        """Yield what has changed, in its order."""
        return self._lines(_EVENTS)

    def receipts(self) -> Iterator[dict[str, Any]]:
        """Yield under which names receipts are downloaded."""
        return self._lines(_RECEIPTS)

    def deposit(self, number: int) -> Any:
        """Open a file that was deposited."""
        return self._zip.open(_deposit(ProcessingId(number)))

    def same_receipt(self, number: int, path: Path) -> bool:
        """Tell whether a receipt is the same, byte for byte."""
        with self._zip.open(_receipt(ProcessingId(number))) as kept, path.open("rb") as made:
            while True:
                one, other = kept.read(_CHUNK), made.read(_CHUNK)
                if one != other:
                    return False
                if not one:
                    return True

    def _lines(self, name: str) -> Generator[dict[str, Any], None, None]:
        with self._zip.open(name) as lines:
            for line in lines:
                yield json.loads(line)


def _line(said: Json) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _deposit(number: ProcessingId) -> str:
    return f"deposits/{number}.xml"


def _receipt(number: ProcessingId) -> str:
    return f"receipts/{number}.xml"

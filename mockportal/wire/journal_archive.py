"""A world's journal as one file: a zip of JSON, of the files deposited, and of their receipts."""

import json
import re
import struct
import zlib
from collections.abc import Container, Generator, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from mockportal.domain.identifiers import ProcessingId

_FORMAT = 1
_HEAD, _PEOPLE, _EVENTS, _RECEIPTS = "world.json", "people.jsonl", "events.jsonl", "receipts.jsonl"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The same world gives the same file: when it was written stands nowhere in it."""
_CHUNK = 1 << 20
_NAME = re.compile(
    r"world\.json|(?:people|events|receipts)\.jsonl|(?:deposits|receipts)/[0-9]{1,10}\.xml"
)
_MOST_ENTRIES = 1_000_000
_LONGEST_LINE = 32_000_000
"""A mass deletion names 200 000 passages; whatever is read at once takes some times its length."""
_ROOM = 300_000_000
_MOST_TIMES = 200
"""How many times its size an archive may become, once that is more than ``_ROOM``."""
_LONGEST_END = 66_000
"""An archive ends with where its list of entries is, and a comment of 65 535 bytes at most."""
_ENDS = ((b"PK\x05\x06", "<I", 12), (b"PK\x06\x06", "<Q", 40))
"""What says how many bytes the list of entries takes: a mark, the number's shape and place."""
_MOST_LISTED, _UNSAID = 32_000_000, (1 << 64) - 1
_ENCRYPTED = 0x1 | 0x20 | 0x40
_DAMAGE = (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error,
           OverflowError, UnicodeDecodeError)  # fmt: skip
"""What zipfile raises of a file that is not as it says."""

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
    """Reads an archive; raises NoJournalError for anything else.

    Nothing that stands in it is believed: not how large its entries are, nor what is in them.
    """

    def __init__(self, source: Path) -> None:
        """Open it."""
        self._source = source
        self._refuse_a_flood()
        with self._readable():
            self._zip = ZipFile(source)
        try:
            self._names = self._checked_names()
            self.head = self._checked_head()
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> Self:
        """Return itself."""
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Close it."""
        self._zip.close()

    def check(self, schemas: Container[str]) -> None:
        """Read every line, and raise NoJournalError for the first that no replay could follow.

        ``schemas`` are the versions that are known.
        """
        from mockportal.wire.journal_check import (  # noqa: PLC0415  # Pydantic: only for this
            JournalCheck,
        )

        check = JournalCheck(self.head, schemas, self._names)
        for name, checked in (
            (_PEOPLE, check.person), (_EVENTS, check.event), (_RECEIPTS, check.receipt)
        ):  # fmt: skip
            with closing(self._raw_lines(name)) as lines:
                for number, line in enumerate(lines, 1):
                    fault = checked(line)
                    if fault:
                        raise self._fault(f"line {number} of {name}: {fault}")

    def people(self) -> Generator[dict[str, Any], None, None]:
        """Yield people in their order; to be closed by whoever does not come to the end."""
        return self._lines(_PEOPLE)

    def events(self) -> Generator[dict[str, Any], None, None]:
        """Yield what has changed, in its order."""
        return self._lines(_EVENTS)

    def receipts(self) -> Iterator[dict[str, Any]]:
        """Yield under which names receipts are downloaded."""
        return self._lines(_RECEIPTS)

    @contextmanager
    def deposit(self, number: int) -> Iterator[BinaryIO]:
        """Open a file that was deposited."""
        with self._entry(_deposit(ProcessingId(number))) as content:
            yield content

    def same_receipt(self, number: int, path: Path) -> bool:
        """Tell whether a receipt is the same, byte for byte."""
        with self._entry(_receipt(ProcessingId(number))) as kept, path.open("rb") as made:
            while True:
                one, other = kept.read(_CHUNK), made.read(_CHUNK)
                if one != other:
                    return False
                if not one:
                    return True

    def _refuse_a_flood(self) -> None:
        """Refuse, before zipfile reads what is in it, an archive that lists far too much.

        Each entry listed takes some hundred bytes of memory, and next to none of the file.
        """
        with self._source.open("rb") as content:
            content.seek(max(0, self._source.stat().st_size - _LONGEST_END))
            tail = content.read()
        sizes = [
            struct.unpack_from(layout, tail, at)[0]
            for mark, layout, place in _ENDS
            if (at := tail.rfind(mark) + place) >= place
            and at + struct.calcsize(layout) <= len(tail)
        ]
        if any(_MOST_LISTED < size < _UNSAID for size in sizes):
            raise self._fault("it lists far more than a journal holds")

    def _checked_names(self) -> set[str]:
        """Return the names of the entries; raise NoJournalError where they are not a journal's."""
        entries = self._zip.infolist()
        names = {one.filename for one in entries}
        missing = [name for name in (_HEAD, _PEOPLE, _EVENTS, _RECEIPTS) if name not in names]
        if missing:
            raise self._fault(f"it holds no {missing[0]}")
        strange = [one.filename for one in entries if not _NAME.fullmatch(one.filename)]
        if strange:
            raise self._fault(f"it holds {strange[0][:80]!r}, which no journal does")
        if len(entries) > len(names) or len(entries) > _MOST_ENTRIES:
            raise self._fault("it holds too many entries, or one of them twice")
        for one in entries:
            if one.flag_bits & _ENCRYPTED or one.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise self._fault(
                    f"{one.filename} is encrypted, or packed in another way than ours"
                )
        size = self._source.stat().st_size
        if sum(one.file_size for one in entries) > max(_ROOM, _MOST_TIMES * size):
            raise self._fault("it would become many times larger than any journal does")
        return names

    def _checked_head(self) -> dict[str, Any]:
        from mockportal.wire.journal_check import (  # noqa: PLC0415  # Pydantic: only for this
            head_fault,
        )

        with self._entry(_HEAD) as entry:
            content = entry.read(_LONGEST_LINE + 1)
        fault = head_fault(content, _FORMAT) if len(content) <= _LONGEST_LINE else "it is too long"
        if fault:
            raise self._fault(f"{_HEAD}: {fault}")
        head: dict[str, Any] = json.loads(content)
        return head

    def _lines(self, name: str) -> Generator[dict[str, Any], None, None]:
        for line in self._raw_lines(name):
            yield json.loads(line)

    def _raw_lines(self, name: str) -> Generator[bytes, None, None]:
        with self._entry(name) as lines:
            while line := lines.readline(_LONGEST_LINE + 1):
                if len(line) > _LONGEST_LINE:
                    raise self._fault(f"a line of {name} is too long")
                yield line

    @contextmanager
    def _entry(self, name: str) -> Iterator[BinaryIO]:
        if name not in self._names:
            raise self._fault(f"it holds no {name}")
        with self._readable(), self._zip.open(name) as content:
            yield cast("BinaryIO", content)

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Turn what zipfile raises of a damaged archive into a sentence."""
        try:
            yield
        except _DAMAGE as fault:
            raise self._fault(str(fault) or type(fault).__name__) from fault

    def _fault(self, why: str) -> NoJournalError:
        return NoJournalError(f"{self._source} is not a journal: {why}")


def _line(said: Json) -> bytes:
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def _deposit(number: ProcessingId) -> str:
    return f"deposits/{number}.xml"


def _receipt(number: ProcessingId) -> str:
    return f"receipts/{number}.xml"

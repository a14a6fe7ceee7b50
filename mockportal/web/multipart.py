"""Forms with files, taken apart while they come in: a large file is written once, where it stays.

Werkzeug's own decoder knows the format; here it is fed by a server that gets a body block by block.
"""

from collections.abc import Callable
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.http import parse_options_header
from werkzeug.sansio.multipart import (
    Data,
    Epilogue,
    Field,
    File,
    MultipartDecoder,
    NeedData,
)

_MOST_PARTS = 1_000
_LONGEST_FIELD = 500_000
"""Bytes; both are what Flask takes, too."""
_AT_ONCE = 1 << 16


class Form(NamedTuple):
    """The fields and the files of a form."""

    fields: MultiDict[str, str]
    files: MultiDict[str, FileStorage]


class FormReceiver:
    """Takes the body of a form, block by block, in the manner of a buffer of waitress.

    It raises nothing while it does: what went wrong is raised by whoever asks for the form.
    """

    def __init__(self, boundary: bytes, open_file: Callable[[], BinaryIO]) -> None:
        """Take the boundary of the form's parts, and what opens a file for one of them."""
        self._decoder = MultipartDecoder(
            boundary, max_form_memory_size=_LONGEST_FIELD, max_parts=_MOST_PARTS
        )
        self._open_file = open_file
        self._fields: list[tuple[str, str]] = []
        self._files: list[tuple[str, FileStorage]] = []
        self._part: Field | File | None = None
        self._content: BinaryIO = BytesIO()
        self._received = 0
        self._ended = False
        self._fault: Exception | None = None

    def append(self, block: bytes) -> None:
        """Take a block."""
        self._received += len(block)
        for at in range(0, len(block), _AT_ONCE):
            self._decode(block[at : at + _AT_ONCE])

    def __len__(self) -> int:
        """Return how many bytes came."""
        return self._received

    def getfile(self) -> BytesIO:
        """Return what the application reads by itself: nothing."""
        return BytesIO()

    def close(self) -> None:
        """Let go of the files; those that nobody has kept vanish."""
        self._content.close()
        for _, file in self._files:
            file.close()

    def form(self) -> Form:
        """Return the form, empty where the body is none, as Werkzeug does.

        Raises RequestEntityTooLarge for one that no form needs to be, OSError for a failing disk.
        """
        if not self._ended:
            self._ended = True
            self._decode(None)
        if isinstance(self._fault, ValueError):
            return Form(MultiDict(), MultiDict())
        if self._fault is not None:
            raise self._fault
        return Form(MultiDict(self._fields), MultiDict(self._files))

    def _decode(self, block: bytes | None) -> None:
        if self._fault is not None:
            return
        try:
            self._decoder.receive_data(block)
            while not isinstance(event := self._decoder.next_event(), (NeedData, Epilogue)):
                self._take(event)
        except (ValueError, OSError, RequestEntityTooLarge) as fault:
            self._fault = fault
            self.close()

    def _take(self, event: Any) -> None:
        if isinstance(event, (Field, File)):
            self._part = event
            self._content = self._open_file() if isinstance(event, File) else BytesIO()
        elif isinstance(event, Data):
            self._content.write(event.data)
            if isinstance(self._part, Field) and self._content.tell() > _LONGEST_FIELD:
                raise RequestEntityTooLarge
            if not event.more_data:
                self._end_part()

    def _end_part(self) -> None:
        part, content = self._part, self._content
        content.seek(0)
        if isinstance(part, File):
            file = FileStorage(content, part.filename, part.name, headers=part.headers)
            self._files.append((part.name, file))
        elif part is not None:
            charset = parse_options_header(part.headers.get("content-type"))[1].get("charset", "")
            text = content.read().decode(_KNOWN.get(charset.lower(), "utf-8"), "replace")
            self._fields.append((part.name, text))


_KNOWN = {name: name for name in ("ascii", "us-ascii", "utf-8", "iso-8859-1")}


def boundary_of(content_type: str) -> bytes | None:
    """Return what separates the parts of a form with files; None where a body is no such form."""
    kind, options = parse_options_header(content_type)
    boundary = options.get("boundary", "")
    if kind.lower() != "multipart/form-data" or not boundary or not boundary.isascii():
        return None
    return boundary.encode("ascii")

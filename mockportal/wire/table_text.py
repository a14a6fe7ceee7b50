"""A table that somebody has saved, as text: in whichever encoding a spreadsheet writes it."""

import codecs
import shutil
from tempfile import TemporaryFile
from typing import BinaryIO, TextIO

FALLBACK = "cp1252"
"""What Excel writes in French where it is not told otherwise."""
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins like the next one
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NAMES = {
    "utf-8-sig": "UTF-8", "utf-8": "UTF-8", "utf-16": "UTF-16", "utf-32": "UTF-32",
    FALLBACK: "UTF-8, nor Windows-1252",
}  # fmt: skip
_BINARY = (
    (b"PK\x03\x04", "a workbook or an archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook"),
    (b"\x1f\x8b", "an archive (gzip)"),
    (b"%PDF", "a PDF"),
)
_BLOCK = 1 << 20


def copied_as_text(source: BinaryIO, out: TextIO) -> str:
    """Copy a table as text, and return its encoding: that of its mark, UTF-8, or ``FALLBACK``.

    Raises ValueError, with the line, where it is no text in any of them.
    """
    with TemporaryFile() as kept:
        shutil.copyfileobj(source, kept)
        kept.seek(0)
        start = kept.read(4)
        for mark, what in _BINARY:
            if start.startswith(mark):
                raise ValueError(f"this is {what}; save the table as CSV UTF-8")
        marked = next((encoding for mark, encoding in _MARKS if start.startswith(mark)), None)
        fault = ""
        for encoding in [marked] if marked else ["utf-8", FALLBACK]:
            kept.seek(0)
            out.seek(0)
            out.truncate()
            fault = _decoded(kept, encoding, out)
            if not fault:
                return encoding
    raise ValueError(fault)


def _decoded(source: BinaryIO, encoding: str, out: TextIO) -> str:
    """Copy bytes as text; return what is wrong with them, or nothing."""
    decoder, line, block = codecs.getincrementaldecoder(encoding)(), 1, b"-"
    while block:
        block = source.read(_BLOCK)
        try:
            text = decoder.decode(block, final=not block)
        except UnicodeDecodeError as fault:
            before = fault.object[: fault.start].decode(encoding, errors="ignore")
            return f"line {line + before.count(chr(10))} is not {_NAMES[encoding]}"
        if "\x00" in text:
            line += text[: text.index("\x00")].count("\n")
            return f"line {line} holds the sign NUL: this is no text, or UTF-16 without its mark"
        out.write(text)
        line += text.count("\n")
    return ""

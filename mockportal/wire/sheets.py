"""Tables for people with a spreadsheet: CSV and XLSX, and lists of identifiers that come in."""

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from itertools import chain, islice
from typing import BinaryIO

from mockportal.wire.formulas import defused, restored

Row = Sequence[str]

_BOM = "\ufeff"
_SEPARATOR = ";"
_AT_ONCE = 500
MOST_ROWS = 1_048_575
"""The rows of a sheet of XLSX, its heading left out."""
_LONGEST_CELL = 32_767
"""The UTF-16 units that a cell of XLSX takes at most; a longer one would be left out."""
_LINES = re.compile(r"\r\n|\r|\n")


def csv_sheet(heading: Row, rows: Iterable[Row]) -> Iterator[bytes]:
    """Yield a CSV as Excel opens it in French: UTF-8 with its mark, semicolons, no formula."""
    out = StringIO()
    writer = csv.writer(out, delimiter=_SEPARATOR, lineterminator="\r\n")
    out.write(_BOM)
    lines = chain([heading], rows)
    while batch := [[defused(cell) for cell in row] for row in islice(lines, _AT_ONCE)]:
        writer.writerows(batch)
        yield out.getvalue().encode(errors="replace")
        out.seek(0)
        out.truncate()


def write_xlsx(
    out: BinaryIO, title: str, heading: Row, rows: Iterable[Row], most: int = MOST_ROWS
) -> None:
    """Write an XLSX whose cells are all text; memory does not grow with it.

    What goes beyond the ``most`` rows of a sheet goes on in the next.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415  # no start pays for it

    with Workbook(out, {"constant_memory": True, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        lines, number = iter(rows), 1
        following = next(lines, None)
        while number == 1 or following is not None:
            sheet = book.add_worksheet(f"{title} {number}" if number > 1 else title)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(heading) - 1, 22)
            for column, words in enumerate(heading):
                sheet.write_string(0, column, words, bold)
            line = 1
            while following is not None and line <= most:
                for column, cell in enumerate(following):
                    sheet.write_string(line, column, _short(cell))
                following, line = next(lines, None), line + 1
            number += 1


def listed_identifiers(content: bytes | str, *, of_csv: bool = False) -> list[str]:
    """Return the identifiers of a list, one a line, to the letter; empty lines are left out.

    With ``of_csv``, the first column: what this portal has exported comes back as it was.
    """
    text = content if isinstance(content, str) else _decoded(content)
    text = text.replace("\0", "\ufffd")  # no identifier has either, and some databases take but one
    if not of_csv:
        return [one for one in _LINES.split(text) if one]
    rows = _rows(text)
    cells = [row[0] for row in rows if row and row[0]]
    return [restored(one) for one in cells]


def _rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=_SEPARATOR))
    except csv.Error:  # a cell beyond what the reader takes: whatever this is, it is no CSV
        return [[line] for line in _LINES.split(text)]


def _decoded(content: bytes) -> str:
    """Return a text of a file that is UTF-8, or what Excel writes by itself."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _short(cell: str) -> str:
    """Return what a cell of XLSX takes: the beginning of what is too long."""
    if 2 * len(cell) <= _LONGEST_CELL:
        return cell
    most = 2 * (_LONGEST_CELL - 1)
    kept = cell.encode("utf-16-le", errors="replace")
    if len(kept) <= most + 2:
        return cell
    return kept[:most].decode("utf-16-le", errors="ignore") + "…"

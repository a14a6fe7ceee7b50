"""Cells that a spreadsheet would run as formulas: defused when we write them, restored when read.

One place for all tables (CWE-1236). What looks harmless to us is trimmed by a spreadsheet before it
looks: blanks, line feeds and marks of no width may stand before the sign; some take its wide form.
"""

import unicodedata

_DEFUSED = "'"
_SIGNS = frozenset("=+-@|%")
_FIRST_ONLY = ("\t", "\r", "\n")
"""Where a cell begins with one of these, some spreadsheets read on in it as in a new one."""


def defused(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; ``restored`` gives it back."""
    return _DEFUSED + cell if _is_dangerous(cell.lstrip(_DEFUSED)) else cell


def restored(cell: str) -> str:
    """Return a cell as it was before it was defused; any other as it is."""
    return cell.removeprefix(_DEFUSED) if is_defused(cell) else cell


def is_defused(cell: str) -> bool:
    """Tell whether a cell was written by ``defused``, which changed it."""
    return cell.startswith(_DEFUSED) and _is_dangerous(cell.lstrip(_DEFUSED))


def _is_dangerous(cell: str) -> bool:
    if cell.startswith(_FIRST_ONLY):
        return True
    for sign in cell:
        if not _is_blank(sign):
            return unicodedata.normalize("NFKC", sign)[:1] in _SIGNS
    return False


def _is_blank(sign: str) -> bool:
    """Tell whether a sign is white space, takes no room, or controls something."""
    return sign.isspace() or unicodedata.category(sign) in {"Cc", "Cf"}

"""Cells that a spreadsheet would run: defused, and given back to the letter."""

import pytest

from mockportal.wire.formulas import defused, is_defused, restored

DANGEROUS = [
    "=1+1", "+33", "-12", "@SUM(A1)", "\tx", "\rx", "\nx", "\n=1", " =1", "  \t=1", "\r\n@x",
    "\u00a0=1", "\u202f-1", "\ufeff=1", "\u200b=1", "\u2060+1", "\u00ad=1", "\u200e=1", "\x00=1",
    "\x0b=1", "\u2028=1", "\uff1d1", "\uff0b1", "\uff0d1", "\uff20x", " \uff1d1", "\ufe66x",
    "\u207ax", "|cmd", "%0A", "\uff05x", "=", "-", "'=1", "''=1", "' =1", "'\n=1",
]  # fmt: skip
HARMLESS = [
    "", " ", "T-1", "a=1", "1-2", "'", "''", "O'NEIL", "'Ndiaye", "’=1", "é", "\u200b", "12",
    "MARTIN @ FILS", "_=1", "(=1)",
]  # fmt: skip


@pytest.mark.parametrize("cell", DANGEROUS, ids=ascii)
def test_what_a_spreadsheet_would_run_is_defused(cell: str) -> None:
    assert defused(cell) == f"'{cell}"
    assert is_defused(defused(cell))


@pytest.mark.parametrize("cell", HARMLESS, ids=ascii)
def test_anything_else_stays_as_it_is(cell: str) -> None:
    assert defused(cell) == cell


@pytest.mark.parametrize("cell", [*DANGEROUS, *HARMLESS], ids=ascii)
def test_what_was_written_is_read_back_to_the_letter(cell: str) -> None:
    assert restored(defused(cell)) == cell

"""The list of ASVS 5.0: each requirement of levels 1 and 2 has a line that names what is there."""

import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "mockportal"
LIST = PACKAGE / "docs" / "asvs.md"
VERDICTS = {"met", "in part", "not met", "not ours"}
SECTIONS = {
    1: (2, 9, 11, 3, 2), 2: (3, 3, 4, 1), 3: (0, 2, 4, 6, 5, 0, 2), 4: (3, 1, 2, 4),
    5: (1, 3, 2, 3), 6: (3, 12, 4, 4, 5, 3, 0, 4), 7: (3, 4, 2, 5, 2, 2), 8: (2, 3, 1, 1),
    9: (3, 4), 10: (2, 2, 4, 11, 5, 2, 3), 11: (2, 3, 3, 4, 1, 1), 12: (3, 2, 4),
    13: (1, 5, 2, 5), 14: (2, 4, 3), 15: (3, 3, 7), 16: (1, 5, 4, 3, 3), 17: (1, 4, 2),
}  # fmt: skip
"""By chapter, how many requirements of each section are of level 1 or 2: they come first there."""
WANTED = {
    f"V{chapter}.{section}.{number}"
    for chapter, counts in SECTIONS.items()
    for section, count in enumerate(counts, 1)
    for number in range(1, count + 1)
}
ROWS = re.findall(r"^\| (V[^|]+) \| ([^|]+) \| ([^|]+) \|$", LIST.read_text("utf-8"), re.MULTILINE)


def expanded(numbers: str) -> list[str]:
    """Return the requirements that the first cell of a row names, ranges in full."""
    found = []
    for part in numbers.split(", "):
        first, _, last = part.partition(" to ")
        section, _, begin = first.rpartition(".")
        end = last.rpartition(".")[2] or begin
        assert not last or last.startswith(f"{section}."), part
        found += [f"{section}.{number}" for number in range(int(begin), int(end) + 1)]
    return found


def test_every_requirement_of_levels_1_and_2_stands_there_once() -> None:
    told = Counter(number for numbers, _, _ in ROWS for number in expanded(numbers))

    assert len(WANTED) == 253
    assert set(told) == WANTED
    assert [number for number, times in told.items() if times > 1] == []


def test_every_line_has_a_verdict() -> None:
    assert {verdict for _, verdict, _ in ROWS} == VERDICTS


@pytest.mark.parametrize("name", ["asvs.md", "security.md"])
def test_every_file_that_is_named_is_there(name: str) -> None:
    text = (PACKAGE / "docs" / name).read_text("utf-8")

    named = set(re.findall(r"`((?:tests/)?[a-z_/]+\.(?:py|txt))`", text))

    assert len(named) > 10
    assert [
        path for path in named if not ((PACKAGE / path).exists() or (ROOT / path).exists())
    ] == []

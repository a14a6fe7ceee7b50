"""Every advice is tested by following it."""

import pytest

from mockportal.domain.changes import Change, ChangeKind
from tests.mending.applying import applied
from tests.mending.faults import faulty_files
from tests.mending.mending import errors_of, tally_of

_MANY = 200


def test_files_with_one_fault_pass_the_schema_once_the_advice_is_followed() -> None:
    tally = tally_of(seed=9, count=_MANY)

    told = "\n".join(
        f"{faulty.kind}, {faulty.version}: {outcome.value}\n  " + "\n  ".join(steps)
        for faulty, outcome, steps in tally.failures
    )
    assert tally.outcomes.total() == _MANY
    assert tally.passing >= 0.95, told


def test_the_generator_makes_faults_of_every_kind_and_always_the_same() -> None:
    files = list(faulty_files(9, 300))

    assert files == list(faulty_files(9, 300))
    wrong = {one.kind for one in files if errors_of(one.text, one.version)}
    assert wrong == {one.kind for one in files}


_TEXT = '<a>\n<b x="1">é😀</b><c/></a>'


@pytest.mark.parametrize(
    ("column", "change", "after"),
    [
        (17, Change(ChangeKind.VALUE, "&"), '<a>\n<b x="1">&amp;</b><c/></a>'),
        (17, Change(ChangeKind.REMOVE), "<a>\n<c/></a>"),
        (17, Change(ChangeKind.RENAME, "d"), '<a>\n<d x="1">é😀</d><c/></a>'),
        (17, Change(ChangeKind.REMOVE_ATTRIBUTE, "x"), "<a>\n<b>é😀</b><c/></a>"),
        (10, Change(ChangeKind.WRAP, "d e"), '<a>\n<d><e><b x="1">é😀</b></e></d><c/></a>'),
        (21, Change(ChangeKind.INSERT, "<d/>"), '<a>\n<b x="1">é😀</b><c><d/></c></a>'),
        (21, Change(ChangeKind.REPLACE, "<d/>", around="a"), "<d/>"),
        (17, Change(ChangeKind.MOVE, "c"), '<a>\n<c><b x="1">é😀</b></c></a>'),
    ],
)
def test_a_change_is_applied_where_the_error_stands(
    column: int, change: Change, after: str
) -> None:
    assert applied(_TEXT, 2, column, change) == after

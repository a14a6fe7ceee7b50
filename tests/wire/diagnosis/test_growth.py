"""The time of looking for a cause grows with the text, not with its square."""

import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import Facts, Fault, Place
from mockportal.wire.diagnosis import NO_NAMES, Around, FileText, diagnosed, documents
from mockportal.wire.diagnosis.documents import root_of
from mockportal.wire.diagnosis.roots import root_cause
from mockportal.wire.diagnosis.scanning import opened_line, text_from, unclosed
from mockportal.wire.diagnosis.stray_text import stray_text
from mockportal.wire.diagnosis.view import View
from tests.wire.diagnosis.following import errors_of, place_and_facts
from tests.wire.diagnosis.test_following_advice import PRETTY, broken

_MOST = 3.0
"""What doubling a text may multiply the time by."""
_MEASURABLE = 0.05
"""Seconds of the processor below which a ratio says nothing."""


def seconds(look: Callable[[str], object], text: str) -> float:
    """Return the seconds of the processor that looking through a text takes, the least of three."""
    taken = []
    for _ in range(3):
        begun = time.process_time()
        look(text)
        taken.append(time.process_time() - begun)
    return min(taken)


def assert_linear(look: Callable[[str], object], text_of: Callable[[int], str], size: int) -> None:
    """Check that twice the text takes about twice the time."""
    once, twice = (seconds(look, text_of(count)) for count in (size, 2 * size))
    assert twice < _MOST * max(once, _MEASURABLE), (once, twice)


def view_of(head: str, fault: Fault) -> View:
    """Return what is at hand around an error at the end of a beginning."""
    pieces = lambda: iter(io.StringIO(head))  # noqa: E731
    names: frozenset[str] = frozenset()
    return View(Facts(fault), Place(), 1, "", "", False, head, root_of(head), names, names, pieces)


def test_a_long_tag_without_its_end_after_a_root_that_is_none() -> None:
    assert_linear(
        lambda text: root_cause(view_of(text, Fault.ROOT)),
        lambda size: '<cpf:fluxx xmlns:cpf="a"><' + "a" * size,
        20_000,
    )


def test_a_long_tag_without_its_end_before_a_stray_text() -> None:
    assert_linear(
        lambda text: stray_text(view_of(text, Fault.TEXT_BETWEEN)),
        lambda size: "<a>x<b>y</b><" + "a" * size,
        20_000,
    )


def pieces_of(text: str) -> Iterator[str]:
    """Yield a text in pieces that are short beside it."""
    return (text[at : at + 4096] for at in range(0, len(text), 4096))


def test_a_long_value_after_a_tag() -> None:
    assert_linear(
        lambda text: opened_line(pieces_of(text), "b", 9), lambda size: "<b>" + "a" * size, 8 << 20
    )


def test_a_long_tag_without_its_end() -> None:
    assert_linear(
        lambda text: opened_line(pieces_of(text), "b", 9), lambda size: "<b " + "a" * size, 8 << 20
    )


def test_a_tag_between_two_pieces_is_counted_once() -> None:
    assert opened_line(iter(["<a>\n", "<b", ">x", "\n</b>", ""]), "b", 9) == 0
    assert opened_line(iter(["<a>\n\n<b", ">x", "y\n"]), "b", 9) == 3


def test_a_long_line_before_the_one_that_is_asked_for() -> None:
    assert_linear(
        lambda text: text_from(pieces_of(text), 3), lambda size: "\n" + "a" * size, 8 << 20
    )
    assert text_from(iter(["a\nb", "b\n", "cc", "\nd"]), 3) == "cc\nd"


def test_many_comments() -> None:
    assert_linear(
        lambda text: unclosed(iter([text])), lambda size: "<!---->\n" * size + "<!--", 20_000
    )
    begun = unclosed(iter(["\n<!--\n-->\n", "\n<?a?><!-", "-\nx"]))
    assert begun is not None
    assert (begun.opening, begun.line) == ("<!--", 5)


def test_the_root_is_looked_for_once_for_all_errors(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []
    beyond = documents.beyond_prolog

    def counted(text: str) -> str:
        looked.append(text)
        return beyond(text)

    monkeypatch.setattr(documents, "beyond_prolog", counted)
    error = FileError(1, 1, "", Place("/flux"), Facts(Fault.ATTRIBUTE, attribute="nil"))
    text = FileText(io.BytesIO(), "<!-- --><a/>", lambda: iter([""]))

    diagnosed(text, [Around(error, "", "", at_end=True)] * 50, NO_NAMES)

    assert len(looked) == 1


@pytest.mark.parametrize("name", ["a comment without end", "another end"])
def test_lines_that_end_in_carriage_returns_are_counted(tmp_path: Path, name: str) -> None:
    text = broken(PRETTY, name)

    of_line_feeds = errors_of(tmp_path, text.encode())
    of_returns = errors_of(tmp_path, text.replace("\n", "\r").encode())

    for error, other in zip(of_line_feeds, of_returns, strict=True):
        place, same = place_and_facts(error)[0], place_and_facts(other)[0]
        assert same.cause is place.cause
        assert same.words.get("line") == place.words.get("line")
        assert [line.number for line in same.context] == [line.number for line in place.context]

"""How values look on a page."""

from datetime import UTC, datetime

import pytest
from jinja2 import Environment
from markupsafe import Markup

from mockportal.domain.file_errors import ContextLine
from mockportal.web.display import (
    decimal,
    flux_words,
    grouped,
    in_paris,
    is_day,
    margin,
    marked,
    share,
    spaced,
    without_places,
)
from mockportal.web.typography import FrenchSpaces


def test_a_moment_is_shown_as_clocks_in_paris_show_it() -> None:
    shown = in_paris(datetime(2026, 7, 1, 22, 30, tzinfo=UTC))

    assert (shown.day, shown.hour, shown.minute) == (2, 0, 30)


def test_numbers_are_written_as_in_french() -> None:
    assert grouped(1234567) == "1\u202f234\u202f567"
    assert decimal(1.25) == "1,2"
    assert decimal(200.0) == "200"


def test_a_share_of_nothing_is_nothing() -> None:
    assert share(0, 0) == "0%"
    assert share(1, 4) == "25.000%"


def test_the_signs_of_french_stay_with_their_words() -> None:
    assert spaced("Le « mot » : oui ; non ?") == "Le «\u00a0mot\u00a0»\u00a0: oui\u00a0; non\u00a0?"


def test_markup_stays_markup_when_its_signs_are_kept_with_their_words() -> None:
    assert spaced(Markup("<b>Quoi ?</b>")) == Markup("<b>Quoi\u00a0?</b>")


def test_templates_keep_the_signs_of_their_own_text_and_leave_what_is_put_in_alone() -> None:
    page = Environment(extensions=[FrenchSpaces], autoescape=True).from_string(
        '{% set said = "Oui ; non" %}<p title="a : b">« {{ name }} » ? {{ said }}</p>'
    )

    assert page.render(name="x : y") == (
        '<p title="a\u00a0: b">«\u00a0x : y\u00a0»\u00a0? Oui\u00a0; non</p>'
    )


def test_an_excerpt_loses_the_blanks_that_all_its_lines_begin_with() -> None:
    lines = [ContextLine(1, "    <a>"), ContextLine(2, ""), ContextLine(3, "      <b/>")]

    assert margin(lines) == 4
    assert margin([*lines, ContextLine(4, "x" * 9, cut_before=True)]) == 0
    assert margin([]) == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2026-02-28", True),
        ("2026-02-30", False),
        ("20260228", False),
        ("hier", False),
        ("", False),
    ],
)
def test_a_day_is_told_from_what_a_date_field_cannot_hold(text: str, *, told: bool) -> None:
    assert is_day(text) is told


def test_the_places_of_a_message_become_ellipses() -> None:
    assert without_places("Le contrat {contract} de {certifier}") == ("Le contrat\u00a0… de\u00a0…")


@pytest.mark.parametrize(
    ("name", "pieces"),
    [
        ("niveauLangueEuro", ["niveau", "Langue", "Euro"]),
        ("PAR_ADMISSION", ["PAR_", "ADMISSION"]),
        ("RNCP90001", ["RNCP90001"]),
    ],
)
def test_a_line_may_end_between_the_words_of_a_name(name: str, pieces: list[str]) -> None:
    assert flux_words(name) == pieces


@pytest.mark.parametrize(
    ("text", "other", "pieces"),
    [
        ("Jean François", "Jean-François", [("Jean", False), (" ", True), ("François", False)]),
        ("HELENE", "Hélène", [("HELENE", False)]),
        ("MARTN", "MARTIN", [("MART", False), ("N", False)]),
        ("MARTIN", "MARTN", [("MART", False), ("I", True), ("N", False)]),
        ("TISSERANT", "BOUVOLLY", [("TISSERANT", True)]),
        ("3", "11", [("3", True)]),
    ],
)
def test_only_the_signs_that_differ_are_marked(
    text: str, other: str, pieces: list[tuple[str, bool]]
) -> None:
    assert marked(text, other) == pieces

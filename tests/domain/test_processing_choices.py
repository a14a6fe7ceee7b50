"""What the form of the processing holds, and what becomes of it."""

import pytest

from mockportal.domain.processing import Mode, Processing
from mockportal.domain.processing_choices import MODES, UNITS, Choice, choice_of, chosen_processing


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (Choice("immediate", "", "secondes"), "immediate"),
        (Choice("manual", "no number", ""), "manual"),
        (Choice("polls", "3", ""), "polls=3"),
        (Choice("delay", "172 800", "secondes"), "delay=172800"),
        (Choice("delay", "172\u202f800", "secondes"), "delay=172800"),
        (Choice("delay", "36", "heures"), "delay=129600"),
        (Choice("delay", "2", "jours"), "delay=172800"),
        (Choice("delay", "0", "jours"), "delay=0"),
        (Choice("delay", "2", "jours-ouvres"), "working_days=2"),
    ],
)
def test_what_is_chosen_is_a_processing(choice: Choice, words: str) -> None:
    assert str(chosen_processing(choice)) == words


@pytest.mark.parametrize(
    ("choice", "field", "word"),
    [
        (Choice("other", "1", "jours"), "mode", "Choisissez quand"),
        (Choice("working_days", "1", "jours"), "mode", "Choisissez quand"),
        (Choice("delay", "1", "siècles"), "unit", "unité"),
        (Choice("delay", "", "jours"), "amount", "durée"),
        (Choice("delay", "-1", "jours"), "amount", "durée"),
        (Choice("delay", "1,5", "heures"), "amount", "durée"),
        (Choice("delay", "²", "heures"), "amount", "durée"),
        (Choice("delay", "9" * 9, "jours"), "amount", "trop grand"),
        (Choice("delay", "9" * 9_000, "secondes"), "amount", "trop grand"),
        (Choice("delay", "0", "jours-ouvres"), "amount", "jours ouvrés, de 1 à 999"),
        (Choice("delay", "1000", "jours-ouvres"), "amount", "trop grand"),
        (Choice("polls", "", ""), "amount", "consultations"),
        (Choice("polls", "0", ""), "amount", "consultations"),
    ],
)
def test_what_cannot_be_meant_is_told_at_its_field(choice: Choice, field: str, word: str) -> None:
    faults = chosen_processing(choice)

    assert isinstance(faults, dict)
    assert list(faults) == [field]
    assert word in faults[field]


@pytest.mark.parametrize(
    ("processing", "choice"),
    [
        (Processing(Mode.DELAY, 172_800), Choice("delay", "2", "jours")),
        (Processing(Mode.DELAY, 7_200), Choice("delay", "2", "heures")),
        (Processing(Mode.DELAY, 90), Choice("delay", "90", "secondes")),
        (Processing(Mode.DELAY, 0), Choice("delay", "0", "secondes")),
        (Processing(Mode.WORKING_DAYS, 2), Choice("delay", "2", "jours-ouvres")),
        (Processing(Mode.POLLS, 3), Choice("polls", "3", "secondes")),
        (Processing(Mode.MANUAL), Choice("manual", "", "secondes")),
    ],
)
def test_a_processing_is_shown_as_it_would_be_chosen(
    processing: Processing, choice: Choice
) -> None:
    assert choice_of(processing) == choice
    assert chosen_processing(choice) == processing


def test_every_unit_but_working_days_has_its_seconds() -> None:
    assert [name for name, seconds in UNITS.items() if not seconds] == ["jours-ouvres"]
    assert Mode.WORKING_DAYS not in MODES

"""How names compare, and under which key people and passages are filed."""

from hashlib import blake2b

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockportal.domain.comparing import level1_key, normalised, sender_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Zoé", "ZOE", id="accents and case"),
        pytest.param("Zoe\u0301", "Zo\u00e9", id="an accent apart from its letter"),
        pytest.param("ÇELİK", "Celik", id="cedilla and dotted capital"),
        pytest.param("Lœuillet", "LOEUILLET", id="the ligature œ"),
        pytest.param("Lætitia", "LAETITIA", id="the ligature æ"),
        pytest.param("Ǽlfric", "aelfric", id="a ligature with an accent"),
        pytest.param("Groß", "GROSS", id="the German s"),
        pytest.param("Łukasz Ǿster", "LUKASZ OSTER", id="letters with a stroke"),
        pytest.param("D’Arc", "D'ARC", id="a typographic apostrophe"),
        pytest.param("D`Arc", "D'ARC", id="a grave accent for an apostrophe"),
        pytest.param("D´Arc", "D'ARC", id="an acute accent for an apostrophe"),
        pytest.param("  LE   GOFF ", "Le Goff", id="runs of spaces"),
        pytest.param("LE\u00a0GOFF", "LE GOFF", id="a no-break space"),
    ],
)
def test_what_does_not_count_compares_as_equal(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Jean-François", "Jean François", id="a hyphen for a space"),
        pytest.param("Jean-François", "JeanFrançois", id="a hyphen left out"),
        pytest.param("D'Arc", "Darc", id="an apostrophe left out"),
        pytest.param("Le Goff", "Legoff", id="a space left out"),
        pytest.param("Martin", "Martins", id="a letter"),
        pytest.param("St. Pierre", "St Pierre", id="a full stop"),
    ],
)
def test_every_other_sign_counts(one: str, other: str) -> None:
    assert normalised(one) != normalised(other)


@given(st.text())
def test_a_normalised_name_stays_as_it_is(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


@pytest.mark.parametrize("letter", "ŉǢǣǼǽǾǿᴭꟹ\uff40\u1fef")
def test_letters_that_come_apart_in_two_steps_stay_as_they_are(letter: str) -> None:
    once = normalised(f"A{letter}B")
    assert normalised(once) == once


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_case_never_counts_in_french(name: str) -> None:
    assert normalised(name.upper()) == normalised(name)


def test_people_alike_at_level_1_share_a_key() -> None:
    assert level1_key(1, "Éclair", "Zoé", "F", 1990) == level1_key(1, "ECLAIR", "zoe", "F", 1990)


@pytest.mark.parametrize(
    "other",
    [
        (2, "ECLAIR", "ZOE", "F", 1990),
        (1, "ECLAIRS", "ZOE", "F", 1990),
        (1, "ECLAIR", "ZOEE", "F", 1990),
        (1, "ECLAIR", "ZOE", "M", 1990),
        (1, "ECLAIR", "ZOE", "F", 1991),
    ],
)
def test_another_world_name_sex_or_year_has_another_key(
    other: tuple[int, str, str, str, int],
) -> None:
    assert level1_key(1, "ECLAIR", "ZOE", "F", 1990) != level1_key(*other)


def test_the_parts_of_a_key_do_not_run_into_each_other() -> None:
    assert sender_key(1, "1AB") != sender_key(11, "AB")


def test_keys_are_two_signed_64_bit_numbers_and_the_same_for_ever() -> None:
    # Stored and indexed: a change here orphans every registry that exists.
    digest = blake2b(b"1\x1fMARTIN\x1fLEA\x1fF\x1f1990", digest_size=16).digest()
    halves = (digest[:8], digest[8:])
    assert level1_key(1, "MARTIN", "LEA", "F", 1990) == tuple(
        int.from_bytes(half, "big", signed=True) for half in halves
    )


def test_each_sender_of_each_world_has_a_key_of_its_own() -> None:
    keys = {sender_key(1, "03TST001"), sender_key(1, "03TST002"), sender_key(2, "03TST001")}

    assert len(keys) == 3

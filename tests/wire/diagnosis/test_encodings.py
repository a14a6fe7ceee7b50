"""Files whose true encoding is not the announced one: both ways out lead to a file that passes."""

import io
from pathlib import Path

import pytest

from mockportal.domain.fault_causes import Cause
from mockportal.wire.diagnosis.true_encodings import encodings_of
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.wire.diagnosis.following import advice_of, errors_of, follow, place_and_facts

DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>'
TEXT = a_flux_xml(
    a_passage_xml("T-1", a_titulaire(prenom1="Anaïs", nomNaissance="LEFÈVRE")),
    a_passage_xml("T-2", a_titulaire(prenom1="Gaël", nomNaissance="Ça où")),
).decode()
WITHOUT = TEXT.removeprefix(DECLARATION)


def announcing(name: str) -> str:
    """Return a flux whose declaration announces an encoding."""
    return TEXT.replace("UTF-8", name)


MISTAKES = {
    "Windows-1252 as UTF-8": (TEXT, "cp1252", Cause.OTHER_ENCODING),
    "Windows-1252, not announced": (
        TEXT.replace(' encoding="UTF-8"', ""), "cp1252", Cause.OTHER_ENCODING
    ),
    "Windows-1252 without declaration": (WITHOUT, "cp1252", Cause.NO_ENCODING),
    "Windows-1252 as ANSI": (announcing("ANSI"), "cp1252", Cause.ENCODING_UNKNOWN),
    "the code page of MS-DOS": (TEXT, "cp850", Cause.OTHER_ENCODING),
    "MacRoman": (TEXT, "mac_roman", Cause.OTHER_ENCODING),
    "Unicode of Notepad": (f"\ufeff{TEXT}", "utf-16-le", Cause.OTHER_ENCODING),
    "Unicode big endian of Notepad": (f"\ufeff{TEXT}", "utf-16-be", Cause.OTHER_ENCODING),
    "Unicode of Notepad as windows-1252": (
        "\ufeff" + announcing("windows-1252"), "utf-16-le", Cause.OTHER_ENCODING
    ),
    "UTF-16 without mark": (TEXT, "utf-16-le", Cause.OTHER_ENCODING),
    "UTF-16 big endian without mark": (TEXT, "utf-16-be", Cause.OTHER_ENCODING),
    "UTF-16 without declaration nor mark": (WITHOUT, "utf-16-le", Cause.NO_ENCODING),
    "UTF-8 as UTF-16": (announcing("UTF-16"), "utf-8", Cause.ANNOUNCED_WRONGLY),
    "UTF-8 as Unicode": (announcing("UTF-16LE"), "utf-8", Cause.ANNOUNCED_WRONGLY),
    "UTF-8 as ASCII": (announcing("US-ASCII"), "utf-8", Cause.ANNOUNCED_WRONGLY),
    "UTF-8 as UTF_8": (announcing("UTF_8"), "utf-8", Cause.ENCODING_UNKNOWN),
    "UTF-8 as nothing": (announcing("latin-français"), "utf-8", None),
}  # fmt: skip


@pytest.mark.parametrize("name", MISTAKES)
def test_announcing_the_true_encoding_is_one_way_out(tmp_path: Path, name: str) -> None:
    text, codec, cause = MISTAKES[name]
    error = errors_of(tmp_path, text.encode(codec))[-1]
    if cause is not None:
        assert place_and_facts(error)[0].cause is cause

    mark = "\ufeff" if text.startswith("\ufeff") else ""
    mended = mark + follow(text.removeprefix(mark), error)

    assert errors_of(tmp_path, mended.encode(codec)) == ()


@pytest.mark.parametrize("name", [name for name in MISTAKES if "UTF-8 as" not in name])
def test_saving_as_utf_8_is_the_other(tmp_path: Path, name: str) -> None:
    text, codec, _ = MISTAKES[name]
    error = errors_of(tmp_path, text.encode(codec))[-1]
    mend = advice_of(error).mend
    if "ANSI" not in text:
        assert "en UTF-8 (Bloc-notes" in mend

    body = text[text.index("<cpf:flux") :]

    assert errors_of(tmp_path, (DECLARATION + body).encode()) == ()


@pytest.mark.parametrize("codec", ["utf-32", "utf-32-le", "utf-32-be"])
def test_utf_32_can_but_be_converted(tmp_path: Path, codec: str) -> None:
    error = errors_of(tmp_path, TEXT.encode(codec))[-1]

    assert place_and_facts(error)[0].cause is Cause.UTF_32
    assert "l'enregistrez en UTF-8" in advice_of(error).mend


def test_a_word_of_another_encoding_in_a_file_of_utf_8_is_shown_as_it_is_meant(
    tmp_path: Path,
) -> None:
    content = TEXT.encode().replace("Gaël".encode(), "Gaël".encode("cp1252"))

    error = errors_of(tmp_path, content)[-1]

    place, _ = place_and_facts(error)
    assert place.cause is Cause.MIXED_ENCODINGS
    assert place.words["instead"] == "Gaël"
    assert "« Gaël »" in advice_of(error).mend


@pytest.mark.parametrize("filler", [0, 1, 140_000, 1_000_000])
def test_the_true_encoding_shows_however_late_the_first_accent_comes(filler: int) -> None:
    content = (DECLARATION + " " * filler + "<a>été à Noël</a>").encode("cp1252")

    encodings = encodings_of(io.BytesIO(content))

    assert encodings.actual == "cp1252"
    assert encodings.announced == "UTF-8"
    assert encodings.conflict


@pytest.mark.parametrize("announced", ["US-ASCII", "UTF-8", "windows-1252", "utf8"])
def test_a_mistake_before_the_first_accent_is_told_by_itself(
    tmp_path: Path, announced: str
) -> None:
    text = announcing(announced).replace("T-1", "R&D").replace("Anaïs", "Anne")

    error = errors_of(tmp_path, text.encode("ascii", "replace"))[-1]

    assert place_and_facts(error)[0].cause is Cause.SIGN_UNESCAPED


@pytest.mark.parametrize("size", [1 << 17, (1 << 17) + 1])
def test_a_character_between_two_blocks_is_no_damage(size: int) -> None:
    content = b"<a>" + b"x" * (size - 4) + "é</a>".encode()

    assert encodings_of(io.BytesIO(content)).damage is None

"""Files with a fault of wording each, as people make them, and what a JDK 17 says of them."""

import json
from pathlib import Path

import pytest

from mockportal.wire.validation import CompiledSchema
from tests.oracle.compare import is_same, our_answer
from tests.oracle.oracle import Answer

_FOLDER = Path(__file__).with_name("wording")
_ANSWERS: dict[str, Answer] = {
    name: [(line, column, text) for line, column, text in answer]
    for name, answer in json.loads((_FOLDER / "answers.json").read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("name", _ANSWERS)
def test_a_file_gets_the_very_errors_of_java(name: str, schema: CompiledSchema) -> None:
    ours = our_answer((_FOLDER / name).read_bytes(), schema)

    assert is_same(ours, _ANSWERS[name]), ours


def test_each_file_of_the_folder_has_its_answer() -> None:
    assert sorted(_ANSWERS) == sorted(path.name for path in _FOLDER.glob("*.xml"))

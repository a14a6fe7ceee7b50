"""A fresh round against a real JDK, different each day in CI."""

import os
from datetime import UTC, datetime
from itertools import islice

import pytest

from tests.oracle.compare import compared
from tests.oracle.encoded import encoded_files
from tests.oracle.families import FAMILIES, family_files
from tests.oracle.mutations import mutants
from tests.oracle.oracle import jdk_is_here
from tests.oracle.tricky import tricky_files

_FILES = 500
_LEAST_SAME = 0.99
"""Of many thousands of files 99.8 % are the same: of 500, chance alone makes six others rarely."""
_PIECES = 1500
"""Bytes: small files are cut and checked as large ones are."""
_ONE_IN = 40
_ONE_ENCODED_IN = 29
_OF_A_FAMILY = 60
_LEAST_SAME_OF_A_FAMILY = 0.95
"""Of thousands, 99 % or more are the same of each family: of 60, four others come rarely."""
_SEED = int(os.environ.get("ORACLE_SEED", datetime.now(UTC).strftime("%Y%m%d")))

pytestmark = [
    pytest.mark.skipif(not jdk_is_here(), reason="no JDK here: the kept vectors have to do"),
    pytest.mark.xdist_group("jdk"),
]


def test_500_fresh_files_get_the_verdict_and_the_errors_of_java() -> None:
    result = compared(mutants(_SEED, _FILES), _PIECES)

    assert result.same_verdict == result.compared == _FILES, f"seed {_SEED}"
    assert result.same_list >= _LEAST_SAME * _FILES, f"seed {_SEED}: {result.differences}"


def test_files_that_readers_of_xml_disagree_on_get_the_verdict_of_java() -> None:
    result = compared(islice(tricky_files(), _SEED % _ONE_IN, None, _ONE_IN), _PIECES)

    assert result.compared > 300
    assert result.same_verdict == result.compared, f"seed {_SEED}: {result.differences}"


def test_files_in_all_encodings_get_the_verdict_and_the_errors_of_java() -> None:
    files = islice(encoded_files(), _SEED % _ONE_ENCODED_IN, None, _ONE_ENCODED_IN)
    result = compared(files, _PIECES)

    assert result.compared > 200
    assert result.same_verdict == result.compared, f"seed {_SEED}: {result.differences}"
    assert result.same_list >= _LEAST_SAME * result.compared, f"{_SEED}: {result.differences}"


@pytest.mark.parametrize("family", FAMILIES)
def test_files_of_the_hardest_kinds_get_the_verdict_and_the_errors_of_java(family: str) -> None:
    result = compared(family_files(family, _SEED, _OF_A_FAMILY), _PIECES)

    assert result.same_verdict == result.compared == _OF_A_FAMILY, f"seed {_SEED}"
    assert result.same_list >= _LEAST_SAME_OF_A_FAMILY * _OF_A_FAMILY, (
        f"seed {_SEED}: {result.differences}"
    )

"""A fresh round against a real JDK, different each day in CI."""

import os
from datetime import UTC, datetime

import pytest

from tests.oracle.compare import compared
from tests.oracle.mutations import mutants
from tests.oracle.oracle import jdk_is_here

_FILES = 500
_LEAST_SAME = 0.995


@pytest.mark.skipif(
    not jdk_is_here() and os.environ.get("CI") != "true",
    reason="no JDK here: the kept vectors have to do",
)
def test_500_fresh_files_get_the_verdict_and_the_errors_of_java() -> None:
    assert jdk_is_here(), "CI needs a JDK (apt-get install default-jdk-headless)"
    seed = int(os.environ.get("ORACLE_SEED", datetime.now(UTC).strftime("%Y%m%d")))

    result = compared(mutants(seed, _FILES))

    assert result.same_verdict == result.compared == _FILES, f"seed {seed}"
    assert result.same_list >= _LEAST_SAME * _FILES, f"seed {seed}: {result.differences}"

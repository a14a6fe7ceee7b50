"""The schemas, compiled once."""

from pathlib import Path

import pytest

from mockportal.wire.validation import CompiledSchema, compile_schema

_XSD = Path(__file__).parents[3] / "xsd"


@pytest.fixture(scope="session")
def schema() -> CompiledSchema:
    """Return the default version."""
    return compile_schema(_XSD / "flux-1.1.2.xsd")

"""The first control of one passage that was typed: each error beside the field that it concerns."""

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from mockportal.domain.deposits import FileError
from mockportal.domain.flux import Outline, Passage
from mockportal.wire.contents import kept_content
from mockportal.wire.names import NAMESPACE, NATIONAL_ID
from mockportal.wire.passages import read_passage
from mockportal.wire.validation import CompiledSchema, compile_schema, validate
from mockportal.wire.writing import Values, content_to_keep, one_passage_flux


def schema_faults(outline: Outline, values: Values, schema: Path) -> list[tuple[str, FileError]]:
    """Return (our name of the field, Java's error in French); no name: the passage as a whole."""
    lines = one_passage_flux(outline, values)
    content = lines.text().encode(errors="surrogatepass")
    errors = validate(BytesIO(content), _compiled(schema))
    return [(lines.fields.get(error.line, ""), error) for error in errors]


def passage_of(values: Values) -> tuple[Passage, str]:
    """Return what the rules need of values that the schema has accepted, and what to keep."""
    content = content_to_keep(values)
    return read_passage(*kept_content(content)), content


def knows_national_ids(schema: Path) -> bool:
    """Tell whether a version of the schema lets a holder be named by their NIR."""
    local_name = NATIONAL_ID.removeprefix(f"{{{NAMESPACE}}}")
    return (NAMESPACE, local_name) in _compiled(schema).types


@lru_cache(maxsize=8)
def _compiled(schema: Path) -> CompiledSchema:
    return compile_schema(schema)

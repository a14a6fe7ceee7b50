"""Receipts to learn from, made by what writes the real ones."""

import re
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from mockportal.domain.identifiers import FluxId, ProcessingId, TechnicalId
from mockportal.domain.messages import NOT_FOUND_IN_2022, Code, message_of
from mockportal.wire.receipts import (
    EmptyLists,
    ReceiptHead,
    ReceiptYear,
    write_processed,
    write_refused,
)
from mockportal.wire.validation import compile_schema, validate

_NAME = "export-20261005.xml"
_SENDER = "03TST001"
_IDS = tuple(TechnicalId(f"2026_{number}_JMRIN_900") for number in range(526671, 526675))
_SEX = re.compile(rb">[MF]</(\w*:?)sexe>")
_UNKNOWN_SEX = rb">H</\1sexe>"
"""The commonest fault of a value: a code that the list does not know."""


def processed_example(empty: EmptyLists, year: ReceiptYear = ReceiptYear.Y2023) -> bytes:
    """Return a receipt of form A: two passages KO, two OK."""
    head = ReceiptHead(_NAME, ProcessingId(67598), FluxId("4df76fd4-0915-46df-8c56-525506af35be"))
    twice = message_of(Code.DUPLICATE).worded(sender=_SENDER, technical_id=_IDS[1])
    unknown = NOT_FOUND_IN_2022 if year.one_sentence else message_of(Code.LEVEL1).worded()
    ko = [(_IDS[0], unknown), (_IDS[1], twice)]
    out = BytesIO()
    write_processed(out, head, ko, _IDS[2:], empty, year)
    return out.getvalue()


@lru_cache(maxsize=8)
def refused_example(flux: Path, schema: Path, year: ReceiptYear = ReceiptYear.Y2023) -> bytes:
    """Return a receipt of form B: what is said of a good file once a value in it is spoiled."""
    spoiled = _SEX.sub(_UNKNOWN_SEX, flux.read_bytes(), count=1)
    out = BytesIO()
    errors = validate(BytesIO(spoiled), compile_schema(schema))
    write_refused(out, ReceiptHead(_NAME, ProcessingId(67599)), errors, year)
    return out.getvalue()

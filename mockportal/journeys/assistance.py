"""What the help shows: examples and tables made by the very code that treats deposits."""

from dataclasses import dataclass
from pathlib import Path

from mockportal.domain.advice import Case as Cause
from mockportal.domain.cases import Case
from mockportal.domain.dictionary_lines import Line, lines_of
from mockportal.domain.structure_advice import STRUCTURE
from mockportal.domain.syntax_advice import SYNTAX
from mockportal.domain.value_advice import VALUES
from mockportal.journeys.desk import Desk
from mockportal.wire.cases import read_cases
from mockportal.wire.receipt_examples import processed_example, refused_example
from mockportal.wire.receipt_parts import ReceiptLine
from mockportal.wire.receipt_parts import lines_of as receipt_lines
from mockportal.wire.recognising import texts_of_faults
from mockportal.wire.schema_elements import schema_elements


@dataclass(frozen=True, slots=True)
class FaultKind:
    """A kind of error of the first control: its messages, and what may have caused it."""

    name: str
    texts: tuple[str, ...]
    causes: tuple[Cause, ...]


DEMONSTRATION = "flux-demonstration.xml"
_DEMONSTRATIONS = "flux-*.xml"
_CASES = "cases.json"


def dictionary(desk: Desk, version: str) -> tuple[Line, ...] | None:
    """Return the dictionary of a version of the schema, from its file; None for one unknown."""
    path = desk.schemas.get(version)
    return lines_of(schema_elements(path)) if path else None


def people_to_try(desk: Desk) -> tuple[Case, ...]:
    """Return the cases of the seeds: what to write, and what it brings."""
    return read_cases(desk.seeds / _CASES)


def demonstrations(desk: Desk) -> dict[str, Path]:
    """Return the demonstration fluxes by name: files to deposit that bring every message."""
    return {path.name: path for path in sorted(desk.seeds.glob(_DEMONSTRATIONS))}


def faults_of_files() -> dict[str, list[FaultKind]]:
    """Return the errors of the first control by what they are about: values, structure, syntax."""
    texts = texts_of_faults()
    catalogues = {"values": VALUES, "structure": STRUCTURE, "syntax": SYNTAX}
    return {
        part: [
            FaultKind(fault.name, texts[fault], causes)
            for fault, causes in catalogue.items()
            if fault in texts
        ]
        for part, catalogue in catalogues.items()
    }


def receipt_of_a_treated_file(desk: Desk) -> list[ReceiptLine]:
    """Return an example of form A."""
    return receipt_lines(processed_example(desk.policy.empty_lists))


def receipt_of_a_refused_file(desk: Desk) -> list[ReceiptLine]:
    """Return an example of form B, by the schema that this portal applies."""
    schema = desk.schemas[desk.policy.schema]
    return receipt_lines(refused_example(desk.seeds / DEMONSTRATION, schema))

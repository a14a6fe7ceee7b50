"""What the help shows: examples and tables made by the very code that treats deposits."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from mockportal.domain.advice import Case as Cause
from mockportal.domain.cases import Case
from mockportal.domain.cause_advice import CAUSES
from mockportal.domain.dictionary_lines import Line, lines_of
from mockportal.domain.document_advice import DOCUMENTS
from mockportal.domain.file_errors import Fault
from mockportal.domain.identifiers import WorldId
from mockportal.domain.messages import Code
from mockportal.domain.reference import Certification
from mockportal.domain.structure_advice import STRUCTURE
from mockportal.domain.syntax_advice import SYNTAX
from mockportal.domain.value_advice import VALUES
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.demonstrations import DEMONSTRATED, DEMONSTRATION
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
    """Those of this kind alone."""
    shares: bool
    """Others have brought errors of several kinds."""


@dataclass(frozen=True, slots=True)
class FaultPart:
    """The kinds of errors that are about one thing, and the causes that several of them share.

    Where there are no kinds, the causes may bring errors of any.
    """

    shared: tuple[Cause, ...]
    kinds: tuple[FaultKind, ...]


_CASES = "cases.json"
_PLACE = re.compile(r"\{\w+\}")


def dictionary(desk: Desk, version: str) -> tuple[Line, ...] | None:
    """Return the dictionary of a version of the schema, from its file; None for one unknown."""
    path = desk.schemas.get(version)
    return lines_of(schema_elements(path)) if path else None


def certifications_by_code(
    desk: Desk, world: WorldId | None = None
) -> dict[tuple[str, str], Certification]:
    """Return the certifications that a world knows, by type and code; None: the seeds' world."""
    number = world or desk.stores.worlds.named(DEFAULT_WORLD)
    listed = desk.stores.references.certifications(number) if number else []
    return {(one.type, one.code): one for one in listed}


def people_to_try(desk: Desk) -> tuple[Case, ...]:
    """Return the cases of the seeds: what to write, and what it brings."""
    return read_cases(desk.seeds / _CASES)


def shown_by_demonstration(desk: Desk) -> frozenset[Code]:
    """Return the messages that the passages of the first demonstration flux get."""
    cases = people_to_try(desk)
    held = (case for case in cases if case.technical_id and case.schema == DEMONSTRATED)
    return frozenset(case.code for case in held if case.code)


def faults_of_files() -> dict[str, FaultPart]:
    """Return the errors of the first control by what they are about: values, structure, syntax.

    Before them come what a file may be that is no flux, and the mistakes that show around an
    error, whatever its message.
    """
    texts = texts_of_faults()
    catalogues = {"values": VALUES, "structure": STRUCTURE, "syntax": SYNTAX}
    return {
        "documents": FaultPart(tuple(DOCUMENTS.values()), ()),
        "mistakes": FaultPart(tuple(CAUSES.values()), ()),
    } | {
        part: _part({fault: told for fault, told in catalogue.items() if fault in texts}, texts)
        for part, catalogue in catalogues.items()
    }


def _part(
    catalogue: Mapping[Fault, tuple[Cause, ...]], texts: Mapping[Fault, tuple[str, ...]]
) -> FaultPart:
    """Return the kinds of a catalogue; what would read the same twice is told once."""
    by_fault = {fault: {_told(one): one for one in causes} for fault, causes in catalogue.items()}
    often = Counter(told for causes in by_fault.values() for told in causes)
    shared = {told: one for causes in by_fault.values() for told, one in causes.items()}
    return FaultPart(
        tuple(one for told, one in shared.items() if often[told] > 1),
        tuple(
            FaultKind(
                fault.name,
                texts[fault],
                tuple(one for told, one in causes.items() if often[told] == 1),
                shares=any(often[told] > 1 for told in causes),
            )
            for fault, causes in by_fault.items()
        ),
    )


def _told(cause: Cause) -> tuple[str, str]:
    """Return what is read of a cause where nothing is known of a file."""
    return _PLACE.sub("", cause.happened), _PLACE.sub("", cause.mend)


def receipt_of_a_treated_file(desk: Desk) -> list[ReceiptLine]:
    """Return an example of form A."""
    return receipt_lines(processed_example(desk.policy.empty_lists, desk.policy.receipts))


def receipt_of_a_refused_file(desk: Desk) -> list[ReceiptLine]:
    """Return an example of form B, by the schema that this portal applies."""
    schema = desk.schemas[desk.policy.schema]
    return receipt_lines(refused_example(desk.seeds / DEMONSTRATION, schema, desk.policy.receipts))

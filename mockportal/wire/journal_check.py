"""Whether a replay could follow what a journal says: the shapes, and what refers to what."""

from collections.abc import Collection, Container
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from mockportal.domain.journal import Change
from mockportal.wire.journal_shapes import (
    BY_AN_ACCOUNT,
    CONTENTS,
    OF_A_DEPOSIT,
    Event,
    Format,
    Head,
    Person,
    Receipt,
)
from mockportal.wire.passage_fields import FLUX_NAMES

Model = TypeVar("Model", bound=BaseModel)
_LONGEST_FAULT = 300


def head_fault(content: bytes, version: int) -> str:
    """Return what is wrong with what a journal says of its world, or nothing."""
    written, fault = _read(Format, content)
    if written is not None and written.format != version:
        return f"it is of another version: {written.format!r}"[:_LONGEST_FAULT]
    return fault or _read(Head, content)[1]


class JournalCheck:
    """Takes the lines of a journal in their order; each method returns a fault, or nothing."""

    def __init__(
        self, head: dict[str, Any], schemas: Container[str], names: Collection[str]
    ) -> None:
        """Keep what the head says, the versions of the schema, and the names of the entries."""
        self._schemas = schemas
        self._names = names
        self._accounts = {one["id"] for one in head["accounts"]}
        self._deposits: set[str] = set()
        self._treated: set[str] = set()

    def person(self, line: bytes) -> str:
        """Check a line about a person."""
        return _read(Person, line)[1]

    def receipt(self, line: bytes) -> str:
        """Check a line about a receipt."""
        said, fault = _read(Receipt, line)
        if said is not None and f"receipts/{said.number}.xml" not in self._names:
            return f"there is no receipts/{said.number}.xml"
        return fault

    def event(self, line: bytes) -> str:
        """Check a line about something that changed, and what it refers to."""
        event, fault = _read(Event, line)
        if event is None:
            return fault
        if event.what in BY_AN_ACCOUNT and event.account not in self._accounts:
            return f"account: {event.account!r} is none of those in world.json"
        shape = CONTENTS.get(event.what)
        if shape is not None:
            content, fault = _given(shape, event.content)
            if content is None:
                return f"content.{fault}"
        if event.what in OF_A_DEPOSIT:
            return self._deposit_fault(event)
        return self._passages_fault(event)

    def _deposit_fault(self, event: Event) -> str:
        name = event.deposit or ""
        if event.what is Change.TREATED:
            if name not in self._deposits - self._treated:
                return f"deposit: {name!r} was not deposited before, or is treated twice"
            self._treated.add(name)
            return ""
        if not name or name in self._deposits:
            return f"deposit: {name!r} is no name of its own"
        self._deposits.add(name)
        file = f"deposits/{event.content['processing_id']}.xml"
        if file not in self._names:
            return f"there is no {file}"
        schema = event.content["schema"]
        return "" if schema in self._schemas else f"content.schema: there is no {schema!r} here"

    def _passages_fault(self, event: Event) -> str:
        if event.what not in (Change.MODIFIED, Change.DELETED):
            return ""
        unknown = {one["deposit"] for one in event.content["passages"]} - self._deposits
        if unknown:
            return f"content.passages: {min(unknown)!r} was not deposited before"
        fields = [name for name in event.content.get("changes", ()) if name not in FLUX_NAMES]
        return (
            f"content.changes: there is no field {fields[0]!r}"[:_LONGEST_FAULT] if fields else ""
        )


def _read(shape: type[Model], content: bytes) -> tuple[Model | None, str]:
    try:
        return shape.model_validate_json(content), ""
    except ValidationError as fault:
        return None, _worded(fault)


def _given(shape: type[Model], content: dict[str, Any]) -> tuple[Model | None, str]:
    try:
        return shape.model_validate(content), ""
    except ValidationError as fault:
        return None, _worded(fault)


def _worded(fault: ValidationError) -> str:
    """Return the first thing that is wrong: its place, and how."""
    first = fault.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    return f"{place}: {first['msg']}"[:_LONGEST_FAULT].removeprefix(": ")

"""Clocks and processing as JSON."""

from typing import Any

from mockportal.domain.processing import Mode, Processing
from mockportal.journeys.clock import ClockReading
from mockportal.web.mock.time_shapes import (
    AfterLooks,
    AfterSeconds,
    AfterWorkingDays,
    AsAbove,
    ProcessingGiven,
)

_UNITS = {Mode.DELAY: "seconds", Mode.WORKING_DAYS: "working_days", Mode.POLLS: "polls"}


def clock_json(reading: ClockReading) -> dict[str, Any]:
    """Return what a clock shows."""
    return {"now": reading.now.isoformat(), "frozen": reading.frozen}


def processing_json(processing: Processing) -> dict[str, Any]:
    """Return when the second control runs; working days are a delay of another unit."""
    mode = Mode.DELAY if processing.mode is Mode.WORKING_DAYS else processing.mode
    unit = _UNITS.get(processing.mode)
    return {"mode": mode.value, **({unit: processing.amount} if unit else {})}


def processing_given(given: ProcessingGiven) -> Processing | None:
    """Return what a test has said; None: as is said above."""
    match given.root:
        case AfterSeconds(seconds=amount):
            return Processing(Mode.DELAY, amount)
        case AfterWorkingDays(working_days=amount):
            return Processing(Mode.WORKING_DAYS, amount)
        case AfterLooks(polls=amount):
            return Processing(Mode.POLLS, amount)
        case AsAbove():
            return None
        case simply:
            return Processing(Mode(simply.mode))

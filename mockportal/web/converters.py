"""What addresses may hold: numbers that a database can count to, texts that it can keep."""

from typing import Any

from flask import Flask
from werkzeug.routing import IntegerConverter, Map

LARGEST = (1 << 63) - 1
"""A database counts no farther."""
LARGEST_OF_SMALL_TABLES = (1 << 31) - 1
"""Worlds, mails and faults are numbered by 32 bits where the database tells the two apart."""


class RowNumber(IntegerConverter):
    """``<int:…>`` without a sign, in ASCII digits, and of at most 63 bits.

    Werkzeug's own takes digits of any script, and a number of any size.
    """

    regex = "[0-9]{1,19}"

    def __init__(self, map: Map, *, max: int = LARGEST, **more: Any) -> None:  # noqa: A002  # Werkzeug's names
        """Keep the largest number that leads anywhere."""
        super().__init__(map, max=max, **more)


def bound_numbers(app: Flask) -> None:
    """Bound the numbers in all addresses of an application; to be called before it has any."""
    app.url_map.converters["int"] = RowNumber

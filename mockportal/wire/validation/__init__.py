"""The first control in the words and at the places of the real portal, which runs Java.

``validate`` says of any file what the XML validator built into JDK 17 says in French: the same
errors, in the same order, at the same line and column (``receipts.md``, form B).
"""

from collections.abc import Sequence
from typing import BinaryIO

from mockportal.domain.deposits import FileError
from mockportal.wire.validation.checking import Checker
from mockportal.wire.validation.compiling import compile_schema
from mockportal.wire.validation.components import CompiledSchema, SchemaNotSupportedError
from mockportal.wire.validation.omitting import Range
from mockportal.wire.validation.opening import opened
from mockportal.wire.validation.reading import Reader
from mockportal.wire.validation.source import MalformedError

__all__ = ["CompiledSchema", "Range", "SchemaNotSupportedError", "compile_schema", "validate"]

MOST_ERRORS = 100
"""About the first 100 errors are reported (OBSERVED)."""


class _EnoughError(Exception):
    """As many errors as were asked for."""


def validate(
    file: BinaryIO,
    schema: CompiledSchema,
    most: int = MOST_ERRORS,
    sure: Sequence[Range] = (),
) -> tuple[FileError, ...]:
    """Return the errors of a file, at most ``most`` and in the order of the file; none: it is good.

    The file is read once, from its beginning to its end; memory does not grow with it.

    ``sure`` are parts that are known to be good, in order: they are not checked, which saves
    time. Each begins after an element that may be repeated and is not left out itself, and holds
    nothing but more such elements, whole, with white space around them. They count only in a file
    of UTF-8.
    """
    errors: list[FileError] = []

    def report(message: str, at: int) -> None:
        line, column = reader.place(at)
        errors.append(FileError(line, column, message))
        if len(errors) >= most:
            raise _EnoughError

    try:
        text, place = opened(file, sure)
        reader = Reader(text, place, Checker(schema, report))
        reader.document()
    except MalformedError as fault:
        errors.append(FileError(fault.line, fault.column, fault.message))
    except _EnoughError:
        pass
    return tuple(errors)

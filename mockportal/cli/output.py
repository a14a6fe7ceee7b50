"""What commands write: files, whole or as they were before; JSON of one file or of several."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from types import TracebackType
from typing import Any, BinaryIO, Self

import click

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


@contextmanager
def replaced(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes ``path``'s place when the block ends well; else that stays as it was.

    What is no file of a disk, a pipe say, is written to as it is. Raises OSError, with the file's
    name, where it cannot be written.
    """
    try:
        with _replaced(path) as out:
            yield out
    except OSError as fault:
        if fault.errno is None or fault.filename is not None:
            raise
        raise OSError(fault.errno, fault.strerror, str(path)) from fault


@contextmanager
def _replaced(path: Path) -> Iterator[BinaryIO]:
    if path.exists() and not path.is_file():
        with path.open("wb") as out:
            yield out
        return
    target = path.resolve()
    unfinished = target.with_name(f".{target.name[:100]}.{token_hex(4)}.unfinished")
    try:
        with unfinished.open("xb") as out:
            yield out
        if target.exists():
            unfinished.chmod(target.stat().st_mode & 0o777)
        unfinished.replace(target)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def people_of(count: int) -> str:
    """Return a number of people in words: ``1 person``, ``2 people``."""
    return counted(count, "person", "people")


def counted(count: int, thing: str, things: str | None = None) -> str:
    """Return a number of things in words: ``1 deposit``, ``2 deposits``."""
    return f"{count} {thing if count == 1 else things or f'{thing}s'}"


def say(text: str = "", *, err: bool = False, **style: Any) -> None:
    """Print a text that may repeat what a file says: none of it moves the terminal's hand."""
    click.secho(_CONTROLS.sub("\ufffd", text), err=err, **style)


class JsonPrinter:
    """Prints what is told of each file: an object for one, a list for several."""

    def __init__(self, *, listed: bool) -> None:
        """Keep whether it is a list."""
        self._listed, self._first = listed, True

    def __enter__(self) -> Self:
        """Begin the list."""
        if self._listed:
            click.echo("[")
        return self

    def __exit__(
        self, fault: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """End the list."""
        if self._listed:
            click.echo("" if self._first else "\n", nl=False)
            click.echo("]")

    def put(self, told: dict[str, Any]) -> None:
        """Print an object."""
        if self._listed and not self._first:
            click.echo(",")
        self._first = False
        click.echo(json.dumps(told, ensure_ascii=False, indent=2), nl=not self._listed)

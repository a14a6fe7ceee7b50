"""What is asked of the database while a block runs: growth told without a clock."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def statements() -> Iterator[list[str]]:
    """Yield a list that gets each statement that any engine of this process runs."""
    run: list[str] = []

    def keep(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        run.append(statement)

    event.listen(Engine, "before_cursor_execute", keep)
    try:
        yield run
    finally:
        event.remove(Engine, "before_cursor_execute", keep)

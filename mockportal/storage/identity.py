"""Which database this is: a random text in it, which the mark of its data folder repeats."""

from dataclasses import dataclass
from secrets import token_hex

from sqlalchemy import Engine, insert, inspect, select, text

from mockportal.storage.migrations import NEWEST, revision_of
from mockportal.storage.program_tables import identity


@dataclass(frozen=True, slots=True)
class DatabaseState:
    """What a database was before anything of this start was written to it."""

    engine: Engine
    revision: str | None
    """None: it is empty."""
    identity: str | None
    """None: an older version, which knew none, has made it."""

    def deposits(self, *, whole: bool = True) -> set[str]:
        """Return the deposits that it knows; ``whole`` leaves out those without files."""
        if self.revision is None:
            return set()
        wanted = "SELECT public_id FROM deposits"
        if whole and "packed" in _columns(self.engine):
            wanted += " WHERE NOT packed"
        with self.engine.connect() as connection:
            return set(connection.scalars(text(wanted)))


def state_of(engine: Engine) -> DatabaseState:
    """Return what a database is, without writing to it."""
    revision = revision_of(engine)
    known = None
    if revision is not None and inspect(engine).has_table(identity.name):
        with engine.connect() as connection:
            known = connection.scalar(select(identity.c.value))
    return DatabaseState(engine, revision, known)


def identify(engine: Engine, wanted: str | None) -> str:
    """Return the identity of a database; one without any gets the one ``wanted``, or a new one."""
    with engine.connect() as connection:
        known = connection.scalar(select(identity.c.value))
    if known is None:
        with engine.execution_options(writes=True).begin() as connection:
            known = connection.scalar(select(identity.c.value))
            if known is None:
                known = wanted or token_hex(16)
                connection.execute(insert(identity).values(value=known))
    return str(known)


def can_be_written(engine: Engine) -> str | None:
    """Return why a database is of no use for a portal, None when it can be read and written."""
    revision = revision_of(engine)
    if revision != NEWEST:
        return f"the database has revision {revision}, this version of mockportal needs {NEWEST}"
    with engine.execution_options(writes=True).connect() as connection, connection.begin() as begun:
        connection.execute(identity.update().values(value=identity.c.value))
        begun.rollback()
    return None


def _columns(engine: Engine) -> set[str]:
    return {column["name"] for column in inspect(engine).get_columns("deposits")}

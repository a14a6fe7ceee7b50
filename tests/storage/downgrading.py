"""Databases as older versions had them, for tests of migrations."""

from importlib import import_module

from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, text

_REVISIONS = {
    "0008": "0008_deposit_tallies",
    "0009": "0009_filing",
    "0010": "0010_birth_in_the_index",
    "0011": "0011_work",
    "0012": "0012_store",
    "0013": "0013_sessions",
}


def back_to(engine: Engine, revision: str) -> None:
    """Bring a database back to a revision, through each of the later ones."""
    with engine.execution_options(writes=True).begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            for number in sorted(_REVISIONS, reverse=True):
                if number > revision:
                    name = f"mockportal.storage.migrations.versions.{_REVISIONS[number]}"
                    import_module(name).downgrade()
        connection.execute(
            text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision}
        )

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from mockportal.domain.identifiers import WorldId
from mockportal.journeys.ports import Stores
from mockportal.storage.database import open_database, open_read_only
from mockportal.storage.migrations import NEWEST, NewerDatabaseError, migrate, revision_of
from mockportal.storage.registry import RegistryStore
from mockportal.storage.tables import metadata
from mockportal.storage.worlds import WorldStore
from tests import services
from tests.builders import a_certification, a_new_holder
from tests.storage.conftest import Counter


@pytest.fixture
def migrated(engine: Engine, tmp_path: Path) -> Iterator[Engine]:
    """Yield a database of the kind of ``engine`` that went through every revision."""
    with ExitStack() as kept:
        if engine.dialect.name == "postgresql":
            own = kept.enter_context(services.a_schema())
            made = create_engine(make_url(own).set(drivername="postgresql+psycopg"))
        else:
            made = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
        with made.begin() as connection:
            migrate(connection)
        yield made
        made.dispose()


def test_the_migrations_make_the_tables_of_the_code(migrated: Engine) -> None:
    with migrated.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


def test_a_new_database_is_the_same_as_one_that_went_through_every_revision(
    engine: Engine, migrated: Engine
) -> None:
    told = {"sqlite": told_by_sqlite, "postgresql": told_by_postgresql}[engine.dialect.name]

    assert told(engine) == told(migrated)


def test_an_error_of_the_database_prints_no_values(engine: Engine) -> None:
    with pytest.raises(SQLAlchemyError) as failed, engine.connect() as connection:
        connection.execute(text("SELEKT :a"), {"a": "a-secret"})

    assert "SELEKT" in str(failed.value)
    assert "a-secret" not in str(failed.value)


def told_by_postgresql(engine: Engine) -> dict[str, Any]:
    """Return all that PostgreSQL knows of the tables, in its own words."""
    columns = (
        "SELECT table_name, column_name, data_type, character_maximum_length, is_nullable, "
        "column_default, collation_name FROM information_schema.columns "
        "WHERE table_schema = current_schema() ORDER BY table_name, ordinal_position"
    )
    indexes = "SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema()"
    keys = (
        "SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint "
        "WHERE connamespace = current_schema()::regnamespace"
    )
    with engine.connect() as connection:
        schema = connection.exec_driver_sql("SELECT current_schema()").scalar_one()

        def told(query: str) -> list[str]:
            rows = connection.exec_driver_sql(query)
            return [" ".join(map(str, row)).replace(f"{schema}.", "") for row in rows]

        return {
            "columns": told(columns),
            "indexes": sorted(told(indexes)),
            "keys": sorted(told(keys)),
            "revision": told("SELECT version_num FROM alembic_version"),
        }


def told_by_sqlite(engine: Engine) -> dict[str, Any]:
    """Return all that SQLite knows of the tables; the order of constraints says nothing."""
    with engine.connect() as connection:

        def told(pragma: str, of: str) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}('{of}')")]

        names = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        schema = {
            name: {
                "columns": told("table_xinfo", name),
                "foreign keys": sorted(row[2:] for row in told("foreign_key_list", name)),
                "indexes": sorted(
                    ("" if row[3] != "c" else row[1], *row[2:], told("index_xinfo", row[1]))
                    for row in told("index_list", name)
                ),
            }
            for name in names.scalars()
        }
        version = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        return {**schema, "revision": version}


def test_a_new_database_is_of_the_newest_revision(engine: Engine) -> None:
    assert revision_of(engine) == NEWEST


def test_a_database_that_is_opened_again_has_kept_all(tmp_path: Path) -> None:
    first = open_database(tmp_path / "portal.db")
    world = WorldStore(first).create("default")
    first.dispose()

    again = open_database(tmp_path / "portal.db")

    assert WorldStore(again).named("default") == world
    again.dispose()


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "portal.db"
    open_database(path).dispose()
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()

    with pytest.raises(NewerDatabaseError, match="9999"):
        open_database(path)

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["portal.db"]


def test_an_older_database_is_copied_whole_before_anything_else(tmp_path: Path) -> None:
    path = tmp_path / "portal.db"
    writer = open_database(path)
    WorldStore(writer).create("default")
    with writer.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")

    # No revision leads on from this one; and the log of the writer is not in its file yet.
    with pytest.raises(CommandError, match="0000"):
        open_database(path)

    writer.dispose()
    with closing(sqlite3.connect(f"{path}.before-{NEWEST}")) as copy:
        assert copy.execute("SELECT name FROM worlds").fetchall() == [("default",)]


@pytest.mark.parametrize("name", ["données d'Éric", "a?b=c", "a#b", "a%41b", "a&b c"])
def test_a_folder_may_have_any_name(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()

    writer = open_database(folder / "portal.db")
    world = WorldStore(writer).create("default")
    writer.dispose()
    reader = open_read_only(folder / "portal.db")

    assert WorldStore(reader).named("default") == world
    reader.dispose()
    assert [one.name for one in tmp_path.iterdir()] == [name]
    assert [one.name for one in folder.iterdir()] == ["portal.db"]


class TestReadOnly:
    def test_nothing_is_written_beside_it(self, tmp_path: Path) -> None:
        path = tmp_path / "portal.db"
        writer = open_database(path)
        world = WorldStore(writer).create("default")
        RegistryStore(writer).add(world, [a_new_holder()])
        writer.dispose()
        before = path.read_bytes()

        reader = open_read_only(path)
        counted = RegistryStore(reader).count(world)
        during = list(tmp_path.iterdir())
        reader.dispose()

        assert counted == 1
        assert during == list(tmp_path.iterdir()) == [path]
        assert path.read_bytes() == before

    def test_what_a_running_portal_has_just_written_is_read(self, tmp_path: Path) -> None:
        writer = open_database(tmp_path / "portal.db")
        world = WorldStore(writer).create("default")

        reader = open_read_only(tmp_path / "portal.db")

        assert WorldStore(reader).named("default") == world
        reader.dispose()
        writer.dispose()

    def test_it_cannot_be_written(self, tmp_path: Path) -> None:
        open_database(tmp_path / "portal.db").dispose()
        reader = open_read_only(tmp_path / "portal.db")

        with pytest.raises(Exception, match=r"readonly|read-only"):
            WorldStore(reader).create("default")

        reader.dispose()

    def test_one_that_is_not_there_is_not_made(self, tmp_path: Path) -> None:
        with pytest.raises(Exception, match="unable to open"):
            open_read_only(tmp_path / "portal.db")

        assert list(tmp_path.iterdir()) == []


def test_many_can_write_at_the_same_time(stores: Stores, certifier: Counter) -> None:
    with ThreadPoolExecutor(8) as pool:
        recorded = list(pool.map(lambda n: certifier.records(f"d-{n}"), range(80)))

    assert sorted(one.processing_id for one in recorded) == list(range(1, 81))
    assert len(stores.deposits.unfinished()) == 80


def test_a_row_hangs_on_something_that_is_there(stores: Stores) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        stores.references.add(WorldId(99), [a_certification()])


def test_a_signal_that_ends_the_process_in_a_query_is_no_fault_of_the_database(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise SystemExit(143)

    with engine.connect() as connection:
        monkeypatch.setattr(engine.dialect, "do_execute", interrupted)

        with pytest.raises(SystemExit) as end:
            connection.exec_driver_sql("SELECT 1")

    assert end.value.code == 143

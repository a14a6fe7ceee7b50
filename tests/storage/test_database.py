import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.util import CommandError
from sqlalchemy import Engine

from mockportal.domain.identifiers import WorldId
from mockportal.journeys.ports import Stores
from mockportal.storage.database import open_database, open_read_only
from mockportal.storage.migrations import NEWEST, NewerDatabaseError, revision_of
from mockportal.storage.registry import RegistryStore
from mockportal.storage.tables import metadata
from mockportal.storage.worlds import WorldStore
from tests.builders import a_certification, a_new_holder
from tests.storage.conftest import Counter


def test_the_migrations_make_the_tables_of_the_code(engine: Engine) -> None:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})

        assert compare_metadata(context, metadata) == []


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

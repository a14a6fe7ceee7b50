"""Figures that are kept, since counting those of a large world takes a while, and which are due."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, delete, func, select, text

from mockportal.domain.figures import Figures, Month, Place, Volumes
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Kind, Organisation
from mockportal.storage.organisation_rows import numbered
from mockportal.storage.tables import (
    accounts,
    deposits,
    kept_figures,
    mandates,
    organisations,
    passage_events,
    worlds,
)
from mockportal.storage.tallies import tallies

_WHOLE_WORLD = 0
"""Stands where the figures are not those of one organisation."""
_KEEP = text("""
    INSERT INTO kept_figures (world_id, organisation_id, counted_at, content)
    SELECT id, :organisation, :counted_at, :content FROM worlds WHERE id = :world
    ON CONFLICT (world_id, organisation_id) DO UPDATE SET
        counted_at = excluded.counted_at, content = excluded.content
""")


class KeptFigures:
    """The shelf of figures."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine

    def kept(
        self, world: WorldId, organisation: Organisation | None
    ) -> tuple[Figures, datetime] | None:
        """Return figures that were kept, with the real time of their count."""
        wanted = select(kept_figures.c.content, kept_figures.c.counted_at).where(
            *_place(world, organisation)
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        if row is None:
            return None
        return _unpacked(json.loads(row.content)), datetime.fromisoformat(row.counted_at)

    def keep(
        self,
        world: WorldId,
        organisation: Organisation | None,
        figures: Figures | None,
        counted_at: datetime,
    ) -> None:
        """Keep figures in place of those kept before; None forgets them."""
        with self._engine.execution_options(writes=True).begin() as connection:
            if figures is None:
                connection.execute(delete(kept_figures).where(*_place(world, organisation)))
                return
            content = asdict(figures) | {"at": figures.at.isoformat()}
            connection.execute(
                _KEEP,
                {
                    "world": world,
                    "organisation": organisation.id if organisation else _WHOLE_WORLD,
                    "counted_at": counted_at.isoformat(),
                    "content": json.dumps(content | {"state": _state(connection, world)}),
                },
            )

    def due(self, counted_before: datetime, large: int) -> Place | None:
        """Return a place whose figures are to be counted: kept, too old, and changed since.

        Or whose figures are not kept although they have more than ``large`` files and passages.
        """
        with self._engine.connect() as connection:
            rows = connection.execute(select(kept_figures)).all()
            shelf = {(row.world_id, row.organisation_id) for row in rows}
            for world, number in _large(connection, large):
                if (world, number) not in shelf:
                    return _as_place(connection, world, number)
            for row in rows:
                if datetime.fromisoformat(row.counted_at) >= counted_before:
                    continue
                if json.loads(row.content).get("state") != _state(connection, row.world_id):
                    return _as_place(connection, row.world_id, row.organisation_id)
        return None


def _place(world: WorldId, organisation: Organisation | None) -> tuple[ColumnElement[bool], ...]:
    number = organisation.id if organisation else _WHOLE_WORLD
    return (kept_figures.c.world_id == world, kept_figures.c.organisation_id == number)


def _as_place(connection: Connection, world: int, number: int) -> Place:
    return Place(WorldId(world), numbered(connection, number) if number else None)


def _large(connection: Connection, large: int) -> Iterator[tuple[int, int]]:
    """Yield the worlds, and the organisations in them, that have deposited or received so much."""
    size = func.sum(tallies.c.deposits + tallies.c.judged)
    of_worlds = select(tallies.c.world_id).group_by(tallies.c.world_id).having(size > large)
    for world in connection.scalars(of_worlds).all():
        yield world, _WHOLE_WORLD
        mine = tallies.c.world_id == world
        depositing = (
            select(tallies.c.organisation_id)
            .where(mine)
            .group_by(tallies.c.organisation_id)
            .having(size > large)
        )
        receiving = (
            select(organisations.c.id)
            .join(tallies, tallies.c.certifier == organisations.c.client_id)
            .where(
                mine,
                organisations.c.world_id == world,
                organisations.c.kind == Kind.CERTIFIER.value,
            )
            .group_by(organisations.c.id)
            .having(size > large)
        )
        for number in sorted({*connection.scalars(depositing), *connection.scalars(receiving)}):
            yield world, number


def _state(connection: Connection, world: int) -> list[int]:
    """Return what differs once anything has changed that figures are counted from."""
    of_world = tallies.c.world_id == world
    counters = [
        select(func.coalesce(func.sum(column), 0)).where(of_world).scalar_subquery()
        for column in (tallies.c.deposits, tallies.c.alive, tallies.c.judged)
    ]
    newest = [
        select(func.coalesce(func.max(column), 0)).scalar_subquery()
        for column in (
            deposits.c.id,
            passage_events.c.id,
            mandates.c.id,
            accounts.c.number,
            organisations.c.id,
        )
    ]
    row = connection.execute(select(*counters, *newest).where(worlds.c.id == world)).first()
    return [int(one) for one in row] if row else []


def _unpacked(content: dict[str, Any]) -> Figures:
    return Figures(
        datetime.fromisoformat(content["at"]),
        Volumes(**content["volumes"]),
        tuple(Month(**one) for one in content["months"]),
        tuple((code, number) for code, number in content["reasons"]),
    )

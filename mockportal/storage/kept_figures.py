"""Figures that are kept, since counting those of a large world takes a while, and which are due."""

import json
from collections.abc import Collection, Iterator
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, exists, func, or_, select, text, union_all

from mockportal.domain.figures import Figures, Kept, Month, Place, Volumes
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Kind, Organisation
from mockportal.storage.deposit_scopes import tallies_meant_for
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
    SELECT id, :organisation, :counted_at, :content FROM worlds
    WHERE id = :world AND (:organisation = 0 OR EXISTS (
        SELECT 1 FROM organisations WHERE id = :organisation AND world_id = :world))
    ON CONFLICT (world_id, organisation_id) DO UPDATE SET
        counted_at = excluded.counted_at, content = excluded.content
""")
_ITS_PLACE_IS_THERE = or_(
    kept_figures.c.organisation_id == _WHOLE_WORLD,
    exists().where(
        organisations.c.id == kept_figures.c.organisation_id,
        organisations.c.world_id == kept_figures.c.world_id,
    ),
)


class KeptFigures:
    """The shelf of figures."""

    def __init__(self, engine: Engine, *, any_sender: bool = False) -> None:
        """Keep the engine, and whether the portal lets every émetteur through."""
        self._engine = engine
        self._any_sender = any_sender

    def state(self, world: WorldId) -> tuple[int, ...]:
        """Return what differs once anything has changed that figures are counted from."""
        with self._engine.connect() as connection:
            return _state(connection, world)

    def kept(self, world: WorldId, organisation: Organisation | None) -> Kept | None:
        """Return figures that were kept."""
        wanted = select(kept_figures.c.content, kept_figures.c.counted_at).where(
            kept_figures.c.world_id == world,
            kept_figures.c.organisation_id == _number(organisation),
        )
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        if row is None:
            return None
        content = json.loads(row.content)
        return Kept(_unpacked(content), datetime.fromisoformat(row.counted_at), _state_in(content))

    def keep(self, world: WorldId, organisation: Organisation | None, counted: Kept) -> None:
        """Keep figures in place of those kept before, unless their place is no more."""
        figures = counted.figures
        content = asdict(figures) | {"at": figures.at.isoformat(), "state": counted.state}
        with self._engine.execution_options(writes=True).begin() as connection:
            connection.execute(
                _KEEP,
                {
                    "world": world,
                    "organisation": _number(organisation),
                    "counted_at": counted.counted_at.isoformat(),
                    "content": json.dumps(content),
                },
            )

    def due(
        self, counted_before: datetime, large: int, passing_over: Collection[Place] = ()
    ) -> Place | None:
        """Return a place whose figures are to be counted: kept, too old, and changed since.

        Or whose figures are not kept although about ``large`` files and passages, or more, are
        behind them; once kept, it is not due for that. Places to pass over are never due.
        """
        over = {(place.world, _number(place.organisation)) for place in passing_over}
        with self._engine.connect() as connection:
            for world, number in self._due(connection, counted_before, large):
                if (world, number) not in over:
                    return _as_place(connection, world, number)
        return None

    def _due(
        self, connection: Connection, counted_before: datetime, large: int
    ) -> Iterator[tuple[int, int]]:
        rows = connection.execute(select(kept_figures).where(_ITS_PLACE_IS_THERE)).all()
        shelf = {(row.world_id, row.organisation_id) for row in rows}
        for place in _large(connection, large, any_sender=self._any_sender):
            if place not in shelf:
                yield place
        for row in rows:
            if datetime.fromisoformat(row.counted_at) < counted_before and _changed(
                connection, row
            ):
                yield row.world_id, row.organisation_id


def _number(organisation: Organisation | None) -> int:
    return organisation.id if organisation else _WHOLE_WORLD


def _as_place(connection: Connection, world: int, number: int) -> Place | None:
    if number == _WHOLE_WORLD:
        return Place(WorldId(world))
    organisation = numbered(connection, number)
    return Place(WorldId(world), organisation) if organisation else None


def _large(connection: Connection, large: int, *, any_sender: bool) -> Iterator[tuple[int, int]]:
    """Yield the worlds, and the organisations in them, that see so much.

    As the kept counters tell: theirs are about the figures' sizes, but hold what was suppressed.
    """
    size = tallies.c.deposits + tallies.c.judged
    of_worlds = (
        select(tallies.c.world_id)
        .group_by(tallies.c.world_id)
        .having(func.sum(size) > large)
        .order_by(tallies.c.world_id)
    )
    for world in connection.scalars(of_worlds).all():
        yield world, _WHOLE_WORLD
        here = (tallies.c.world_id == world) & (organisations.c.world_id == world)
        own = select(organisations.c.id, size.label("size")).where(
            here, tallies.c.organisation_id == organisations.c.id
        )
        for_it = select(organisations.c.id, size.label("size")).where(
            here,
            organisations.c.kind == Kind.CERTIFIER.value,
            tallies.c.certifier == organisations.c.client_id,
            tallies.c.organisation_id != organisations.c.id,
            tallies_meant_for(organisations.c.id, any_sender=any_sender),
        )
        seen = union_all(own, for_it).subquery()
        of_organisations = (
            select(seen.c.id)
            .group_by(seen.c.id)
            .having(func.sum(seen.c.size) > large)
            .order_by(seen.c.id)
        )
        for number in connection.scalars(of_organisations).all():
            yield world, number


def _changed(connection: Connection, row: Row[Any]) -> bool:
    return _state_in(json.loads(row.content)) != _state(connection, row.world_id)


def _state(connection: Connection, world: int) -> tuple[int, ...]:
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
    return tuple(int(one) for one in row) if row else ()


def _state_in(content: dict[str, Any]) -> tuple[int, ...]:
    return tuple(content.get("state", ()))


def _unpacked(content: dict[str, Any]) -> Figures:
    return Figures(
        datetime.fromisoformat(content["at"]),
        Volumes(**content["volumes"]),
        tuple(Month(**one) for one in content["months"]),
        tuple((code, number) for code, number in content["reasons"]),
    )

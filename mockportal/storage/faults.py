"""Faults, counted where all processes see it, and the deposits that they hold."""

from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, and_, case, delete, exists, insert, or_, select, update

from mockportal.domain.deposits import Status, VanishedError
from mockportal.domain.faults import Fault, FaultId, SetFault, Stage, Trouble
from mockportal.domain.identifiers import AccountId, DepositId, WorldId
from mockportal.storage.deposit_rows import microseconds
from mockportal.storage.failures import sentences
from mockportal.storage.program_tables import faults
from mockportal.storage.tables import deposits, worlds

_MAY_STRIKE = or_(faults.c.times.is_(None), faults.c.struck < faults.c.times)
_ANY = "SELECT 1 FROM faults WHERE times IS NULL OR struck < times LIMIT 1"


class FaultStore:
    """The faults of all worlds."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def any(self) -> bool:
        """Tell whether any fault may still strike, anywhere: one small query."""
        # Each request asks: past SQLAlchemy's own layers, it costs a tenth.
        name = str(self._engine.url.database)
        with sentences(name), closing(self._engine.raw_connection()) as connection:
            cursor = connection.cursor()
            cursor.execute(_ANY)
            return cursor.fetchone() is not None

    def of_world(self, world: WorldId) -> list[SetFault]:
        """Return the faults of a world in their order, those that are used up too."""
        wanted = select(faults).where(faults.c.world_id == world).order_by(faults.c.id)
        with self._engine.connect() as connection:
            return [_fault(row) for row in connection.execute(wanted)]

    def add(self, world: WorldId, faults_: Sequence[Fault]) -> list[SetFault]:
        """Add faults to a world, and return them as they are set."""
        with self._writer.begin() as connection:
            return [
                _fault(
                    connection.execute(
                        insert(faults)
                        .values(
                            world_id=world,
                            account_id=one.account,
                            stage=one.stage.value,
                            trouble=one.trouble.value,
                            name=one.name,
                            status=one.status,
                            seconds=one.seconds,
                            times=one.times,
                            probability=one.probability,
                            seed=one.seed,
                        )
                        .returning(*faults.c)
                    ).one()
                )
                for one in faults_
            ]

    def remove(self, world: WorldId, fault: FaultId | None = None) -> int:
        """Remove a fault of a world, or all of them; return how many there were."""
        meant = faults.c.world_id == world
        if fault is not None:
            meant &= faults.c.id == fault
        with self._writer.begin() as connection:
            return connection.execute(delete(faults).where(meant)).rowcount

    def turn(self, fault: FaultId) -> tuple[str, int]:
        """Return the name of a fault's world, and how often the fault could have struck by now."""
        with self._writer.begin() as connection:
            row = connection.execute(
                update(faults)
                .where(faults.c.id == fault)
                .values(turns=faults.c.turns + 1)
                .returning(faults.c.world_id, faults.c.turns)
            ).first()
            if row is None:
                raise VanishedError(f"there is no fault {fault}")
            name = connection.scalar(select(worlds.c.name).where(worlds.c.id == row.world_id))
        return str(name), row.turns

    def strike(self, fault: FaultId) -> bool:
        """Count that a fault strikes; False, and nothing counted, where it is used up or gone."""
        with self._writer.begin() as connection:
            counted = connection.execute(
                update(faults)
                .where(faults.c.id == fault, _MAY_STRIKE)
                .values(struck=faults.c.struck + 1)
            )
        return counted.rowcount > 0

    def hold(self, deposit: DepositId, fault: FaultId) -> None:
        """Keep a deposit « en cours » until the fault is removed."""
        with self._writer.begin() as connection:
            connection.execute(
                update(deposits)
                .where(deposits.c.public_id == deposit)
                .values(held_by=fault, due_at=None, looks_left=None, at_once=False)
            )

    def let_go(self, world: WorldId, now: datetime) -> int:
        """Let deposits go on whose fault is no more, and return how many; they are due at once.

        One that had passed the first control falls due ``now``, by its world's clock.
        """
        gone = ~exists().where(faults.c.id == deposits.c.held_by)
        held = and_(
            deposits.c.world_id == world,
            deposits.c.status == Status.PROCESSING.value,
            deposits.c.held_by.is_not(None),
            gone,
        )
        with self._writer.begin() as connection:
            return connection.execute(
                update(deposits)
                .where(held)
                .values(
                    held_by=None,
                    due_at=case((deposits.c.flux_id.is_not(None), microseconds(now))),
                    at_once=deposits.c.flux_id.is_not(None),
                    attempts=0,
                )
            ).rowcount


def _fault(row: Any) -> SetFault:
    return SetFault(
        id=FaultId(row.id),
        world=WorldId(row.world_id),
        fault=Fault(
            stage=Stage(row.stage),
            trouble=Trouble(row.trouble),
            name=row.name,
            account=None if row.account_id is None else AccountId(row.account_id),
            status=row.status,
            seconds=row.seconds,
            times=row.times,
            probability=row.probability,
            seed=row.seed,
        ),
        left=None if row.times is None else max(row.times - row.struck, 0),
        struck=row.struck,
    )

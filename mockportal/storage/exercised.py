"""What the deposits of each world have exercised; a deposit is looked at once."""

from collections.abc import Collection, Mapping

from sqlalchemy import Engine, func, insert, select, union, update

from mockportal.domain.coverage import Part
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.messages import Code
from mockportal.domain.verdicts import Level
from mockportal.storage.levels import levels_of
from mockportal.storage.program_tables import exercised
from mockportal.storage.tables import deposits, passages, rejections, worlds


class ExercisedStore:
    """What was exercised, by world."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def uncovered(self, world: WorldId, limit: int) -> list[DepositId]:
        """Return deposits that have ended and were not looked at yet, oldest first."""
        wanted = select(deposits.c.public_id).where(
            deposits.c.world_id == world,
            deposits.c.covered.is_(False),
            deposits.c.status.not_in((Status.PROCESSING.value, Status.FAILED.value)),
        )
        with self._engine.connect() as connection:
            found = connection.scalars(wanted.order_by(deposits.c.id).limit(limit))
            return [DepositId(one) for one in found]

    def verdicts(self, deposit: DepositId) -> tuple[set[Code], set[tuple[Level, ...]]]:
        """Return the different messages of a deposit's passages, and the searches behind them."""
        of_it = select(deposits.c.id).where(deposits.c.public_id == deposit).scalar_subquery()
        codes = select(rejections.c.code).where(rejections.c.deposit_id == of_it).distinct()
        levels = union(
            select(rejections.c.levels).where(rejections.c.deposit_id == of_it),
            select(passages.c.levels).where(passages.c.deposit_id == of_it),
        )
        with self._engine.connect() as connection:
            return (
                {Code(one) for one in connection.scalars(codes)},
                {levels_of(one) for one in connection.scalars(levels)},
            )

    def keep(self, deposit: Deposit, found: Mapping[Part, Collection[str]]) -> None:
        """Keep what a deposit has exercised, and that it was looked at."""
        with self._writer.begin() as connection:
            # Two processes that ask at once: the second waits here, and adds what is still new.
            if connection.dialect.name == "postgresql":
                connection.execute(
                    select(worlds.c.id).where(worlds.c.id == deposit.world).with_for_update()
                )
            kept = {
                (row.part, row.item)
                for row in connection.execute(
                    select(exercised.c.part, exercised.c.item).where(
                        exercised.c.world_id == deposit.world
                    )
                )
            }
            new = [
                {"world_id": deposit.world, "part": part.value, "item": item}
                for part, items in found.items()
                for item in sorted(items)
                if (part.value, item) not in kept
            ]
            marked = connection.execute(
                update(deposits).where(deposits.c.public_id == deposit.id).values(covered=True)
            )
            if new and marked.rowcount:  # else its world went meanwhile
                connection.execute(insert(exercised), new)

    def of_world(self, world: WorldId) -> Mapping[Part, set[str]]:
        """Return all that the deposits of a world have exercised."""
        wanted = select(exercised.c.part, exercised.c.item).where(exercised.c.world_id == world)
        found: dict[Part, set[str]] = {part: set() for part in Part}
        with self._engine.connect() as connection:
            for row in connection.execute(wanted):
                found[Part(row.part)].add(row.item)
        return found

    def deposits(self, world: WorldId) -> int:
        """Return how many deposits were looked at."""
        wanted = select(func.count()).where(
            deposits.c.world_id == world, deposits.c.covered.is_(True)
        )
        with self._engine.connect() as connection:
            return int(connection.scalar(wanted) or 0)

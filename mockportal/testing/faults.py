"""The faults of a world, in the hand of a test."""

from collections.abc import Iterator
from dataclasses import dataclass

from mockportal.domain.faults import Fault, SetFault, Stage, Trouble
from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.journeys.desk import Desk
from mockportal.journeys.faults import add_faults, faults_in, remove_faults
from mockportal.testing.accounts import Account
from mockportal.testing.types import FaultKind, FaultStage, check_choice


@dataclass(frozen=True, slots=True, repr=False)
class Faults:
    """The trouble that is made in a world; none, until a test asks for it."""

    _desk: Desk
    _world: WorldId

    def add(  # noqa: PLR0913  # all by name, each with a default
        self,
        stage: FaultStage,
        kind: FaultKind,
        *,
        account: Account | None = None,
        name: str = "",
        status: int = 500,
        seconds: float = 1.0,
        times: int | None = None,
    ) -> None:
        """Set a fault; stages, kinds and the rest as ``PUT /_mock/faults`` takes them.

        Raises ValueError for what makes no sense.
        """
        check_choice("stage", stage, (known.value for known in Stage))
        check_choice("kind", kind, (known.value for known in Trouble))
        fault = Fault(
            stage=Stage(stage),
            trouble=Trouble(kind),
            name=name,
            account=None if account is None else AccountId(account.id),
            status=status,
            seconds=seconds,
            times=times,
        )
        flaw = fault.flaw()
        if flaw:
            raise ValueError(flaw)
        add_faults(self._desk, self._world, [fault])

    def __repr__(self) -> str:
        """Return how they are called, as answers call them too."""
        return f"<Faults: {', '.join(fault.fault.title for fault in self) or 'none'}>"

    def clear(self) -> None:
        """Remove all; what they had stuck goes on."""
        remove_faults(self._desk, self._world)

    def __iter__(self) -> Iterator[SetFault]:
        """Yield them in their order, those that are used up too."""
        return iter(faults_in(self._desk, self._world))

"""What ``/_mock`` takes and answers about faults."""

from typing import Annotated

from pydantic import Discriminator, Field, RootModel, Tag, model_validator

from mockportal.domain.faults import LONGEST_SECONDS, Fault, SetFault, Stage, Trouble
from mockportal.domain.identifiers import AccountId
from mockportal.web.programs.shapes import Items, ListShape, OneOrMany, Shape

_MOST = 100
Times = Annotated[int, Field(strict=True, ge=1, le=999_999_999)]


class FaultGiven(Shape):
    """A fault to set: what happens, to whom, where, and how often."""

    stage: Stage = Field(
        description="first_control: what was sent is kept, whatever its sender reads. page: "
        "anything that is asked for, by page or by program."
    )
    kind: Trouble = Field(
        description="status, drop, slow, cut, maintenance: at any stage but second_control. "
        "session_expired: upload, receipt, page. answer_lost: upload. stuck: first_control, "
        "second_control. late, empty, truncated, other_name: receipt."
    )
    name: str = Field(
        default="", pattern="^[!-~]{0,100}$", description="What the header X-Mockportal-Fault says."
    )
    account: str | None = Field(
        default=None, max_length=9, description="Whom it strikes; null: everybody in the world."
    )
    status: int = Field(default=500, ge=400, le=599, description="Of the kind status.")
    seconds: float = Field(
        default=1.0,
        ge=0,
        le=LONGEST_SECONDS,
        description="By how much slow holds an answer back; maintenance says it in Retry-After.",
    )
    times: Times | None = Field(default=None, description="How often; null: until it is removed.")
    probability: float | None = Field(default=None, ge=0, le=1, description="Null: each time.")
    seed: int | None = Field(
        default=None, ge=0, le=2**31, description="What the chance follows from; goes with it."
    )

    @model_validator(mode="after")
    def _possible(self) -> "FaultGiven":
        flaw = self.fault().flaw()
        if flaw:
            raise ValueError(flaw)
        return self

    def fault(self) -> Fault:
        """Return the fault that is meant."""
        return Fault(
            stage=self.stage,
            trouble=self.kind,
            name=self.name,
            account=None if self.account is None else AccountId(self.account),
            status=self.status,
            seconds=self.seconds,
            times=self.times,
            probability=self.probability,
            seed=self.seed,
        )


class FaultShape(Shape):
    """A fault that is set, and what it has done."""

    id: int
    name: str
    stage: Stage
    kind: Trouble
    account: str | None
    status: int
    seconds: float
    times: int | None
    probability: float | None
    seed: int | None
    left: int | None = Field(description="How often it still strikes; null: until it is removed.")
    struck: int


class FaultItems(Shape):
    """Several faults in their order: of those that could strike, the first one does."""

    items: Annotated[list[FaultGiven], Field(max_length=_MOST)]


class FaultsReplaced(
    RootModel[
        Annotated[
            Items[FaultItems] | Annotated[list[FaultGiven], Field(max_length=_MOST), Tag("(list)")],
            Discriminator(lambda given: "(list)" if isinstance(given, list) else "(items)"),
        ]
    ]
):
    """Faults in `items`, in their order; a bare list is taken too."""


class FaultsGiven(RootModel[OneOrMany[FaultGiven, FaultItems]]):
    """A fault, or several in `items`; a bare list is taken too."""


class FaultList(ListShape):
    """The faults of a world in their order, those that are used up too."""

    items: list[FaultShape]


class FaultsSet(RootModel[FaultShape | FaultList | list[FaultShape]]):
    """What was set, in the form in which it was given."""


def fault_json(one: SetFault) -> dict[str, object]:
    """Return a fault that is set."""
    fault = one.fault
    return {
        "id": one.id,
        "name": fault.title,
        "stage": fault.stage.value,
        "kind": fault.trouble.value,
        "account": fault.account,
        "status": fault.status,
        "seconds": fault.seconds,
        "times": fault.times,
        "probability": fault.probability,
        "seed": fault.seed,
        "left": one.left,
        "struck": one.struck,
    }

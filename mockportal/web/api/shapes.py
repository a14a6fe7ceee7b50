"""What ``/api/v1`` takes and answers."""

from typing import Literal

from pydantic import AwareDatetime, Field
from spectree.model_adapter.pydantic_adapter import BaseFile

from mockportal.web.programs.people import PersonNear
from mockportal.web.programs.shapes import FluxError, ListShape, Paging, Query, Shape


class FileForm(Shape):
    """A file to deposit."""

    file: BaseFile = Field(description="A flux; its name ends in .xml.")


class Waiting(Query):
    """How long to wait for the receipt."""

    wait: float = Field(
        default=0,
        ge=0,
        le=60,
        description="Real seconds: answers as soon as the receipt is available, or then.",
    )


class DepositShape(Shape):
    """A deposit and what became of it."""

    id: str = Field(description="The portal's own name of it; opaque.")
    processing_id: int = Field(description="idTraitement.")
    file_name: str
    flux_id: str | None = Field(description="idFlux; null where the file is refused.")
    status: Literal["processing", "accepted", "partly_rejected", "refused", "failed"] = Field(
        description="failed: the portal failed at it again and again, which says nothing of the "
        "file. There is no receipt; whoever runs the portal can have it tried again."
    )
    status_label: str = Field(description="The portal's words for it.")
    accepted: int = Field(description="How many passages are OK.")
    rejected: int = Field(description="How many passages are KO.")
    received_at: AwareDatetime
    receipt_due_at: AwareDatetime | None = Field(
        description="When its treatment falls due; null where it waits for something else."
    )
    late: int = Field(
        description="Accepted more than three months after an award of July 2021 or later."
    )
    warnings: list[Literal["flux_id_seen_before"]]


class DepositList(ListShape):
    """A page of deposits, the newest first."""

    items: list[DepositShape]


class ExplainedLevelShape(Shape):
    """A level of the search for the holder."""

    level: int
    criteria: list[str]
    matches: int | None = Field(description="How many people were left; null: not tried.")
    searched: dict[str, str] = Field(description="The values of the file that it compares.")


class DifferenceShape(Shape):
    """A field in which a file and a person differ."""

    field: str = Field(description="The flux's own name.")
    given: str
    found: str
    kind: str
    matters: bool = Field(description="False where the portal takes both as equal.")


class NearestShape(Shape):
    """A person who comes near, and what differs."""

    holder: PersonNear  # type: ignore[valid-type]  # made from the keys of the wire
    differences: list[DifferenceShape]


class AdviceShape(Shape):
    """What to do about a KO, in French."""

    happened: str
    check: str
    mend: str


class ExplainedPassage(Shape):
    """Why a passage has its verdict."""

    technical_id: str
    verdict: Literal["accepted", "rejected"]
    code: str
    message: str | None
    levels: list[ExplainedLevelShape]
    nearest: list[NearestShape]
    causes: list[str] = Field(
        description="What lies behind it, in French: what is wrong with the certification, the "
        "deposit in which a duplicate was accepted, text that a wrong encoding has broken."
    )
    advice: AdviceShape


class DoubtfulShape(Shape):
    """A passage that holds a doubtful value."""

    technical_id: str
    value: str | None = Field(description="What was read; null for what is absent.")
    suggestion: str | None = Field(description="What was probably meant.")
    reason: str | None = Field(description="What the value seems to be, in French.")


class ValueWarningShape(Shape):
    """Values that both controls take and that can hardly be meant."""

    kind: Literal[
        "language_level",
        "numeric_level",
        "future_award",
        "postal_code",
        "commune_code",
        "france_as_foreign",
        "no_value",
        "broken_text",
    ]
    field: str = Field(description="The flux's own name.")
    count: int = Field(description="How many passages hold such a value.")
    message: str = Field(description="What is odd, in French.")
    advice: str = Field(description="What to do, in French.")
    passages: list[DoubtfulShape] = Field(description="The first of them.")
    truncated: bool = Field(description="More passages hold such a value.")


class ExplanationShape(Shape):
    """Why passages are KO, in the order of the file; or why the file is refused."""

    passages: list[ExplainedPassage]
    errors: list[FluxError]
    total: int = Field(description="How many KO passages there are in all.")
    page: int
    size: int
    truncated: bool = Field(description="More KO passages follow on the next page.")
    value_warnings: list[ValueWarningShape] = Field(
        description="What is doubtful in a treated file of up to 2 MB, whatever the verdict; with "
        "the first page only."
    )


class DepositQuery(Paging):
    """Which page of the deposits."""

    after: str = Field(
        default="",
        max_length=40,
        description="The last deposit of the page before, by its `id`: leads to the page after "
        "it, however deep, at the cost of the first one; after the last page comes an empty one. "
        "Without it, `page` counts; a deposit that is not there is refused.",
    )


class ExplanationPaging(Paging):
    """Which KO passages to explain."""

    size: int = Field(default=200, ge=1, le=200)

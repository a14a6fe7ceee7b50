"""The shapes that both doors share: problems and lists."""

from collections.abc import Sequence
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Model = TypeVar("Model", bound=BaseModel)


class Shape(BaseModel):
    """What comes in or goes out as JSON; a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class BadField(Shape):
    """One field of a request that is not as it should be."""

    part: str = Field(description="Where it stands: body, query or form.")
    field: str = Field(description="Its path, parts joined by dots; empty for the whole.")
    detail: str


class Context(Shape):
    """A line near a fault, or the part of it that is near."""

    line: int
    text: str
    mark: tuple[int, int] | None = Field(
        description="The first sign of the fault in `text` and the one after its last."
    )
    cut_before: bool = Field(description="The line begins before this text.")
    cut_after: bool


class FluxError(Shape):
    """An error of the first control."""

    line: int
    column: int
    message: str = Field(description="The real portal's words, those of Java's validator.")
    path: str | None = Field(description="The elements open there, by their local names.")
    technical_id: str | None = Field(description="The passage that the error stands in.")
    meaning: str = Field(description="What it means, in plain French.")
    advice: str = Field(description="How to mend it, in French.")
    context: list[Context]


class Problem(Shape):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[BadField] = Field(default=[], description="The fields that are wrong.")
    explanation: dict[str, Any] | None = Field(
        default=None, description="Why the second control refuses a change, as of a KO passage."
    )
    flux_errors: list[FluxError] = Field(default=[], description="Why a flux is refused.")
    portal_message: str = Field(
        default="", description="The French sentence that the portal's pages say of it."
    )


class Query(BaseModel):
    """Parameters of an address; those that are not known are left alone."""

    model_config = ConfigDict(allow_inf_nan=False)


class Paging(Query):
    """Which page of a list."""

    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=25, ge=1, le=200)


One = Annotated[Model, Tag("(one)")]
Many = Annotated[Annotated[list[Model], Field(max_length=10_000)], Tag("(list)")]
OneOrMany = Annotated[
    One[Model] | Many[Model],
    Discriminator(lambda given: "(list)" if isinstance(given, list) else "(one)"),
]
"""A thing by itself, or a list of them."""


def fields_of(errors: list[Any], part: str) -> list[dict[str, str]]:
    """Return what Pydantic found as fields of a problem."""
    return [{"part": part, "field": _path(one["loc"]), "detail": one["msg"]} for one in errors]


def _path(steps: Sequence[object]) -> str:
    """Return the path of a field, without Pydantic's word for the alternative that was meant."""
    return ".".join(str(step) for step in steps if not str(step).startswith("("))

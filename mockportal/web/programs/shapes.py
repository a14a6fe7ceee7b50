"""The shapes that both doors share: problems and lists."""

from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

from mockportal.web.programs.problem_types import PROBLEMS_PAGE, ProblemType

Model = TypeVar("Model", bound=BaseModel)
ListModel = TypeVar("ListModel", bound=BaseModel)


class Shape(BaseModel):
    """What comes in or goes out as JSON; a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class BadField(Shape):
    """One field of a request that is not as it should be."""

    part: str = Field(description="Where it stands: body, query or form.")
    field: str = Field(description="Its path, parts joined by dots; empty for the whole.")
    detail: str = Field(description="What is wrong with it, and what is allowed there.")
    portal_message: str = Field(
        default="", description="The French sentence that the portal's pages say of it."
    )


class Context(Shape):
    """A line near a fault, or the part of it that is near."""

    line: int
    text: str
    mark: (
        Annotated[tuple[int, int], Field(json_schema_extra={"items": {"type": "integer"}})] | None
    ) = Field(description="The first sign of the fault in `text` and the one after its last.")
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
    write: str | None = Field(
        description="The very text to write, as `advice` says it; null where there is none."
    )
    write_is_example: bool = Field(
        description="What is to be written holds an example, which a person replaces by what is "
        "true: nothing in the file says it."
    )
    context: list[Context]


class Problem(Shape):
    """An error, as RFC 9457 has it."""

    type: str = Field(
        description="What kind of problem it is, to switch on: the address of what explains it, "
        f"{PROBLEMS_PAGE}# and its slug. Kinds may be added; `about:blank` is any other HTTP "
        "error.",
        examples=[ProblemType.INVALID_REQUEST.uri],
    )
    title: str = Field(
        description="The kind in words, the same each time.",
        examples=[ProblemType.INVALID_REQUEST.title],
    )
    status: int = Field(description="The HTTP status.", examples=[422])
    detail: str = Field(
        description="What is wrong this time.", examples=["The request is not as described."]
    )
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


class ListShape(Shape):
    """What every list says besides its ``items``."""

    total: int = Field(description="How many there are in all.", examples=[1])
    page: int = Field(description="Which page this is, from 1.", examples=[1])
    size: int = Field(description="How many a page holds at most.", examples=[25])


class Paging(Query):
    """Which page of a list."""

    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=25, ge=1, le=200)


def _form(given: object) -> str:
    """Return in which form something is given, so that errors are about it alone."""
    if isinstance(given, list):
        return "(list)"
    return "(items)" if isinstance(given, dict) and "items" in given else "(one)"


Several = Annotated[list[Model], Field(max_length=10_000)]
One = Annotated[Model, Tag("(one)")]
Bare = Annotated[Several[Model], Tag("(list)")]
Items = Annotated[ListModel, Tag("(items)")]
OneOrMany = Annotated[One[Model] | Items[ListModel] | Bare[Model], Discriminator(_form)]
"""A thing by itself; several in ``items``, the form of every list; or in a bare list, as before."""

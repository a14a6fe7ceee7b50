"""The shapes that both doors share: problems and lists."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class Shape(BaseModel):
    """What comes in or goes out as JSON; a key that is not known is refused."""

    model_config = ConfigDict(extra="forbid", allow_inf_nan=False)


class BadField(Shape):
    """One field of a request that is not as it should be."""

    part: str = Field(description="Where it stands: body, query or form.")
    field: str = Field(description="Its path, parts joined by dots; empty for the whole.")
    detail: str


class Problem(Shape):
    """An error, as RFC 9457 has it."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[BadField] = Field(default=[], description="The fields that are wrong.")
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


def fields_of(errors: list[Any], part: str) -> list[dict[str, str]]:
    """Return what Pydantic found as fields of a problem."""
    return [
        {"part": part, "field": ".".join(str(step) for step in one["loc"]), "detail": one["msg"]}
        for one in errors
    ]

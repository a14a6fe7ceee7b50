"""What ``/api/v1`` takes and answers about passages."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, RootModel, ValidationInfo, field_validator

from mockportal.web.programs.people import PersonNear
from mockportal.web.programs.shapes import ListShape, Paging, Query, Shape

MOST = (1 << 63) - 1
"""A database counts no farther."""
_FILTERS = ("q", "certification", "awarded_from", "awarded_until")
"""What these find, unless empty, is in no order that ``after`` could go on in."""
_Text = Annotated[str, Field(strict=True, max_length=10_000)]


class PassageQuery(Paging):
    """Which passages; all that is given must agree."""

    technical_id: str | None = Field(
        default=None, description="Exactly this idTechnique; it may hold any character."
    )
    q: str | None = Field(
        default=None,
        max_length=255,
        description="How an idTechnique begins; where none does, how the holder's names begin, "
        "birth name first.",
    )
    certification: str = Field(default="", max_length=100, description="Its whole code.")
    deposit: str = Field(default="", max_length=40, description="Those of one deposit.")
    awarded_from: date | None = None
    awarded_until: date | None = None
    after: int | None = Field(
        default=None,
        ge=0,
        le=MOST,
        description="The last passage of the page before, by its `id`: leads to the page after "
        "it, however deep, at the cost of the first one; after the last page comes an empty one. "
        "Without it, `page` counts; a passage that is not there is refused. It goes with a list "
        "that is not filtered, or by `deposit` alone: 422 otherwise.",
    )

    @field_validator("after")
    @classmethod
    def _unfiltered(cls, after: int | None, given: ValidationInfo) -> int | None:
        named = given.data.get("technical_id") is not None
        if after is not None and (named or any(given.data.get(one) for one in _FILTERS)):
            raise ValueError(
                "`after` goes with a list that is not filtered, or by `deposit` alone. "
                "Use `page` with other filters."
            )
        return after


class CertificationShape(Shape):
    """A certification of the reference list."""

    type: str
    code: str
    label: str


class PassageShape(Shape):
    """A passage that was accepted."""

    id: int = Field(description="The portal's own number of it.")
    technical_id: str
    sender: str = Field(description="The émetteur's matricule.")
    certifier: str = Field(description="The certificateur's matricule.")
    deposit_id: str
    certification: CertificationShape | None
    holder: PersonNear | None  # type: ignore[valid-type]  # made from the keys of the wire
    valid_from: date
    late: bool
    deleted: bool
    modified_at: AwareDatetime | None
    version: int = Field(description="Grows with each change.")


class PassageList(ListShape):
    """A page of passages, those of the newest deposit first."""

    items: list[PassageShape]
    more: bool = Field(description="There are more than `total` says.")


class ChangeShape(Shape):
    """A field before and after; null is nil or absent."""

    field: str = Field(description="The flux's own name.")
    before: str | None
    after: str | None


class HappeningShape(Shape):
    """What became of a passage since its deposit."""

    at: AwareDatetime
    what: Literal["modified", "deleted"]
    account_id: str | None
    deposit_id: str | None = Field(description="The SUPPRESSION that deleted it.")
    changes: list[ChangeShape]


class PassageDetail(PassageShape):
    """A passage with all that it says, and its history."""

    said: dict[str, str | None] = Field(
        description="By the flux's own names; null is nil or absent."
    )
    history: list[HappeningShape]


class Seen(Query):
    """The version that changes are made on."""

    version: int | None = Field(
        default=None, description="Refuses the changes when another was faster."
    )


class ChangesGiven(RootModel[dict[str, _Text | None]]):
    """Fields to change, by the flux's own names; null makes one nil, or leaves it out."""

"""What ``/_mock`` takes and answers about worlds and what they hold."""

from typing import Annotated, Literal

from pydantic import Discriminator, Field, RootModel, Tag

from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.web.programs.people import PersonGiven, PersonMade
from mockportal.web.programs.shapes import ListShape, OneOrMany, Paging, Query, Several, Shape

Matricule = Annotated[str, Field(min_length=8, max_length=8)]
Contract = Annotated[str, Field(min_length=1, max_length=20)]


class InWorld(Query):
    """Which world a call is about."""

    world: str = Field(default=DEFAULT_WORLD, description="The world's name.")


class PageInWorld(InWorld):
    """Which page of a list of a world."""

    page: int = Field(default=1, ge=1, le=1_000_000)
    size: int = Field(default=25, ge=1, le=1_000)


class LargePage(Paging):
    """Which page of a list that is short as a rule."""

    size: int = Field(default=1_000, ge=1, le=1_000)


class LargePageInWorld(LargePage, InWorld):
    """Which page of a list of a world that is short as a rule."""


class WorldGiven(Shape):
    """A world to make."""

    name: str | None = Field(
        default=None,
        description="Letters, digits, dots, hyphens, underscores; drawn when it is not given.",
    )
    seeds: bool = Field(default=True, description="A copy of the seeds; else the world is empty.")


class WorldAccount(Shape):
    """An account that a world began with."""

    account_id: str
    seed_id: str = Field(description="Its identifier in the seeds: CERT00001, …")
    password: str | None = Field(description="Null where only its owner knows it any more.")
    kind: Literal["certifier", "depositor"]
    name: str
    client_id: str
    contracts: list[str]
    mandated_by: list[str]


class WorldMade(Shape):
    """A world as it was just made or reset."""

    name: str
    accounts: list[WorldAccount]


class WorldNames(ListShape):
    """The names of the worlds there are."""

    items: list[str] = Field(examples=[["default"]])


class AccountGiven(Shape):
    """An account to make, with its organisation where that is new; all may be left out."""

    kind: Literal["certifier", "depositor"] = "certifier"
    name: str | None = Field(default=None, min_length=1, max_length=255)
    client_id: Matricule | None = Field(default=None, description="The matricule.")
    contract_id: Contract | None = Field(default=None, description="Of a certifier only.")
    mandates: list[Matricule] = Field(
        default=[],
        max_length=1_000,
        description="Of a depositor: the certifiers that mandate it. Of a certifier: the "
        "depositors that it mandates.",
    )
    password: str | None = Field(default=None, min_length=1, max_length=200)
    schema_: str | None = Field(
        default=None, alias="schema", description="The version that is applied to its files."
    )


class AccountMade(Shape):
    """An account that was made; what was not given was drawn."""

    account_id: str
    kind: Literal["certifier", "depositor"]
    name: str
    client_id: str
    contract_id: str | None
    mandates: list[str]
    password: str
    schema_: str | None = Field(alias="schema")


class CertificationGiven(Shape):
    """A certification to list; one that is listed already becomes what is given."""

    type: str | None = Field(
        default=None, min_length=1, max_length=255, description="RS or RNCP, as the code says."
    )
    code: str = Field(min_length=1, max_length=100, description="With its prefix: RS1710.")
    label: str | None = Field(default=None, min_length=1, max_length=500)
    active: bool = True


class CertificationMade(Shape):
    """A certification as it is listed now."""

    type: str
    code: str
    label: str
    active: bool


class AccountItems(Shape):
    """Several accounts."""

    items: Several[AccountGiven]


class AccountsGiven(RootModel[OneOrMany[AccountGiven, AccountItems]]):
    """One, or several in `items`; a bare list is taken too."""


class AccountList(ListShape):
    """The accounts that were made, in the order in which they were given."""

    items: list[AccountMade]


class AccountsMade(RootModel[AccountMade | AccountList | list[AccountMade]]):
    """What was made, in the form in which it was given."""


class PersonItems(Shape):
    """Several people."""

    items: Several[PersonGiven]  # type: ignore[valid-type]  # of the wire


class PeopleGiven(RootModel[OneOrMany[PersonGiven, PersonItems]]):  # type: ignore[valid-type]  # of the wire
    """One, or several in `items`; a bare list is taken too."""


class PersonList(ListShape):
    """The people that were made, in the order in which they were given."""

    items: list[PersonMade]  # type: ignore[valid-type]  # of the wire


class PeopleMade(RootModel[PersonMade | PersonList | list[PersonMade]]):  # type: ignore[valid-type]  # of the wire
    """What was made, in the form in which it was given."""


class CertificationItems(Shape):
    """Several certifications."""

    items: Several[CertificationGiven]


class CertificationsGiven(RootModel[OneOrMany[CertificationGiven, CertificationItems]]):
    """One, or several in `items`; a bare list is taken too."""


class CertificationList(ListShape):
    """The certifications that were made, in the order in which they were given."""

    items: list[CertificationMade]


class CertificationsMade(
    RootModel[CertificationMade | CertificationList | list[CertificationMade]]
):
    """What was made, in the form in which it was given."""


class FluxText(Shape):
    """A flux as text; one whose XML declaration names another encoding than UTF-8 goes by bytes."""

    flux: str


class FluxBytes(Shape):
    """A flux as it is, byte for byte."""

    flux_base64: str = Field(json_schema_extra={"contentEncoding": "base64"})


class FluxGiven(
    RootModel[
        Annotated[
            Annotated[FluxText, Tag("(text)")] | Annotated[FluxBytes, Tag("(bytes)")],
            Discriminator(
                lambda given: (
                    "(bytes)" if isinstance(given, dict) and "flux_base64" in given else "(text)"
                )
            ),
        ]
    ]
):
    """A flux to learn, carried in JSON."""


class LearnedShape(Shape):
    """What learning a flux has added."""

    account: str = Field(description="The identifier to deposit it with.")
    password: str | None = Field(description="Null for an account that was there before.")
    sender: str
    certifier: str
    contract: str
    certifications_added: int
    people_added: int
    remarks: list[str]

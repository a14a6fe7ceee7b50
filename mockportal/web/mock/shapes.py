"""What ``/_mock`` takes and answers about worlds and what they hold."""

from typing import Annotated, Literal

from pydantic import Field, RootModel

from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.web.programs.people import PersonGiven, PersonMade
from mockportal.web.programs.shapes import OneOrMany, Query, Shape

Matricule = Annotated[str, Field(min_length=8, max_length=8)]
Contract = Annotated[str, Field(min_length=1, max_length=20)]


class InWorld(Query):
    """Which world a call is about."""

    world: str = Field(default=DEFAULT_WORLD, description="The world's name.")


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


class WorldNames(Shape):
    """The worlds there are."""

    items: list[str]


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


class AccountsGiven(RootModel[OneOrMany[AccountGiven]]):
    """An account, or a list of them."""


class AccountsMade(RootModel[AccountMade | list[AccountMade]]):
    """What was made: a list where a list was given."""


class PeopleGiven(RootModel[OneOrMany[PersonGiven]]):  # type: ignore[valid-type]  # of the wire
    """A person, or a list of them."""


class PeopleMade(RootModel[PersonMade | list[PersonMade]]):  # type: ignore[valid-type]  # likewise
    """Who was added: a list where a list was given."""


class CertificationsGiven(RootModel[OneOrMany[CertificationGiven]]):
    """A certification, or a list of them."""


class CertificationsMade(RootModel[CertificationMade | list[CertificationMade]]):
    """What is listed now: a list where a list was given."""


class FluxText(Shape):
    """A flux as text; one whose XML declaration names another encoding than UTF-8 goes by bytes."""

    flux: str


class FluxBytes(Shape):
    """A flux as it is, byte for byte."""

    flux_base64: str = Field(json_schema_extra={"contentEncoding": "base64"})


class FluxGiven(RootModel[FluxText | FluxBytes]):
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

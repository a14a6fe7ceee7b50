"""What a journal's JSON holds: checked when it is read, since anybody may have written it."""

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator

from mockportal.domain.journal import Change
from mockportal.domain.organisations import Role
from mockportal.domain.processing import processing_of

_Number = Annotated[int, Field(ge=0, le=(1 << 31) - 1)]
_Text = Annotated[str, Field(max_length=10_000)]
_Short = Annotated[str, Field(max_length=255)]
_Name = Annotated[str, Field(min_length=1, max_length=60)]
_Client = Annotated[str, Field(min_length=1, max_length=8)]
_Contract = Annotated[str, Field(min_length=1, max_length=20)]
_AccountName = Annotated[str, Field(min_length=1, max_length=9)]
_Hash = Annotated[str, Field(max_length=500)]
_FIRST, _LAST = datetime(1900, 1, 1, tzinfo=UTC), datetime(2300, 1, 1, tzinfo=UTC)
_ABOUT_300_YEARS = 1e10


def _moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("is no moment") from None
    if moment.tzinfo is None or not _FIRST <= moment <= _LAST:
        raise ValueError("is no moment with its offset, of the centuries that are meant")
    return text


def _processing(text: str) -> str:
    if processing_of(text) is None:
        raise ValueError("says nothing of the processing")
    return text


_Processing = Annotated[str, Field(max_length=40), AfterValidator(_processing)]
_Moment = Annotated[str, Field(max_length=60), AfterValidator(_moment)]


class _Shape(BaseModel):
    """A part of a journal; what an older version noted beside it is left alone."""

    model_config = ConfigDict(strict=True, allow_inf_nan=False)

    @field_validator("*", mode="before")
    @classmethod
    def _writable(cls, value: Any) -> Any:
        """Refuse the one sign that no database keeps in a text."""
        if isinstance(value, str) and "\x00" in value:
            raise ValueError("holds the sign NUL")
        return value


class Format(_Shape):
    """Which version of this format a journal is written in."""

    format: int


class _Certification(_Shape):
    model_config = ConfigDict(extra="forbid", strict=True)

    type: _Short
    code: Annotated[str, Field(max_length=100)]
    label: _Text
    level: _Short = ""
    domain: _Text = ""
    active: bool = True


class _Clock(_Shape):
    offset_seconds: float = Field(ge=-_ABOUT_300_YEARS, le=_ABOUT_300_YEARS)
    frozen: _Moment | None = None


class _Origin(_Shape):
    seeds: bool
    password_hash: _Hash
    accounts: dict[_AccountName, _AccountName]


class _Organisation(_Shape):
    client_id: _Client
    name: _Short
    contracts: list[_Contract] = []
    mandated_by: list[_Client] = []


class _Organisations(_Shape):
    certifiers: list[_Organisation] = []
    depositors: list[_Organisation] = []


class _Account(_Shape):
    id: _AccountName
    kind: Literal["certifier", "depositor"]
    client_id: _Client
    trade_name: _Short
    role: Role
    first_name: _Short
    last_name: _Short
    email: _Short
    password_hash: _Hash
    schema_: Annotated[str, Field(max_length=20)] | None = Field(alias="schema")
    processing: _Processing | None = None
    active: bool


class Head(_Shape):
    """What is said of the world as a whole."""

    format: int
    world: Annotated[str, Field(max_length=100)]
    seed: int | None
    schema_: Annotated[str, Field(max_length=20)] = Field(alias="schema")
    any_sender: bool
    open_registry: bool
    empty_lists: Literal["present", "absent"]
    receipts: Literal["2021", "2022", "2023"] = "2023"  # older journals have none
    clock: _Clock
    processing: _Processing | None
    drawn: _Number
    origin: _Origin
    certifications: list[_Certification]
    organisations: _Organisations
    people_at_first: _Number
    accounts: list[_Account]


class Person(_Shape):
    """Somebody of the registry."""

    model_config = ConfigDict(extra="forbid", strict=True)

    birth_name: _Name
    usage_name: _Name | None = None
    first_name: _Name
    second_name: _Name | None = None
    third_name: _Name | None = None
    birth_year: int = Field(ge=1800, le=2200)
    birth_month: int | None = Field(default=None, ge=1, le=12)
    birth_day: int | None = Field(default=None, ge=1, le=31)
    sex: Literal["M", "F"]
    commune: Annotated[str, Field(max_length=5)] | None = None
    commune_label: Annotated[str, Field(max_length=100)] | None = None
    country: Annotated[str, Field(max_length=3)] | None = None
    nir: str = Field(min_length=15, max_length=15)
    training_files: list[Annotated[str, Field(min_length=1, max_length=13)]]


class Receipt(_Shape):
    """Under which name a receipt is downloaded."""

    number: _Number
    name: _Text


class Event(_Shape):
    """Something that changed."""

    what: Change
    at: _Moment
    account: _AccountName | None = None
    deposit: Annotated[str, Field(max_length=40)] | None = None
    content: dict[str, Any]


class _Deposited(_Shape):
    file_name: _Text
    schema_: Annotated[str, Field(max_length=20)] = Field(alias="schema")
    processing_id: _Number


class _People(_Shape):
    count: _Number


class _TrainingFile(_Shape):
    nir: str = Field(min_length=15, max_length=15)
    number: Annotated[str, Field(min_length=1, max_length=13)]


class _Listed(_Shape):
    listed: list[_Certification]
    replaces: bool


class _NewOrganisation(_Shape):
    kind: Literal["certifier", "depositor"]
    name: _Short
    client_id: _Client
    contracts: list[_Contract]


class _NewContract(_Shape):
    client_id: _Client
    contract: _Contract


class _Mandate(_Shape):
    certifier: _Client
    depositor: _Client


class _Place(_Shape):
    deposit: Annotated[str, Field(max_length=40)]
    technical_id: _Short
    piece: _Number
    position: _Number


class _Deleted(_Shape):
    passages: list[_Place]


class _Modified(_Deleted):
    changes: dict[_Short, _Text | None]


CONTENTS: dict[Change, type[BaseModel]] = {
    Change.DEPOSITED: _Deposited,
    Change.PEOPLE: _People,
    Change.TRAINING_FILE: _TrainingFile,
    Change.CERTIFICATIONS: _Listed,
    Change.ORGANISATION: _NewOrganisation,
    Change.CONTRACT: _NewContract,
    Change.MANDATE: _Mandate,
    Change.MANDATE_ENDED: _Mandate,
    Change.MODIFIED: _Modified,
    Change.DELETED: _Deleted,
}
"""What is said of a change, by its kind; of the others nothing is read."""
BY_AN_ACCOUNT = {Change.DEPOSITED, Change.TREATED, Change.MODIFIED, Change.DELETED}
"""Changes that an account has brought about."""
OF_A_DEPOSIT = {Change.DEPOSITED, Change.TREATED}

"""What tests give, in the portal's own terms."""

from enum import Enum
from typing import Any

from pydantic import BaseModel

from mockportal.domain.furnishing import WishedAccount
from mockportal.domain.identifiers import ClientId, ContractId
from mockportal.domain.organisations import Kind
from mockportal.domain.reference import Certification, NewHolder
from mockportal.web.mock.shapes import AccountGiven, CertificationGiven
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import refuse
from mockportal.wire.tables_csv import person_of


class Form(Enum):
    """In which form things are given, and answered; the value is how paths of fields begin."""

    ONE = ""
    ITEMS = "items.{}."
    LIST = "{}."

    def path(self, index: int, key: str) -> str:
        """Return the path of a key of one of the things."""
        return self.value.format(index) + key


def several(given: Any) -> tuple[list[Any], Form]:
    """Return what was given as a list, and in which form: a list, an object, or one with items."""
    if isinstance(given, list):
        return given, Form.LIST
    if "items" in given.model_fields_set:
        return given.items, Form.ITEMS
    return [given], Form.ONE


def wished(given: AccountGiven) -> WishedAccount:
    """Return an account to make."""
    return WishedAccount(
        kind=Kind(given.kind),
        name=given.name,
        client_id=None if given.client_id is None else ClientId(given.client_id),
        contract_id=None if given.contract_id is None else ContractId(given.contract_id),
        mandates=tuple(ClientId(one) for one in given.mandates),
        password=given.password,
        schema=given.schema_,
    )


def person_given(given: BaseModel) -> NewHolder:
    """Return a person to add; what only the wire can tell is wrong becomes a problem."""
    said: dict[str, Any] = given.model_dump(exclude_none=True)
    person = person_of(said)
    if isinstance(person, str):
        refuse(ProblemType.INVALID_REQUEST, f"Nothing was added: {person}.")
    return person


def certification_of(given: CertificationGiven) -> Certification:
    """Return a certification to list; its code tells its type where that is not given."""
    prefix = given.code[:4] if given.code.startswith("RNCP") else given.code[:2]
    return Certification(
        type=given.type or prefix,
        code=given.code,
        label=given.label or f"Certification {given.code}",
        active=given.active,
    )

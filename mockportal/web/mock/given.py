"""What tests give, in the portal's own terms."""

from typing import Any, TypeVar

from pydantic import BaseModel

from mockportal.domain.furnishing import WishedAccount
from mockportal.domain.identifiers import ClientId, ContractId
from mockportal.domain.organisations import Kind
from mockportal.domain.reference import Certification, NewHolder
from mockportal.web.mock.shapes import AccountGiven, CertificationGiven
from mockportal.web.programs.problems import refuse
from mockportal.wire.tables_csv import person_of

T = TypeVar("T")


def several(given: T | list[T]) -> tuple[list[T], bool]:
    """Return what was given as a list, and whether it was one thing by itself."""
    return (given, False) if isinstance(given, list) else ([given], True)


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
        refuse(422, f"Nothing was added: {person}.")
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

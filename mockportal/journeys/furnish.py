"""Furnishing a world for a test: accounts and people; all that is given, or nothing."""

from collections.abc import Sequence

from mockportal.domain.furnishing import FurnishedAccount, Unfit, WishedAccount
from mockportal.domain.identifiers import ClientId, WorldId
from mockportal.domain.nir import nir_faults
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.reference import NewHolder
from mockportal.domain.unnamed import organisation_name, unnamed_account
from mockportal.journeys.desk import Desk
from mockportal.journeys.emptying import unless_emptied
from mockportal.journeys.free_nirs import FreeNirs
from mockportal.journeys.login import hashed
from mockportal.journeys.register import with_nirs
from mockportal.wire.names import HOLDER_FIELDS

_NIR = HOLDER_FIELDS["nir"]


@unless_emptied
def add_accounts(
    desk: Desk, world: WorldId, wished: Sequence[WishedAccount]
) -> list[FurnishedAccount] | Unfit:
    """Make accounts, with their organisations where they are new; or say which does not fit."""
    unfit = _first_unfit(desk, world, wished)
    return unfit or [_furnish(desk, world, one) for one in wished]


def _first_unfit(desk: Desk, world: WorldId, wished: Sequence[WishedAccount]) -> Unfit | None:
    known = {(one.kind, one.client_id) for one in wished}
    for index, one in enumerate(wished):
        if one.schema is not None and one.schema not in desk.schemas:
            return Unfit(index, "schema", f"the schemas are {', '.join(sorted(desk.schemas))}")
        if one.contract_id is not None and one.kind is Kind.DEPOSITOR:
            return Unfit(index, "contract_id", "a depositor has no contract")
        for other in one.mandates:
            if (one.other_side, other) not in known and not _found(
                desk, world, one.other_side, other
            ):
                reason = f"there is no {one.other_side.value} {other!r} in this world"
                return Unfit(index, "mandates", reason)
    return None


def _furnish(desk: Desk, world: WorldId, wished: WishedAccount) -> FurnishedAccount:
    circumstances, organisations = desk.circumstances, desk.stores.organisations
    client = wished.client_id or circumstances.new_client_id(world)
    organisation = _organisation(desk, world, wished.kind, client, wished.name)
    contract = None
    if wished.kind is Kind.CERTIFIER:
        contract = wished.contract_id or circumstances.new_contract_id(world)
        organisations.add_contract(organisation.id, contract)
    for other in wished.mandates:
        _mandate(desk, organisation, _organisation(desk, world, wished.other_side, other, None))
    password = wished.password or circumstances.new_secret()
    account = organisations.add_account(
        organisation.id,
        unnamed_account(
            circumstances.new_account_id(world), hashed(password), schema=wished.schema
        ),
    )
    return FurnishedAccount(
        account=account, contract_id=contract, mandates=wished.mandates, password=password
    )


def _organisation(
    desk: Desk, world: WorldId, kind: Kind, client: ClientId, name: str | None
) -> Organisation:
    """Return an organisation, made where it is new."""
    organisations, named = desk.stores.organisations, name or organisation_name(kind, client)
    with organisations.exclusive():
        found = _found(desk, world, kind, client)
        return found or organisations.add(world, kind, named, client)


def _found(desk: Desk, world: WorldId, kind: Kind, client: ClientId) -> Organisation | None:
    return desk.stores.organisations.with_client_id(world, client, kind)


def _mandate(desk: Desk, one: Organisation, other: Organisation) -> None:
    certifier, depositor = (one, other) if one.kind is Kind.CERTIFIER else (other, one)
    desk.stores.organisations.mandate(certifier.id, depositor.id)


@unless_emptied
def add_people(desk: Desk, world: WorldId, people: Sequence[NewHolder]) -> list[NewHolder] | Unfit:
    """Add people, a NIR made for those who have none; or say who does not fit."""
    with desk.stores.registry.exclusive():
        return _added_people(desk, world, people)


def _added_people(
    desk: Desk, world: WorldId, people: Sequence[NewHolder]
) -> list[NewHolder] | Unfit:
    given = {one.nir for one in people if one.nir}
    held = desk.stores.registry.nirs_taken(world, given)
    taken: set[str] = set()
    for index, person in enumerate(people):
        faults = _faults(person) if person.nir else []
        if faults:
            return Unfit(index, _NIR, "; ".join(faults))
        if person.nir in held or person.nir in taken:
            return Unfit(index, _NIR, "somebody has that NIR already", taken=True)
        taken |= {person.nir} if person.nir else set()
    places = desk.stores.references.gazetteer()
    complete = list(with_nirs(FreeNirs(desk, world, taken), people, places))
    desk.stores.registry.add(world, complete)
    return complete


def _faults(person: NewHolder) -> list[str]:
    return nir_faults(
        person.nir,
        sex=person.sex,
        year=person.birth_year,
        month=person.birth_month,
        place=person.nir_place or person.commune,
    )

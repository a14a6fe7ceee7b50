import pytest

from mockportal.domain.identifiers import AccountId, ClientId, ContractId, WorldId
from mockportal.domain.organisations import Kind
from mockportal.journeys.ports import Stores
from tests.builders import NOON, a_new_account

CLIENT = ClientId("03TST001")


def test_an_organisation_is_found_as_it_was_added(stores: Stores, world: WorldId) -> None:
    contracts = [ContractId("MCFCER100001"), ContractId("MCFCER100002")]

    added = stores.organisations.add(world, Kind.CERTIFIER, "Les Bons Titres", CLIENT, contracts)

    assert added.name == "Les Bons Titres"
    assert added.contracts == frozenset(contracts)
    assert stores.organisations.with_client_id(world, CLIENT) == added


def test_a_matricule_is_known_in_its_own_world_only(stores: Stores, world: WorldId) -> None:
    other = stores.worlds.create("other")

    stores.organisations.add(world, Kind.CERTIFIER, "Les Bons Titres", CLIENT)

    assert stores.organisations.with_client_id(other, CLIENT) is None


def test_the_kind_narrows_the_search(stores: Stores, world: WorldId) -> None:
    both = [
        stores.organisations.add(world, kind, "Les Bons Titres", CLIENT)
        for kind in (Kind.CERTIFIER, Kind.DEPOSITOR)
    ]

    found = stores.organisations.with_client_id(world, CLIENT, Kind.DEPOSITOR)

    assert found == both[1]


def test_a_contract_that_is_there_already_is_left_alone(stores: Stores, world: WorldId) -> None:
    contract = ContractId("MCFCER100001")
    added = stores.organisations.add(world, Kind.CERTIFIER, "Les Bons Titres", CLIENT)

    stores.organisations.add_contract(added.id, contract)
    stores.organisations.add_contract(added.id, contract)

    found = stores.organisations.with_client_id(world, CLIENT)
    assert found is not None
    assert found.contracts == {contract}


def test_two_certificateurs_may_have_the_same_contract_number(
    stores: Stores, world: WorldId
) -> None:
    contract = ContractId("MCFCER100001")

    one = stores.organisations.add(world, Kind.CERTIFIER, "One", CLIENT, [contract])
    other = stores.organisations.add(
        world, Kind.CERTIFIER, "Other", ClientId("03TST002"), [contract]
    )

    assert one.contracts == other.contracts == {contract}


def test_a_deposant_is_mandated_by_its_certificateurs(stores: Stores, world: WorldId) -> None:
    certifier = stores.organisations.add(world, Kind.CERTIFIER, "One", CLIENT)
    depositor = stores.organisations.add(world, Kind.DEPOSITOR, "Other", ClientId("03TST003"))

    stores.organisations.mandate(certifier.id, depositor.id)
    stores.organisations.mandate(certifier.id, depositor.id)

    found = stores.organisations.with_client_id(world, ClientId("03TST003"))
    assert found is not None
    assert found.mandated_by == {CLIENT}


def test_a_mandate_that_has_ended_can_be_followed_by_another(
    stores: Stores, world: WorldId
) -> None:
    certifier = stores.organisations.add(world, Kind.CERTIFIER, "One", CLIENT)
    other = stores.organisations.add(world, Kind.CERTIFIER, "Two", ClientId("03TST002"))
    depositor = stores.organisations.add(world, Kind.DEPOSITOR, "Other", ClientId("03TST003"))

    def mandated_by() -> frozenset[ClientId]:
        found = stores.organisations.with_client_id(world, ClientId("03TST003"))
        assert found is not None
        return found.mandated_by

    for one in (certifier, other):
        stores.organisations.mandate(one.id, depositor.id)

    assert stores.organisations.end_mandate(certifier.id, depositor.id, NOON)
    assert mandated_by() == {ClientId("03TST002")}
    assert not stores.organisations.end_mandate(certifier.id, depositor.id, NOON)

    stores.organisations.mandate(certifier.id, depositor.id)
    assert mandated_by() == {CLIENT, ClientId("03TST002")}


def test_an_account_says_which_organisation_and_world_it_is_in(
    stores: Stores, world: WorldId
) -> None:
    organisation = stores.organisations.add(world, Kind.CERTIFIER, "One", CLIENT)

    added = stores.organisations.add_account(organisation.id, a_new_account("CERT00001"))

    assert added.organisation == organisation
    assert stores.organisations.account(AccountId("CERT00001")) == added


def test_an_unknown_account_is_none(stores: Stores) -> None:
    assert stores.organisations.account(AccountId("CERT00001")) is None


def test_an_identifier_that_another_world_has_is_taken(stores: Stores, world: WorldId) -> None:
    other = stores.worlds.create("other")
    here = stores.organisations.add(world, Kind.CERTIFIER, "One", CLIENT)
    there = stores.organisations.add(other, Kind.CERTIFIER, "One", CLIENT)
    stores.organisations.add_account(here.id, a_new_account("CERT00001"))

    with pytest.raises(ValueError, match="CERT00001"):
        stores.organisations.add_account(there.id, a_new_account("CERT00001"))


def test_the_accounts_of_an_organisation_come_oldest_first(stores: Stores, world: WorldId) -> None:
    organisation = stores.organisations.add(world, Kind.CERTIFIER, "One", CLIENT)
    for account in ("ZZZZ00001", "AAAA00001", "MMMM00001"):
        stores.organisations.add_account(organisation.id, a_new_account(account))

    found = stores.organisations.accounts(organisation.id)

    assert [one.id for one in found] == ["ZZZZ00001", "AAAA00001", "MMMM00001"]

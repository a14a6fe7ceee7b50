import pytest

from mockportal.domain.identifiers import AccountId, ClientId, ContractId, WorldId
from mockportal.domain.organisations import Account, Kind, Role
from mockportal.journeys.ports import Stores
from tests.builders import NOON, a_new_account
from tests.storage.conftest import Counter, at_counter

FIRST, SECOND = AccountId("CERT00001"), AccountId("CERT00009")


def account(stores: Stores, identifier: str = FIRST) -> Account:
    found = stores.organisations.account(AccountId(identifier))
    assert found is not None
    return found


def test_an_account_is_active_and_its_organisation_goes_by_its_name(
    stores: Stores, certifier: Counter
) -> None:
    found = account(stores)

    assert found.active
    assert found.organisation.trade_name == ""
    assert found.organisation.shown_name == certifier.organisation.name


def test_accounts_of_an_address_are_found_in_all_worlds_whatever_the_case(
    stores: Stores, certifier: Counter
) -> None:
    other = stores.worlds.create("other")
    at_counter(stores, other, "03TST001", "OTHER0001")

    found = stores.accounts.with_email("Camille.Durand@Example.org")

    assert [one.id for one in found] == [certifier.account, "OTHER0001"]
    assert stores.accounts.with_email("camille@example.org") == []


def test_what_is_changed_of_an_account_is_read(stores: Stores, certifier: Counter) -> None:
    stores.accounts.set_password(FIRST, "another hash")
    stores.accounts.set_email(FIRST, "a@b.test")
    stores.accounts.set_trade_name(certifier.organisation.id, "Valclair")

    found = account(stores)

    assert (found.password_hash, found.email) == ("another hash", "a@b.test")
    assert found.organisation.shown_name == "Valclair"


class TestTheLastAdministrateur:
    def test_stays(self, stores: Stores, certifier: Counter) -> None:
        assert certifier.account == FIRST
        assert not stores.accounts.deactivate(FIRST)
        assert not stores.accounts.set_role(FIRST, Role.USER)

        assert account(stores).active
        assert account(stores).is_administrator

    @pytest.mark.parametrize(
        ("role", "password_hash", "active"),
        [
            pytest.param(Role.USER, "hash", True, id="a utilisateur"),
            pytest.param(Role.ADMINISTRATOR, "", True, id="one without a password"),
            pytest.param(Role.ADMINISTRATOR, "hash", False, id="one who was removed"),
        ],
    )
    def test_is_not_replaced_by_just_anybody(
        self, stores: Stores, certifier: Counter, role: Role, password_hash: str, active: bool
    ) -> None:
        stores.organisations.add_account(certifier.organisation.id, a_new_account(SECOND))
        stores.accounts.set_password(SECOND, password_hash)
        if not active:
            assert stores.accounts.deactivate(SECOND)
        assert stores.accounts.set_role(SECOND, role)

        assert not stores.accounts.deactivate(FIRST)

    def test_of_another_organisation_does_not_count(
        self, stores: Stores, world: WorldId, certifier: Counter
    ) -> None:
        other = at_counter(stores, world, "03TST002", "CERT00002")

        assert not stores.accounts.deactivate(AccountId(other.account))
        assert not stores.accounts.deactivate(AccountId(certifier.account))

    def test_leaves_when_there_is_another(self, stores: Stores, certifier: Counter) -> None:
        stores.organisations.add_account(certifier.organisation.id, a_new_account(SECOND))

        assert stores.accounts.deactivate(FIRST)

        assert not account(stores).active
        assert stores.accounts.with_email("camille.durand@example.org") == [account(stores, SECOND)]


def test_organisations_without_an_account_come_by_matricule(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    other = stores.worlds.create("other")
    stores.organisations.add(other, Kind.CERTIFIER, "Elsewhere", ClientId("03TST009"))
    added = [
        stores.organisations.add(world, Kind.CERTIFIER, client, ClientId(client))
        for client in ("03TST008", "03TST007", "03TST006")
    ]

    found = stores.accounts.unregistered(world, 2)

    assert certifier.organisation not in found
    assert found == [added[2], added[1]]


def test_mandates_are_seen_from_both_ends_those_in_force_first(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    contract = [ContractId("MCFCER100002")]
    second = stores.organisations.add(
        world, Kind.CERTIFIER, "Second", ClientId("03TST002"), contract
    )
    depositor = stores.organisations.add(world, Kind.DEPOSITOR, "Third", ClientId("03TST003"))
    stores.organisations.mandate(certifier.organisation.id, depositor.id)
    stores.organisations.mandate(second.id, depositor.id)
    stores.organisations.end_mandate(certifier.organisation.id, depositor.id, NOON)
    stores.accounts.set_trade_name(depositor.id, "Guichet")

    from_certifier = stores.accounts.mandates(certifier.organisation.id)
    from_depositor = stores.accounts.mandates(depositor.id)

    assert [one.ended_at for one in from_depositor] == [None, NOON]
    assert [one.certifier for one in from_depositor] == ["03TST002", "03TST001"]
    assert [(one.depositor, one.depositor_name) for one in from_certifier] == [
        ("03TST003", "Guichet")
    ]
    assert from_depositor[0].certifier_name == "Second"

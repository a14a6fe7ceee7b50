"""What is recovered stays in the world that it belongs to."""

from mockportal.assembly import Portal
from mockportal.domain.identifiers import AccountId, ClientId, WorldId
from mockportal.domain.organisations import Kind
from mockportal.journeys.recovery import remind_identifiers, send_password_link
from tests.builders import a_new_account

EMAIL = "camille.durand@example.org"


def subjects(portal: Portal, world: WorldId) -> list[str]:
    return [mail.letter.subject for mail in portal.desk.stores.outbox.of_world(world, 10)]


def in_a_world(portal: Portal, name: str, account: str) -> WorldId:
    stores = portal.desk.stores
    world = stores.worlds.create(name)
    added = stores.organisations.add(world, Kind.CERTIFIER, name, ClientId("03TST001"))
    stores.organisations.add_account(added.id, a_new_account(account))
    return world


def test_each_world_mails_the_identifiers_of_its_own(portal: Portal) -> None:
    one, other = in_a_world(portal, "one", "ONE000001"), in_a_world(portal, "other", "OTHER0001")

    assert remind_identifiers(portal.desk, EMAIL, "/connexion") == {}

    (mail,) = portal.desk.stores.outbox.of_world(one, 10)
    assert "ONE000001" in mail.letter.text
    assert "OTHER0001" not in mail.letter.text
    assert len(subjects(portal, other)) == 1


def test_a_mail_is_dated_by_the_clock_of_its_world(portal: Portal) -> None:
    world = in_a_world(portal, "one", "ONE000001")

    send_password_link(portal.desk, "ONE000001", str)

    (mail,) = portal.desk.stores.outbox.of_world(world, 10)
    now = portal.desk.circumstances.now(world)
    assert abs((now - mail.made_at).total_seconds()) < 60


def test_an_account_that_was_closed_recovers_nothing(portal: Portal) -> None:
    world = in_a_world(portal, "one", "ONE000001")
    stores = portal.desk.stores
    organisation = stores.organisations.with_client_id(world, ClientId("03TST001"))
    assert organisation is not None
    stores.organisations.add_account(organisation.id, a_new_account("ONE000002"))
    stores.accounts.set_email(AccountId("ONE000002"), "other@example.org")
    assert stores.accounts.deactivate(AccountId("ONE000001"))

    send_password_link(portal.desk, "ONE000001", str)
    remind_identifiers(portal.desk, EMAIL, "/connexion")

    assert subjects(portal, world) == []

"""The users of an organisation: an administrateur adds them, changes their roles, removes them."""

from mockportal.domain import letters
from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account, Role
from mockportal.domain.reference import NewAccount
from mockportal.domain.registrations import Faults, Person, faults_of_person
from mockportal.journeys.desk import Desk
from mockportal.journeys.mailing import LinkTo, offer_password, send


def users_of(desk: Desk, account: Account) -> list[Account]:
    """Return the active users of an account's organisation, oldest first."""
    known = desk.stores.organisations.accounts(account.organisation.id)
    return [one for one in known if one.active]


def colleague(desk: Desk, account: Account, account_id: str) -> Account | None:
    """Return an active user of the same organisation, or None."""
    found = desk.stores.organisations.account(AccountId(account_id))
    ours = found and found.active and found.organisation.id == account.organisation.id
    return found if ours else None


def add_user(
    desk: Desk, administrator: Account, person: Person, role: Role, link_to: LinkTo
) -> Account | Faults:
    """Add a user, who gets the identifier, and a link that chooses the password, by mail."""
    if faults := faults_of_person(person):
        return faults
    organisation = administrator.organisation
    made = desk.stores.organisations.add_account(
        organisation.id,
        NewAccount(
            id=desk.circumstances.new_account_id(organisation.world),
            password_hash="",  # nobody logs in before a password is chosen
            role=role,
            first_name=person.first_name,
            last_name=person.last_name,
            email=person.email,
        ),
    )
    invite(desk, administrator, made, link_to)
    return made


def invite(desk: Desk, administrator: Account, user: Account, link_to: LinkTo) -> None:
    """Mail a user the link that chooses the password."""
    link = offer_password(desk, user, letters.INVITATION_HOLDS, link_to)
    world = user.organisation.world
    send(desk, world, user.email, letters.invitation(user, administrator, link))


def change_role(desk: Desk, user: Account, role: Role) -> bool:
    """Change the role of a user; False, and nothing changed, for the last administrateur."""
    return desk.stores.accounts.set_role(user.id, role)


def remove_user(desk: Desk, user: Account) -> bool:
    """Close the account of a user; False, and nothing changed, for the last administrateur."""
    return desk.stores.accounts.deactivate(user.id)

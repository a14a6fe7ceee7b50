"""What the portal calls organisations, and the people of accounts, that nobody has named."""

from mockportal.domain.identifiers import AccountId, ClientId
from mockportal.domain.organisations import Kind
from mockportal.domain.reference import NewAccount

SOME_EMAIL = "compte@example.org"
_KINDS = {Kind.CERTIFIER: "Organisme certificateur", Kind.DEPOSITOR: "Organisme déposant"}


def organisation_name(kind: Kind, client: ClientId) -> str:
    """Return the name of an organisation of which only the matricule is known."""
    return f"{_KINDS[kind]} {client}"


def unnamed_account(
    account: AccountId, password_hash: str, email: str = SOME_EMAIL, schema: str | None = None
) -> NewAccount:
    """Return an account to add, of somebody invented."""
    return NewAccount(
        id=account,
        password_hash=password_hash,
        first_name="Camille",
        last_name="Démonstration",
        email=email,
        schema=schema,
    )

"""What the journeys of people and their accounts need from the storage."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from mockportal.domain.identifiers import AccountId, WorldId
from mockportal.domain.mails import Letter, Mail
from mockportal.domain.organisations import Account, Mandate, Organisation, Role
from mockportal.domain.reference import NewAccount
from mockportal.domain.registrations import Registration


class Accounts(Protocol):
    """What changes of an account, and of its organisation, once it is there."""

    def with_email(self, email: str) -> list[Account]:
        """Return the active accounts of an e-mail address, of all worlds, oldest first."""

    def set_password(self, account: AccountId, password_hash: str) -> None:
        """Replace a password; the links that would do so too are dead from then on."""

    def set_email(self, account: AccountId, email: str) -> None:
        """Replace an e-mail address."""

    def set_role(self, account: AccountId, role: Role) -> bool:
        """Change a role; False, and nothing changed, where no administrateur would be left."""

    def deactivate(self, account: AccountId) -> bool:
        """Close an account; False, and nothing changed, where no administrateur would be left."""

    def set_trade_name(self, organisation: int, trade_name: str) -> None:
        """Change the name that an organisation is shown by; empty: its own."""

    def unregistered(self, world: WorldId, limit: int) -> list[Organisation]:
        """Return organisations of a world that have no account yet, by matricule."""

    def mandates(self, organisation: int) -> list[Mandate]:
        """Return all mandates that an organisation gives or has, those in force first."""


class Links(Protocol):
    """What waits for somebody to follow a link: registrations, and passwords to choose.

    A link's secret is kept as a digest only. Times are real ones: a link is the secret of a
    session, and a class that moves its world's clock must not lose its links by that.
    """

    def register(self, digest: str, registration: Registration, expires: datetime) -> bool:
        """Keep a registration; False where its form was sent before, and nothing is kept."""

    def registration(self, digest: str, now: datetime) -> Registration | None:
        """Return the registration that a link confirms, or None when it is used or expired."""

    def admit(
        self, digest: str, now: datetime, organisation: int, account: NewAccount
    ) -> Account | None:
        """Use a link up and add the first account of an organisation, in one transaction.

        None, and nothing changed, when the link is used or the organisation has an account.
        """

    def offer(self, digest: str, account: AccountId, expires: datetime) -> None:
        """Let a link choose the password of an account."""

    def offered(self, digest: str, now: datetime) -> Account | None:
        """Return the account whose password a link chooses, or None when it is used or expired."""

    def take(self, digest: str, now: datetime, password_hash: str) -> Account | None:
        """Use a link up, and all others of its account, and replace the password."""

    def forget_expired(self, now: datetime) -> None:
        """Remove what nobody can use any more."""


class Attempts(Protocol):
    """The logins that failed lately, by what was typed as an identifier and by where from."""

    def failed(self, identifier: str, source: str, at: datetime, forget: datetime) -> None:
        """Count one that failed; those of before ``forget`` are forgotten."""

    def failures(self, identifier: str, source: str, since: datetime) -> list[datetime]:
        """Return when logins failed, newest first."""

    def failures_of_source(self, source: str, since: datetime) -> int:
        """Return how many logins from there failed, whoever was named."""

    def forget(self, identifiers: Iterable[str]) -> None:
        """Forget the failures of identifiers, wherever they came from."""

    def forgive(self, identifier: str, source: str) -> None:
        """Forget the failures of somebody who got it right."""


class Sessions(Protocol):
    """The sessions of those who have logged in, by the digest of what their cookie holds."""

    def add(self, digest: str, account: AccountId | None, data: str, now: datetime) -> None:
        """Begin a session; ``account`` is None where it only opens the back stage."""

    def get(
        self, digest: str, seen_since: datetime, begun_since: datetime
    ) -> tuple[str, datetime] | None:
        """Return what a session holds and when it was last seen, None where it is over."""

    def change(self, digest: str, data: str) -> bool:
        """Replace what a session holds; False, and nothing kept, where it has ended meanwhile."""

    def see(self, seen: Sequence[tuple[str, datetime]]) -> None:
        """Note when sessions were used; those that have ended stay so."""

    def end(self, digest: str) -> None:
        """End a session."""

    def sweep(self, seen_since: datetime, begun_since: datetime) -> bool:
        """Remove some sessions that are over, and tell whether there were any."""


class Outbox(Protocol):
    """The mails that the portal would have sent; nothing ever leaves the machine."""

    def add(self, world: WorldId, to: str, letter: Letter, made_at: datetime) -> Mail:
        """Put a mail into a world's outbox; far beyond what is looked at, the oldest go."""

    def of_world(self, world: WorldId, limit: int, skip: int = 0) -> list[Mail]:
        """Return the mails of a world, newest first, without the first ``skip``."""

    def count(self, world: WorldId) -> int:
        """Return how many mails a world keeps."""

    def mail(self, world: WorldId, number: int) -> Mail | None:
        """Return one mail of a world, or None."""

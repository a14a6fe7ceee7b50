"""What the declaration of one passage needs from the storage."""

from collections.abc import Mapping
from datetime import datetime
from typing import Protocol

from mockportal.domain.declarations import Declaration
from mockportal.domain.identifiers import AccountId, DepositId, WorldId


class Declarations(Protocol):
    """Forms that are filled in, and those that were sent."""

    def begin(self, declaration: Declaration) -> None:
        """Keep a new form; one of that number is left alone. Of very many, the oldest go."""

    def get(self, account: AccountId, number: str) -> Declaration | None:
        """Return an account's form, or None."""

    def drafts(self, account: AccountId) -> list[Declaration]:
        """Return the forms of an account that were not sent, newest first."""

    def keep(self, number: str, values: Mapping[str, str]) -> None:
        """Keep what a form is filled in with; one that was sent stays as it was."""

    def remove(self, account: AccountId, number: str) -> None:
        """Forget a form that was not sent."""

    def claim(self, number: str, real: datetime, stale: datetime) -> bool:
        """Tell whether it is the caller's to send a form: of two, one is told so.

        Who was told so before ``stale``, and has sent nothing, has been cut off.
        """

    def release(self, number: str) -> None:
        """Let a form be sent after all that could not be."""

    def sent(self, number: str, deposit: DepositId) -> None:
        """Remember the deposit that a form became."""

    def of_deposit(self, world: WorldId, deposit: DepositId) -> Declaration | None:
        """Return the form that became a deposit, or None."""

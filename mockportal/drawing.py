"""New identifiers: by chance, or always the same ones where a seed is given. Secrets never are."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from string import ascii_uppercase, digits
from uuid import UUID

from mockportal.domain.identifiers import AccountId, DepositId, FluxId, WorldId

_ALPHABET = ascii_uppercase + digits
"""What identifiers to log in are made of: capitals and digits. ASSUMED."""
_ACCOUNT, _DEPOSIT, _FLUX = 9, 12, 16


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws identifiers; with a ``seed``, they follow from it and from what a world drew before.

    ``next_of`` counts what a world draws and names the world: other worlds change nothing.
    """

    seed: int | None
    next_of: Callable[[WorldId], tuple[str, int]]

    def account_id(self, world: WorldId) -> AccountId:
        """Return nine characters to log in with."""
        number = int.from_bytes(self._bytes(world, "account", _ACCOUNT), "big")
        signs = []
        for _ in range(_ACCOUNT):
            number, sign = divmod(number, len(_ALPHABET))
            signs.append(_ALPHABET[sign])
        return AccountId("".join(signs))

    def deposit_id(self, world: WorldId) -> DepositId:
        """Return the portal's own name of a new deposit."""
        return DepositId(urlsafe_b64encode(self._bytes(world, "deposit", _DEPOSIT)).decode())

    def flux_id(self, world: WorldId) -> FluxId:
        """Return the ``idFlux`` of a flux that the portal writes, as exporters make theirs."""
        return FluxId(str(UUID(bytes=self._bytes(world, "flux", _FLUX), version=4)))

    def _bytes(self, world: WorldId, kind: str, size: int) -> bytes:
        if self.seed is None:
            return secrets.token_bytes(size)
        name, number = self.next_of(world)
        said = "\x1f".join([str(self.seed), name, kind, str(number)])
        return blake2b(said.encode(), digest_size=size).digest()


def secret() -> str:
    """Return a password or a token, never twice the same."""
    return secrets.token_urlsafe(9)

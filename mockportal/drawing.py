"""New identifiers: by chance, or always the same ones where a seed is given. Secrets never are."""

import secrets
from base64 import urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from string import ascii_uppercase, digits
from uuid import UUID

from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    ContractId,
    DepositId,
    FluxId,
    WorldId,
)

_ALPHABET = "".join(sign for sign in ascii_uppercase + digits if sign not in "OI01")
"""What identifiers to log in are made of: capitals and digits that nobody takes for each other.

ASSUMED.
"""
_SECRET = 16
"""Bytes of chance of what nobody may guess."""
_ACCOUNT, _DEPOSIT, _FLUX, _CLIENT, _CONTRACT, _WORLD = 9, 12, 16, 8, 8, 6
_CLIENT_SHAPE, _CONTRACT_SHAPE = "00AAA000", "000000"
"""How real matricules and contract numbers look: digits and capitals. OBSERVED."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """Draws identifiers; with a ``seed``, they follow from it and from what a world drew before.

    ``next_of`` counts what a world draws and names the world: other worlds change nothing.
    """

    seed: int | None
    next_of: Callable[[WorldId], tuple[str, int]]

    def account_id(self, world: WorldId) -> AccountId:
        """Return nine characters to log in with."""
        return AccountId(_signs(self._bytes(world, "account", _ACCOUNT), [_ALPHABET] * _ACCOUNT))

    def client_id(self, world: WorldId) -> ClientId:
        """Return a matricule, shaped as real ones are."""
        return ClientId(_shaped(self._bytes(world, "client", _CLIENT), _CLIENT_SHAPE))

    def contract_id(self, world: WorldId) -> ContractId:
        """Return a contract number, shaped as real ones are."""
        return ContractId(
            "MCFCER" + _shaped(self._bytes(world, "contract", _CONTRACT), _CONTRACT_SHAPE)
        )

    def world_name(self, world: WorldId) -> str:
        """Return a name for a new world, drawn in the world in which it is asked for."""
        return f"world-{self._bytes(world, 'world', _WORLD).hex()}"

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


def _shaped(drawn: bytes, shape: str) -> str:
    return _signs(drawn, [ascii_uppercase if sign == "A" else digits for sign in shape])


def _signs(drawn: bytes, alphabets: list[str]) -> str:
    """Return a sign of each alphabet."""
    number, signs = int.from_bytes(drawn, "big"), []
    for alphabet in alphabets:
        number, sign = divmod(number, len(alphabet))
        signs.append(alphabet[sign])
    return "".join(signs)


def secret() -> str:
    """Return a password or a token of 128 bits, never twice the same."""
    return secrets.token_urlsafe(_SECRET)

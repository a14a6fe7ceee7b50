"""A flux of ours, written anew in the name of another organisation."""

import re
from xml.sax.saxutils import escape

from mockportal.domain.identifiers import ClientId, ContractId

_CLIENT = re.compile(rb"(<(?:\w+:)?idClient>)[^<]*")
_CONTRACT = re.compile(rb"(<(?:\w+:)?idContrat>)[^<]*")


def addressed(
    flux: bytes, sender: ClientId, certifier: ClientId, contract: ContractId | None
) -> bytes:
    """Return a flux whose émetteur comes first, with these identifiers; None keeps its contract."""
    clients = iter((sender, certifier))
    flux = _CLIENT.sub(lambda found: found[1] + _written(next(clients)), flux, count=2)
    if contract is None:
        return flux
    return _CONTRACT.sub(lambda found: found[1] + _written(contract), flux, count=1)


def _written(value: str) -> bytes:
    return escape(value).encode()

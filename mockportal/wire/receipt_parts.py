"""Which line of a receipt says what: for the page that explains how to read one."""

import re
from dataclasses import dataclass

_PARTS = {
    "nomFichier": "file_name",
    "idFlux": "flux_id",
    "idTraitement": "processing_id",
    "idDemande": "processing_id",
    "PassagesKO": "rejected",
    "PassagesOK": "accepted",
    "messageErreur": "message",
    "erreurs": "errors",
    "type": "error_type",
    "message": "error_message",
    "ligne": "line",
    "colonne": "column",
}
"""The elements that are explained; those that repeat are explained where they come first."""
_OPENED = re.compile(r"<(\w+)")
_INDENT = 4


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """A line of a receipt, and our name of what it says where that comes for the first time."""

    text: str
    depth: int
    """How many elements it lies in."""
    part: str | None


def lines_of(receipt: bytes) -> list[ReceiptLine]:
    """Return the lines of a receipt, the first one of each part with the name of the part."""
    seen: set[str] = set()
    lines = []
    for text in receipt.decode().splitlines():
        bare = text.lstrip()
        opened = _OPENED.match(bare)
        part = _PARTS.get(opened[1]) if opened else None
        depth = (len(text) - len(bare)) // _INDENT
        lines.append(ReceiptLine(bare, depth, part if part not in seen else None))
        if part:
            seen.add(part)
    return lines

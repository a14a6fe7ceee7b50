"""The kept file of a deposit, open to read its passages from."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from mockportal.domain.deposits import Deposit, Piece
from mockportal.journeys.desk import Desk
from mockportal.wire.reading import KeptFile
from mockportal.wire.reading_apart import ReadPiece, read_apart

_LARGE = 16_000_000
"""Bytes of a file that is worth a second process."""


def open_kept(desk: Desk, deposit: Deposit) -> KeptFile:
    """Open the file that a deposit's pieces were cut from: the original, or its transcription.

    Of a deposit that was cleaned away, what was packed of it: its accepted passages alone.
    """
    files = desk.stores.files
    whole = files.regular(deposit.id) if deposit.regular_copy else files.original(deposit.id)
    try:
        return KeptFile(whole, schema=desk.schemas[deposit.schema])
    except FileNotFoundError:
        return KeptFile(files.packed(deposit.id), packed=True)


@contextmanager
def read_ahead(kept: KeptFile, pieces: Iterator[Piece]) -> Iterator[Iterator[ReadPiece]]:
    """Yield pieces of a kept file in order; those of a large one with their leaves, if may be."""
    if kept.size < _LARGE or (os.cpu_count() or 1) == 1:
        yield ((piece, None) for piece in pieces)
        return
    with read_apart(kept, pieces) as read:
        yield read

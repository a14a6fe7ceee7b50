"""The kept file of a deposit, open to read its passages from, and what was read of it before."""

from mockportal.domain.deposits import Deposit
from mockportal.journeys.desk import Desk
from mockportal.wire.leaves import KeptLeaves
from mockportal.wire.reading import KeptFile


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


def open_leaves(desk: Desk, deposit: Deposit) -> KeptLeaves:
    """Open what the first control has kept of the leaves of a large file, if it has."""
    return KeptLeaves(None if deposit.regular_copy else desk.stores.files.leaves(deposit.id))

"""The kept file of a deposit, open to read its passages from, and what was read of it before."""

from mockportal.domain.deposits import Deposit
from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.journeys.desk import Desk
from mockportal.wire.frames import OddShapeError
from mockportal.wire.leaves import KeptLeaves
from mockportal.wire.packing import PackedPieces, packed_before
from mockportal.wire.reading import KeptFile


def open_kept(desk: Desk, deposit: Deposit) -> KeptFile:
    """Open the file that a deposit's pieces were cut from: the original, or its transcription.

    Of a deposit that was cleaned away, what is left of it: its accepted passages alone. Raises
    StorageError where there is neither.
    """
    files = desk.stores.files
    whole = files.regular(deposit.id) if deposit.regular_copy else files.original(deposit.id)
    try:
        return KeptFile(whole, schema=desk.schemas[deposit.schema])
    except FileNotFoundError:
        left = _left_of(desk, deposit)
    except OddShapeError as fault:
        raise StorageError(
            StorageFailure.MISSING, f"the kept file {whole} is damaged: {fault}"
        ) from fault
    if left is None:
        raise StorageError(StorageFailure.MISSING, f"the kept file {whole} is missing")
    return KeptFile(left)


def _left_of(desk: Desk, deposit: Deposit) -> PackedPieces | None:
    older = desk.stores.files.packed(deposit.id)
    for _ in range(2):  # it may be moved to the database between two looks
        read = desk.stores.retention.packed(deposit.id)
        if read is not None:
            return PackedPieces(read)
        try:
            with older.open("rb") as file:
                return PackedPieces(dict(packed_before(file)).get)
        except FileNotFoundError:
            continue
        except ValueError as fault:
            raise StorageError(
                StorageFailure.MISSING, f"the kept file {older} is damaged: {fault}"
            ) from fault
    return None


def open_leaves(desk: Desk, deposit: Deposit) -> KeptLeaves:
    """Open what the first control has kept of the leaves of a large file, if it has."""
    return KeptLeaves(desk.stores.files.leaves(deposit.id))

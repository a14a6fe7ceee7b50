"""Exporting a world's journal: all that a replay needs to do the same things again."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from enum import Enum
from typing import Any, BinaryIO

from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import HolderId, ProcessingId, WorldId
from mockportal.domain.journal import Change, Happened
from mockportal.domain.organisations import Account
from mockportal.domain.people import Holder
from mockportal.journeys.desk import Desk
from mockportal.journeys.receipt import receipt_file_name
from mockportal.journeys.seeding import seeds_in
from mockportal.wire.journal_archive import JournalWriter

_BATCH = 1_000
_MOST_ACCOUNTS = 1_000_000


class ExportRefusal(Enum):
    """Why a journal is not exported; the value is what the operator reads."""

    INCOMPLETE = (
        "the journal of this world is not whole: it holds deposits of before there was a journal, "
        "or some that were cleaned away since, or whose files are missing"
    )


@dataclass(frozen=True, slots=True)
class Exported:
    """How much an archive holds."""

    deposits: int
    changes: int


def export_journal(
    desk: Desk, world: WorldId, name: str, seed: int | None, out: BinaryIO
) -> Exported | ExportRefusal:
    """Write the journal of a world into one file, or return why it cannot be."""
    stores = desk.stores
    happened = in_order(stores.journal.happened(world))
    deposits = _deposits(desk, world, happened)
    if deposits is None:
        return ExportRefusal.INCOMPLETE
    with JournalWriter(out) as archive:
        archive.head(_head(desk, world, name, seed, happened))
        archive.people(_people(desk, world, happened))
        archive.events(_event(one) for one in happened)
        archive.receipts(_receipt(one) for one in deposits if _has_receipt(one))
        for deposit in deposits:
            archive.deposit(deposit.processing_id, stores.files.original(deposit.id))
            if _has_receipt(deposit):
                archive.receipt(deposit.processing_id, stores.files.receipt(deposit.id))
    return Exported(len(deposits), len(happened))


def refusal_of_export(desk: Desk, world: WorldId) -> ExportRefusal | None:
    """Return why the journal of a world cannot be exported, or None when it can be."""
    happened = in_order(desk.stores.journal.happened(world))
    return ExportRefusal.INCOMPLETE if _deposits(desk, world, happened) is None else None


def _deposits(desk: Desk, world: WorldId, happened: list[Happened]) -> list[Deposit] | None:
    """Return all deposits of a world in their order; None where some are not whole any more."""
    stores = desk.stores
    named = [one.deposit for one in happened if one.what is Change.DEPOSITED and one.deposit]
    found = [deposit for deposit in map(stores.deposits.get, named) if deposit]
    whole = [one for one in found if _is_whole(desk, one)]
    held = sum(stores.agenda.census(world).deposits.values())
    return whole if len(whole) == len(named) == held else None


def _is_whole(desk: Desk, deposit: Deposit) -> bool:
    files = desk.stores.files
    receipt = not _has_receipt(deposit) or files.receipt(deposit.id).exists()
    return receipt and files.original(deposit.id).exists()


def in_order(happened: Iterator[Happened]) -> list[Happened]:
    """Return what has changed in its order, deposits by the numbers that they were given.

    Two that came in at the same moment may have been noted the other way round.
    """
    listed = list(happened)
    places = [n for n, one in enumerate(listed) if one.what is Change.DEPOSITED]
    by_number = sorted((listed[n] for n in places), key=lambda one: one.content["processing_id"])
    for place, one in zip(places, by_number, strict=True):
        listed[place] = one
    return listed


def _head(
    desk: Desk, world: WorldId, name: str, seed: int | None, happened: list[Happened]
) -> dict[str, Any]:
    stores, policy = desk.stores, desk.policy
    origin, clock = stores.worlds.origin(world), stores.worlds.clock(world)
    processing = stores.worlds.processing(world)
    seeds = seeds_in(desk.seeds)
    added = sum(one.content["count"] for one in happened if one.what is Change.PEOPLE)
    return {
        "world": name,
        "seed": seed,
        "schema": policy.schema,
        "any_sender": policy.any_sender,
        "open_registry": policy.open_registry,
        "empty_lists": policy.empty_lists.value,
        "receipts": policy.receipts.value,
        "max_passages": policy.most_passages,
        "clock": {
            "offset_seconds": clock.offset.total_seconds(),
            "frozen": clock.frozen.isoformat() if clock.frozen else None,
        },
        "processing": None if processing is None else str(processing),
        "drawn": stores.worlds.draws(world),
        "origin": {
            "seeds": origin.seeds,
            "password_hash": origin.password_hash,
            "accounts": dict(origin.accounts),
        },
        "certifications": [asdict(c) for c in seeds.certifications] if origin.seeds else [],
        "organisations": dict(seeds.organisations) if origin.seeds else {},
        "people_at_first": stores.registry.count(world) - added,
        "accounts": [_account(one) for one in stores.organisations.of_world(world, _MOST_ACCOUNTS)],
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "id": account.id,
        "kind": account.organisation.kind.value,
        "client_id": account.organisation.client_id,
        "trade_name": account.organisation.trade_name,
        "role": account.role.value,
        "first_name": account.first_name,
        "last_name": account.last_name,
        "email": account.email,
        "password_hash": account.password_hash,
        "schema": account.schema,
        "processing": None if account.processing is None else str(account.processing),
        "active": account.active,
    }


def _people(desk: Desk, world: WorldId, happened: list[Happened]) -> Iterator[dict[str, Any]]:
    """Yield people in the order in which they came, with the training files they came with."""
    later = {one.content["number"] for one in happened if one.what is Change.TRAINING_FILE}
    batch: list[Holder] = []
    for holder, _ in desk.stores.registry.everyone(world):
        batch.append(holder)
        if len(batch) == _BATCH:
            yield from _with_training_files(desk, batch, later)
            batch = []
    yield from _with_training_files(desk, batch, later)


def _with_training_files(
    desk: Desk, people: list[Holder], later: set[str]
) -> Iterator[dict[str, Any]]:
    held = desk.stores.journal.training_files_of([HolderId(one.id) for one in people])
    for one in people:
        said = {name: value for name, value in one._asdict().items() if name != "id"}
        numbers = [number for number in held.get(one.id, []) if number not in later]
        yield {**said, "training_files": numbers}


def _event(one: Happened) -> dict[str, Any]:
    return {
        "what": one.what.value,
        "at": one.at.isoformat(),
        "account": one.account,
        "deposit": one.deposit,
        "content": dict(one.content),
    }


def _has_receipt(deposit: Deposit) -> bool:
    return deposit.has_receipt


def _receipt(deposit: Deposit) -> dict[str, Any]:
    number: ProcessingId = deposit.processing_id
    return {"number": number, "name": receipt_file_name(deposit)}

"""Doing again what a journal says: the same things, in their order, at the same times."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta

from mockportal.domain.clocks import WorldClock
from mockportal.domain.identifiers import (
    AccountId,
    WorldId,
)
from mockportal.domain.processing import processing_of
from mockportal.domain.worlds import Origin, WorldRefusal, is_world_name
from mockportal.journeys.desk import Desk
from mockportal.journeys.receipt import receipt_file_name
from mockportal.journeys.redo import Json, Redoing, Replayed
from mockportal.wire.journal_archive import JournalReader


def replay(desk: Desk, archive: JournalReader, name: str) -> Replayed | WorldRefusal:
    """Do again what an archive says, in a world of that name; say which receipts differ.

    The world is made; one that is there already must hold no deposit, and is emptied first.
    Raises ReplayError when a step cannot be done.
    """
    world = _empty_world(desk, name, archive)
    if isinstance(world, WorldRefusal):
        return world
    head = archive.head
    policy = replace(
        desk.policy,
        schema=head["schema"],
        any_sender=head["any_sender"],
        open_registry=False,  # whom it added is in the journal
    )
    with closing(archive.people()) as people, closing(archive.events()) as events:
        again = _Replay(replace(desk, policy=policy), world, archive, people, Replayed(name))
        again.begin()
        for event in events:
            again.do(event)
        again.end()
    return again.outcome


def _empty_world(desk: Desk, name: str, archive: JournalReader) -> WorldId | WorldRefusal:
    worlds = desk.stores.worlds
    if not is_world_name(name):
        return WorldRefusal.BAD_NAME
    world = worlds.named(name)
    if world is None:
        world = worlds.create(name)
    elif sum(desk.stores.agenda.census(world).deposits.values()):
        return WorldRefusal.NAME_TAKEN
    for deposit in worlds.empty(world):
        desk.stores.files.discard(deposit)
    worlds.rewind(world, archive.head["drawn"])
    return world


class _Replay(Redoing):
    """A replay that ends as the world was, and compares."""

    def end(self) -> None:
        """Leave the world as it was, and compare the receipts."""
        head, worlds = self._archive.head, self._plain.worlds
        for account, said in self._accounts.items():
            organisation = self._account(account).organisation
            self._stores.accounts.set_trade_name(organisation.id, said["trade_name"])
        for one in head["accounts"]:
            own = AccountId(self.outcome.accounts[one["id"]])
            if one["processing"]:
                self._plain.organisations.set_processing(own, processing_of(one["processing"]))
            if not one["active"]:
                self._stores.accounts.deactivate(own)
        frozen = head["clock"]["frozen"]
        worlds.set_clock(
            self._world,
            WorldClock(
                timedelta(seconds=head["clock"]["offset_seconds"]),
                datetime.fromisoformat(frozen) if frozen else None,
            ),
        )
        worlds.set_processing(self._world, processing_of(head["processing"] or ""))
        origin = head["origin"]
        names = self.outcome.accounts
        own_names = {s: AccountId(names[o]) for s, o in origin["accounts"].items() if o in names}
        worlds.set_origin(
            self._world,
            Origin(origin["seeds"], origin["password_hash"], own_names, worlds.draws(self._world)),
        )
        self._compare()

    def _compare(self) -> None:
        made = {
            deposit.processing_id: deposit
            for deposit in map(self._stores.deposits.get, self._deposits.values())
            if deposit is not None
        }
        for one in self._archive.receipts():
            self.outcome.receipts += 1
            deposit = made.get(one["number"])
            path = self._stores.files.receipt(deposit.id) if deposit else None
            if deposit is None or path is None or not path.exists():
                self._differs(one, "is missing")
            elif receipt_file_name(deposit) != one["name"]:
                self._differs(one, f"is named {receipt_file_name(deposit)}")
            elif not self._archive.same_receipt(one["number"], path):
                self._differs(one, "holds other bytes")

    def _differs(self, one: Json, how: str) -> None:
        self.outcome.differences.append(f"receipt {one['number']} ({one['name']}) {how}")

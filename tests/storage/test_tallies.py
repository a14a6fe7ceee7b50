"""Kept counters are what a count would find, whatever was done; pages show what there is."""

from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise, product
from random import Random

import pytest
from sqlalchemy import Engine, text

from mockportal.domain.deposits import EVERY_DEPOSIT, Deposit, DepositFilter, Status
from mockportal.domain.identifiers import AccountId, DepositId, PassageId, WorldId
from mockportal.domain.keeping import Keeping
from mockportal.domain.organisations import Kind, Organisation
from mockportal.domain.pages import Turn
from mockportal.domain.passages import Author, PassageSearch, StoredPassage
from mockportal.journeys.ports import Stores
from mockportal.storage.deposits import DepositStore
from mockportal.storage.migrations import upgrade
from tests.builders import (
    NOON,
    a_file_error,
    a_rejected_passage,
    a_suppressed_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter
from tests.storage.downgrading import back_to

AUTHOR = Author(AccountId("CERT00001"), NOON)
_SIZE = 4
CERTIFIERS = ("03TST001", "03TST002")
COUNTED = """
    SELECT d.organisation_id, coalesce(d.certifier, ''), d.status, d.accepted > 0, d.world_id,
        count(CASE WHEN d.removed_at IS NULL THEN 1 END),
        sum((SELECT count(*) FROM passages p
            WHERE p.deposit_id = d.id AND p.alive AND NOT p.suppresses)),
        sum(d.accepted + d.rejected)
    FROM deposits d WHERE d.status <> 'processing'
    GROUP BY d.organisation_id, coalesce(d.certifier, ''), d.status, d.accepted > 0, d.world_id
"""
KEPT = """
    SELECT organisation_id, certifier, status, fruitful, world_id, deposits, alive, judged
    FROM deposit_tallies
"""


def counted_and_kept(engine: Engine) -> tuple[list[tuple[int, ...]], list[tuple[int, ...]]]:
    with engine.connect() as connection:
        counted, kept = (
            sorted(tuple(row) for row in connection.execute(text(query)) if any(row[5:]))
            for query in (COUNTED, KEPT)
        )
    return counted, kept


class Bustle:
    """Whatever may happen to deposits, drawn by chance."""

    def __init__(self, stores: Stores, world: WorldId, seed: int) -> None:
        self.stores, self.world = stores, world
        self.draw = Random(seed)
        self.number = 0
        self.counters = [
            at_counter(stores, world, "03TST001", "CERT00001"),
            at_counter(stores, world, "03TST002", "CERT00002"),
            at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR),
        ]
        self.mandate()

    @property
    def seers(self) -> list[Organisation]:
        return [one.organisation for one in self.counters]

    def someone(self) -> tuple[Counter, str, str]:
        """Draw who deposits, how the deposit is called, and for whom it is."""
        self.number += 1
        return (
            self.draw.choice(self.counters),
            f"deposit-{self.number}",
            self.draw.choice(CERTIFIERS),
        )

    def publish(self) -> None:
        counter, name, certifier = self.someone()
        verdicts = [
            an_accepted_passage(f"T-{self.number}-{n}", n)
            if self.draw.random() < 0.7
            else a_rejected_passage(f"T-{self.number}-{n}", n)
            for n in range(self.draw.randint(1, 6))
        ]
        sender = counter.organisation.client_id
        outline = an_outline(sender=sender, certifier=certifier)
        counter.publishes(*verdicts, deposit_id=name, outline=outline)

    def refuse(self) -> None:
        counter, name, _ = self.someone()
        counter.records(name)
        self.stores.deposits.refuse(DepositId(name), [a_file_error()], NOON)

    def wait(self) -> None:
        counter, name, certifier = self.someone()
        sender = counter.organisation.client_id
        counter.takes(name, outline=an_outline(sender=sender, certifier=certifier))

    def suppress(self) -> None:
        counter, name, certifier = self.someone()
        sender = counter.organisation.client_id
        mine = [one for one in self.alive() if one.sender == sender]
        named = self.draw.sample(mine, min(4, len(mine)))
        outline = an_outline(sender=sender, certifier=certifier, action="SUPPRESSION")
        verdicts = [a_suppressed_passage(one.technical_id, n) for n, one in enumerate(named)]
        counter.publishes(*verdicts, deposit_id=name, outline=outline)

    def delete(self) -> None:
        passages = self.alive()
        some = self.draw.sample(passages, min(5, len(passages)))
        self.stores.passages.delete([one.id for one in some], AUTHOR)
        self.stores.passages.delete([one.id for one in some[:1]], AUTHOR)  # gone already

    def clean(self) -> None:
        keeping, now = Keeping(deposits=self.draw.randint(5, 20)), NOON + timedelta(days=1)
        gone = self.stores.retention.begin(self.world, keeping, now)
        if gone:
            self.stores.agenda.free(gone)  # cut off, and begun again
            gone = self.stores.retention.begin(self.world, keeping, now)
            assert gone is not None
            self.stores.retention.forget(gone)
            self.stores.agenda.free(gone)

    def mandate(self) -> None:
        certifier = self.draw.choice(self.counters[:2]).organisation
        self.stores.organisations.mandate(certifier.id, self.counters[2].organisation.id)

    def end_mandate(self) -> None:
        for one in self.counters[:2]:
            depositor = self.counters[2].organisation.id
            self.stores.organisations.end_mandate(one.organisation.id, depositor, NOON)

    def alive(self) -> list[StoredPassage]:
        found = {
            one.id: one
            for seer in self.seers
            for one in self.stores.passages.matching(seer, PassageSearch())
        }
        return [found[number] for number in sorted(found)]

    def happen(self, times: int) -> None:
        kinds: list[Callable[[], None]] = [
            *[self.publish] * 5, *[self.delete] * 2, self.refuse, self.wait, self.suppress,
            self.clean, self.mandate, self.end_mandate,
        ]  # fmt: skip
        for _ in range(times):
            self.draw.choice(kinds)()


@pytest.fixture(params=[1, 2, 3])
def bustle(request: pytest.FixtureRequest, stores: Stores, world: WorldId) -> Bustle:
    made = Bustle(stores, world, request.param)
    made.happen(60)
    return made


@pytest.mark.usefixtures("bustle")
def test_counters_are_what_a_count_finds(engine: Engine) -> None:
    counted, kept = counted_and_kept(engine)

    assert kept == counted
    assert sum(row[6] for row in kept) > 0


@pytest.mark.usefixtures("bustle")
def test_an_older_database_is_counted_when_it_is_migrated(engine: Engine) -> None:
    back_to(engine, "0007")

    upgrade(engine)
    counted, kept = counted_and_kept(engine)

    assert kept == counted


def test_counters_go_with_their_world_and_with_no_other(
    engine: Engine, stores: Stores, bustle: Bustle
) -> None:
    other = stores.worlds.create("other")
    at_counter(stores, other, "03TST001", "CERT00009").publishes(
        an_accepted_passage("T-1"), deposit_id="elsewhere"
    )

    for _ in stores.worlds.empty(bustle.world):
        counted, kept = counted_and_kept(engine)
        assert kept == counted
    counted, kept = counted_and_kept(engine)

    assert kept == counted
    assert [row[4:] for row in kept] == [(other, 1, 1, 1)]


def test_pages_of_passages_show_all_there_are_by_number_and_from_one_to_the_next(
    stores: Stores, bustle: Bustle
) -> None:
    for seer in bustle.seers:
        all_of_them = [one.id for one in stores.passages.matching(seer, PassageSearch())]
        numbers = range(1, len(all_of_them) // _SIZE + 2)
        pages = [_passages(stores, seer, number, _SIZE) for number in numbers]
        assert [one for page in pages for one in page] == all_of_them
        assert stores.passages.count(seer) == len(all_of_them)

        for before, after in pairwise([one for one in pages if one]):
            assert _passages(stores, seer, 1, _SIZE, Turn(before[-1])) == after
            assert _passages(stores, seer, 1, _SIZE, Turn(after[0], back=True)) == before


def test_a_page_beside_a_passage_of_a_stranger_shows_none_of_theirs(
    stores: Stores, world: WorldId, bustle: Bustle
) -> None:
    stranger = at_counter(stores, world, "03TST004", "CERT00004")
    passages = bustle.alive()
    outline = an_outline(sender="03TST004", certifier="03TST004")
    stranger.publishes(an_accepted_passage("MINE"), deposit_id="mine", outline=outline)
    (mine,) = stores.passages.matching(stranger.organisation, PassageSearch())

    for one in passages:
        for back in (False, True):
            turn = Turn(one.id, back=back)
            shown = [mine.id] if back else []
            assert _passages(stores, stranger.organisation, 1, 9, turn) == shown


def test_a_page_beside_a_passage_that_was_deleted_goes_on_from_where_it_was(
    stores: Stores, certifier: Counter
) -> None:
    certifier.publishes(*(an_accepted_passage(f"T-{n}", n) for n in range(6)))
    ids = [one.id for one in stores.passages.matching(certifier.organisation, PassageSearch())]
    stores.passages.delete([PassageId(ids[2])], AUTHOR)

    assert _passages(stores, certifier.organisation, 1, 2, Turn(ids[2])) == ids[3:5]
    assert _passages(stores, certifier.organisation, 1, 9, Turn(ids[2], back=True)) == ids[:2]
    assert _passages(stores, certifier.organisation, 2, 2, Turn(123_456_789)) == ids[3:5]


def test_beside_the_first_and_the_last_there_is_nothing(stores: Stores, certifier: Counter) -> None:
    for number in range(3):
        certifier.publishes(an_accepted_passage(f"T-{number}"), deposit_id=f"d-{number}")
    seer = certifier.organisation
    passages = [one.id for one in stores.passages.matching(seer, PassageSearch())]
    deposits = [one.processing_id for one in stores.deposits.of_organisation(seer, 1, 9).items]

    for back, end in ((True, 0), (False, -1)):
        assert _passages(stores, seer, 1, 2, Turn(passages[end], back=back)) == []
        beside = Turn(deposits[end], back=back)
        assert stores.deposits.of_organisation(seer, 1, 2, turn=beside).items == []


def _passages(
    stores: Stores, seer: Organisation, number: int, size: int, turn: Turn | None = None
) -> list[PassageId]:
    return [one.id for one in stores.passages.page(seer, PassageSearch(), number, size, turn)]


def test_the_history_counts_and_shows_what_may_be_seen(
    engine: Engine, stores: Stores, bustle: Bustle
) -> None:
    for seer, any_sender in product(bustle.seers, (False, True)):
        store = DepositStore(engine, any_sender=any_sender)
        seen = _deposits_seen(engine, stores, seer, any_sender=any_sender)
        for wanted in (EVERY_DEPOSIT, *map(DepositFilter, Status)):
            expected = [one for one in seen if wanted.status in (None, one.status)]
            pages = [
                store.of_organisation(seer, number, _SIZE, wanted)
                for number in range(1, len(expected) // _SIZE + 2)
            ]
            assert {one.total for one in pages} == {len(expected)}
            assert [one for page in pages for one in page.items] == expected
            for before, after in pairwise([page.items for page in pages if page.items]):
                onward = Turn(before[-1].processing_id)
                back = Turn(after[0].processing_id, back=True)
                assert store.of_organisation(seer, 1, _SIZE, wanted, onward).items == after
                assert store.of_organisation(seer, 1, _SIZE, wanted, back).items == before


def _deposits_seen(
    engine: Engine, stores: Stores, seer: Organisation, *, any_sender: bool
) -> list[Deposit]:
    """Return what the rule of a single deposit lets be seen, newest first."""
    newest_first = text("SELECT public_id FROM deposits ORDER BY id DESC")
    with engine.connect() as connection:
        names = list(connection.scalars(newest_first))
    found = [stores.deposits.get(DepositId(name)) for name in names]
    return [
        one
        for one in found
        if one and not one.removed_at and _may_see(stores, seer, one, any_sender=any_sender)
    ]


def _may_see(stores: Stores, seer: Organisation, deposit: Deposit, *, any_sender: bool) -> bool:
    if deposit.organisation == seer.id:
        return True
    if seer.kind is not Kind.CERTIFIER or deposit.outline is None:
        return False
    mandated = stores.organisations.has_mandated(seer.id, deposit.organisation)
    meant = any_sender or deposit.accepted > 0 or mandated
    return meant and deposit.outline.certifier == seer.client_id

"""The journal as it is kept: how much, and for how long."""

from datetime import timedelta

from sqlalchemy import Engine

from mockportal.domain.identifiers import WorldId
from mockportal.domain.journal import Change, EntrySearch, Request, Source
from mockportal.journeys.ports import Stores
from mockportal.pacing import microseconds
from mockportal.storage.journal import JournalStore
from tests.builders import NOON

ALL = EntrySearch()


def a_request(world: WorldId, path: str = "/depots", days: int = 0) -> Request:
    return Request(
        world=world,
        at=NOON + timedelta(days=days),
        source=Source.PAGE,
        method="GET",
        path=path,
        account=None,
        status=200,
        milliseconds=1.5,
        request_size=None,
        request_type="",
        response_size=10,
        response_type="text/html",
    )


def test_requests_of_worlds_that_are_no_more_are_left_out(stores: Stores, world: WorldId) -> None:
    stores.journal.keep([a_request(world), a_request(WorldId(999))])

    entries, total = stores.journal.page(world, ALL, 1, 10)

    assert (len(entries), total) == (1, 1)


def test_what_is_looked_for_is_a_text_and_no_pattern(stores: Stores, world: WorldId) -> None:
    stores.journal.keep([a_request(world, "/a_b"), a_request(world, "/axb")])

    entries, _ = stores.journal.page(world, EntrySearch("a_b"), 1, 10)

    assert [one.path for one in entries] == ["/a_b"]


def test_old_requests_go_and_what_changed_stays(stores: Stores, world: WorldId) -> None:
    journal = stores.journal
    assert isinstance(journal, JournalStore)
    journal.keep([a_request(world, "/old"), a_request(world, "/new", days=40)])
    journal.note(world, Change.CLOCK, NOON)

    swept = [journal.sweep(NOON + timedelta(days=30)) for _ in range(2)]

    entries, _ = journal.page(world, ALL, 1, 10)
    assert swept == [True, False]
    assert [(one.source, one.path) for one in entries] == [
        (Source.WORLD, ""),
        (Source.PAGE, "/new"),
    ]


def test_the_oldest_of_too_many_requests_go_a_little_at_a_time(
    engine: Engine, world: WorldId
) -> None:
    journal = JournalStore(engine, microseconds, most=10)
    journal.keep([a_request(world, f"/{number}") for number in range(13)])

    while journal.sweep(NOON - timedelta(days=1)):
        pass

    entries, total = journal.page(world, ALL, 1, 20)
    assert total == 10
    assert [one.path for one in entries][-1] == "/3"


def test_what_happened_comes_in_its_order(stores: Stores, world: WorldId) -> None:
    journal = stores.journal
    assert isinstance(journal, JournalStore)
    for number in range(3):
        journal.note(world, Change.PEOPLE, NOON, content={"count": number})

    assert [one.content["count"] for one in journal.happened(world)] == [0, 1, 2]

"""Which figures are kept, and which are due."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Engine, insert

from mockportal.domain.figures import Kept, Place
from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Kind
from mockportal.domain.passages import Author
from mockportal.journeys.ports import Stores
from mockportal.storage.tables import kept_figures
from tests.builders import (
    NOON,
    a_rejected_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter


def keep(stores: Stores, place: Place) -> None:
    state = stores.figures.state(place.world)
    figures = stores.figures.count(place.world, place.organisation, NOON)
    stores.figures.keep(place.world, place.organisation, Kept(figures, NOON, state))


def test_figures_are_kept_in_place_of_those_before(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1", late=True), a_rejected_passage("T-2", 1))
    figures = stores.figures.count(world, None, NOON)

    stores.figures.keep(world, None, Kept(figures, NOON, (1,)))
    newer = Kept(figures, NOON.replace(hour=13), stores.figures.state(world))
    stores.figures.keep(world, None, newer)

    assert stores.figures.kept(world, None) == newer
    assert stores.figures.kept(world, certifier.organisation) is None


def test_figures_are_due_once_a_place_is_large_and_when_they_are_old_and_something_changed(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1"), a_rejected_passage("T-2", 1))
    large, whole, own = 2, Place(world), Place(world, certifier.organisation)
    later = NOON + timedelta(minutes=1)

    assert stores.figures.due(NOON, 3) is None
    found = []
    while place := stores.figures.due(NOON, large):
        found.append(place)
        keep(stores, place)
    assert found == [whole, own]
    assert stores.figures.due(later, large) is None

    passage = stores.passages.named(certifier.organisation, [TechnicalId("T-1")])[0]
    stores.passages.delete([passage.id], Author(AccountId("CERT00001"), NOON))

    assert stores.figures.due(NOON, large) is None
    assert stores.figures.due(later, large) == whole
    assert stores.figures.due(later, large, {whole}) == own
    assert stores.figures.due(later, large, {whole, own}) is None


def test_figures_of_a_world_that_is_no_more_are_not_kept(stores: Stores) -> None:
    gone = stores.worlds.create("gone")
    stores.worlds.delete(gone)

    keep(stores, Place(gone))

    assert stores.figures.kept(gone, None) is None


def test_figures_of_an_organisation_of_another_world_are_not_kept(
    stores: Stores, certifier: Counter
) -> None:
    other = stores.worlds.create("other")

    keep(stores, Place(other, certifier.organisation))

    assert stores.figures.kept(other, certifier.organisation) is None


def test_figures_of_an_organisation_that_is_no_more_are_never_due(
    stores: Stores, engine: Engine, world: WorldId, certifier: Counter
) -> None:
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(
            insert(kept_figures).values(
                world_id=world, organisation_id=certifier.organisation.id + 1,
                counted_at=NOON.isoformat(), content="{}",
            )
        )  # fmt: skip

    assert stores.figures.due(NOON + timedelta(days=1), 0) is None


def test_figures_are_due_of_a_certifier_that_others_have_deposited_much_for(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    depositor = at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)
    outline = replace(an_outline(), sender=ClientId("03TST003"))
    depositor.publishes(an_accepted_passage("T-1"), outline=outline)
    for organisation in (None, depositor.organisation):
        keep(stores, Place(world, organisation))

    assert stores.figures.due(NOON, 1) == Place(world, certifier.organisation)


def test_figures_are_due_of_a_certifier_by_what_it_and_others_deposited_together(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    depositor = at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)
    outline = replace(an_outline(), sender=ClientId("03TST003"))
    depositor.publishes(an_accepted_passage("T-1"), outline=outline)
    certifier.publishes(an_accepted_passage("T-2"), deposit_id="deposit-2")
    keep(stores, Place(world))

    assert stores.figures.count(world, certifier.organisation, NOON).size == 4
    assert stores.figures.due(NOON, 3) == Place(world, certifier.organisation)
    assert stores.figures.due(NOON, 4) is None


def test_figures_are_not_due_of_a_certifier_that_only_strangers_name(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    stranger = at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)
    stranger.publishes(a_rejected_passage("T-1", code=Code.MANDATE), outline=an_outline())
    for organisation in (None, stranger.organisation):
        keep(stores, Place(world, organisation))

    assert stores.figures.due(NOON, 1) is None

    stores.organisations.mandate(certifier.organisation.id, stranger.organisation.id)

    assert stores.figures.due(NOON, 1) == Place(world, certifier.organisation)

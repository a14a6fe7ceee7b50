import pytest

from mockportal.domain.identifiers import AccountId, DepositId, HolderId, TechnicalId, WorldId
from mockportal.domain.passages import Author
from mockportal.domain.people import Holder
from mockportal.journeys.ports import Stores
from tests.builders import (
    NOON,
    a_new_holder,
    a_piece,
    a_rejected_passage,
    a_suppressed_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, stage


@pytest.fixture
def people(stores: Stores, world: WorldId) -> dict[str, Holder]:
    """Return some people by first name."""
    stores.registry.add(
        world,
        [
            a_new_holder(birth_name="Saint-Aubin", first_name="Léa", order=1),
            a_new_holder(birth_name="Saint Aubin", first_name="Zoé", order=2),
            a_new_holder(birth_name="Martin", usage_name="Saint-Aubin", first_name="Ève", order=3),
            a_new_holder(birth_name="de la Rochette", first_name="Jean-Paul", sex="M", order=4),
        ],
    )
    return {holder.first_name: holder for holder, _ in stores.registry.everyone(world)}


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("saint-aub", ["Léa", "Ève"]),
        ("SAINT", ["Zoé", "Léa", "Ève"]),
        ("saint aubin", ["Zoé"]),
        ("saint-aubin lé", ["Léa"]),
        ("léa saint-aubin", ["Léa"]),
        ("de la rochette jean", ["Jean-Paul"]),
        ("Rochette", []),
        ("%", []),
    ],
)
def test_people_are_found_by_how_their_names_begin(
    stores: Stores, world: WorldId, people: dict[str, Holder], typed: str, found: list[str]
) -> None:
    named = stores.passports.named(world, typed, 10)

    assert sorted(one.first_name for one in named) == sorted(found)
    assert {one.first_name for one in named} <= set(people)


def test_people_of_another_world_are_not_found(
    stores: Stores, world: WorldId, people: dict[str, Holder]
) -> None:
    elsewhere = stores.worlds.create("elsewhere")
    holder = people["Léa"]

    assert stores.passports.named(elsewhere, "saint", 10) == []
    assert stores.passports.person(elsewhere, holder.id) is None
    assert stores.passports.person(world, holder.id) == holder


def test_a_passport_is_fed_when_the_deposit_is_published(
    stores: Stores, world: WorldId, certifier: Counter, people: dict[str, Holder]
) -> None:
    holder = people["Léa"]
    certifier.takes()
    stage(
        stores,
        DepositId("deposit-1"),
        [(a_piece(), [an_accepted_passage("T-1", holder=holder.id), a_rejected_passage("T-2", 1)])],
    )
    before = stores.passports.passages(holder.id, 10), stores.passports.fed_lately(world, 10)

    stores.deposits.publish(DepositId("deposit-1"), NOON)

    assert before == ([], [])
    (passage,) = stores.passports.passages(holder.id, 10)
    assert (passage.technical_id, passage.holder) == ("T-1", holder.id)
    assert stores.passports.fed_lately(world, 10) == [holder]
    assert stores.passports.counts([holder.id, people["Zoé"].id]) == {holder.id: 1}


def test_a_deleted_passage_leaves_the_passport(
    stores: Stores, world: WorldId, certifier: Counter, people: dict[str, Holder]
) -> None:
    holder = people["Léa"]
    certifier.publishes(an_accepted_passage("T-1", holder=holder.id))
    (passage,) = stores.passages.named(certifier.organisation, [TechnicalId("T-1")])

    stores.passages.delete([passage.id], Author(AccountId("CERT00001"), NOON))

    assert stores.passports.passages(holder.id, 10) == []
    assert stores.passports.fed_lately(world, 10) == []
    assert stores.passports.counts([holder.id]) == {}


def test_a_suppression_takes_its_passages_out_of_the_passports(
    stores: Stores, certifier: Counter, people: dict[str, Holder]
) -> None:
    holder = people["Léa"]
    certifier.publishes(an_accepted_passage("T-1", holder=holder.id))

    certifier.publishes(
        a_suppressed_passage("T-1"), deposit_id="deposit-2",
        outline=an_outline(action="SUPPRESSION"),
    )  # fmt: skip

    assert stores.passports.passages(holder.id, 10) == []


def test_those_of_the_newest_deposits_come_first_and_each_once(
    stores: Stores, world: WorldId, certifier: Counter, people: dict[str, Holder]
) -> None:
    one, other = people["Léa"], people["Zoé"]
    certifier.publishes(an_accepted_passage("T-1", holder=one.id))
    certifier.publishes(
        an_accepted_passage("T-2", 0, holder=other.id),
        an_accepted_passage("T-3", 1, holder=one.id),
        deposit_id="deposit-2",
    )

    assert stores.passports.fed_lately(world, 10) == [other, one]
    assert stores.passports.fed_lately(world, 1) == [other]


def test_nobody_of_an_unknown_number_is_there(stores: Stores, world: WorldId) -> None:
    assert stores.passports.person(world, HolderId(404)) is None

"""Passages and people of an older database, filed anew when it is migrated."""

from sqlalchemy import Engine, text

from mockportal.domain.identifiers import ClientId, TechnicalId, WorldId
from mockportal.domain.rules import key_of
from mockportal.journeys.ports import Stores
from mockportal.storage.migrations import upgrade
from tests.builders import a_claim, a_new_holder, an_accepted_passage
from tests.storage.conftest import Counter, sent_before
from tests.storage.downgrading import back_to


def test_people_and_passages_are_found_after_a_migration(
    engine: Engine, stores: Stores, world: WorldId, certifier: Counter
) -> None:
    people = [a_new_holder(birth_day=day, order=day) for day in (9, 3)]
    stores.registry.add(world, [*people, a_new_holder(birth_name="ROY", order=20)])
    certifier.publishes(an_accepted_passage("T-1"))
    back_to(engine, "0008")
    with engine.execution_options(writes=True).begin() as connection:
        connection.execute(text("UPDATE holders SET key = id"))
        connection.execute(text("UPDATE passages SET key = id"))

    upgrade(engine)

    shared, alone = key_of(world, a_claim()), key_of(world, a_claim(birth_name="ROY"))
    found = stores.registry.filed([shared, alone])
    assert (set(found.alone), set(found.shared)) == ({alone}, {shared})
    sent = sent_before(stores, world, ClientId("03TST001"), [TechnicalId("T-1")])
    assert sent == {"T-1"}

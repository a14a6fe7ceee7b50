"""The same people, met by several at once: each is added once, and nobody fails over it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier, local
from typing import Any

import pytest

from mockportal.assembly import Portal
from mockportal.domain.furnishing import Unfit
from mockportal.domain.identifiers import ClientId
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.desk import Desk
from mockportal.journeys.furnish import add_people
from mockportal.journeys.learn import Learned, learn_bytes
from mockportal.journeys.newcomers import certifier_of, make_people_known
from tests.builders import a_claim, a_new_holder, an_outline
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

AT_ONCE = 4


class Crossroads:
    """A store in which all who look something up for the first time have done so together."""

    def __init__(self, store: object, look_up: str) -> None:
        self._store, self._look_up = store, look_up
        self._all, self._here = Barrier(AT_ONCE, timeout=30), local()

    def __getattr__(self, name: str) -> Any:
        asked = getattr(self._store, name)
        if name != self._look_up:
            return asked

        def together(*args: Any, **kwargs: Any) -> object:
            found = asked(*args, **kwargs)
            if not getattr(self._here, "passed", False):
                self._here.passed = True
                self._all.wait()
            return found

        return together


def meeting_at(desk: Desk, store: str, look_up: str) -> Desk:
    crossroads: Any = Crossroads(getattr(desk.stores, store), look_up)
    return replace(desk, stores=replace(desk.stores, **{store: crossroads}))


def test_people_who_are_met_by_several_at_once_are_added_once(portal: Portal) -> None:
    desk = meeting_at(portal.desk, "registry", "filed")
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    before = portal.desk.stores.registry.count(world)
    claims = [a_claim(birth_name=f"NOUVEAU{n}") for n in range(3)]

    with ThreadPoolExecutor(AT_ONCE) as threads:
        made = [threads.submit(make_people_known, desk, world, claims) for _ in range(AT_ONCE)]

    assert sorted(one.result().people for one in made) == [0, 0, 0, 3]
    assert portal.desk.stores.registry.count(world) == before + 3


def test_a_certificateur_that_is_met_by_several_at_once_is_added_once(portal: Portal) -> None:
    desk = meeting_at(portal.desk, "organisations", "with_client_id")
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    named = replace(an_outline(), certifier=ClientId("03NEW001"))

    with ThreadPoolExecutor(AT_ONCE) as threads:
        met = [threads.submit(certifier_of, desk, world, named) for _ in range(AT_ONCE)]

    assert len({one.result().id for one in met}) == 1


def test_a_file_that_is_learned_several_times_at_once_is_learned_once(portal: Portal) -> None:
    desk = portal.desk
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    flux = a_flux_xml(a_passage_xml("T-1", a_titulaire(nomNaissance="INCONNUE")))
    flux = flux.replace(b"03TST001", b"03NEW001").replace(b"MCFCER100001", b"MCFCER900001")

    with ThreadPoolExecutor(AT_ONCE) as threads:
        made = [threads.submit(learn_bytes, desk, world, flux) for _ in range(AT_ONCE)]

    learned = [one.result() for one in made]
    assert all(isinstance(one, Learned) for one in learned)
    assert len({one.account for one in learned if isinstance(one, Learned)}) == 1
    assert sum(one.people for one in learned if isinstance(one, Learned)) == 1
    assert sum(one.password is not None for one in learned if isinstance(one, Learned)) == 1


@pytest.mark.parametrize("given", [True, False])
def test_people_who_are_furnished_at_once_share_no_nir(portal: Portal, *, given: bool) -> None:
    desk = portal.desk
    world = desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    person = a_new_holder() if given else a_new_holder()._replace(nir="")

    with ThreadPoolExecutor(AT_ONCE) as threads:
        made = [threads.submit(add_people, desk, world, [person]) for _ in range(AT_ONCE)]

    outcomes = [one.result() for one in made]
    refused = [one for one in outcomes if isinstance(one, Unfit)]
    assert len(refused) == (AT_ONCE - 1 if given else 0)
    assert all(one.taken for one in refused)

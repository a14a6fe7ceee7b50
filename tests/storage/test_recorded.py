"""A change and its line in the journal are one: neither is there without the other."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any, cast

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.domain.clocks import WorldClock
from mockportal.domain.identifiers import ClientId, ContractId, TechnicalId
from mockportal.domain.mails import Letter
from mockportal.domain.organisations import Kind
from mockportal.domain.processing import processing_of
from mockportal.domain.reference import Certification
from mockportal.journeys.modify import modify
from mockportal.settings import Settings
from mockportal.storage.recorded import RecordedPassages
from tests.builders import NOON, a_new_holder
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import KNOWN, an_account
from tests.web.furnished import deposited
from tests.working import at_work


class _KilledError(Exception):
    """Stands for an end at this very moment."""


class _Killed:
    """A journalist who is killed over what it is to note."""

    def note(self, *_: object, **__: object) -> None:
        raise _KilledError

    note_of_passages = note


@pytest.fixture
def portal() -> Iterator[Portal]:
    with assemble(Settings()) as portal, at_work(portal):
        flux = a_flux_xml(a_passage_xml("T-1", KNOWN))
        deposited(portal, "CERT00001", "flux.xml", flux)
        yield portal


def test_a_change_that_is_not_noted_is_not_made(portal: Portal) -> None:
    passages = portal.desk.stores.passages
    assert isinstance(passages, RecordedPassages)
    account = an_account(portal)
    (passage,) = passages.named(account.organisation, [TechnicalId("T-1")])
    passages._journalist = cast("Any", _Killed())

    with pytest.raises(_KilledError):
        modify(portal.desk, account, passage.id, {"mentionValidee": "MENTION_BIEN"})

    now = passages.get(passage.id)
    assert now is not None
    assert (now.version, now.modified_at) == (passage.version, None)


def state(portal: Portal) -> list[object]:
    """Return all that the changes below are about."""
    stores, world = portal.desk.stores, an_account(portal).organisation.world
    certifier = stores.organisations.with_client_id(world, ClientId("03TST001"))
    assert certifier is not None
    return [
        stores.worlds.clock(world),
        stores.worlds.processing(world),
        stores.outbox.count(world),
        list(stores.registry.everyone(world)),
        stores.references.certifications(world),
        stores.organisations.with_client_id(world, ClientId("NEW00001")),
        certifier,
        an_account(portal),
        list(stores.journal.happened(world)),
    ]


def changes(portal: Portal) -> dict[str, Callable[[], object]]:
    """Return changes of all kinds; each store notes nothing, since its journalist is killed."""
    stores, account = portal.desk.stores, an_account(portal)
    world, certifier = account.organisation.world, account.organisation.id
    depositor = stores.organisations.add(world, Kind.DEPOSITOR, "Portage", ClientId("99TST099"))
    somebody = next(stores.registry.everyone(world))[0]
    for name in ("worlds", "organisations", "registry", "references", "outbox"):
        store = getattr(stores, name)
        assert store._journalist
        store._journalist = _Killed()
    later, letter = WorldClock(timedelta(days=1)), Letter("Subject", "Text")
    certification = Certification(type="RNCP", code="RNCP99999", label="Label")
    organisations = stores.organisations
    return {
        "clock": lambda: stores.worlds.set_clock(world, later),
        "processing": lambda: stores.worlds.set_processing(world, processing_of("manual")),
        "mail": lambda: stores.outbox.add(world, "a@school.test", letter, NOON),
        "people": lambda: stores.registry.add(world, [a_new_holder()]),
        "training file": lambda: stores.registry.add_training_file(somebody.id, "DOS-9"),
        "certifications": lambda: stores.references.add(world, [certification]),
        "changed certifications": lambda: stores.references.put(world, [certification]),
        "organisation": lambda: organisations.add(
            world, Kind.DEPOSITOR, "New", ClientId("NEW00001")
        ),
        "contract": lambda: organisations.add_contract(certifier, ContractId("MCFCER999999")),
        "mandate": lambda: organisations.mandate(certifier, depositor.id),
        "account": lambda: organisations.set_processing(account.id, processing_of("manual")),
    }


def test_no_change_of_another_kind_is_made_either(portal: Portal) -> None:
    attempts = changes(portal)
    before = state(portal)

    for change in attempts.values():
        with pytest.raises(_KilledError):
            change()

    assert state(portal) == before

"""What the deposits of a world have exercised."""

from io import BytesIO

import pytest

from mockportal import resources
from mockportal.assembly import Portal
from mockportal.domain.coverage import Coverage, Part, PartCoverage, percent
from mockportal.domain.processing import Mode, Processing
from mockportal.journeys.coverage import coverage_of
from mockportal.journeys.worlds import MadeWorld, create_world
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import KNOWN, an_account
from tests.working import deposited


def coverage(portal: Portal, schema: str | None = None) -> Coverage:
    return coverage_of(portal.desk, an_account(portal).organisation.world, schema)


def part(coverage: Coverage, wanted: Part) -> PartCoverage:
    (one,) = [one for one in coverage.parts if one.part is wanted]
    return one


def test_nothing_is_exercised_before_anything_is_deposited(portal: Portal) -> None:
    nothing = coverage(portal)

    assert (nothing.percent, nothing.deposits) == (0.0, 0)
    assert all(one.missing and not one.exercised for one in nothing.parts)


def test_deposits_add_up_and_each_is_looked_at_once(portal: Portal) -> None:
    account = an_account(portal)
    flux = a_flux_xml(a_passage_xml("T-1", KNOWN), a_passage_xml("T-2"))
    deposited(portal.desk, account, "flux.xml", BytesIO(flux))
    first = coverage(portal)
    kept = portal.desk.stores.files.original
    deposit = portal.desk.stores.deposits.of_organisation(account.organisation, 1, 1).items[0]
    kept(deposit.id).unlink()  # whoever looked again would miss it
    deposited(portal.desk, account, "bad.xml", BytesIO(b"nothing"))

    both = coverage(portal)

    assert first.deposits == 1
    assert part(first, Part.MESSAGES).exercised == ("ACCEPTED", "LEVEL1")
    assert part(first, Part.LEVELS).exercised == ("level 1: nobody", "level 1: one")
    assert not part(first, Part.FILE_ERRORS).exercised
    assert part(both, Part.ELEMENTS).exercised == part(first, Part.ELEMENTS).exercised
    assert part(both, Part.FILE_ERRORS).exercised == ("not well-formed",)
    assert both.deposits == 2


def test_what_waits_to_be_treated_does_not_count(portal: Portal) -> None:
    account = an_account(portal)
    portal.desk.stores.worlds.set_processing(account.organisation.world, Processing(Mode.MANUAL))

    deposited(portal.desk, account, "flux.xml", BytesIO(a_flux_xml()))

    assert coverage(portal).deposits == 0


def test_another_world_has_exercised_nothing(portal: Portal) -> None:
    made = create_world(portal.desk, "other")
    assert isinstance(made, MadeWorld)

    deposited(portal.desk, an_account(portal), "flux.xml", BytesIO(a_flux_xml()))

    assert coverage(portal).percent > 0
    assert coverage_of(portal.desk, made.id).percent == 0


@pytest.mark.parametrize("version", resources.schema_versions())
def test_it_is_measured_on_any_version(portal: Portal, version: str) -> None:
    deposited(portal.desk, an_account(portal), "flux.xml", BytesIO(a_flux_xml()))

    assert 0 < coverage(portal, version).percent < 100


def test_the_demonstration_exercises_most_messages(portal: Portal) -> None:
    with (portal.desk.seeds / "flux-demonstration.xml").open("rb") as flux:
        deposited(portal.desk, an_account(portal), "flux.xml", flux)

    levels = part(coverage(portal), Part.LEVELS)

    assert not levels.missing


def test_only_all_is_a_hundred_percent() -> None:
    assert (percent(2_999, 3_000), percent(3, 3), percent(0, 0)) == (99.9, 100.0, 100.0)

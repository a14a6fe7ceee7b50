from dataclasses import replace

from mockportal.domain.deposits import Status
from mockportal.domain.figures import Figures, Month, Volumes
from mockportal.domain.identifiers import (
    AccountId,
    DepositId,
    PassageId,
    TechnicalId,
    WorldId,
)
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Kind
from mockportal.domain.passages import Author
from mockportal.journeys.ports import Stores
from tests.builders import (
    NOON,
    a_file_error,
    a_piece,
    a_rejected_passage,
    a_suppressed_passage,
    an_accepted_passage,
    an_outline,
)
from tests.storage.conftest import Counter, at_counter, stage


def counted(stores: Stores, world: WorldId, counter: Counter | None = None) -> Figures:
    organisation = counter.organisation if counter else None
    return stores.figures.count(world, organisation, NOON)


def test_an_empty_world_has_no_figures_but_its_certifying_bodies(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    figures = counted(stores, world)

    assert figures == Figures(NOON, Volumes(known=1, with_account=1), (), ())
    assert certifier.organisation.kind is Kind.CERTIFIER


def test_passages_are_counted_by_deposit_and_people_once(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(
        an_accepted_passage("T-1", 0, holder=7, late=True),
        an_accepted_passage("T-2", 1, holder=7),
        an_accepted_passage("T-3", 2, holder=8),
        a_rejected_passage("T-4", 3),
    )

    volumes = counted(stores, world).volumes

    assert volumes == Volumes(
        files=1, refused=0, accepted=3, rejected=1, late=1, alive=3, passports=2,
        known=1, with_account=1, with_file=1,
    )  # fmt: skip


def test_what_is_staged_is_not_counted(stores: Stores, world: WorldId, certifier: Counter) -> None:
    certifier.takes()
    stage(
        stores,
        DepositId("deposit-1"),
        [(a_piece(), [an_accepted_passage("T-1"), a_rejected_passage("T-2")])],
    )

    figures = counted(stores, world)

    assert (figures.volumes.accepted, figures.volumes.passports, figures.months) == (0, 0, ())
    assert figures.reasons == ()


def test_a_deleted_passage_leaves_the_passport_but_was_accepted(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1", holder=7))
    (passage,) = stores.passages.named(certifier.organisation, [TechnicalId("T-1")])
    stores.passages.delete([PassageId(passage.id)], Author(AccountId("CERT00001"), NOON))

    volumes = counted(stores, world).volumes

    assert (volumes.accepted, volumes.alive, volumes.passports) == (1, 0, 0)


def test_a_refused_file_is_a_file_and_nothing_else(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    refused = certifier.records()
    assert stores.deposits.refuse(refused.id, [a_file_error()], NOON).status is Status.REFUSED

    figures = counted(stores, world)

    assert (figures.volumes.files, figures.volumes.refused) == (1, 1)
    assert figures.volumes.with_file == 1
    assert figures.months == ()


def test_a_suppression_publishes_nothing(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1", holder=7))
    certifier.publishes(
        a_suppressed_passage("T-1"), deposit_id="deposit-2",
        outline=an_outline(action="SUPPRESSION"),
    )  # fmt: skip

    volumes = counted(stores, world).volumes

    assert (volumes.files, volumes.accepted, volumes.alive, volumes.passports) == (2, 1, 0, 0)


def test_months_are_those_of_the_treatment(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1", late=True))
    certifier.takes("deposit-2")
    stage(
        stores,
        DepositId("deposit-2"),
        [(a_piece(), [an_accepted_passage("T-2"), a_rejected_passage("T-3")])],
    )
    stores.deposits.publish(DepositId("deposit-2"), NOON.replace(month=12))

    assert counted(stores, world).months == (
        Month(year=2026, month=10, accepted=1, late=1),
        Month(year=2026, month=12, accepted=1, rejected=1),
    )


def test_reasons_come_with_the_most_frequent_first(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(
        a_rejected_passage("T-1", 0, code=Code.SEVERAL),
        a_rejected_passage("T-2", 1, code=Code.LEVEL2),
        a_rejected_passage("T-3", 2, code=Code.LEVEL2),
    )

    assert counted(stores, world).reasons == (("LEVEL2", 2), ("SEVERAL", 1))


def test_an_organisation_has_figures_of_its_own(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    depositor = at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)
    other = at_counter(stores, world, "03TST002", "CERT00002")
    for_it = replace(an_outline(), sender=depositor.organisation.client_id)
    depositor.publishes(an_accepted_passage("T-1", holder=7), outline=for_it)
    other.publishes(an_accepted_passage("T-2", holder=8), deposit_id="deposit-2")

    seen = [counted(stores, world, one).volumes for one in (certifier, depositor, other)]

    assert [(one.accepted, one.passports) for one in seen] == [(1, 1)] * 3
    assert counted(stores, world).volumes.accepted == 2


def test_a_certifying_body_has_a_file_when_another_deposits_for_it(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    depositor = at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)
    at_counter(stores, world, "03TST002", "CERT00002")
    depositor.publishes(an_accepted_passage("T-1"), outline=an_outline())

    volumes = counted(stores, world).volumes

    assert (volumes.known, volumes.with_account, volumes.with_file) == (2, 2, 1)
    assert certifier.organisation.client_id == "03TST001"


def test_a_file_of_a_stranger_that_names_a_certifying_body_is_not_one_of_its(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    stranger = at_counter(stores, world, "03TST003", "DEPO00001", Kind.DEPOSITOR)
    stranger.publishes(a_rejected_passage("T-1", code=Code.MANDATE), outline=an_outline())

    assert counted(stores, world).volumes.with_file == 0
    assert counted(stores, world, certifier) == Figures(NOON, Volumes(), (), ())

    stores.organisations.mandate(certifier.organisation.id, stranger.organisation.id)

    assert counted(stores, world).volumes.with_file == 1
    assert counted(stores, world, certifier).volumes.rejected == 1


def test_another_world_counts_for_nothing(
    stores: Stores, world: WorldId, certifier: Counter
) -> None:
    certifier.publishes(an_accepted_passage("T-1"), a_rejected_passage("T-2", 1))

    figures = counted(stores, stores.worlds.create("elsewhere"))

    assert figures == Figures(NOON, Volumes(), (), ())
    assert counted(stores, world).volumes.accepted == 1

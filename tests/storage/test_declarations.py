"""The contract of the declarations, on each kind of database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mockportal.domain.declarations import Declaration
from mockportal.domain.identifiers import AccountId, DepositId, WorldId
from mockportal.domain.organisations import Kind
from mockportal.journeys.ports import Stores
from mockportal.storage.declarations import MOST_DECLARATIONS
from tests.builders import NOON, a_new_account

MINE, THEIRS = AccountId("CERT00001"), AccountId("CERT00002")


@pytest.fixture
def form(stores: Stores, world: WorldId) -> Declaration:
    """Return a form that is kept, of one of two accounts."""
    for account, client in ((MINE, "03TST001"), (THEIRS, "03TST002")):
        organisation = stores.organisations.add(world, Kind.CERTIFIER, client, client)  # type: ignore[arg-type]  # a matricule is a text
        stores.organisations.add_account(organisation.id, replace(a_new_account(), id=account))
    begun = Declaration(
        number="form-1", world=world, account=MINE, values={"scoring": "œ\ud800"}, begun_at=NOON
    )
    stores.declarations.begin(begun)
    return begun


def test_a_form_comes_back_as_it_was_kept_to_its_account_alone(
    stores: Stores, form: Declaration
) -> None:
    assert stores.declarations.get(MINE, "form-1") == form
    assert stores.declarations.drafts(MINE) == [form]
    assert stores.declarations.get(THEIRS, "form-1") is None
    assert stores.declarations.drafts(THEIRS) == []


def test_one_that_is_begun_twice_stays_as_it_is(stores: Stores, form: Declaration) -> None:
    stores.declarations.begin(replace(form, values={}))

    assert stores.declarations.get(MINE, "form-1") == form


def test_of_two_who_send_a_form_one_is_told_so_until_it_must_have_been_cut_off(
    stores: Stores, form: Declaration
) -> None:
    moment = timedelta(seconds=1)

    told = [
        stores.declarations.claim(form.number, NOON, NOON - moment),
        stores.declarations.claim(form.number, NOON + moment, NOON),
        stores.declarations.claim(form.number, NOON + 3 * moment, NOON + 2 * moment),
    ]

    assert told == [True, False, True]


def test_a_form_that_could_not_be_sent_may_be_sent_again(stores: Stores, form: Declaration) -> None:
    stores.declarations.claim(form.number, NOON, NOON)
    stores.declarations.release(form.number)

    assert stores.declarations.claim(form.number, NOON, NOON)


def test_what_was_sent_is_no_draft_and_changes_no_more(
    stores: Stores, world: WorldId, form: Declaration
) -> None:
    deposit = DepositId("deposit-1")

    stores.declarations.sent(form.number, deposit)
    stores.declarations.keep(form.number, {"scoring": "late"})
    stores.declarations.remove(MINE, form.number)

    sent = replace(form, deposit=deposit)
    assert stores.declarations.get(MINE, form.number) == sent
    assert stores.declarations.of_deposit(world, deposit) == sent
    assert stores.declarations.drafts(MINE) == []
    assert not stores.declarations.claim(form.number, NOON, NOON + timedelta(days=1))


def test_a_draft_that_is_forgotten_is_gone(stores: Stores, form: Declaration) -> None:
    stores.declarations.remove(THEIRS, form.number)
    assert stores.declarations.get(MINE, form.number)

    stores.declarations.remove(MINE, form.number)

    assert stores.declarations.get(MINE, form.number) is None


def test_the_oldest_of_very_many_go(stores: Stores, form: Declaration) -> None:
    for number in range(MOST_DECLARATIONS):
        stores.declarations.begin(replace(form, number=f"more-{number}"))

    assert len(stores.declarations.drafts(MINE)) == MOST_DECLARATIONS
    assert stores.declarations.get(MINE, form.number) is None


def test_the_forms_of_a_world_go_with_it(stores: Stores, world: WorldId, form: Declaration) -> None:
    for _ in stores.worlds.empty(world):
        pass

    assert stores.declarations.get(MINE, form.number) is None

"""Confirming a registration: the link in the mail makes the account, once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from mockportal.assembly import Portal
from mockportal.web import create_app
from tests.clocks import by_hand
from tests.web.outbox import link_to
from tests.web.registering import (
    EMAIL,
    fill_in,
    number_of,
    send,
)
from tests.web.visitor import Visitor, words


def test_looking_at_a_link_uses_nothing_up(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor)
    send(visitor)
    link = link_to(portal, EMAIL)

    assert visitor.get(link).status_code == visitor.get(link).status_code == 200


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (24, 410)])
def test_a_confirmation_is_possible_for_a_day_of_real_time(
    portal: Portal, hours: int, status: int
) -> None:
    portal, time = by_hand(portal)
    visitor = Visitor(create_app(portal))
    fill_in(visitor)
    send(visitor)

    time.passes(timedelta(hours=hours))

    assert visitor.get(link_to(portal, EMAIL)).status_code == status


def test_a_world_whose_clock_moves_on_loses_no_link(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor)
    send(visitor)

    visitor.fill("/coulisses", "/coulisses/horloge/deux-jours")

    assert visitor.get(link_to(portal, EMAIL)).status_code == 200


def test_a_link_that_has_served_is_dead(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor)
    send(visitor)
    link = link_to(portal, EMAIL)
    visitor.fill(link)

    answer = Visitor(create_app(portal)).get(link)

    assert answer.status_code == 410
    assert "Ce lien ne sert plus" in words(answer)


def test_a_confirmation_that_is_sent_twice_shows_the_identifier_again(
    portal: Portal, visitor: Visitor
) -> None:
    fill_in(visitor)
    send(visitor)
    link = link_to(portal, EMAIL)
    token = visitor.token(link)

    answers = [visitor.client.post(link, data={"csrf_token": token}) for _ in range(2)]

    assert [answer.location for answer in answers] == ["/inscription/terminee"] * 2
    organisations = portal.desk.stores.organisations
    assert len(organisations.accounts(number_of(portal, "03TST005"))) == 1


def test_the_first_to_confirm_has_the_account_and_the_second_reads_whose_it_is(
    portal: Portal, visitor: Visitor
) -> None:
    other = Visitor(create_app(portal))
    fill_in(visitor)
    send(visitor)
    fill_in(other, email="clothilde@brumelande.test")
    send(other)
    late = link_to(portal, "clothilde@brumelande.test")
    visitor.fill(link_to(portal, EMAIL))

    answer = other.fill(late)

    assert answer.status_code == 422
    assert "a déjà un compte. Son administrateur est Odilon Farge" in words(answer)


def test_of_many_who_confirm_at_once_one_gets_the_account(portal: Portal) -> None:
    addresses = [f"personne-{number}@brumelande.test" for number in range(4)]
    visitors = [Visitor(create_app(portal)) for _ in addresses]
    for visitor, address in zip(visitors, addresses, strict=True):
        fill_in(visitor, email=address)
        send(visitor)
    links = [link_to(portal, address) for address in addresses]

    with ThreadPoolExecutor(len(links)) as pool:
        answers = list(pool.map(Visitor.fill, visitors, links))

    assert sorted(answer.status_code for answer in answers) == [303, 422, 422, 422]
    organisations = portal.desk.stores.organisations
    assert len(organisations.accounts(number_of(portal, "03TST005"))) == 1


def test_a_mandate_that_ended_before_the_confirmation_counts(
    portal: Portal, visitor: Visitor
) -> None:
    fill_in(visitor, "deposant")
    send(visitor, "deposant")
    stores = portal.desk.stores
    world = stores.worlds.named("default")
    assert world is not None
    stores.organisations.end_mandate(
        number_of(portal, "03TST005"),
        number_of(portal, "03TST006"),
        portal.desk.circumstances.now(world),
    )

    answer = visitor.fill(link_to(portal, EMAIL))

    assert answer.status_code == 422
    assert "le mandat a pris fin" in words(answer)

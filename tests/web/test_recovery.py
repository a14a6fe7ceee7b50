"""« Identifiant oublié », « Mot de passe oublié » : the mail knows, the page does not tell."""

from datetime import timedelta

import pytest

from mockportal.assembly import Portal
from mockportal.web import create_app
from tests.clocks import by_hand
from tests.web.outbox import link_to, mails_to
from tests.web.visitor import Visitor, tree, words

APOLLINE = "apolline.dutilleux@valclair.test"
NEW = "un autre mot de passe"


def ask_for_link(visitor: Visitor, account: str = "CERT00001") -> None:
    visitor.follow(visitor.fill("/mot-de-passe-oublie", identifiant=account))


@pytest.mark.parametrize("typed", [APOLLINE, APOLLINE.upper(), f"  {APOLLINE} "])
def test_a_forgotten_identifier_comes_by_mail(portal: Portal, visitor: Visitor, typed: str) -> None:
    visitor.fill("/identifiant-oublie", courriel=typed)

    (mail,) = mails_to(portal, APOLLINE)
    assert "CERT00001" in mail.letter.text
    assert "CERT00002" not in mail.letter.text


def test_all_identifiers_of_an_address_come_in_one_mail(portal: Portal, visitor: Visitor) -> None:
    accounts = portal.desk.stores.accounts
    for account in accounts.with_email("segolene.vaubrun@montfeuille.test"):
        accounts.set_email(account.id, APOLLINE)

    visitor.fill("/identifiant-oublie", courriel=APOLLINE)

    (mail,) = mails_to(portal, APOLLINE)
    assert "CERT00001" in mail.letter.text
    assert "DEPO00001" in mail.letter.text


def test_the_answer_does_not_tell_whether_there_is_such_an_account(
    portal: Portal, visitor: Visitor
) -> None:
    for path, field, known, unknown in (
        ("/identifiant-oublie", "courriel", APOLLINE, "personne@valclair.test"),
        ("/mot-de-passe-oublie", "identifiant", "CERT00001", "CERT99999"),
    ):
        answers = [visitor.fill(path, **{field: typed}) for typed in (known, unknown)]

        assert answers[0].status_code == answers[1].status_code == 303
        assert answers[0].location == answers[1].location
    assert len(mails_to(portal, APOLLINE)) == 2
    assert mails_to(portal, "personne@valclair.test") == []


def test_an_identifier_that_was_not_typed_is_asked_for(visitor: Visitor) -> None:
    answer = visitor.fill("/mot-de-passe-oublie", identifiant="  ")

    assert answer.status_code == 422
    assert "Indiquez votre identifiant." in words(answer)


def test_a_password_is_replaced_for_an_identifier_in_small_letters(
    portal: Portal, visitor: Visitor
) -> None:
    ask_for_link(visitor, "cert00001")

    assert link_to(portal, APOLLINE)


def test_the_page_tells_what_it_means_when_no_mail_comes(visitor: Visitor) -> None:
    said = words(visitor.follow(visitor.fill("/mot-de-passe-oublie", identifiant="CERT99999")))

    assert "Si rien n'arrive dans les coulisses, l'identifiant n'existe pas." in said


def test_an_address_that_is_none_is_told_beside_its_field(visitor: Visitor) -> None:
    answer = visitor.fill("/identifiant-oublie", courriel="apolline")

    assert answer.status_code == 422
    assert "de la forme" in words(answer)
    assert tree(answer).xpath('//input[@id="courriel"]/@value') == ["apolline"]


def test_a_forgotten_password_is_replaced_by_means_of_the_mail(
    portal: Portal, visitor: Visitor
) -> None:
    ask_for_link(visitor)
    link = link_to(portal, APOLLINE)
    assert "CERT00001" in words(visitor.get(link))

    answer = visitor.follow(visitor.fill(link, mot_de_passe=NEW, confirmation=NEW))

    assert "Votre mot de passe est enregistré" in words(answer)
    assert visitor.log_in("CERT00001").status_code == 403
    assert visitor.log_in("CERT00001", NEW).status_code == 303
    assert "vient d'être changé" in mails_to(portal, APOLLINE)[0].letter.text


def test_a_new_password_ends_the_sessions_of_the_old_one(
    portal: Portal, certifier: Visitor
) -> None:
    other = Visitor(create_app(portal))
    ask_for_link(other)

    other.fill(link_to(portal, APOLLINE), mot_de_passe=NEW, confirmation=NEW)

    assert certifier.get("/compte").status_code == 302


def test_a_new_password_uses_up_all_links_of_the_account(portal: Portal, visitor: Visitor) -> None:
    ask_for_link(visitor)
    ask_for_link(visitor)
    links = [mail.letter.links[0] for mail in mails_to(portal, APOLLINE)]

    visitor.fill(links[1], mot_de_passe=NEW, confirmation=NEW)

    assert [visitor.get(link).status_code for link in links] == [410, 410]


def test_a_faulty_password_does_not_use_the_link_up(portal: Portal, visitor: Visitor) -> None:
    ask_for_link(visitor)
    link = link_to(portal, APOLLINE)

    answer = visitor.fill(link, mot_de_passe="court", confirmation="court")

    assert answer.status_code == 422
    assert "au moins 8 caractères" in words(answer)
    assert visitor.fill(link, mot_de_passe=NEW, confirmation=NEW).status_code == 303


def test_a_link_sent_twice_serves_once(portal: Portal, visitor: Visitor) -> None:
    ask_for_link(visitor)
    link = link_to(portal, APOLLINE)
    sent = {"mot_de_passe": NEW, "confirmation": NEW, "csrf_token": visitor.token(link)}

    answers = [visitor.client.post(link, data=sent).status_code for _ in range(2)]

    assert answers == [303, 410]


@pytest.mark.parametrize(("minutes", "status"), [(59, 200), (60, 410)])
def test_a_password_link_expires_after_an_hour_of_real_time(
    portal: Portal, minutes: int, status: int
) -> None:
    portal, time = by_hand(portal)
    visitor = Visitor(create_app(portal))
    ask_for_link(visitor)

    time.passes(timedelta(minutes=minutes))

    assert visitor.get(link_to(portal, APOLLINE)).status_code == status


def test_a_link_that_nobody_was_sent_is_dead(visitor: Visitor) -> None:
    for link in ("/mot-de-passe/nothing", "/inscription/confirmation/nothing"):
        assert visitor.get(link).status_code == 410


def test_no_link_holds_more_than_the_outbox_does(portal: Portal, visitor: Visitor) -> None:
    ask_for_link(visitor)

    (mail,) = mails_to(portal, APOLLINE)

    assert mail.letter.links[0].startswith("/mot-de-passe/")
    assert mail.letter.links[0] in mail.letter.text

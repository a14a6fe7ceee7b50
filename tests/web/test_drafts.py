"""A registration that is begun, left, begun again, sent twice: nothing is lost or doubled."""

import pytest

from mockportal.assembly import Portal
from tests.web.outbox import link_to, mails_to
from tests.web.registering import (
    EMAIL,
    PASSWORD,
    fill_in,
    send,
)
from tests.web.visitor import Visitor, tree, words


def test_what_was_filled_in_is_there_when_one_goes_back(visitor: Visitor) -> None:
    fill_in(visitor)

    organisation = visitor.page("/inscription/certificateur/organisme")
    person = visitor.page("/inscription/certificateur/titulaire")

    assert organisation.xpath('//input[@id="contrat"]/@value') == ["MCFCER100005"]
    assert person.xpath('//input[@id="nom"]/@value') == ["Farge"]
    assert person.xpath('//input[@id="conditions"]/@checked')


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/inscription/certificateur/titulaire", "/inscription/certificateur/organisme"),
        ("/inscription/certificateur/mot-de-passe", "/inscription/certificateur/titulaire"),
        ("/inscription/deposant/mot-de-passe", "/inscription/deposant/titulaire"),
        ("/inscription/envoyee", "/inscription"),
        ("/inscription/terminee", "/connexion"),
    ],
)
def test_a_step_that_comes_too_early_leads_to_the_one_before(
    visitor: Visitor, path: str, leads_to: str
) -> None:
    assert visitor.get(path).location == leads_to


def test_no_password_is_in_the_cookie(visitor: Visitor) -> None:
    fill_in(visitor)
    send(visitor)

    with visitor.client.session_transaction() as session:
        assert PASSWORD not in repr(dict(session))
        assert "argon2" not in repr(dict(session))


def test_a_form_that_is_sent_twice_counts_once(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor)

    answers = [send(visitor), send(visitor)]

    assert [answer.location for answer in answers] == ["/inscription/envoyee"] * 2
    assert len(mails_to(portal, EMAIL)) == 1


def test_one_who_corrects_the_address_gets_another_mail(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor, email="oldilon@brumelande.test")
    send(visitor)

    fill_in(visitor)
    send(visitor)

    over = visitor.follow(visitor.fill(link_to(portal, EMAIL)))
    assert over.request.path.endswith("/terminee")
    (identifier,) = tree(over).xpath('//main//code[@class="id"]/text()')
    (login,) = tree(over).xpath('//main//a[text()="Me connecter"]/@href')
    assert visitor.page(login).xpath('//input[@id="identifiant"]/@value') == [identifier]
    assert not set("0O1I") & set(identifier)


def test_a_draft_that_changed_in_another_tab_is_shown_before_it_is_sent(
    portal: Portal, visitor: Visitor
) -> None:
    fill_in(visitor)
    path = "/inscription/certificateur/mot-de-passe"
    number = visitor.page(path).xpath('//input[@name="brouillon"]/@value')[0]
    fill_in(visitor, email="autre@brumelande.test")

    answer = visitor.fill(path, brouillon=str(number), mot_de_passe=PASSWORD, confirmation=PASSWORD)

    assert "Votre demande a changé" in words(answer)
    assert mails_to(portal, "autre@brumelande.test") == []


def test_two_kinds_in_two_tabs_do_not_mix(visitor: Visitor) -> None:
    fill_in(visitor, "certificateur")
    fill_in(visitor, "deposant")

    page = visitor.page("/inscription/certificateur/mot-de-passe")

    assert "03TST005" in page.text_content()
    assert "03TST006" not in page.text_content()

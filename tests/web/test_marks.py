"""Each mark on a page is in the list of facts, and each page that the list names has its mark."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from flask import Flask
from lxml import html
from werkzeug.routing import MapAdapter
from werkzeug.test import TestResponse

from mockportal.assembly import Portal, assemble
from mockportal.domain.facts import FACTS, SUBJECTS, message_key
from mockportal.domain.messages import CATALOGUE
from mockportal.journeys.mandates import end_mandate
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import KNOWN, an_account
from tests.web.crawl import french_pages_from
from tests.web.furnished import deposited, furnish, logged_in
from tests.web.outbox import link_to
from tests.web.registering import EMAIL, fill_in, send
from tests.web.visitor import Visitor, tree
from tests.working import at_work

pytestmark = pytest.mark.xdist_group("marks")
LIST = "/aide/suppositions"
WORDS = {"DOCUMENTED": "Documenté", "OBSERVED": "Observé", "ASSUMED": "Supposé"}
Page = tuple[str, html.HtmlElement]


class Mark(NamedTuple):
    """A mark on a page: the key of its fact, and what it says."""

    key: str
    words: str


@pytest.fixture(scope="module")
def pages() -> list[Page]:
    """Return the pages of the portal, each in the states that mark something."""
    return [*_of_the_portal(), *_of_another()]


def _of_the_portal() -> Iterator[Page]:
    with assemble(Settings()) as portal, at_work(portal):
        app = create_app(portal)
        roles = furnish(portal, app)
        yield from french_pages_from(Visitor(app), "/connexion")
        for role in (roles.administrator, roles.depositor, roles.unmandated):
            yield from french_pages_from(logged_in(app, *role), "/")
        yield from _of_strangers(portal, app)
        yield from _of_deletions(portal, app)


def _of_another() -> Iterator[Page]:
    """Yield the pages of a portal that follows the newest schema, and takes three passages."""
    with assemble(Settings(schema="1.1.5", max_passages=3)) as portal, at_work(portal):
        app = create_app(portal)
        certifier = logged_in(app, "CERT00001")
        passage = a_passage_xml("T-1", KNOWN)
        unknown = passage.replace("T-1", "NOT-THERE")
        nir = (
            "<cpf:identifiantNational><cpf:nir>{}</cpf:nir><cpf:nomNaissance>NOBODY"
            "</cpf:nomNaissance></cpf:identifiantNational>"
        )
        fluxes = (
            a_flux_xml(passage).replace(b"?>", b"?><!DOCTYPE flux>", 1),
            a_flux_xml(*(a_passage_xml(f"T-{one}", KNOWN) for one in range(4))),
            a_flux_xml(passage, sender="03TST002", certifier="03TST002"),
            a_flux_xml(passage, certifier="03TST002", contract="MCFCER100002"),
            a_flux_xml(passage, contract="MCFCER100002"),
            a_flux_xml(unknown, action="<cpf:action>SUPPRESSION</cpf:action>"),
            a_flux_xml(
                a_passage_xml("N-1", nir.format("1990131555999")),
                a_passage_xml("N-2", nir.format("1740529019273")),
            ),
        )
        for number, flux in enumerate(fluxes):
            made = deposited(portal, "CERT00001", f"flux-{number}.xml", flux)
            path = f"/depots/{made.id}"
            yield path, certifier.page(path)
        yield "/aide/dictionnaire", certifier.page("/aide/dictionnaire?version=1.1.5")


def _of_strangers(portal: Portal, app: Flask) -> Iterator[Page]:
    newcomer = Visitor(app)
    fill_in(newcomer)
    for page in ("titulaire", "mot-de-passe"):
        path = f"/inscription/certificateur/{page}"
        yield path, newcomer.page(path)
    sent = send(newcomer)
    yield sent.location, newcomer.page(sent.location)
    over = newcomer.fill(link_to(portal, EMAIL))
    yield over.location, newcomer.page(over.location)
    forgetful = Visitor(app)
    told = forgetful.fill("/mot-de-passe-oublie", identifiant="CERT00001")
    yield told.location, forgetful.page(told.location)
    forgetful.fill("/mot-de-passe-oublie", identifiant=str(_identifier_of(over, newcomer)))
    path = link_to(portal, EMAIL)
    yield path, forgetful.page(path)


def _identifier_of(over: TestResponse, visitor: Visitor) -> str:
    (identifier,) = visitor.page(over.location).xpath('//code[@class="id"]/text()')
    return str(identifier)


def _of_deletions(portal: Portal, app: Flask) -> Iterator[Page]:
    certifier = logged_in(app, "CERT00001")
    ids = [f"GONE-{number}" for number in range(3)]
    deposited(
        portal, "CERT00001", "gone.xml", a_flux_xml(*(a_passage_xml(one, KNOWN) for one in ids))
    )
    path = certifier.get(f"/passages/acces?identifiant={ids[0]}").location
    yield f"{path}/supprimer", certifier.page(f"{path}/supprimer")
    gone = certifier.fill(f"{path}/supprimer")
    yield gone.location, certifier.page(gone.location)
    here = "/passages/suppression"
    fields = {"par": "identifiants", "identifiants": "\n".join(ids[1:])}
    data = {"csrf_token": certifier.token(here), **fields}
    preview = certifier.client.post(f"{here}/apercu", data=data)
    yield f"{here}/apercu", tree(preview)
    (form,) = tree(preview).xpath('//main//form[@method="post"]')
    report = certifier.client.post(here, data={**dict(form.form_values()), "nombre": "2"})
    yield here, tree(report)
    depositor = logged_in(app, "DEPO00001")
    theirs = depositor.get("/passages/acces?identifiant=DEPO-1").location
    certificateur, deposant = (an_account(portal, one) for one in ("CERT00001", "DEPO00001"))
    end_mandate(portal.desk, certificateur.organisation, deposant.organisation)
    yield theirs, depositor.page(theirs)


def _place(adapter: MapAdapter, path: str) -> str:
    """Return the path of a page as the list writes it."""
    method = next(one for one in adapter.allowed_methods(path) if one in ("GET", "POST"))
    rule, _ = adapter.match(path, method, return_rule=True)
    return re.sub(r"<[^>]+>", "…", rule.rule)


@pytest.fixture(scope="module")
def marked(pages: list[Page]) -> dict[str, set[Mark]]:
    """Return the marks of each page, by its path with ``…`` for what varies in it."""
    with assemble(Settings()) as portal:
        adapter = create_app(portal).url_map.bind("localhost")
        marks: dict[str, set[Mark]] = defaultdict(set)
        for path, page in pages:
            place = _place(adapter, path.partition("?")[0])
            marks[place] |= {
                Mark(one.get("data-fact"), one.text) for one in page.xpath("//*[@data-fact]")
            }
        return marks


def test_every_basis_on_a_page_belongs_to_a_fact(pages: list[Page]) -> None:
    for path, page in pages:
        bare = page.xpath('//*[contains(concat(" ", @class, " "), " basis ")][not(@data-fact)]')
        legend = page.xpath('//dl[contains(@class, "legend-of-bases")]//*[@class]')
        assert {one.text for one in bare} <= {one.text for one in legend}, path


def test_every_mark_is_where_the_list_says_and_nowhere_else(
    marked: dict[str, set[Mark]],
) -> None:
    seen = {(place, mark.key) for place, marks in marked.items() for mark in marks if place != LIST}
    listed = {(place, one.key) for one in FACTS.values() for place in one.shown}

    assert not sorted(seen - listed), "marks that the list does not know there"
    assert not sorted(listed - seen), "marks that no page has"


def test_a_mark_says_the_basis_of_its_fact(marked: dict[str, set[Mark]]) -> None:
    for place, marks in marked.items():
        for key in {mark.key for mark in marks}:
            said = {mark.words for mark in marks if mark.key == key}
            assert said == {WORDS[one.value] for one in FACTS[key].basis}, (place, key)


def test_the_list_is_shown_whole_with_its_sources(visitor: Visitor) -> None:
    page = visitor.page(LIST)

    assert page.xpath('//ul[@class="facts-list"]/li/@id') == list(FACTS)
    for one in FACTS.values():
        (item,) = page.xpath("//li[@id=$key]", key=one.key)
        assert len(item.xpath(".//*[@data-fact=$key]", key=one.key)) == len(one.basis)
        assert " ".join(one.source.split()) in " ".join(item.text_content().split())


def test_no_key_stands_for_two_facts() -> None:
    keys = [one.key for facts in SUBJECTS.values() for one in facts]

    assert len(keys) == len(set(keys))
    assert {message_key(code) for code in CATALOGUE} <= set(keys)

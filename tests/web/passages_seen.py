"""Passages by page, for tests: sent, found, their forms filled in."""

from urllib.parse import quote

from lxml.html import HtmlElement
from markupsafe import escape
from werkzeug.test import TestResponse

from mockportal.assembly import Portal
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import KNOWN
from tests.web.visitor import Visitor, words


def sends(certifier: Visitor, *ids: str, name: str = "flux.xml") -> str:
    """Deposit passages of a known person by page, and return the address of the deposit."""
    flux = a_flux_xml(*(a_passage_xml(str(escape(one)), KNOWN) for one in ids), flux_id=name)
    answer = certifier.upload(name, flux)
    assert answer.status_code == 303, words(answer)
    return answer.location


def accessed(visitor: Visitor, identifier: str) -> str:
    """Return the address that the search box leads to."""
    answer = visitor.get(f"/passages/acces?identifiant={quote(identifier, safe='')}")
    assert answer.status_code == 303, words(answer)
    return answer.location


def cards(page: HtmlElement) -> list[str]:
    """Return what the cards of a list are headed with."""
    return [str(one) for one in page.xpath('//li[contains(@class, "passage-card")]//a/text()')]


def post(visitor: Visitor, path: str, form: str = "", **fields: str) -> TestResponse:
    """Send the form of a page as it is shown, some of its fields changed."""
    page = visitor.page(form or path)
    (shown,) = page.xpath('//main//form[@method="post"]')
    return visitor.client.post(path, data={**dict(shown.form_values()), **fields})


def deposits_by_depositor(portal: Portal) -> None:
    """Deposit one passage for the first certificateur, by the déposant that it mandates."""
    flux = a_flux_xml(a_passage_xml("T-1", KNOWN), sender="03TST003", flux_id="theirs")
    depositor = Visitor(create_app(portal))
    depositor.log_in("DEPO00001")
    assert depositor.upload("theirs.xml", flux).status_code == 303

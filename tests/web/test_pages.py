"""What holds for every page: links, headers, words, nothing inline; and the pages of errors."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask, abort
from lxml import html

from mockportal.assembly import Portal, assemble
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.web.conftest import PutTogether
from tests.web.crawl import french_pages_from
from tests.web.furnished import Roles, furnish, logged_in
from tests.web.visitor import Visitor, words
from tests.working import at_work

pytestmark = pytest.mark.xdist_group("pages")
BANNER = "Simulateur, données fictives\u00a0: rien n'est transmis à la Caisse des Dépôts"


@pytest.fixture(scope="module")
def furnished() -> Iterator[tuple[Flask, Roles]]:
    """Return a portal with something on each page, and who can look at it."""
    with assemble(Settings()) as portal, at_work(portal):
        app = create_app(portal)
        yield app, furnish(portal, app)


@pytest.fixture(scope="module", params=["nobody", "administrator", "user", "depositor", "beginner"])
def pages(
    request: pytest.FixtureRequest, furnished: tuple[Flask, Roles]
) -> dict[str, html.HtmlElement]:
    """Return all pages that someone reaches by links."""
    app, roles = furnished
    account, password = getattr(roles, request.param)
    if not account:
        return dict(french_pages_from(Visitor(app), "/connexion"))
    return dict(french_pages_from(logged_in(app, account, password), "/"))


def test_no_page_has_a_dead_link(pages: dict[str, html.HtmlElement]) -> None:
    assert "/aide" in pages


def test_every_page_says_that_it_is_a_simulator(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        assert BANNER in page.xpath("//header")[0].text_content(), path
        assert page.xpath("/html/@lang") == ["fr"]
        assert len(page.xpath("//h1")) == 1, path
        assert page.xpath("//title/text()")[0].strip()


def test_no_page_holds_a_style_or_a_script_of_its_own(pages: dict[str, html.HtmlElement]) -> None:
    for path, page in pages.items():
        inline = page.xpath(
            "//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]"
        )
        assert not inline, path


def test_no_sign_of_french_parts_from_its_word(pages: dict[str, html.HtmlElement]) -> None:
    ours = (
        "//body//text()[not(ancestor::code or ancestor::pre or ancestor::textarea"
        " or ancestor::*[contains(@class, 'verbatim')])]"
        " | //@aria-label | //@placeholder | //@data-name"
    )
    for path, page in pages.items():
        for text in page.xpath(ours):
            assert not re.search(r" [»:;?!]|« ", text), (path, text)


def test_every_id_stands_once_and_every_field_has_a_label(
    pages: dict[str, html.HtmlElement],
) -> None:
    for path, page in pages.items():
        ids = page.xpath("//@id")
        assert len(ids) == len(set(ids)), path
        for named in page.xpath("//@aria-labelledby | //@aria-describedby | //label/@for"):
            assert set(named.split()) <= set(ids), (path, named)
        labelled = set(page.xpath("//label/@for"))
        assert set(page.xpath('//input[not(@type="hidden")]/@id')) <= labelled, path


def test_one_place_of_the_navigation_is_marked_as_the_present_one(certifier: Visitor) -> None:
    for path in (
        "/depots",
        "/passages",
        "/transmettre",
        "/transmettre/fichier",
        "/aide",
        "/compte",
    ):
        marked = certifier.page(path).xpath("//header//nav/a[@aria-current]")
        assert len(marked) == 1, path


def test_the_label_of_the_portal_stands_in_the_banner(put_together: PutTogether) -> None:
    visitor = Visitor(create_app(put_together(label="Formation <du> 12 mars")))

    text = visitor.get("/connexion").text

    assert "Formation &lt;du&gt; 12 mars" in text


OPEN_REGISTRY = "Registre ouvert : une personne inconnue est ajoutée dès qu'un fichier la nomme."
ANY_SENDER = "Tout émetteur, certificateur et contrat est accepté."


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, set()),
        ({"open_registry": True}, {OPEN_REGISTRY}),
        ({"any_sender": True}, {ANY_SENDER}),
        ({"open_registry": True, "any_sender": True}, {OPEN_REGISTRY, ANY_SENDER}),
    ],
)
def test_every_page_says_what_is_let_through(
    put_together: PutTogether, settings: dict[str, bool], said: set[str]
) -> None:
    visitor = Visitor(create_app(put_together(**settings)))
    pages = dict(french_pages_from(visitor, "/connexion"))
    visitor.log_in("CERT00001")
    pages |= dict(french_pages_from(visitor, "/"))

    for path, page in pages.items():
        header = " ".join(page.xpath("//header")[0].text_content().split())
        assert {one for one in (OPEN_REGISTRY, ANY_SENDER) if one in header} == said, path


@pytest.mark.parametrize(
    "path", ["/connexion", "/aide", "/livez", "/nowhere", "/static/favicon.svg"]
)
def test_every_answer_carries_the_headers_that_shield_it(visitor: Visitor, path: str) -> None:
    headers = visitor.get(path).headers

    assert headers["Content-Security-Policy"].startswith("default-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_two_ways_to_transmit_are_those_of_the_real_portal(certifier: Visitor) -> None:
    page = certifier.page("/transmettre")

    assert page.xpath("string(//h1)") == "Transmettre des données"
    assert page.xpath("string(//main//h2)") == "Que souhaitez-vous effectuer\u00a0?"
    assert page.xpath("//main//h3/text()") == [
        "Déposer un fichier XML",
        "Déclarer un passage de certification",
    ]
    assert page.xpath('//main//a[text()="Sélectionner"]/@href') == [
        "/transmettre/fichier",
        "/transmettre/passage",
    ]


def test_the_upload_page_says_what_is_taken(certifier: Visitor) -> None:
    said = words(certifier.get("/transmettre/fichier"))

    assert "Un fichier .xml de 200 Mo au plus" in said
    assert "03TST001" in said


def test_the_account_page_tells_who_is_logged_in(visitor: Visitor) -> None:
    visitor.log_in("DEPO00001")

    said = words(visitor.get("/compte"))

    for one in ("DEPO00001", "Ségolène Vaubrun", "03TST003", "03TST001 03TST002", "administrateur"):
        assert one in said


@pytest.mark.parametrize(
    ("method", "path", "status", "title"),
    [
        ("GET", "/nowhere", 404, "Page introuvable"),
        ("GET", "/depots/nobody-s", 404, "Page introuvable"),
        ("GET", "/deconnexion", 405, "Action impossible"),
        ("DELETE", "/connexion", 405, "Action impossible"),
    ],
)
def test_errors_have_a_page_in_french(
    certifier: Visitor, method: str, path: str, status: int, title: str
) -> None:
    answer = certifier.client.open(path, method=method)

    assert answer.status_code == status
    assert title in words(answer)
    assert "Retour à l'accueil" in words(answer)
    assert ("Allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(
    ("status", "title"),
    [
        (400, "Demande incomprise"),
        (403, "Accès refusé"),
        (413, "Envoi trop volumineux"),
        (418, "Erreur"),
        (429, "Trop de demandes"),
        (503, "Portail en maintenance"),
    ],
)
def test_whatever_goes_wrong_has_its_page(portal: Portal, status: int, title: str) -> None:
    app = create_app(portal)
    app.add_url_rule("/connexion/erreur", "login.wrong", lambda: abort(status))

    answer = Visitor(app).get("/connexion/erreur")

    assert answer.status_code == status
    assert title in words(answer)


@pytest.mark.parametrize(
    ("setting", "sentence"),
    [
        ("open_registry", "Registre ouvert"),
        ("any_sender", "Tout émetteur, certificateur et contrat est accepté."),
        ("open_certifications", "Certifications ouvertes"),
    ],
)
def test_every_page_says_what_the_portal_lets_through(
    put_together: PutTogether, setting: str, sentence: str
) -> None:
    strict, lenient = put_together(), put_together(**{setting: True})

    assert sentence not in Visitor(create_app(strict)).get("/connexion").text
    assert sentence in Visitor(create_app(lenient)).get("/connexion").text


def test_an_internal_error_is_never_shown_as_a_verdict(portal: Portal) -> None:
    app = create_app(portal)
    app.add_url_rule("/connexion/panne", "login.broken", _break_down)

    answer = Visitor(app).get("/connexion/panne")

    assert answer.status_code == 500
    assert "Incident du simulateur" in words(answer)
    assert "secret" not in answer.text


def _break_down() -> str:
    raise RuntimeError("secret detail")


def test_health_is_told_in_plain_text(visitor: Visitor) -> None:
    for path, word in (("/livez", "live\n"), ("/readyz", "ready\n")):
        answer = visitor.get(path)
        assert (answer.status_code, answer.text, answer.mimetype) == (200, word, "text/plain")

"""« /docs »: each document, its links, and the search."""

from collections.abc import Iterator

import pytest
from flask import Flask

from mockportal.assembly import assemble
from mockportal.settings import Settings
from mockportal.web import create_app, documentation
from tests.web.visitor import Visitor, tree, words

SIMULATOR = "This portal is a simulator with invented data: nothing is sent anywhere."


@pytest.fixture(scope="module")
def app() -> Iterator[Flask]:
    with assemble(Settings()) as portal:
        yield create_app(portal)


@pytest.fixture
def documents(app: Flask) -> list[documentation.Document]:
    with app.test_request_context():
        return [documentation.document(name) for name in documentation.names()]


def test_each_document_is_listed_and_shown(
    app: Flask, documents: list[documentation.Document]
) -> None:
    visitor = Visitor(app)
    listed = words(visitor.get("/docs"))
    for document in documents:
        assert document.title in listed
        page = tree(visitor.get(f"/docs/{document.name}"))
        assert SIMULATOR in " ".join(page.xpath("//header")[0].text_content().split())
        assert [document.title] == page.xpath("//title/text()")
        anchors = page.xpath("//main//*[self::h1 or self::h2 or self::h3]/@id")
        assert anchors == [section.anchor for section in document.sections]
        assert len(anchors) == len(set(anchors))


def test_a_link_from_one_document_leads_to_a_section_of_another(
    app: Flask, documents: list[documentation.Document]
) -> None:
    visitor = Visitor(app)
    anchors = {
        f"/docs/{document.name}{mark}"
        for document in documents
        for mark in ("", *(f"#{section.anchor}" for section in document.sections))
    }
    followed = 0
    for document in documents:
        page = tree(visitor.get(f"/docs/{document.name}"))
        for target in page.xpath("//main//a/@href"):
            assert target in anchors or visitor.get(target).status_code == 200, target
            followed += 1
    assert followed > 5


def test_sections_with_all_the_words_are_found_headings_first(app: Flask) -> None:
    page = tree(Visitor(app).get("/docs?q=data+FOLDER"))

    found = page.xpath("//main//p/a/@href")
    assert found[0] == "/docs/data-folder#the-data-folder"
    assert "/docs/many-people#many-people-several-machines" in found


@pytest.mark.parametrize("query", ["no-such-word-anywhere", "data no-such-word-anywhere"])
def test_what_stands_nowhere_is_said(app: Flask, query: str) -> None:
    assert "Nothing: fewer words" in words(Visitor(app).get(f"/docs?q={query}"))


def test_what_is_searched_is_no_html(app: Flask) -> None:
    answer = Visitor(app).get("/docs?q=<script>alert(1)</script>")

    assert b"<script>" not in answer.data


@pytest.mark.parametrize("name", ["nothing", "facts.md", "..%2Fsettings", "__init__"])
def test_another_name_is_not_there(app: Flask, name: str) -> None:
    assert Visitor(app).get(f"/docs/{name}").status_code == 404

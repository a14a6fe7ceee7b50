"""The two OpenAPI documents and their pages."""

import json

import pytest
from flask import Flask

from mockportal.web import create_app
from mockportal.web.programs.examples import example_of
from tests.web.conftest import PutTogether
from tests.web.visitor import tree

PROMISED = {
    "/api/v1": {
        ("GET", "/deposits"),
        ("POST", "/deposits"),
        ("GET", "/deposits/{deposit_id}"),
        ("GET", "/deposits/{deposit_id}/acknowledgement"),
        ("GET", "/deposits/{deposit_id}/receipt"),
        ("GET", "/deposits/{deposit_id}/explanation"),
        ("GET", "/passages"),
        ("GET", "/passages/{passage_id}"),
        ("PATCH", "/passages/{passage_id}"),
        ("DELETE", "/passages/{passage_id}"),
    },
    "/_mock": {
        ("GET", "/worlds"),
        ("POST", "/worlds"),
        ("DELETE", "/worlds/{name}"),
        ("POST", "/reset"),
        ("GET", "/state"),
        ("POST", "/accounts"),
        ("POST", "/holders"),
        ("POST", "/certifications"),
        ("POST", "/learn"),
        ("GET", "/clock"),
        ("PUT", "/clock"),
        ("POST", "/clock/advance"),
        ("GET", "/processing"),
        ("PUT", "/processing"),
        ("POST", "/process"),
        ("GET", "/outbox"),
    },
}


@pytest.fixture
def app(put_together: PutTogether) -> Flask:
    return create_app(put_together())


def document_of(app: Flask, door: str) -> dict[str, object]:
    answer = app.test_client().get(f"{door}/openapi.json")
    assert answer.status_code == 200
    return dict(json.loads(answer.text))


@pytest.mark.parametrize("door", PROMISED)
def test_a_document_tells_every_endpoint_that_was_promised(app: Flask, door: str) -> None:
    document = document_of(app, door)

    paths = document["paths"]
    assert isinstance(paths, dict)
    told = {
        (method.upper(), path.removeprefix(door))
        for path, methods in paths.items()
        for method in methods
    }
    assert document["openapi"] == "3.1.0"
    assert told >= PROMISED[door]


@pytest.mark.parametrize("door", PROMISED)
def test_a_document_refers_to_nothing_that_it_lacks(app: Flask, door: str) -> None:
    document = document_of(app, door)

    referred = set(find_references(document))

    components = document["components"]
    assert isinstance(components, dict)
    there = {f"#/components/schemas/{name}" for name in components["schemas"]}
    assert referred <= there


def find_references(node: object) -> list[str]:
    if isinstance(node, dict):
        own = [str(node["$ref"])] if "$ref" in node else []
        return own + [one for value in node.values() for one in find_references(value)]
    if isinstance(node, list):
        return [one for value in node for one in find_references(value)]
    return []


@pytest.mark.parametrize("door", PROMISED)
def test_a_page_shows_every_endpoint_and_asks_nobody_else(app: Flask, door: str) -> None:
    answer = app.test_client().get(f"{door}/docs")

    page = tree(answer)
    shown = {
        (form.get("data-method"), str(form.get("data-path")).removeprefix(door))
        for form in page.xpath("//form[@data-method]")
    }
    assert shown >= PROMISED[door]
    addresses = [*page.xpath("//@href"), *page.xpath("//@src")]
    assert all(one.startswith(("/", "#")) for one in addresses)
    assert not page.xpath("//script[not(@src)] | //style | //*[@style]")
    assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize("door", PROMISED)
def test_every_link_within_a_page_leads_somewhere(app: Flask, door: str) -> None:
    page = tree(app.test_client().get(f"{door}/docs"))

    anchors = {str(one)[1:] for one in page.xpath("//@href") if str(one).startswith("#")}

    assert anchors
    assert anchors <= set(page.xpath("//@id"))


def test_the_control_room_is_not_even_told_of_where_it_is_closed(
    put_together: PutTogether,
) -> None:
    client = create_app(put_together(control=False)).test_client()

    answers = [client.get(f"/_mock/{what}") for what in ("docs", "openapi.json", "state")]

    assert [one.status_code for one in answers] == [404, 404, 404]
    assert client.get("/api/v1/docs").status_code == 200


@pytest.mark.parametrize(
    ("schema", "example"),
    [
        ({"type": "integer", "minimum": 1900}, 1900),
        ({"type": "string", "minLength": 8}, "XXXXXXXX"),
        ({"enum": ["M", "F"]}, "M"),
        ({"const": True}, True),
        ({"default": "certifier", "type": "string"}, "certifier"),
        ({"anyOf": [{"type": "null"}, {"type": "string"}]}, None),
        ({"$ref": "#/components/schemas/Name"}, {"first": "text"}),
    ],
)
def test_an_example_is_the_least_that_a_shape_takes(
    schema: dict[str, object], example: object
) -> None:
    name = {
        "type": "object",
        "properties": {"first": {"type": "string"}, "last": {"type": "string"}},
        "required": ["first"],
    }

    assert example_of(schema, {"components": {"schemas": {"Name": name}}}) == example

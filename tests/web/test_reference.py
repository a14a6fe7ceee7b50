"""The two OpenAPI documents and their pages."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask

from mockportal.web import create_app
from mockportal.web.programs.examples import example_of
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.shape_examples import SHAPE_EXAMPLES
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


def document_of(app: Flask, door: str) -> dict[str, Any]:
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
    assert not any("/_mock" in one.text for one in answers)
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


@pytest.mark.parametrize("door", PROMISED)
def test_every_operation_has_a_name_for_readers_and_an_answer_by_example(
    app: Flask, door: str
) -> None:
    document = document_of(app, door)

    operations = list(operations_of(document))
    names = [operation["operationId"] for operation in operations]
    assert [name for name in names if not re.fullmatch("[a-z]+(_[a-z]+)+", name)] == []
    assert len(names) == len(set(names))
    assert document["servers"] == [{"url": "/", "description": "This portal."}]
    without = [
        (operation["operationId"], kind)
        for operation in operations
        for content in contents_of(operation)
        for kind, described in content.items()
        if kind == "application/json" and "example" not in described
    ]
    assert without == []


def test_every_example_is_of_a_shape_that_there_is(app: Flask) -> None:
    shapes = {name for door in PROMISED for name in document_of(app, door)["components"]["schemas"]}

    assert set(SHAPE_EXAMPLES) - shapes == set()


@pytest.mark.parametrize("door", PROMISED)
def test_problems_of_an_operation_are_told_with_their_slugs(app: Flask, door: str) -> None:
    known = {kind.slug: kind for kind in ProblemType}

    for operation in operations_of(document_of(app, door)):
        for status, answer in operation["responses"].items():
            if int(status) < 400:
                continue
            examples = answer["content"]["application/problem+json"]["examples"]
            assert {known[slug].status for slug in examples} == {int(status)}
            assert all(f"`{slug}`" in answer["description"] for slug in examples)


def test_the_page_of_problems_explains_each_under_its_slug(app: Flask) -> None:
    answer = app.test_client().get("/api/v1/problems")

    page = tree(answer)
    assert page.xpath("//section/@id") == [kind.slug for kind in ProblemType]
    for kind in ProblemType:
        (section,) = page.xpath(f"//section[@id='{kind.slug}']")
        assert kind.title in section.text_content()
        assert kind.remedy.replace("`", "") in section.text_content()


def test_the_type_of_a_problem_leads_to_its_explanation(app: Flask) -> None:
    client = app.test_client()
    problem = client.get("/api/v1/nothing").json or {}
    path, _, anchor = problem["type"].partition("#")

    assert tree(client.get(path)).xpath(f"//*[@id='{anchor}']//strong")


def operations_of(document: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for path in document["paths"].values():
        yield from path.values()


def contents_of(operation: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield operation.get("requestBody", {}).get("content", {})
    for answer in operation["responses"].values():
        yield answer.get("content", {})

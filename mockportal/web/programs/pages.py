"""An OpenAPI document as a page: what it says of each endpoint, and a form to try it."""

import json
from dataclasses import dataclass
from typing import Any

from mockportal.web.programs.examples import Schema, example_of

_JSON, _FORM = "application/json", "multipart/form-data"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A part of an address that may be filled in."""

    name: str
    place: str
    required: bool
    description: str
    default: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: its status, what it means, and the name of its shape."""

    status: str
    description: str
    shape: str


@dataclass(frozen=True, slots=True)
class Operation:
    """An endpoint as the page shows it."""

    id: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    body: str | None
    """An example of the JSON that it takes; None when it takes none."""
    body_shape: str
    takes_file: bool
    replies: list[Reply]


def operations_by_tag(document: Schema) -> dict[str, list[Operation]]:
    """Return the endpoints of a document in its order, by tag."""
    found: dict[str, list[Operation]] = {}
    for path, methods in document["paths"].items():
        for method, said in methods.items():
            shown = _operation(method, path, said, document)
            found.setdefault(said["tags"][0], []).append(shown)
    return found


def shapes_of(document: Schema) -> dict[str, str]:
    """Return the shapes of a document by name, each as JSON Schema in text."""
    schemas = document["components"]["schemas"]
    return {name: _text(schemas[name]) for name in sorted(schemas)}


def _operation(method: str, path: str, said: Schema, document: Schema) -> Operation:
    content = said.get("requestBody", {}).get("content", {})
    taken = content.get(_JSON, {}).get("schema")
    return Operation(
        id=said["operationId"],
        method=method.upper(),
        path=path,
        summary=said["summary"],
        description=said["description"],
        parameters=[_parameter(one) for one in said["parameters"]],
        body=None if taken is None else _text(example_of(taken, document)),
        body_shape=_name(taken or {}),
        takes_file=_FORM in content,
        replies=[_reply(status, one) for status, one in sorted(said["responses"].items())],
    )


def _parameter(said: Schema) -> Parameter:
    return Parameter(
        name=said["name"],
        place=said["in"],
        required=said["required"],
        description=said["description"],
        default=str(said["schema"].get("default") or ""),
    )


def _reply(status: str, said: Schema) -> Reply:
    shapes = (one.get("schema", {}) for one in said.get("content", {}).values())
    return Reply(status, said["description"], next((_name(one) for one in shapes), ""))


def _name(schema: Schema) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _text(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)

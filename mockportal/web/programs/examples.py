"""Examples of what a shape of an OpenAPI document takes: its own, or the least that is right."""

from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]
_BY_TYPE: dict[str, Any] = {
    "boolean": True,
    "integer": 1,
    "null": None,
    "number": 1,
    "string": "text",
}
_BY_FORMAT = {"date": "2026-04-03", "date-time": "2026-04-03T12:00:00+02:00"}


def example_of(schema: Schema, document: Schema) -> Any:
    """Return a value that a schema takes: one that it names, or the simplest.

    Of an object that names none, the properties that are required or name one themselves.
    """
    if "examples" not in schema:
        schema = _followed(schema, document)
    for key, value in _GIVEN.items():
        if key in schema:
            return value(schema[key])
    for key in ("oneOf", "anyOf"):
        if key in schema:
            return example_of(schema[key][0], document)
    if schema.get("type") == "object" or "properties" in schema:
        required = schema.get("required", [])
        return {
            name: example_of(inner, document)
            for name, inner in schema.get("properties", {}).items()
            if name in required or "examples" in inner
        }
    if schema.get("type") == "array":
        return [example_of(schema["items"], document)] if "items" in schema else []
    return _simplest(schema)


def _itself(value: Any) -> Any:
    return value


def _first(values: Any) -> Any:
    return values[0]


_GIVEN: dict[str, Callable[[Any], Any]] = {
    "examples": _first,
    "const": _itself,
    "default": _itself,
    "enum": _first,
}


def _simplest(schema: Schema) -> Any:
    if schema.get("format") in _BY_FORMAT:
        return _BY_FORMAT[schema["format"]]
    least = schema.get("minimum", schema.get("minLength"))
    if least is None:
        return _BY_TYPE.get(schema.get("type", "string"), "text")
    return "X" * least if schema.get("type") == "string" else least


def _followed(schema: Schema, document: Schema) -> Schema:
    """Return what a schema refers to, or itself."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema

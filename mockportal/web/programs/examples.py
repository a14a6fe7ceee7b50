"""Examples of what a shape of an OpenAPI document takes: the least that is right."""

from typing import Any

Schema = dict[str, Any]
_BY_TYPE: dict[str, Any] = {
    "array": [],
    "boolean": True,
    "integer": 1,
    "null": None,
    "number": 1,
    "string": "text",
}


def example_of(schema: Schema, document: Schema) -> Any:
    """Return the simplest value that a schema takes; required properties only."""
    schema = _followed(schema, document)
    for key in ("const", "default"):
        if key in schema:
            return schema[key]
    if "enum" in schema:
        return schema["enum"][0]
    for key in ("oneOf", "anyOf"):
        if key in schema:
            return example_of(schema[key][0], document)
    if schema.get("type") == "object" or "properties" in schema:
        return {
            name: example_of(schema["properties"][name], document)
            for name in schema.get("required", [])
        }
    least = schema.get("minimum", schema.get("minLength"))
    if least is None:
        return _BY_TYPE.get(schema.get("type", "string"), "text")
    return "X" * least if schema.get("type") == "string" else least


def _followed(schema: Schema, document: Schema) -> Schema:
    """Return what a schema refers to, or itself."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return schema

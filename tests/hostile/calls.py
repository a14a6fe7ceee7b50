"""Calls at the doors for programs, made from their OpenAPI documents, each with something odd."""

import gzip
import json
import re
from random import Random
from typing import Any
from urllib.parse import quote

from tests.hostile.odd import NUMBERS, an_odd_text, an_odd_value
from tests.hostile.outcome import Outcome
from tests.hostile.uploads import ACCOUNT
from tests.hostile.visitor import FORM, Visitor, basic

DOCUMENTS = {"/_mock": "/_mock/openapi.json", "/api/v1": "/api/v1/openapi.json"}
WORLD = "hostile-calls"
"""The world that odd calls are about: what they do there must not change what uploads meet."""
_JSON = "application/json"
_PARAMETER = re.compile(r"\{(\w+)\}")
_MOST_CALLS = 40
"""After so many, the world is made anew."""
_FLUX = "<flux/>"


class Calls:
    """All calls there are, and a world to make them in."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._documents: dict[str, dict[str, Any]] = {}
        self._made = 0

    def throw(self, rng: Random, most: int) -> Outcome:
        """Make an odd call."""
        if not self._documents:
            for door, path in DOCUMENTS.items():
                self._documents[door] = json.loads(self._visitor.ask("GET", path).content)
        if self._made % _MOST_CALLS == 0:
            self._visitor.ask("DELETE", f"/_mock/worlds/{WORLD}")
            body = json.dumps({"name": WORLD}).encode()
            self._visitor.ask("POST", "/_mock/worlds", body, {"Content-Type": _JSON})
        self._made += 1
        door = rng.choice(list(DOCUMENTS))
        document = self._documents[door]
        path, methods = rng.choice(sorted(document["paths"].items()))
        method = rng.choice(sorted(methods))
        said = methods[method]
        address = _address(rng, path, said, door)
        body, headers = self._body(rng, said, document, most)
        if door != "/_mock":
            headers.update(basic(ACCOUNT))
        outcome = Outcome("call", b"", size=len(body), note=f"{method.upper()} {address[:300]}")
        head = f"{method.upper()} {address}\n{headers}\n\n".encode(errors="replace")
        outcome.thrown = head + body
        outcome.answered(self._visitor.ask(method.upper(), address, body or None, headers))
        return outcome

    @staticmethod
    def _body(
        rng: Random, said: dict[str, Any], document: dict[str, Any], most: int
    ) -> tuple[bytes, dict[str, str]]:
        content = said.get("requestBody", {}).get("content", {})
        if not content and rng.random() < 0.8:
            return b"", {}
        schema = content.get(_JSON, {}).get("schema", {})
        value = made_by(rng, schema, document)
        if rng.random() < 0.7:
            value = _with_something_odd(rng, value)
        text = json.dumps(value, ensure_ascii=rng.random() < 0.5)
        body = text.encode(errors="replace")
        if rng.random() < 0.3:
            body = _odd_json(rng, text, most)
        kind = _JSON if rng.random() < 0.93 else rng.choice(
            ("", "text/plain", "application/xml", FORM, "application/json; charset=utf-16",
             "application/json; charset=unknown", "application/problem+json", "multipart/form-data",
             "x" * 2_000, "application/json, text/html", "Application/JSON"),
        )  # fmt: skip
        headers = {"Content-Type": kind} if kind else {}
        if rng.random() < 0.02:
            headers["Content-Encoding"], body = "gzip", gzip.compress(body)
        return body, headers


def _address(rng: Random, path: str, said: dict[str, Any], door: str) -> str:
    """Return an address whose parts and parameters are often odd; never about another world."""

    def named(place: re.Match[str]) -> str:
        if "id" in place[1] and rng.random() < 0.4:
            return str(rng.randrange(1, 50))
        return _quoted(rng, rng.choice((an_odd_text(rng, 500), rng.choice(NUMBERS))), safe="")

    path = _PARAMETER.sub(named, path)
    query = [("world", WORLD)] if door == "/_mock" and rng.random() < 0.97 else []
    if not query and door == "/_mock":
        query = [("world", rng.choice(("x", "", "\x00", "é", "9" * 3_000)))]
    for parameter in said.get("parameters", []):
        if parameter["in"] == "query" and parameter["name"] != "world" and rng.random() < 0.6:
            value = rng.choice(NUMBERS) if rng.random() < 0.4 else an_odd_text(rng, 500)
            query += [(parameter["name"], value)] * rng.choice((1, 1, 1, 2))
    if rng.random() < 0.1:
        query.append((an_odd_text(rng, 100), an_odd_text(rng, 100)))
    shown = "&".join(f"{_quoted(rng, name)}={_quoted(rng, value)}" for name, value in query)
    return f"{path}?{shown}"[:60_000]


def _quoted(rng: Random, text: str, safe: str = "/") -> str:
    written = quote(text[:3_000], safe=safe, errors="replace")
    if rng.random() < 0.03:
        written += rng.choice(("%ff%fe", "%ed%a0%80", "%c0%af", "%", "%2", "%zz", "%u0041", "%00"))
    return written


def made_by(rng: Random, schema: dict[str, Any], document: dict[str, Any], depth: int = 0) -> Any:
    """Return a value of a schema, with some of what may be left out."""
    if "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return rng.choice(schema["enum"])
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return made_by(rng, rng.choice(schema[several]), document, depth + 1)
    kind = schema.get("type", "object" if "properties" in schema else "string")
    if kind == "object":
        required = schema.get("required", ())
        return {
            name: made_by(rng, one, document, depth + 1)
            for name, one in schema.get("properties", {}).items()
            if name in required or rng.random() < 0.5
        }
    if kind == "array":
        count = 0 if depth > 3 else rng.choice((0, 1, 1, 2, 5))
        return [made_by(rng, schema.get("items", {}), document, depth + 1) for _ in range(count)]
    return _simple(rng, kind, schema)


def _simple(rng: Random, kind: str, schema: dict[str, Any]) -> Any:
    if kind in ("integer", "number"):
        low, high = schema.get("minimum", 0), schema.get("maximum", 100)
        return rng.choice((low, high, 1, 2, 12, 1990, low - 1, high + 1))
    if kind in ("boolean", "null"):
        return rng.random() < 0.5 if kind == "boolean" else None
    if schema.get("format") == "date-time":
        return "2026-11-30T10:00:00+01:00"
    least, longest = schema.get("minLength", 1), schema.get("maxLength", 10)
    return rng.choice(
        ("X" * max(least, 1), "X" * longest, "03TST001", "RS1710", "CERT00001", _FLUX)
    )


def _with_something_odd(rng: Random, value: Any) -> Any:
    """Return a value with one of its parts replaced, left out, or with one part more."""
    if isinstance(value, dict) and value and rng.random() < 0.9:
        name = rng.choice(sorted(value))
        match rng.randrange(4):
            case 0:
                return {key: one for key, one in value.items() if key != name}
            case 1:
                return {**value, an_odd_text(rng, 50): an_odd_value(rng)}
            case _:
                return {**value, name: _with_something_odd(rng, value[name])}
    if isinstance(value, list) and value and rng.random() < 0.8:
        at = rng.randrange(len(value))
        return [*value[:at], _with_something_odd(rng, value[at]), *value[at + 1 :]]
    return an_odd_value(rng)


def _odd_json(rng: Random, text: str, most: int) -> bytes:
    """Return bytes that are not quite JSON, or JSON of a kind that few expect."""
    depth = rng.choice((10, 1_000, 100_000, most // 4))
    content = text.encode(errors="replace")
    number = rng.choice((b"9223372036854775808", b"-9223372036854775809", b"1" * 5_000, b"1e999",
                         b"NaN", b"-Infinity", b"1.0", b"1E400", b"0.1e-999"))  # fmt: skip
    base64 = rng.choice((b"====", b"A", b"PA==", b"\\u00e9", b"PGEv\\nPg=="))
    text_put = rng.choice((b'"\\ud800"', b'"\\u0000"', b'"\xff"', b'"\\x"', b'"\t"', b"null"))
    return rng.choice(
        (
            b"[" * depth, b"[" * depth + b"]" * depth, b'{"a":' * depth + b"1" + b"}" * depth,
            content[: rng.randrange(len(content) + 1)], content + content,
            b"\xef\xbb\xbf" + content,
            text.encode("utf-16"), content.replace(b'"', b"'"), content + b"\x00",
            b"\xff" + content,
            re.sub(rb'"[^"]*"(?=[,}\]])', lambda _met: text_put, content),
            re.sub(rb":\s*[^,{}\[\]]+", lambda _met: b": " + number, content),
            content.replace(b"{", b'{"name": "a", "name": 1, "mode": [], "now": 1, ', 1),
            content.replace(b"}", b",}"), b"{" + b'"a":1,' * 20_000 + b'"b":1}',
            b'"' + b"x" * min(most, 500_000) + b'"', b"null", b"true", b"0", b'""', b"[]", b"{}",
            b" ",
            b"[" + b"{}," * 10_500 + b"{}]", b'{"flux": "' + b"<a>" * 30_000 + b'"}',
            b'{"flux_base64": "' + base64 + b'"}',
        )
    )  # fmt: skip

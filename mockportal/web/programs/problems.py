"""Errors for programs: problem documents (RFC 9457), in English."""

import json
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar

from flask import Response, abort, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from mockportal.domain.deposits import VanishedError
from mockportal.web.programs import API, MOCK

T = TypeVar("T")
PROBLEM_TYPE = "application/problem+json"
_DETAILS = {
    404: "There is nothing at this address, or it is not yours to see.",
    405: "This address does not take that method; the header Allow names those it takes.",
    413: "The request is larger than this address takes.",
    415: "This address does not take that Content-Type.",
    500: "The portal failed; its log says why. This says nothing of what was sent.",
}
"""What is said where the exception itself speaks to people in front of a browser."""


def asked_by_a_program() -> bool:
    """Tell whether the request is for one of the doors for programs."""
    return any(request.path == one or request.path.startswith(f"{one}/") for one in (API, MOCK))


def problem(status: int, detail: str, **members: Any) -> Response:
    """Return a problem document; ``members`` that are None are left out."""
    content = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        **{name: value for name, value in members.items() if value is not None},
    }
    return Response(json.dumps(content, ensure_ascii=False), status, content_type=PROBLEM_TYPE)


def refuse(status: int, detail: str, **members: Any) -> NoReturn:
    """End the request with a problem."""
    abort(problem(status, detail, **members))


def there(thing: T | None, what: str) -> T:
    """Return what was looked up; where there is nothing, the program reads a problem."""
    if thing is None:
        refuse(404, f"There is no {what}, or it is not yours to see.")
    return thing


def vanished(_error: VanishedError) -> Response:
    """Say that a world, or what it held, went while the call was at it."""
    return problem(404, "The world, or what it held, went while the call was at it.")


def problem_of(error: HTTPException) -> WerkzeugResponse:
    """Return the problem document of an HTTP error, with the error's own headers."""
    response = error.get_response()
    status = error.code or 500
    said = problem(status, _DETAILS.get(status) or error.description or "")
    response.set_data(said.get_data())
    response.content_type = PROBLEM_TYPE
    return response

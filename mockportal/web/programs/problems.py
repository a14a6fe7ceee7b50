"""Errors for programs: problem documents (RFC 9457), in English."""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, NoReturn, TypeVar

from flask import Response, abort, current_app, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as WerkzeugResponse

from mockportal.domain.deposits import VanishedError
from mockportal.web.programs import API, MOCK
from mockportal.web.programs.problem_types import ProblemType

T = TypeVar("T")
PROBLEM_TYPE = "application/problem+json"
NOT_AS_DESCRIBED = "The request is not as described."
_OF_STATUS = {
    400: (ProblemType.BAD_REQUEST, ""),
    404: (ProblemType.NOT_FOUND, "There is nothing at this address, or it is not yours to see."),
    405: (ProblemType.METHOD_NOT_ALLOWED, "This address takes {allowed} only."),
    413: (ProblemType.TOO_LARGE, "The request is larger than this address takes."),
    415: (ProblemType.UNSUPPORTED_MEDIA_TYPE, "This address does not take that Content-Type."),
    500: (
        ProblemType.INTERNAL_ERROR,
        "The portal failed; its log says why. This says nothing of what was sent.",
    ),
}
"""What an HTTP error is, and what is said where the exception itself speaks to people."""
_NAMED = 20
"""How many of the things there are a problem names at most."""


def asked_by_a_program() -> bool:
    """Tell whether the request is for one of the doors for programs."""
    return any(request.path == one or request.path.startswith(f"{one}/") for one in (API, MOCK))


def problem(
    kind: ProblemType, detail: str, *, status: int | None = None, **members: Any
) -> Response:
    """Return a problem document; ``members`` that are None are left out.

    ``status`` is another one than that of its kind.
    """
    return _document(kind.uri, kind.title, status or kind.status, detail, members)


def _document(
    uri: str, title: str, status: int, detail: str, members: Mapping[str, Any]
) -> Response:
    content = {
        "type": uri,
        "title": title,
        "status": status,
        "detail": detail,
        **{name: value for name, value in members.items() if value is not None},
    }
    return Response(json.dumps(content, ensure_ascii=False), status, content_type=PROBLEM_TYPE)


def refuse(kind: ProblemType, detail: str, **members: Any) -> NoReturn:
    """End the request with a problem."""
    abort(problem(kind, detail, **members))


def refuse_field(
    part: str, field: str, detail: str, *, summary: str = NOT_AS_DESCRIBED
) -> NoReturn:
    """End the request with a problem about one field of the query or of the body."""
    errors = [{"part": part, "field": field, "detail": detail}]
    refuse(ProblemType.INVALID_REQUEST, summary, errors=errors)


def named(things: Sequence[object]) -> str:
    """Return the things there are, for whoever has named another one; the first twenty."""
    more = len(things) - _NAMED
    words = ", ".join(map(str, things[:_NAMED])) or "none"
    return f"{words} and {more} more" if more > 0 else words


def there(thing: T | None, what: str, known: Sequence[object] | None = None) -> T:
    """Return what was looked up; where there is nothing, the program reads a problem.

    ``known`` is what there is, for those who may know.
    """
    if thing is None:
        detail = (
            f"There is no {what}, or it is not yours to see."
            if known is None
            else f"There is no {what}. There are: {named(known)}."
        )
        refuse(ProblemType.NOT_FOUND, detail)
    return thing


def vanished(_error: VanishedError) -> Response:
    """Say that a world, or what it held, went while the call was at it."""
    return problem(
        ProblemType.GONE_MEANWHILE, "The world, or what it held, went while the call was at it."
    )


def _where_addresses_stand() -> str:
    """Return where to read which addresses there are; nothing of a door that is shut."""
    door = API if request.path.startswith(f"{API}/") else MOCK
    shut = door == MOCK and "mock" not in current_app.blueprints
    return "" if shut else f" {door}/docs lists the addresses there are."


def problem_of(error: HTTPException) -> WerkzeugResponse:
    """Return the problem document of an HTTP error, with the error's own headers."""
    response = error.get_response()
    status = error.code or 500
    kind, detail = _OF_STATUS.get(status, (None, ""))
    detail = detail.format(allowed=", ".join(response.allow)) or error.description or ""
    if status == 404 and request.url_rule is None:
        detail += _where_addresses_stand()
    said = (
        problem(kind, detail)
        if kind
        else _document("about:blank", HTTPStatus(status).phrase, status, detail, {})
    )
    response.set_data(said.get_data())
    response.content_type = PROBLEM_TYPE
    return response

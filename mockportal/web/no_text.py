"""Requests with the sign NUL, which is no text: PostgreSQL has no room for it, XML forbids it."""

from collections.abc import Iterator

from flask import Flask, abort, request

from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import asked_by_a_program, refuse

NUL = "\0"
_FORM_TYPE = "application/x-www-form-urlencoded"


def refuse_what_is_no_text(app: Flask) -> None:
    """Answer 400 where an address or a form holds a NUL; what else is sent is looked at later."""
    app.before_request(_refuse)


def _refuse() -> None:
    if not any(NUL in text for text in _texts()):
        return
    if asked_by_a_program():
        refuse(ProblemType.BAD_REQUEST, "The address holds a NUL, which is no text.")
    abort(400)


def _texts() -> Iterator[str]:
    yield request.path
    for name, value in request.args.items(multi=True):
        yield from (name, value)
    if request.mimetype == _FORM_TYPE:  # a form with a file is not read before its time
        for name, value in request.form.items(multi=True):
            yield from (name, value)

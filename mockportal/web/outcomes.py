"""The one place that turns outcomes into HTTP."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from flask import Flask, abort, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]  # it ships no types
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from mockportal.domain.deposits import Deposit
from mockportal.domain.organisations import Account
from mockportal.domain.uploads import UploadRefusal
from mockportal.journeys.login import LoginRefusal
from mockportal.web.forms import Form
from mockportal.web.programs.problems import asked_by_a_program, problem_of
from mockportal.web.served import desk

T = TypeVar("T")

SEE_OTHER, BAD_REQUEST, FORBIDDEN, GONE, TOO_LARGE, UNPROCESSABLE = 303, 400, 403, 410, 413, 422
TOO_MANY = 429
_STATUS_OF_REFUSAL = {
    UploadRefusal.NO_FILE: BAD_REQUEST,
    UploadRefusal.TOO_LARGE: TOO_LARGE,
}


def found(thing: T | None) -> T:
    """Return what was looked up; where there is nothing, the visitor reads a 404 page."""
    if thing is None:
        abort(404)
    return thing


def go_to(url: str) -> Response:
    """Send the browser on to a page after a form."""
    return redirect(url, SEE_OTHER)


def answer_to_login(outcome: Account | LoginRefusal, page: str) -> ResponseReturnValue:
    """Lead whoever has logged in to a page; all others read why they have not."""
    if isinstance(outcome, Account):
        return go_to(page)
    status = TOO_MANY if outcome is LoginRefusal.WAIT else FORBIDDEN
    return login_page(outcome), status


def login_page(refusal: LoginRefusal | None = None) -> str:
    """Return the login page; what was typed is kept, but for the password."""
    return render_template(
        "login/login.html",
        failed=refusal is not None,
        wait=refusal is LoginRefusal.WAIT,
        typed=request.form.get("identifiant", ""),
    )


def form_page(template: str, form: Form, **context: Any) -> ResponseReturnValue:
    """Return the page of a form; one that was filled in wrongly comes with what is wrong."""
    page = render_template(template, form=form, **context)
    return (page, UNPROCESSABLE) if form.faults else page


def dead_link() -> ResponseReturnValue:
    """Say that a link from a mail has been used or has expired."""
    return render_template("recovery/dead_link.html"), GONE


def answer_to_upload(outcome: Deposit | UploadRefusal) -> ResponseReturnValue:
    """Lead to the deposit, or show the form again with the reason why there is none."""
    if isinstance(outcome, Deposit):
        return go_to(url_for("deposits.show", deposit_id=outcome.id))
    return upload_page(outcome), _STATUS_OF_REFUSAL.get(outcome, UNPROCESSABLE)


def upload_page(refusal: UploadRefusal | None = None) -> str:
    """Return the form that takes a file, with the reason why the last one was refused."""
    reason = refusal.worded(desk().policy.most_bytes) if refusal else None
    return render_template("submit/file.html", reason=reason)


def xml_download(content: Path | bytes, name: str) -> Response:
    """Return a file to save under exactly that name (RFC 6266, ``filename*``)."""
    source = BytesIO(content) if isinstance(content, bytes) else content
    return send_file(
        source, mimetype="application/xml", as_attachment=True, download_name=name, max_age=0
    )


def streamed_download(content: Iterator[bytes], name: str, mimetype: str) -> Response:
    """Return a file that is made while it is sent."""
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def show_errors_in_french(app: Flask) -> None:
    """Answer every HTTP error, an internal one included, with a page that says what to do.

    Programs read a problem document in its place, in English.
    """
    app.register_error_handler(RequestEntityTooLarge, _too_large)
    app.register_error_handler(HTTPException, _error_page)


def _too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    limit = request.max_content_length
    if request.endpoint == "submit.receive" and limit and (request.content_length or 0) > limit:
        return answer_to_upload(UploadRefusal.TOO_LARGE)
    return _error_page(error)


def _error_page(error: HTTPException) -> ResponseReturnValue:
    if asked_by_a_program():
        return problem_of(error)
    response = error.get_response()
    response.mimetype = "text/html"
    response.set_data(
        render_template(
            "errors/error.html", status=error.code, form_expired=isinstance(error, CSRFError)
        )
    )
    return response

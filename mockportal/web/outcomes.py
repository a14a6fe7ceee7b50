"""The one place that turns outcomes into HTTP."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, BinaryIO, TypeVar

from flask import Flask, abort, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError  # type: ignore[import-untyped]  # it ships no types
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge
from werkzeug.wrappers import Response

from mockportal.domain.deposits import Deposit
from mockportal.domain.organisations import Account
from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.domain.uploads import NAME_RULES, UploadRefusal
from mockportal.journeys.demonstrations import header_for
from mockportal.journeys.login import LoginRefusal
from mockportal.web.display import spaced
from mockportal.web.forms import Form
from mockportal.web.programs.problems import asked_by_a_program, problem_of
from mockportal.web.served import desk
from mockportal.web.session import current_account

T = TypeVar("T")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CREATED, SEE_OTHER = 201, 303
BAD_REQUEST, FORBIDDEN, GONE, TOO_LARGE, UNPROCESSABLE, TOO_MANY = 400, 403, 410, 413, 422, 429
_STATUS_OF_REFUSAL = {
    UploadRefusal.NO_FILE: BAD_REQUEST,
    UploadRefusal.TOO_LARGE: TOO_LARGE,
}

_STATUS_OF_LOGIN = {LoginRefusal.WAIT: TOO_MANY, LoginRefusal.MISSING: UNPROCESSABLE}
_LOGIN_FIELDS = ("identifiant", "mot_de_passe")


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
    return login_page(outcome), _STATUS_OF_LOGIN.get(outcome, FORBIDDEN)


def login_page(refusal: LoginRefusal | None = None) -> str:
    """Return the login page; what was typed is kept, but for the password."""
    return render_template(
        "login/login.html",
        failed=refusal is not None,
        wait=refusal is LoginRefusal.WAIT,
        missing=_left_empty() if refusal is LoginRefusal.MISSING else (),
        typed=request.values.get("identifiant", ""),
    )


def _left_empty() -> list[str]:
    return [one for one in _LOGIN_FIELDS if not request.form.get(one, "").strip()]


def form_page(template: str, form: Form, **context: Any) -> ResponseReturnValue:
    """Return the page of a form; one that was filled in wrongly comes with what is wrong."""
    page = render_template(template, form=form, **context)
    return (page, UNPROCESSABLE) if form.faults else page


def dead_link() -> ResponseReturnValue:
    """Say that a link from a mail has been used or has expired."""
    return render_template("recovery/dead_link.html"), GONE


def answer_to_upload(outcome: Deposit | UploadRefusal) -> ResponseReturnValue:
    """Lead to the deposit, or show the form again with the reason why there is none.

    The page's own script asks for JSON: it shows the reason itself, or goes to the deposit.
    """
    script = request.accept_mimetypes.best == "application/json"
    if isinstance(outcome, Deposit):
        address = url_for("deposits.show", deposit_id=outcome.id)
        return (jsonify(address=address), CREATED) if script else go_to(address)
    status = _STATUS_OF_REFUSAL.get(outcome, UNPROCESSABLE)
    return (jsonify(refusal=_worded(outcome)) if script else upload_page(outcome)), status


def upload_page(refusal: UploadRefusal | None = None) -> str:
    """Return the form that takes a file, with the reason why the last one was refused."""
    return render_template(
        "submit/file.html",
        header=header_for(desk(), current_account()),
        reason=_worded(refusal) if refusal else None,
        rules=[{"pattern": one.pattern, "sentence": _worded(one.refusal)} for one in NAME_RULES],
        too_large=_worded(UploadRefusal.TOO_LARGE),
    )


def _worded(refusal: UploadRefusal) -> str:
    return spaced(refusal.worded(desk().policy.most_bytes))


def xml_download(content: Path | bytes, name: str) -> Response:
    """Return a file to save under exactly that name (RFC 6266, ``filename*``).

    Raises StorageError for a kept file that is missing.
    """
    if isinstance(content, Path) and not content.is_file():
        raise StorageError(StorageFailure.MISSING, f"the kept file {content} is missing")
    source = BytesIO(content) if isinstance(content, bytes) else content
    return send_file(
        source, mimetype="application/xml", as_attachment=True, download_name=name, max_age=0
    )


def streamed_download(content: Iterator[bytes], name: str, mimetype: str) -> Response:
    """Return a file that is made while it is sent."""
    response = Response(content, mimetype=mimetype)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def written_download(write: Callable[[BinaryIO], None], name: str, kind: str) -> Response:
    """Return a file to save under that name, written to disk first: no answer is ever half."""
    with ExitStack() as until_sent:
        out = until_sent.enter_context(TemporaryFile())
        write(out)
        size = out.seek(0, 2)
        out.seek(0)
        response = send_file(out, mimetype=kind, as_attachment=True, download_name=name, max_age=0)
        until_sent.pop_all()  # from here on the response closes the file
    response.content_length = size
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

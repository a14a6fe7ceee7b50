"""What a client gets where a fault strikes."""

import errno
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO

from flask import make_response, render_template, request, send_file, url_for
from waitress.channel import ClientDisconnected
from werkzeug.http import parse_options_header
from werkzeug.wrappers import Response

from mockportal.domain.faults import Fault, Trouble
from mockportal.web.outcomes import go_to
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import asked_by_a_program, problem
from mockportal.web.served import desk
from mockportal.web.session import end
from mockportal.wire.misnaming import misnamed, misnamed_file

_UNAVAILABLE, _NOT_FOUND = 503, 404
_SAID = "A fault that a test has set answers in the place of the portal."


class _DroppedError(ClientDisconnected, ConnectionResetError):  # type: ignore[misc]  # waitress has none
    """The connection is to be closed here and now.

    Waitress and Gunicorn do so, without a word of their own, for what they raise themselves when a
    client has gone: this is both.
    """


def instead(fault: Fault) -> Response | None:
    """Return what is answered in a view's place; None after a wait, when the view is called."""
    match fault.trouble:
        case Trouble.SLOW:
            _hold_back(fault)
            return None
        case Trouble.DROP:
            return Response(_broken())
        case Trouble.SESSION:
            return _session_over()
        case Trouble.MAINTENANCE:
            return _maintenance(fault)
        case Trouble.LATE:
            return _not_yet()
        case _:
            return _error(fault.status)


def spoilt(fault: Fault, response: Response) -> Response:
    """Return what becomes of an answer, what was asked for being done."""
    spoil = _SPOILT.get(fault.trouble)
    if spoil is not None:
        return spoil(response)
    replaced = instead(fault)
    if replaced is None:
        return response
    response.close()
    return replaced


def _hold_back(fault: Fault) -> None:
    """Wait; the end of the portal ends the waiting."""
    desk().circumstances.wait(lambda: False, fault.seconds)


def _broken(*parts: bytes) -> Iterator[bytes]:
    """Yield parts of an answer, then close the connection."""
    yield from parts
    raise _DroppedError(errno.ECONNRESET, "a fault closes the connection")


def _lost(response: Response) -> Response:
    response.close()
    return Response(_broken())


def _cut(response: Response) -> Response:
    content = _content(response)
    response.response = _broken(content[: len(content) // 2])
    response.content_length = len(content)
    return response


def _half(response: Response) -> Response:
    content = _content(response)
    response.set_data(content[: len(content) // 2])
    return response


def _empty(response: Response) -> Response:
    _content(response)
    response.set_data(b"")
    return response


def _of_another_file(response: Response) -> Response:
    content = _content(response)
    response.close()  # another answer takes its place, and nobody else would close its file
    _, said = parse_options_header(response.headers.get("Content-Disposition"))
    return send_file(
        BytesIO(misnamed(content)),
        mimetype=response.mimetype,
        as_attachment=True,
        download_name=misnamed_file(said.get("filename", "")),
        max_age=0,
    )


def _content(response: Response) -> bytes:
    response.direct_passthrough = False
    return response.get_data()


_SPOILT: Mapping[Trouble, Callable[[Response], Response]] = {
    Trouble.ANSWER_LOST: _lost,
    Trouble.CUT: _cut,
    Trouble.TRUNCATED: _half,
    Trouble.EMPTY: _empty,
    Trouble.OTHER_NAME: _of_another_file,
    Trouble.DROP: _lost,
}
"""``DROP`` comes here from the first control alone, where the file is taken already."""


def _session_over() -> Response:
    if asked_by_a_program():
        return problem(ProblemType.UNAUTHENTICATED, _SAID)
    end()
    return go_to(url_for("login.ask", next=request.path if request.method == "GET" else None))


def _maintenance(fault: Fault) -> Response:
    answer = _error(_UNAVAILABLE)
    answer.headers["Retry-After"] = str(max(round(fault.seconds), 1))
    return answer


def _not_yet() -> Response:
    if asked_by_a_program():
        return problem(
            ProblemType.NOT_TREATED_YET,
            "The deposit is still being treated: its receipt is not available yet.",
        )
    return _error(_NOT_FOUND)


def _error(status: int) -> Response:
    if asked_by_a_program():
        return problem(ProblemType.FAULT_ON_PURPOSE, _SAID, status=status)
    page = render_template("errors/error.html", status=status, form_expired=False)
    return make_response(page, status)

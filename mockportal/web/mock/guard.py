"""No web page drives ``/_mock``: who may, from which Host and Origin, and in which words.

A page of another site can send what a form can (no JSON), says where it comes from (Origin, or
Sec-Fetch-Site), and cannot set a header of ours; one that has its own name point at this machine
is betrayed by the Host. No answer ever carries a CORS header.
"""

from flask import request
from werkzeug.wrappers import Response

from mockportal.journeys.login import LoginRefusal
from mockportal.web.bodies import let_in
from mockportal.web.control_guard import KEY_HEADER, refusal_of_control
from mockportal.web.programs.describing import XML_TYPE
from mockportal.web.programs.origins import sent_by_another_site
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import problem

_SAFE_TYPES = ("application/json", XML_TYPE)
"""What no form can send; each address says which of them it takes."""


def keep_web_pages_out() -> Response | None:
    """Answer with a problem whoever may not drive the portal; let all others through."""
    refusal = refusal_of_control()
    if refusal is LoginRefusal.WAIT:
        return problem(
            ProblemType.TOO_MANY_ATTEMPTS,
            "There were too many wrong control keys: wait for a minute.",
        )
    if refusal:
        return problem(
            ProblemType.CONTROL_KEY,
            "Ask from the machine that the portal runs on, by its own name (the header Host), or "
            f"give the control key in the header {KEY_HEADER}.",
        )
    if sent_by_another_site():
        return problem(
            ProblemType.FOREIGN_ORIGIN, "A page of another site may not drive the portal."
        )
    if _has_body() and request.mimetype not in _SAFE_TYPES:
        return problem(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "Only application/json is taken here; by learn, application/xml too.",
        )
    let_in()
    return None


def _has_body() -> bool:
    return bool(request.content_length or request.headers.get("Transfer-Encoding"))

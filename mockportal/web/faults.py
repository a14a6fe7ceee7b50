"""Where faults strike requests: before a view is called, or what it has answered.

Where no fault is set anywhere, a request pays for one small query. What a fault has done bears the
header ``X-Mockportal-Fault``, wherever there still is an answer to bear it.
"""

from flask import Flask, g, request
from flask_login import current_user
from werkzeug.wrappers import Response

from mockportal.domain.faults import Fault, SetFault, Stage, Trouble
from mockportal.domain.identifiers import AccountId
from mockportal.domain.registrations import tidied
from mockportal.domain.storage_failures import StorageError
from mockportal.journeys.faults import strike
from mockportal.web.fault_answers import instead, spoilt
from mockportal.web.programs.problems import asked_by_a_program
from mockportal.web.served import desk
from mockportal.web.session import someone_is_logged_in
from mockportal.web.storage_failures import storage_failed

FAULT_HEADER = "X-Mockportal-Fault"
_STAGES = {
    "login.log_in": Stage.LOGIN,
    "submit.receive": Stage.UPLOAD,
    "api.deposits.create": Stage.UPLOAD,
    "api.verdicts.receipt": Stage.RECEIPT,
    "downloads.receipt": Stage.RECEIPT,
    "downloads.receipt_csv": Stage.RECEIPT,
    "downloads.receipt_xlsx": Stage.RECEIPT,
}
"""The stage of an endpoint; all others, and these too, are pages."""
_SPARED = {"backstage", "documentation", "health", "mock", "reference"}
"""What faults never strike: the doors by which they are set and removed, and who asks for life."""
_LEAST_ERROR = 400


def strike_with_faults(app: Flask) -> None:
    """Have faults strike an application's requests."""

    @app.before_request
    def before() -> Response | None:
        g.victim = _victim()
        g.fault = None
        if g.victim is None:
            return None
        g.fault = strike(desk(), g.victim, _stages(), _answers_instead)
        return instead(g.fault.fault) if g.fault else None

    @app.after_request
    def after(response: Response) -> Response:
        struck: SetFault | None = g.get("fault")
        victim: AccountId | None = g.get("victim")
        sound = response.status_code < _LEAST_ERROR and not storage_failed()
        if struck is None and victim is not None and sound:
            try:
                struck = strike(desk(), victim, _stages(afterwards=True), _spoils)
            except StorageError:
                return response  # what was asked for is done, whether a fault can be noted or not
            if struck is not None:
                response = spoilt(struck.fault, response)
        if struck is not None:
            response.headers[FAULT_HEADER] = f"{struck.id} {struck.fault.title}"
        return response


def _answers_instead(fault: Fault) -> bool:
    return not fault.spoils_answers


def _spoils(fault: Fault) -> bool:
    return fault.spoils_answers and (fault.trouble is not Trouble.CUT or request.method != "HEAD")


def _victim() -> AccountId | None:
    """Return the account that a fault may strike, whatever its password; None where none may."""
    if request.endpoint in (None, "static") or _SPARED.intersection(request.blueprints):
        return None
    if not desk().stores.faults.any():
        return None
    if request.endpoint == "login.log_in":
        return AccountId(tidied(request.form.get("identifiant", "")))
    if asked_by_a_program():
        given = request.authorization
        return AccountId(tidied(given.username)) if given and given.username else None
    return current_user.account.id if someone_is_logged_in() else None


def _stages(*, afterwards: bool = False) -> list[Stage]:
    own = _STAGES.get(request.endpoint or "", Stage.PAGE)
    kept = [Stage.FIRST_CONTROL] if afterwards and own is Stage.UPLOAD else []
    return [own, *kept, Stage.PAGE]

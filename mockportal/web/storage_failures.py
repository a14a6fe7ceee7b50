"""What is answered when disk or database fail: a sentence, and whether to try again.

Flask runs its error handlers around a view and what comes before it. What comes after, the hooks
and the session that is kept last, fails outside of them: ``StorageAwareFlask`` answers that too.
"""

import logging
from typing import Any, NamedTuple

from flask import Flask, Response, current_app, g, jsonify, make_response, request
from flask.typing import ResponseReturnValue

from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.storage.failures import failure_of
from mockportal.web.addresses import shown_address
from mockportal.web.display import spaced
from mockportal.web.programs.problem_types import ProblemType
from mockportal.web.programs.problems import asked_by_a_program, problem

log = logging.getLogger(__name__)


class _Answer(NamedTuple):
    """How a failure is answered."""

    kind: ProblemType
    """What programs read in ``type``; its HTTP status."""
    sentence: str
    """What people read."""
    detail: str
    """What programs read."""
    retry_after: int | None = None
    """Seconds after which it is worth to ask again; None: not by itself."""


_ANSWERS = {
    StorageFailure.FULL: _Answer(
        ProblemType.STORAGE_FULL,
        "Le disque du portail est plein ou défaillant : rien n'a été enregistré. Libérez de la "
        "place sur sa machine, puis recommencez.",
        "The disk of the portal is full, or fails: nothing was stored.",
    ),
    StorageFailure.READ_ONLY: _Answer(
        ProblemType.STORAGE_READ_ONLY,
        "Le portail n'a pas le droit d'écrire dans son dossier de données ou dans sa base : rien "
        "n'a été enregistré. Rétablissez ce droit, puis recommencez.",
        "The portal may not write to its data folder or database: nothing was stored.",
    ),
    StorageFailure.BUSY: _Answer(
        ProblemType.STORAGE_BUSY,
        "La base de données est occupée par un autre programme : rien n'a été enregistré. "
        "Recommencez dans un instant.",
        "The database is held by another program: nothing was stored. Try again soon.",
        retry_after=2,
    ),
    StorageFailure.AWAY: _Answer(
        ProblemType.STORAGE_UNAVAILABLE,
        "La base de données du portail, ou son dossier de données, ne répond pas : rien n'a été "
        "enregistré. Ce qui avait été déposé n'est pas perdu pour autant. Recommencez dans un "
        "instant ; si cela dure, la console du serveur dit pourquoi.",
        "The database or the data folder of the portal does not answer. Try again soon.",
        retry_after=5,
    ),
    StorageFailure.DAMAGED: _Answer(
        ProblemType.STORAGE_DAMAGED,
        "La base de données du portail est endommagée. Il faut la restaurer d'après une "
        "sauvegarde ; la console du serveur dit laquelle.",
        "The database of the portal is damaged and must be restored; its log says which one.",
        retry_after=60,
    ),
    StorageFailure.MISSING: _Answer(
        ProblemType.FILE_MISSING,
        "Un fichier que le portail gardait de ce dépôt manque dans son dossier de données, ou y "
        "est endommagé : ce qui en dépend ne peut plus être montré ni modifié. Restaurez-le "
        "d'après une sauvegarde, ou déposez le fichier de nouveau.",
        "A file that the portal kept of this deposit is missing or damaged in its data folder.",
    ),
}

_SESSION_LOST = (
    "Le disque ou la base de données du portail a cessé de répondre au dernier moment : votre "
    "session n'a pas pu être enregistrée, et vous n'êtes ni connecté ni déconnecté par cette "
    "demande. Si elle changeait autre chose, un mot de passe par exemple, vérifiez si c'est fait ; "
    "sinon, recommencez dans un instant."
)
"""What people read where the view had done its work: what it did may well be kept."""


class StorageAwareFlask(Flask):
    """An application that answers failures of storage also once a view has answered.

    What it logs of a fault of its own names no secret of a link.
    """

    def process_response(self, response: Response) -> Response:
        """Run the hooks and keep the session; where that fails, answer with a sentence instead."""
        try:
            return super().process_response(response)
        except OSError as fault:
            if storage_failed() or failure_of(fault) is None:
                raise
            response.close()
            told = self.make_response(_told(fault, _SESSION_LOST))
            return super().process_response(told)  # nothing in there asks storage any more

    def log_exception(self, exc_info: Any) -> None:
        """Log a fault with the address that was asked for, as the journal shows it."""
        self.logger.error(
            "Exception on %s [%s]", shown_address(), request.method, exc_info=exc_info
        )


def tell_storage_failures(app: Flask) -> None:
    """Have an application answer failures of disk and database; any other fault stays one."""
    app.register_error_handler(OSError, _told)


def storage_failed() -> bool:
    """Tell whether storage failed this very request: what is asked of it fails again."""
    return "storage_failed" in g


def _told(fault: OSError, instead: str | None = None) -> ResponseReturnValue:
    """Say what fails; nothing that is needed for it stands in the database."""
    failure = failure_of(fault)
    if failure is None:
        raise fault
    g.storage_failed = True
    if not isinstance(fault, StorageError):
        log.warning("the disk fails: %s", fault)
    answer = _ANSWERS[failure]
    sentence = spaced(instead or answer.sentence)
    if asked_by_a_program():
        response = problem(answer.kind, answer.detail, portal_message=sentence)
    elif request.accept_mimetypes.best == "application/json":  # the script of the upload page
        response = jsonify(refusal=sentence)
    else:
        # Not as a page of the portal: those are told who is logged in, which the database knows.
        page = current_app.jinja_env.get_template("errors/storage.html")
        response = make_response(page.render(status=answer.kind.status, sentence=sentence))
    response.status_code = answer.kind.status
    if answer.retry_after:
        response.headers["Retry-After"] = str(answer.retry_after)
    return response

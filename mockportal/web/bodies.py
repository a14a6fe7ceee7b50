"""How much may be sent by whom: nothing large is kept of anybody who has not logged in.

The server asks before it takes a large body in, by the headers alone; the application holds every
request to the same limit, whatever serves it. The large files of forms lie where they are to stay,
whoever reads them: the server, as they come, or the application.
"""

import logging
from collections.abc import Callable
from typing import IO, Any

from flask import Flask, Request, current_app, request
from werkzeug.exceptions import RequestEntityTooLarge

from mockportal.journeys.login import LoginRefusal
from mockportal.web.limits import FORM, LEAST_LARGE, REFUSED
from mockportal.web.multipart import FormReceiver
from mockportal.web.served import served_portal

_KNOWN = "mockportal.known"
Gate = Callable[[], bool | LoginRefusal]
"""Tells whether whoever asks may use an address, from the headers alone."""


class LimitedRequest(Request):
    """A request whose limit can be set (Flask has that from 3.1 on), and whose files stay."""

    _limit: int | None = None

    @property
    def max_content_length(self) -> int | None:
        """Return how much the body may hold: as the application says, until it is set."""
        limit: int | None = self._limit or current_app.config["MAX_CONTENT_LENGTH"]
        return limit

    @max_content_length.setter
    def max_content_length(self, value: int | None) -> None:
        self._limit = value

    def _load_form_data(self) -> None:
        receiver: FormReceiver | None = self.environ.get(FORM)
        if receiver is None or "form" in self.__dict__:
            super()._load_form_data()
            return
        if (self.content_length or 0) > (self.max_content_length or 0):
            raise RequestEntityTooLarge
        form = receiver.form()
        self.__dict__.update(
            stream=receiver.getfile(),
            form=self.parameter_storage_class(form.fields),
            files=self.parameter_storage_class(form.files),
        )

    def _get_file_stream(
        self,
        total_content_length: int | None,  # noqa: ARG002  # Werkzeug's own hook
        content_type: str | None,  # noqa: ARG002
        filename: str | None = None,  # noqa: ARG002
        content_length: int | None = None,  # noqa: ARG002
    ) -> IO[bytes]:
        portal = served_portal()
        return portal.desk.stores.files.incoming(portal.settings.max_upload)


def limit_bodies(app: Flask) -> None:
    """Take little, until ``let_in`` is called; to be called before anything reads a body."""
    app.request_class = LimitedRequest

    @app.before_request
    def limit() -> None:
        request.max_content_length = min(LEAST_LARGE, app.config["MAX_CONTENT_LENGTH"])


def let_in() -> None:
    """Take as much as the portal ever takes, of whoever has been let in."""
    request.max_content_length = current_app.config["MAX_CONTENT_LENGTH"]
    request.environ[_KNOWN] = True


def was_let_in(environ: dict[str, Any]) -> bool:
    """Tell whether a request, which has been answered, was let in."""
    return _KNOWN in environ


def may_send(app: Flask, gate: Gate, environ: dict[str, Any]) -> bool | LoginRefusal:
    """Tell whether a request's large body is to be kept; a fault of the portal keeps none."""
    try:
        with app.request_context(environ):
            return gate()
    except Exception:
        logging.getLogger(__name__).exception("nobody could tell who sends a large body")
        return False


def earlier_refusal() -> LoginRefusal | None:
    """Return why nothing was kept of the body: a wrong password is not counted twice."""
    refusal = request.environ.get(REFUSED)
    return refusal if isinstance(refusal, LoginRefusal) else None

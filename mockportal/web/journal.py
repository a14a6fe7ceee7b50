"""The journal of requests: what was asked, by whom, and how it was answered; never a secret."""

import logging
import sys
import time
from datetime import UTC, datetime
from urllib.parse import quote

from flask import Flask, Response, g, request
from flask_login import current_user

from mockportal.domain.identifiers import AccountId, DepositId, WorldId
from mockportal.domain.journal import Request, Source
from mockportal.domain.registrations import tidied
from mockportal.domain.storage_failures import StorageError
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.registration import world_of_newcomers
from mockportal.web.addresses import shown_address
from mockportal.web.faults import FAULT_HEADER
from mockportal.web.no_text import NUL
from mockportal.web.programs import API, MOCK
from mockportal.web.served import desk, served_portal
from mockportal.web.session import someone_is_logged_in
from mockportal.web.storage_failures import storage_failed

_LEFT_OUT = {"documentation", "health", "reference"}
_TOO_LARGE = 413
"""What was sent then is not read."""
_ITSELF = "mock.journal"


def keep_a_journal(app: Flask) -> None:
    """Have all that an application is asked, and answers, come into its world's journal."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        if request.endpoint in (None, "static") or _LEFT_OUT.intersection(request.blueprints):
            return response
        if _ITSELF in request.blueprints or storage_failed():
            return response
        try:
            found = _who(response)
        except StorageError:
            return response  # what was answered is right, whether it can be noted or not
        if found is not None:
            served_portal().requests.add(_request(response, *found))
        return response


def log_requests(app: Flask) -> None:
    """Have each request said on stderr as the journal keeps it; whoever only looks in is not."""
    log = logging.getLogger(__name__)
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%H:%M:%S"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        log.propagate = False

    @app.after_request
    def say(response: Response) -> Response:
        if request.endpoint != "static" and "health" not in request.blueprints:
            log.info(
                "%s %s %d %.0f ms%s",
                request.method,
                quote(shown_address(), safe="/?=&%:,+@"),
                response.status_code,
                _milliseconds(),
                f" fault {fault}" if (fault := response.headers.get(FAULT_HEADER)) else "",
            )
        return response


def _milliseconds() -> float:
    now = time.perf_counter()
    return float(now - g.get("began", now)) * 1_000


def _who(response: Response) -> tuple[WorldId, AccountId | None] | None:
    """Return the world and the account that a request is about; None where there is none."""
    if _source() is Source.MOCK:
        world = desk().stores.worlds.named(request.args.get("world", DEFAULT_WORLD))
        return None if world is None else (world, None)
    if request.endpoint == "login.log_in" and response.status_code != _TOO_LARGE:
        return _named(request.form.get("identifiant", ""))
    if _source() is Source.API:
        caller = g.get("caller")
        if caller is not None:
            return caller.organisation.world, caller.id
        given = request.authorization
        return _named(given.username or "") if given else None
    if someone_is_logged_in():
        account = current_user.account
        return account.organisation.world, account.id
    return world_of_newcomers(desk()), None


def _named(typed: str) -> tuple[WorldId, AccountId | None] | None:
    account = desk().stores.organisations.account(AccountId(tidied(typed)))
    return None if account is None else (account.organisation.world, account.id)


def _request(response: Response, world: WorldId, account: AccountId | None) -> Request:
    return Request(
        world=world,
        at=datetime.now(UTC),
        source=_source(),
        method=request.method,
        path=shown_address().replace(NUL, "%00"),
        account=account,
        status=response.status_code,
        milliseconds=round(_milliseconds(), 3),
        request_size=request.content_length,
        request_type=request.mimetype or "",
        response_size=response.content_length,
        response_type=response.mimetype or "",
        fault=response.headers.get(FAULT_HEADER, ""),
        deposit=_deposit(response),
    )


def _source() -> Source:
    for door, source in ((API, Source.API), (MOCK, Source.MOCK)):
        if request.path == door or request.path.startswith(f"{door}/"):
            return source
    return Source.PAGE


def _deposit(response: Response) -> DepositId | None:
    """Return the deposit that a request is about, or has made."""
    named = (request.view_args or {}).get("deposit_id")
    if named is None and request.endpoint in ("submit.receive", "api.deposits.create"):
        named = response.headers.get("Location", "").rpartition("/")[2] or None
    return None if named is None or NUL in str(named) else DepositId(str(named)[:40])

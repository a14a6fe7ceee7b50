"""The journal of requests: what was asked, by whom, and how it was answered; never a secret."""

import time
from datetime import UTC, datetime

from flask import Flask, Response, g, request
from flask_login import current_user

from mockportal.domain.identifiers import AccountId, DepositId, WorldId
from mockportal.domain.journal import Request, Source
from mockportal.domain.registrations import tidied
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.registration import world_of_newcomers
from mockportal.web.faults import FAULT_HEADER
from mockportal.web.programs import API, MOCK
from mockportal.web.served import desk, served_portal
from mockportal.web.session import someone_is_logged_in

_LEFT_OUT = {"health", "reference"}
_ITSELF = "mock.journal"
_SECRET_PLACES = {"recovery", "registration", "login"}
"""Whose addresses and queries may hold the secret of a link, or lead to a page that does."""


def keep_a_journal(app: Flask) -> None:
    """Have all that an application is asked, and answers, come into its world's journal."""

    @app.before_request
    def begin() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def note(response: Response) -> Response:
        if request.endpoint in (None, "static") or _LEFT_OUT.intersection(request.blueprints):
            return response
        if _ITSELF in request.blueprints:
            return response
        found = _who()
        if found is not None:
            served_portal().requests.add(_request(response, *found))
        return response


def _who() -> tuple[WorldId, AccountId | None] | None:
    """Return the world and the account that a request is about; None where there is none."""
    if _source() is Source.MOCK:
        world = desk().stores.worlds.named(request.args.get("world", DEFAULT_WORLD))
        return None if world is None else (world, None)
    if request.endpoint == "login.log_in":
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
        path=_path(),
        account=account,
        status=response.status_code,
        milliseconds=round((time.perf_counter() - g.get("began", time.perf_counter())) * 1_000, 3),
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


def _path() -> str:
    """Return what was asked for; of an address that may hold a secret, its form alone."""
    if _SECRET_PLACES.intersection(request.blueprints):
        return request.url_rule.rule if request.url_rule else ""
    query = request.query_string.decode(errors="replace")
    return f"{request.path}?{query}" if query else request.path


def _deposit(response: Response) -> DepositId | None:
    """Return the deposit that a request is about, or has made."""
    named = (request.view_args or {}).get("deposit_id")
    if named is None and request.endpoint in ("submit.receive", "api.deposits.create"):
        named = response.headers.get("Location", "").rpartition("/")[2] or None
    return None if named is None else DepositId(str(named)[:40])

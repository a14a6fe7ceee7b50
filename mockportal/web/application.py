"""The application, put together: what each request passes through, and all that it may ask for."""

from hashlib import sha256

from flask import Flask, request
from flask.json.provider import DefaultJSONProvider
from flask_wtf.csrf import CSRFProtect  # type: ignore[import-untyped]  # it ships no types
from jinja2 import StrictUndefined

from mockportal import __version__
from mockportal.assembly import Portal
from mockportal.domain.facts import fact
from mockportal.memory import TrimSchedule
from mockportal.web import (
    account,
    assistance,
    backstage,
    declaration,
    deposits,
    documentation,
    downloads,
    figures,
    health,
    home,
    login,
    mandates,
    mass_deletion,
    passage_exports,
    passages,
    passport,
    recovery,
    registration,
    submit,
    users,
)
from mockportal.web.bodies import limit_bodies
from mockportal.web.converters import bound_numbers
from mockportal.web.display import FILTERS
from mockportal.web.faults import strike_with_faults
from mockportal.web.hosts import guard_hosts
from mockportal.web.journal import keep_a_journal, log_requests
from mockportal.web.no_text import refuse_what_is_no_text
from mockportal.web.outcomes import show_errors_in_french
from mockportal.web.own_clock import clock_of_ours
from mockportal.web.served import hand_over
from mockportal.web.session import keep_sessions
from mockportal.web.shield import add_security_headers
from mockportal.web.storage_failures import StorageAwareFlask, tell_storage_failures
from mockportal.web.typography import FrenchSpaces

_ROOM_FOR_THE_FORM = 1_000_000
"""What a form may weigh beside its file, so that a file just too large still gets its sentence."""
_A_REQUEST = 100_000
"""Bytes of memory, about, that the answer to a request takes beside what was sent."""
_WEIGHT = 3
"""A file of 5 MB is enough for memory to be given back."""
_BLUEPRINTS = (
    account.blueprint,
    assistance.blueprint,
    backstage.blueprint,
    declaration.blueprint,
    deposits.blueprint,
    documentation.blueprint,
    downloads.blueprint,
    figures.blueprint,
    health.blueprint,
    home.blueprint,
    login.blueprint,
    mass_deletion.blueprint,
    passage_exports.blueprint,
    passages.blueprint,
    mandates.blueprint,
    recovery.blueprint,
    registration.blueprint,
    passport.blueprint,
    submit.blueprint,
    users.blueprint,
)


def create_app(portal: Portal) -> Flask:
    """Return the WSGI application that serves a portal."""
    from mockportal.web import api, mock, reference  # noqa: PLC0415  # pydantic: see ``serving``
    from mockportal.web.api.callers import remember_callers  # noqa: PLC0415  # likewise

    app = StorageAwareFlask(__name__)
    app.config.from_mapping(
        SECRET_KEY=portal.secret_key,
        MAX_CONTENT_LENGTH=portal.settings.max_upload + _ROOM_FOR_THE_FORM,
        SESSION_COOKIE_NAME=_cookie_name(portal),
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,  # a form lives as long as the session it belongs to
    )
    app.json = _ReadableJson(app)
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.add_extension(FrenchSpaces)
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(
        settings=portal.settings, version=__version__, clock_of_ours=clock_of_ours, fact=fact
    )
    bound_numbers(app)
    hand_over(app, portal)
    keep_a_journal(app)
    if portal.settings.log_requests:
        log_requests(app)
    limit_bodies(app)
    guard_hosts(app, portal.settings)
    keep_sessions(app, portal)  # before CSRF: a lost session leads to the login page, not to a 400
    mass_deletion.make_room_for_lists(app)
    refuse_what_is_no_text(app)
    forms = CSRFProtect(app)
    strike_with_faults(app)
    add_security_headers(app)
    show_errors_in_french(app)
    tell_storage_failures(app)
    _give_memory_back(app)
    for blueprint in (*_BLUEPRINTS, reference.blueprint):
        app.register_blueprint(blueprint)
    remember_callers(app)
    for door in (api, mock) if portal.settings.control else (api,):
        app.register_blueprint(door.blueprint)
        for concern in door.CONCERNS:
            forms.exempt(concern)  # no cookie opens it, and it knows other sites itself
    return app


def _give_memory_back(app: Flask) -> None:
    """Give free memory back to the system after so many requests, sooner after large files."""
    schedule = TrimSchedule()

    def count(_fault: BaseException | None) -> None:
        schedule.worked_on(_A_REQUEST + _WEIGHT * (request.content_length or 0))

    app.teardown_request(count)


class _ReadableJson(DefaultJSONProvider):
    """JSON in the order in which its keys are written down, its accents as they are."""

    ensure_ascii = False
    sort_keys = False


def _cookie_name(portal: Portal) -> str:
    """Return a name of this portal's own: cookies ignore ports, so two would log each other out."""
    return f"mockportal-{sha256(portal.secret_key.encode()).hexdigest()[:8]}"

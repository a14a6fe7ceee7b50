"""Mass deletion: chosen, shown beforehand, confirmed by its number, reported."""

import re
from collections.abc import Mapping

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from mockportal.journeys.consult import deposits_of
from mockportal.journeys.delete import (
    MOST_AT_ONCE,
    Named,
    Report,
    Tally,
    Wanted,
    delete_many,
    preview,
)
from mockportal.journeys.passages import listed, search_for
from mockportal.web.outcomes import UNPROCESSABLE
from mockportal.web.passage_display import SEARCHED, Typed, typed_search
from mockportal.web.served import desk
from mockportal.web.session import current_account
from mockportal.wire.sheets import listed_identifiers

blueprint = Blueprint("mass_deletion", __name__, url_prefix="/passages/suppression")
_ROOM_FOR_LISTS = 12_000_000
"""A list of 200 000 identifiers comes and goes with the form."""
_DEPOSITS = 100
_NO_DIGIT = re.compile(r"\D")


def make_room_for_lists(app: Flask) -> None:
    """Let the forms of this page hold long lists; to be called before anything reads a form."""

    @app.before_request
    def make_room() -> None:
        if request.blueprint == blueprint.name:
            request.max_form_memory_size = _ROOM_FOR_LISTS


@blueprint.get("")
def choose() -> str:
    """Ask which passages are to be deleted."""
    return _choice()


@blueprint.post("/apercu")
def show_beforehand() -> ResponseReturnValue:
    """Show what would be deleted."""
    wanted = _wanted()
    if wanted is None:
        return _choice(nothing=True), UNPROCESSABLE
    return _preview(wanted, preview(desk(), current_account(), wanted))


@blueprint.post("")
def confirm() -> ResponseReturnValue:
    """Delete the passages, if the number that was typed is theirs; else show them again."""
    wanted = _wanted()
    typed = _NO_DIGIT.sub("", request.form.get("nombre", ""))[:12]
    if wanted is None:
        return _choice(nothing=True), UNPROCESSABLE
    outcome = delete_many(desk(), current_account(), wanted, int(typed or -1))
    if isinstance(outcome, Report):
        return render_template("passages/deleted.html", report=outcome)
    return _preview(wanted, outcome, wrong=True), UNPROCESSABLE


def _wanted() -> Wanted | None:
    """Return what the form asks for, or None where it asks for nothing."""
    form = request.form
    if form.get("par") in ("recherche", "depot"):
        search = search_for(desk(), current_account(), typed_search(form).words)
        return search if search.narrows else None
    file = request.files.get("fichier")
    named = listed_identifiers(form.get("identifiants", ""))
    if file and file.filename:
        content = file.stream.read(_ROOM_FOR_LISTS)
        named += listed_identifiers(content, of_csv=file.filename.lower().endswith(".csv"))
    return Named(tuple(named)) if named else None


def _choice(*, nothing: bool = False) -> str:
    recent = deposits_of(desk(), current_account(), size=_DEPOSITS).items
    typed = typed_search(request.values)
    return render_template(
        "passages/delete_many.html",
        deposits=[one for one in recent if one.alive],
        typed=typed,
        searched=_searched(typed),
        nothing=request.form.get("par", "") if nothing else "",
    )


def _searched(typed: Typed) -> bool:
    return any(typed.fields[one] for one in SEARCHED if one != "tri")


def _preview(wanted: Wanted, tally: Tally, *, wrong: bool = False) -> str:
    deposits = desk().stores.deposits
    return render_template(
        "passages/preview.html",
        tally=tally,
        first=listed(desk(), tally.first),
        deposits=[(deposits.get(one), count) for one, count in list(tally.deposits.items())[:10]],  # type: ignore[arg-type]  # the tally's keys are deposits' names
        identifiers=wanted.identifiers if isinstance(wanted, Named) else (),
        hidden=_hidden(request.form),
        most=MOST_AT_ONCE,
        wrong=wrong,
    )


def _hidden(form: Mapping[str, str]) -> dict[str, str]:
    """Return what the confirmation sends again, but for the identifiers."""
    return {name: form[name] for name in ("par", *SEARCHED) if form.get(name)}

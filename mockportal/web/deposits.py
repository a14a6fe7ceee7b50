"""« Consulter les données » : the files deposited, and one deposit with what became of it."""

from typing import Any

from flask import Blueprint, render_template, request

from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.facts import OF_FAULTS
from mockportal.journeys.assistance import certifications_by_code
from mockportal.journeys.consult import deposit_seen_by, deposits_of, look_at
from mockportal.journeys.corrections import correctable
from mockportal.journeys.explain import accepted_explained, explained
from mockportal.journeys.value_warnings import value_warnings_at_once
from mockportal.web.filters import asked_for, turned_to
from mockportal.web.outcomes import found
from mockportal.web.served import desk
from mockportal.web.session import current_account
from mockportal.wire.progress import progress_json

blueprint = Blueprint("deposits", __name__, url_prefix="/depots")
_PAGE = 25
_MOST_WARNED = 5
_LAST = 1_000_000
"""A database counts no farther than 64 bits; an address may."""


@blueprint.get("")
def history() -> str:
    """Show the deposits, newest first; a status and days of receipt narrow the list."""
    number, asked = page_number(), asked_for(request.args)
    page = turned_to(
        request.args,
        lambda turn: deposits_of(desk(), current_account(), number, _PAGE, asked.wanted, turn),
    )
    last = last_page(page.total)
    found(page if number <= last else None)
    return render_template(
        "deposits/history.html",
        page=page,
        number=number,
        last=last,
        ends=[page.items[one].processing_id for one in (0, -1)] if page.items else None,
        asked=asked,
        statuses=Status,
    )


@blueprint.get("/<deposit_id>")
def show(deposit_id: str) -> str:
    """Show one deposit: what became of it, and why."""
    deposit = found(look_at(desk(), current_account(), deposit_id))
    return render_template(
        "deposits/show.html",
        deposit=deposit,
        explanation=explained(desk(), deposit),
        corrections=correctable(desk(), deposit),
        warnings=value_warnings_at_once(desk(), deposit, _MOST_WARNED),
        author=desk().stores.organisations.account(deposit.account),
        of_faults=OF_FAULTS,
        waits=deposit.waits(desk().circumstances.now(deposit.world)),
    )


@blueprint.get("/<deposit_id>/avancement")
def progress(deposit_id: str) -> dict[str, Any]:
    """Tell the page's script how far the treatment is; that is no look at the deposit."""
    deposit = visible(deposit_id)
    return progress_json(deposit, desk().circumstances.now(deposit.world))


@blueprint.get("/<deposit_id>/acceptes")
def accepted(deposit_id: str) -> str:
    """Show the accepted passages: how the holder of each was found."""
    deposit, number = visible(deposit_id), page_number()
    treated = deposit.status in (Status.ACCEPTED, Status.PARTLY_REJECTED)
    last = last_page(deposit.accepted)
    found(deposit if treated and number <= last else None)
    return render_template(
        "deposits/accepted.html",
        deposit=deposit,
        passages=accepted_explained(desk(), deposit, number, _PAGE),
        certifications=certifications_by_code(desk(), deposit.world),
        number=number,
        last=last,
    )


def visible(deposit_id: str) -> Deposit:
    """Return a deposit that the visitor may see; looking it up is no look at it."""
    return found(deposit_seen_by(desk(), current_account(), deposit_id))


def page_number() -> int:
    """Return the page that the address asks for, the first where it makes no sense."""
    return min(max(request.args.get("page", 1, type=int), 1), _LAST)


def last_page(total: int) -> int:
    """Return the number of the last page of a list."""
    return max(1, -(-total // _PAGE))

"""« Consulter les données » : the files deposited, one deposit, its two acknowledgements."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from mockportal.domain.deposits import Deposit
from mockportal.journeys.consult import deposit_seen_by, deposits_of, look_at
from mockportal.journeys.explain import explained
from mockportal.journeys.receipt import acknowledgement, receipt_file_name
from mockportal.web.outcomes import found, xml_download
from mockportal.web.served import desk
from mockportal.web.session import current_account

blueprint = Blueprint("deposits", __name__, url_prefix="/depots")
_PAGE = 25
_LAST = 1_000_000
"""A database counts no farther than 64 bits; an address may."""


@blueprint.get("")
def history() -> str:
    """Show the deposits, newest first."""
    number = min(max(request.args.get("page", 1, type=int), 1), _LAST)
    page = deposits_of(desk(), current_account(), number, _PAGE)
    last = max(1, -(-page.total // _PAGE))
    found(page if number <= last else None)
    return render_template("deposits/history.html", page=page, number=number, last=last)


@blueprint.get("/<deposit_id>")
def show(deposit_id: str) -> str:
    """Show one deposit: what became of it, and why."""
    deposit = found(look_at(desk(), current_account(), deposit_id))
    return render_template(
        "deposits/show.html",
        deposit=deposit,
        explanation=explained(desk(), deposit),
        author=desk().stores.organisations.account(deposit.account),
    )


@blueprint.get("/<deposit_id>/accuse-de-traitement")
def receipt(deposit_id: str) -> Response:
    """Download the accusé de traitement."""
    deposit = _visible(deposit_id)
    name = found(receipt_file_name(deposit))
    return xml_download(desk().stores.files.receipt(deposit.id), name)


@blueprint.get("/<deposit_id>/accuse-de-reception")
def acknowledge(deposit_id: str) -> Response:
    """Download the accusé de réception."""
    name, content = acknowledgement(_visible(deposit_id))
    return xml_download(content, name)


def _visible(deposit_id: str) -> Deposit:
    return found(deposit_seen_by(desk(), current_account(), deposit_id))

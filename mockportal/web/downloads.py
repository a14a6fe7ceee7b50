"""What can be saved of a deposit: both acknowledgements, the receipt as a table, the KO flux."""

from functools import partial

from flask import Blueprint
from werkzeug.wrappers import Response

from mockportal.journeys.corrections import correctable, write_corrections
from mockportal.journeys.receipt import acknowledgement, receipt_file_name
from mockportal.journeys.receipt_table import receipt_table
from mockportal.web.deposits import visible
from mockportal.web.outcomes import XLSX, found, written_download, xml_download
from mockportal.web.served import desk
from mockportal.wire.correcting import corrections_name
from mockportal.wire.receipts import RECEIPT_TITLE
from mockportal.wire.sheets import csv_sheet, write_xlsx

blueprint = Blueprint("downloads", __name__, url_prefix="/depots")
_CSV = "text/csv"
_XML = "application/xml"


@blueprint.get("/<deposit_id>/accuse-de-traitement")
def receipt(deposit_id: str) -> Response:
    """Download the accusé de traitement."""
    deposit = visible(deposit_id)
    name = found(receipt_file_name(deposit))
    return xml_download(desk().stores.files.receipt(deposit.id), name)


@blueprint.get("/<deposit_id>/accuse-de-reception")
def acknowledge(deposit_id: str) -> Response:
    """Download the accusé de réception."""
    name, content = acknowledgement(visible(deposit_id))
    return xml_download(content, name)


@blueprint.get("/<deposit_id>/accuse-de-traitement.csv")
def receipt_csv(deposit_id: str) -> Response:
    """Download what the receipt says as CSV."""
    deposit = visible(deposit_id)
    name, table = found(receipt_file_name(deposit)), found(receipt_table(desk(), deposit))
    sheet = csv_sheet(table.head, table.rows)
    return written_download(
        lambda out: out.writelines(sheet), name.removesuffix(".xml") + ".csv", _CSV
    )


@blueprint.get("/<deposit_id>/accuse-de-traitement.xlsx")
def receipt_xlsx(deposit_id: str) -> Response:
    """Download what the receipt says as a sheet for Excel."""
    deposit = visible(deposit_id)
    name, table = found(receipt_file_name(deposit)), found(receipt_table(desk(), deposit))
    write = partial(write_xlsx, title=RECEIPT_TITLE, heading=table.head, rows=table.rows)
    return written_download(write, name.removesuffix(".xml") + ".xlsx", XLSX)


@blueprint.get("/<deposit_id>/passages-ko.xml")
def corrections(deposit_id: str) -> Response:
    """Download the KO passages alone, as a flux to correct and deposit."""
    deposit = visible(deposit_id)
    to_correct, _left_out = correctable(desk(), deposit)
    found(deposit if deposit.treated_at and to_correct else None)
    write = partial(write_corrections, desk(), deposit)
    return written_download(write, corrections_name(deposit.file_name), _XML)

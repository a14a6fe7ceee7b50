"""The passages for a spreadsheet: all, or those of a search."""

from collections.abc import Iterator
from functools import partial

from flask import Blueprint, request
from werkzeug.wrappers import Response

from mockportal.domain.passage_sheet import HEADING, TITLE
from mockportal.journeys.export import exported
from mockportal.journeys.passages import search_for
from mockportal.web.outcomes import XLSX, streamed_download, written_download
from mockportal.web.passage_display import typed_search
from mockportal.web.served import desk
from mockportal.web.session import current_account
from mockportal.wire.sheets import csv_sheet, write_xlsx

blueprint = Blueprint("passage_exports", __name__, url_prefix="/passages")


@blueprint.get("/export.csv")
def as_csv() -> Response:
    """Download the passages as CSV for Excel."""
    return streamed_download(csv_sheet(HEADING, _rows()), "passages.csv", "text/csv; charset=utf-8")


@blueprint.get("/export.xlsx")
def as_xlsx() -> Response:
    """Download the passages as XLSX."""
    write = partial(write_xlsx, title=TITLE, heading=HEADING, rows=_rows())
    return written_download(write, "passages.xlsx", XLSX)


def _rows() -> Iterator[list[str]]:
    search = search_for(desk(), current_account(), typed_search(request.args).words)
    return exported(desk(), current_account(), search)

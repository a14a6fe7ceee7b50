"""« Transmettre des données » : the two cards, and the form that takes a file."""

import re
from io import BytesIO
from typing import BinaryIO, cast

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.work import a_moment_later
from mockportal.web.outcomes import answer_to_upload, upload_page
from mockportal.web.served import desk
from mockportal.web.session import current_account

blueprint = Blueprint("submit", __name__)
_QUOTED_NAME = re.compile(r';\s*filename="((?:\\.|[^"\\])*)"', re.IGNORECASE)


@blueprint.get("/transmettre")
def choose() -> str:
    """Ask what to transmit."""
    return render_template("submit/choose.html")


@blueprint.get("/transmettre/fichier")
def ask_for_file() -> str:
    """Show the form that takes a file."""
    return upload_page()


@blueprint.post("/transmettre/fichier")
def receive() -> ResponseReturnValue:
    """Deposit the file; the visitor lands on the deposit, or reads why there is none."""
    upload = uploaded("fichier")
    with upload.content:
        outcome = deposit_file(desk(), current_account(), upload)
    return answer_to_upload(a_moment_later(desk(), outcome))


def uploaded(field: str) -> Upload:
    """Return the file of a form's field, with its name as the browser sent it.

    A field that is absent, or left empty, gives an upload without a name.
    """
    file = request.files.get(field)
    if file is None:
        return Upload("", BytesIO())
    return Upload(sent_name(file), cast("BinaryIO", file.stream))


def sent_name(file: FileStorage) -> str:
    r"""Return a file's name as its sender wrote it.

    Browsers write a double quote as ``%22`` and leave a backslash alone (HTML standard, multipart
    form data); Werkzeug takes it for the mark of an escape: ``a\b.xml`` would pass for ``ab.xml``.
    """
    quoted = _QUOTED_NAME.search(file.headers.get("Content-Disposition", ""))
    if quoted is None:
        return file.filename or ""
    return quoted[1].replace('\\"', '"').replace("%22", '"').replace("\\\\", "\\")

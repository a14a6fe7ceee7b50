"""A visitor of the pages: fills in forms as a browser does, CSRF token included."""

from pathlib import Path

from flask import Flask
from lxml import html
from werkzeug.test import TestResponse

from mockportal.journeys.seeding import DEMO_PASSWORD

_BOUNDARY = "----mockportal"


class Visitor:
    """A browser of its own on a portal's pages."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def get(self, path: str) -> TestResponse:
        """Open a page, without following redirects."""
        return self.client.get(path, buffered=True)

    def page(self, path: str) -> html.HtmlElement:
        """Open a page that must be there, and return its tree."""
        answer = self.get(path)
        assert answer.status_code == 200, (path, answer.status)
        return tree(answer)

    def log_in(self, account: str, password: str = DEMO_PASSWORD, page: str = "") -> TestResponse:
        """Send the login form."""
        path = "/connexion" + page
        return self.client.post(
            path,
            data={
                "identifiant": account,
                "mot_de_passe": password,
                "csrf_token": self.token(path),
            },
        )

    def log_out(self) -> TestResponse:
        """Send the form that logs out."""
        return self.client.post("/deconnexion", data={"csrf_token": self.token("/compte")})

    def upload(
        self,
        name: str | None,
        content: bytes,
        field: str = "fichier",
        accept: str = "text/html,*/*;q=0.8",
        token: str | None = None,
    ) -> TestResponse:
        """Send the upload form, its file under ``name`` byte for byte; None leaves the file out.

        The form is opened for its ``token`` first, where none is given.
        """
        parts: list[tuple[str, str | None, bytes]] = []
        opened = self.token("/transmettre/fichier") if token is None else token
        parts.append(("csrf_token", None, opened.encode()))
        if name is not None:
            parts.append((field, name, content))
        return self.client.post(
            "/transmettre/fichier",
            data=b"".join(_part(*one) for one in parts) + f"--{_BOUNDARY}--\r\n".encode(),
            content_type=f"multipart/form-data; boundary={_BOUNDARY}",
            headers={"Accept": accept},
        )

    def deposit(self, file: Path, name: str | None = None) -> str:
        """Deposit a file and return the address of its deposit."""
        answer = self.upload(name or file.name, file.read_bytes())
        assert answer.status_code == 303, words(answer)
        return answer.location

    def fill(self, path: str, action: str = "", **fields: str) -> TestResponse:
        """Fill in a form of a page, the one with that action, and send it as a browser does.

        What the page has filled in already goes along; a field that is not there fails.
        """
        answer = self.get(path)
        (form,) = tree(answer).xpath(
            '//main//form[@action=$action or not(@action) and $action=""]', action=action
        )
        unknown = set(fields) - set(form.fields)
        assert not unknown, (path, unknown)
        values = {name: value for name, value in form.fields.items() if value is not None} | fields
        return self.client.post(action or path, data=values, buffered=True)

    def follow(self, answer: TestResponse) -> TestResponse:
        """Open the page that an answer leads to."""
        assert answer.status_code == 303, words(answer)
        return self.get(answer.location)

    def token(self, path: str) -> str:
        """Return the CSRF token of the form on a page."""
        fields = tree(self.get(path)).xpath('//input[@name="csrf_token"]/@value')
        return str(fields[0])


def _part(name: str, file_name: str | None, content: bytes) -> bytes:
    head = f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'
    if file_name is not None:
        head += f'; filename="{file_name}"\r\nContent-Type: text/xml'
    return head.encode() + b"\r\n\r\n" + content + b"\r\n"


def tree(answer: TestResponse) -> html.HtmlElement:
    """Return the tree of a page."""
    return html.document_fromstring(answer.text)


def words(answer: TestResponse) -> str:
    """Return what is read in the main part of a page, with single spaces."""
    (main,) = tree(answer).xpath("//main")
    return " ".join(main.text_content().split())

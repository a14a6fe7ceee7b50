"""The doors of a portal in this process, through which a world is used and looked at."""

from io import BytesIO
from typing import Any

from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from mockportal.journeys.seeding import DEMO_PASSWORD
from tests.model.failure import DiffersError
from tests.web.visitor import Visitor


class Door:
    """One world's doors; each answer that is no answer at all is a failure."""

    def __init__(self, app: Flask, world: str) -> None:
        self._app, self._client = app, app.test_client()
        self.world = world

    def get(self, path: str, account: str) -> Any:
        """Ask /api/v1, and return the JSON of a success."""
        return self._expect(200, self.api("GET", path, account)).json

    def api(self, method: str, path: str, account: str, **content: Any) -> TestResponse:
        """Ask /api/v1."""
        return self._client.open(
            f"/api/v1{path}", method=method, auth=(account, DEMO_PASSWORD), buffered=True, **content
        )

    def deposit(self, account: str, name: str, flux: bytes) -> TestResponse:
        """Deposit a file."""
        boundary, body = encode_multipart({"file": FileStorage(BytesIO(flux), name)})
        kind = f"multipart/form-data; boundary={boundary}"
        return self.api("POST", "/deposits", account, data=body, content_type=kind)

    def mock(self, method: str, path: str, json: object = None, status: int = 200) -> Any:
        """Ask /_mock about the world, and return the JSON of what is expected to be a success."""
        answer = self._client.open(
            f"/_mock{path}", method=method, json=json, query_string={"world": self.world},
            buffered=True,
        )  # fmt: skip
        return self._expect(status, answer).get_json(silent=True) or answer.data

    def visitor(self, account: str) -> Visitor:
        """Return somebody at the pages, logged in."""
        visitor = Visitor(self._app)
        self._expect(303, visitor.log_in(account))
        return visitor

    @staticmethod
    def _expect(status: int, answer: TestResponse) -> TestResponse:
        if answer.status_code != status:
            asked = f"{answer.request.method} {answer.request.full_path}"
            raise DiffersError(f"{asked} answered {answer.status}: {answer.text[:300]}")
        return answer

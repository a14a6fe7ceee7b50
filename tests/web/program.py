"""A program at the portal's two doors, in a world of its own."""

from io import BytesIO
from typing import Any

from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from mockportal.assembly import Portal
from mockportal.journeys.worlds import MadeWorld, create_world

FIRST = "CERT00001"


class Program:
    """What a certifying body's exporter, and its tests, send."""

    def __init__(self, app: Flask, portal: Portal, world: MadeWorld) -> None:
        self.portal = portal
        self.world = world
        self.client = app.test_client()
        self.account, self.password = self.credentials(FIRST)

    def credentials(self, seed_id: str) -> tuple[str, str]:
        """Return what an account of the seeds logs in with in this world."""
        (found,) = [one for one in self.world.accounts if one.seed_id == seed_id]
        assert found.password is not None
        return found.id, found.password

    def get(self, path: str, *, account: str | None = None) -> TestResponse:
        """Ask /api/v1."""
        auth = self.credentials(account) if account else (self.account, self.password)
        return self.client.get(f"/api/v1{path}", auth=auth, buffered=True)

    def send(
        self,
        content: bytes,
        name: str = "flux.xml",
        field: str = "file",
        headers: dict[str, str] | None = None,
    ) -> TestResponse:
        """Deposit a file."""
        boundary, body = encode_multipart({field: FileStorage(BytesIO(content), name)})
        return self.client.post(
            "/api/v1/deposits",
            data=body,
            content_type=f"multipart/form-data; boundary={boundary}",
            auth=(self.account, self.password),
            headers=headers,
        )

    def deposit(self, content: bytes) -> dict[str, Any]:
        """Deposit a file that is taken; return its deposit as it is at once."""
        answer = self.send(content)
        assert answer.status_code == 201, answer.text
        return dict(answer.json or {})

    def mock(
        self, method: str, path: str, json: object = None, *, world: str | None = None, **more: Any
    ) -> TestResponse:
        """Ask /_mock about this program's world, or another one."""
        return self.client.open(
            f"/_mock{path}",
            method=method,
            json=json,
            query_string={"world": world or self.world.name, **more.pop("query", {})},
            **more,
        )


def a_program(app: Flask, portal: Portal, name: str) -> Program:
    """Return a program in a new world, a copy of the seeds."""
    world = create_world(portal.desk, name)
    assert isinstance(world, MadeWorld), world
    return Program(app, portal, world)

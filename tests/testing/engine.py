"""A Docker engine of words: it notes what containers are asked for, and points at a portal."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


class Engine:
    """What was asked of an engine whose every container is the portal of one port."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.created: dict[str, Any] = {}
        self.running = False

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Return what an engine says, as far as a container is started, looked at and removed."""
        match method, re.sub(r"^/v[\d.]+|\?.*$", "", path):
            case "GET", "/version":
                return 200, {"ApiVersion": "1.47", "MinAPIVersion": "1.24"}
            case "GET", "/images/registry.example.org/mockportal/json":
                return 200, {"Id": "sha256:c0ffee", "RepoTags": []}
            case "POST", "/containers/create":
                self.created = body
                return 201, {"Id": "c0ffee", "Warnings": []}
            case "POST", "/containers/c0ffee/start":
                self.running = True
                return 204, None
            case "GET", "/containers/json":
                return 200, [self._listed()]
            case "GET", "/containers/c0ffee/json":
                return 200, self._container()
            case "DELETE", "/containers/c0ffee":
                self.running = False
                return 204, None
            case _:
                return 404, {"message": f"nothing known of {method} {path}"}

    def _listed(self) -> dict[str, Any]:
        bound = {"IP": "127.0.0.1", "PrivatePort": 8000, "PublicPort": self.port, "Type": "tcp"}
        return {"Id": "c0ffee", "Names": ["/portal"], "Ports": [bound], "State": "running"}

    def _container(self) -> dict[str, Any]:
        bound = [{"HostIp": "127.0.0.1", "HostPort": str(self.port)}]
        return {
            "Id": "c0ffee",
            "Name": "/portal",
            "Config": {"Image": self.created["Image"], "Labels": {}},
            "State": {"Status": "running" if self.running else "exited", "Running": self.running},
            "NetworkSettings": {"Ports": {"8000/tcp": bound}, "Networks": {}},
            "HostConfig": {"NetworkMode": "default"},
        }


@contextmanager
def serving(engine: Engine) -> Iterator[str]:
    """Serve an engine; yield what DOCKER_HOST must be."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            content = self.rfile.read(length)
            status, said = engine.answer(
                self.command, self.path, json.loads(content) if content else None
            )
            told = b"" if said is None else json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

        do_GET = do_POST = do_DELETE = _answer  # noqa: N815  # the names that the server calls

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"tcp://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()

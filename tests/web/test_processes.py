"""What the processes of gunicorn take of a body."""

import socket
import threading
from collections.abc import Iterable
from typing import Any

from mockportal.web.processes import _taking_all

_PATIENT = 60
"""Seconds, for a machine that is busy."""


def test_a_stranger_who_sends_half_a_body_is_heard_out_for_a_moment_only() -> None:
    client, server = socket.socketpair()
    answers: list[Iterable[bytes]] = []
    with client, server, server.makefile("rb") as body:
        environ = {"wsgi.input": body, "gunicorn.socket": server, "CONTENT_LENGTH": "1000"}
        application = _taking_all(lambda *_: [b"who are you?"], 1_000, moment=0.1)

        def answer() -> None:
            answers.append(application(environ, None))

        client.sendall(b"half a body")
        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        thread.join(_PATIENT)
        heard_out = not thread.is_alive()
        server.sendall(b"the answer")  # which can still be sent
        client.shutdown(socket.SHUT_WR)
        thread.join(_PATIENT)

        assert heard_out
        assert client.recv(100) == b"the answer"
    assert answers == [[b"who are you?"]]


def test_who_is_let_in_is_heard_on() -> None:
    client, server = socket.socketpair()
    with client, server, server.makefile("rb") as body:
        environ = {"wsgi.input": body, "gunicorn.socket": server, "CONTENT_LENGTH": "1000"}

        def let_in(environ: dict[str, Any], _start_response: Any) -> Iterable[bytes]:
            environ["wsgi.input"].read(1)
            environ["mockportal.known"] = True
            for thread in threading.enumerate():
                if isinstance(thread, threading.Timer):
                    thread.join(_PATIENT)
            return []

        client.sendall(b"a" * 1_000)
        _taking_all(let_in, 999, moment=2)(environ, None)

        client.sendall(b"more")
        assert server.recv(100) == b"more"

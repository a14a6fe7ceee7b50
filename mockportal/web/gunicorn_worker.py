"""The processes of gunicorn: neither an idle connection nor half a header holds a thread.

A body that comes slowly does: that of a stranger for a moment only (see ``processes``), that of
somebody who has logged in as long as something comes now and then.
"""

import errno
import selectors
import socket
import struct
import time
from functools import partial
from typing import Any

from gunicorn.util import close, close_graceful
from gunicorn.workers.gthread import TConn, ThreadWorker

from mockportal.web.connections import IDLE

_FIRST_WORD = 2.0
"""Seconds in which a connection sends its headers, as long as one that is kept may rest."""
_MOST_HEADERS = 1 << 16
_BETWEEN_LOOKS = 0.02
_HANGING_UP = 0.5
"""Seconds for which a client that was answered may still send what nobody reads."""


class _Connection(TConn):  # type: ignore[misc]  # gunicorn ships no types
    """A connection that a thread ends: gunicorn's loop would wait for each client."""

    _ended = False

    def end(self, *, heard_out: bool) -> None:
        """End the connection, after what the client was sending has come if it is heard out."""
        self._ended = True
        if heard_out:
            self.sock.setblocking(True)
            close_graceful(self.sock, timeout=_HANGING_UP)
        else:
            close(self.sock)

    def close(self, graceful: bool = False) -> None:
        """End the connection, unless that was done."""
        if not self._ended:
            super().close(graceful)


class Worker(ThreadWorker):  # type: ignore[misc]  # gunicorn ships no types
    """A process whose threads wait for nobody who has not sent anything yet."""

    def accept(self, listener: Any) -> None:
        """Take a connection; a thread gets it as soon as there is something to read."""
        try:
            client, address = listener.accept()
        except BlockingIOError:  # another process was faster
            return
        except OSError as fault:
            if fault.errno != errno.ECONNABORTED:
                raise
            return
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, struct.pack("ll", IDLE, 0))
        self.nr_conns += 1
        connection = _Connection(self.cfg, client, address, listener.getsockname())
        connection.timeout = time.monotonic() + _FIRST_WORD
        self.pending_conns.append(connection)
        self.poller.register(
            connection.sock,
            selectors.EVENT_READ,
            partial(self.on_pending_socket_readable, connection),
        )

    def handle(self, conn: Any) -> Any:
        """Answer a request, once its headers are there: a thread that reads them would wait."""
        ahead = conn.parser is not None and conn.parser.unreader.buf.getvalue()
        if not ahead and not _headers_came(conn.sock):
            conn.end(heard_out=False)
            return False
        keeps_on = super().handle(conn)
        if not keeps_on:
            conn.end(heard_out=True)
        return keeps_on


def _headers_came(client: socket.socket) -> bool:
    """Tell whether a client sends its headers in a moment; they are left to be read."""
    client.setblocking(True)
    end = time.monotonic() + _FIRST_WORD
    while time.monotonic() < end:
        try:
            begun = client.recv(_MOST_HEADERS, socket.MSG_PEEK)
        except OSError:
            return False
        if not begun or b"\n\r\n" in begun or b"\n\n" in begun or len(begun) == _MOST_HEADERS:
            return True  # the end and what is too long are for gunicorn to say
        time.sleep(_BETWEEN_LOOKS)
    return False

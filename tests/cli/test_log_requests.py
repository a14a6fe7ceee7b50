"""``serve --log-requests``: what is asked stands on stderr, and no secret with it."""

import json
import re
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

_ODD = (
    ("GET", "/mot-de-passe/a-secret-token/"),
    ("GET", "//mot-de-passe//a-secret-token"),
    ("GET", "/Mot-de-Passe/a-secret-token"),
    ("GET", "/mot-de-passe/a-secret-token/autre?a-secret-token"),
    ("PUT", "/inscription/confirmation/a-secret-token"),
    ("PUT", "/connexion?next=/mot-de-passe/a-secret-token"),
    ("GET", "/connexion/?next=/mot-de-passe/a-secret-token"),
)
"""What leads to no page, and holds the secret of one."""


def _status(url: str, method: str, path: str) -> int:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port)
    try:
        connection.request(
            method, path, headers={"Authorization": "Basic Q0VSVDAwMDAxOm1vY2twb3J0YWw="}
        )
        return connection.getresponse().status
    finally:
        connection.close()


def _log_of(*options: str) -> str:
    """Return what a portal says on stderr that was asked for a few things."""
    command = [sys.executable, "-m", "mockportal", "serve", "--ephemeral", "--port", "0", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        url = json.loads(process.stdout.readline())["url"]
        assert _status(url, "GET", "/api/v1/deposits?page=1&size=2") == 200
        assert _status(url, "GET", "/readyz") == 200
        assert _status(url, "POST", "/nowhere%0Aat%20all") == 404
        assert _status(url, "GET", "/mot-de-passe/a-secret-token") < 500
        for method, path in _ODD:
            assert 300 <= _status(url, method, path) < 500
        process.terminate()
        _, log = process.communicate(timeout=60)
    return log


def test_each_request_is_a_line_on_stderr() -> None:
    log = _log_of("--log-requests")

    assert re.search(
        r"^\d\d:\d\d:\d\d GET /api/v1/deposits\?page=1&size=2 200 \d+ ms$", log, re.MULTILINE
    )
    assert re.search(r"^\S+ POST /nowhere%0Aat%20all 404 \d+ ms$", log, re.MULTILINE)
    assert re.search(r"^\S+ GET /mot-de-passe/\S+ \d+ \d+ ms$", log, re.MULTILINE)
    assert "a-secret-token" not in log
    assert "readyz" not in log


def test_nothing_is_logged_unless_that_is_asked_for() -> None:
    assert "/api/v1" not in _log_of()

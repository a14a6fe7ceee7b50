"""A server that listens before its application is there."""

import sys

import pytest

import mockportal.web
from mockportal.assembly import assemble
from mockportal.settings import Settings
from mockportal.web.serving import HttpServer
from tests.served_here import Reply, served_here


def test_a_portal_whose_application_cannot_be_loaded_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(mockportal.web, "application", raising=False)
    monkeypatch.setitem(sys.modules, "mockportal.web.application", None)

    with assemble(Settings()) as portal, pytest.raises(ImportError, match="application"):
        HttpServer(portal, "127.0.0.1", 0).run()


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_it_is_said_at_once_that_a_portal_lives_whose_application_is_still_being_made(
    method: str,
) -> None:
    with served_here() as served:
        with served.server._app._making:  # as long as somebody makes it
            early = served.ask(method, "/livez")
        assert served.ask("GET", "/connexion").status == 200

        late = served.ask(method, "/livez")

    assert (early.status, early.content) == (late.status, late.content)
    assert _headers(early) == _headers(late)
    assert early.content == (b"live\n" if method == "GET" else b"")


def _headers(reply: Reply) -> dict[str, str]:
    return {name: value for name, value in reply.headers.items() if name != "Date"}

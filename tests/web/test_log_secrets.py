"""No secret of a link stands in the log of the portal's own faults."""

import logging

import pytest

from mockportal.assembly import Portal
from mockportal.web import create_app


def test_a_fault_is_logged_without_the_secret_of_the_link(
    portal: Portal, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(portal)

    def fail() -> None:
        raise RuntimeError("a fault of the portal")

    app.before_request(fail)
    with caplog.at_level(logging.ERROR):
        for path in ("/mot-de-passe/A-SECRET", "/mot-de-passe/A-SECRET/", "/livez?all"):
            assert app.test_client().get(path).status_code == 500

    assert "A-SECRET" not in caplog.text
    assert "Exception on /mot-de-passe/<token> [GET]" in caplog.text
    assert "Exception on /livez?all [GET]" in caplog.text
    assert "a fault of the portal" in caplog.text

"""The address that a portal prints is one that answers."""

import pytest

from mockportal.web.serving import shown_url


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("::", "http://[::1]:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104  # only compared
        ("192.0.2.1", "http://192.0.2.1:8000"),
    ],
)
def test_the_printed_address_is_of_the_family_that_is_listened_on(host: str, url: str) -> None:
    assert shown_url(host, 8000) == url

"""Who may drive the portal from behind the scenes."""

import pytest

from mockportal.settings import Settings
from mockportal.web.control_guard import KEY_HEADER, may_control

WITH_KEY = Settings(control_key="the key")
HERE = {"Host": "127.0.0.1:8000"}
ELSEWHERE = "192.0.2.7"


@pytest.mark.parametrize("peer", ["127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1"])
@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_very_machine_needs_no_key(peer: str, host: str) -> None:
    assert may_control(Settings(), peer, {"Host": host})


@pytest.mark.parametrize(
    ("peer", "headers"),
    [
        pytest.param(ELSEWHERE, HERE, id="another machine"),
        pytest.param(None, HERE, id="nobody knows whence"),
        pytest.param("127.0.0.1", {"Host": "evil.test:8000"}, id="a name that points here"),
        pytest.param("127.0.0.1", {"Host": "127.0.0.1.evil.test"}, id="a name that looks like us"),
        pytest.param("127.0.0.1", {"Host": "[::1"}, id="a broken name"),
        pytest.param("127.0.0.1", {}, id="no name"),
        pytest.param("127.0.0.1", HERE | {"X-Forwarded-For": ELSEWHERE}, id="a proxy"),
        pytest.param("127.0.0.1", HERE | {"Forwarded": "for=192.0.2.7"}, id="a proxy of today"),
    ],
)
def test_all_others_need_the_key(peer: str | None, headers: dict[str, str]) -> None:
    assert not may_control(WITH_KEY, peer, headers)
    assert not may_control(WITH_KEY, peer, headers | {KEY_HEADER: "another key"})
    assert may_control(WITH_KEY, peer, headers | {KEY_HEADER: "the key"})


@pytest.mark.parametrize("key", [None, ""])
def test_without_a_control_key_no_key_is_right(key: str | None) -> None:
    settings = Settings(control_key=key)

    assert not may_control(settings, ELSEWHERE, HERE | {KEY_HEADER: ""})
    assert not may_control(settings, ELSEWHERE, HERE | {KEY_HEADER: "None"})


def test_the_name_that_is_served_is_ours_too() -> None:
    settings = Settings(host="portail.example.org")

    assert may_control(settings, "127.0.0.1", {"Host": "portail.example.org:8000"})


def test_without_control_nobody_may_not_even_with_the_key() -> None:
    settings = Settings(control=False, control_key="the key")

    assert not may_control(settings, "127.0.0.1", HERE | {KEY_HEADER: "the key"})

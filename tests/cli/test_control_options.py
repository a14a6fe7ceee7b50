"""``--control-key`` and ``--no-control``: what is printed, and what is there."""

import http.client
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest

from mockportal.cli.options import drawn_control_key


@contextmanager
def served(*options: str) -> Iterator[tuple[int, subprocess.Popen[str]]]:
    """Serve a portal that keeps nothing; yield its port and its process."""
    command = [sys.executable, "-m", "mockportal", "serve", "--port", "0", "--ephemeral", *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            url = urlsplit(json.loads(process.stdout.readline())["url"])
            yield int(url.port or 0), process
        finally:
            process.terminate()


def status(port: int, headers: dict[str, str]) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", "/coulisses", headers=headers)
        return connection.getresponse().status
    finally:
        connection.close()


def test_for_other_machines_a_key_is_drawn_and_printed() -> None:
    proxied = {"X-Forwarded-For": "192.0.2.7"}

    with served("--host", "0.0.0.0") as (port, process):  # noqa: S104  # to have a key drawn
        assert process.stderr is not None
        said = re.match(r"Control key of /coulisses and /_mock: (\S+)", process.stderr.readline())
        assert said is not None

        assert status(port, {}) == 200
        assert status(port, proxied) == 403
        assert status(port, proxied | {"X-Mockportal-Key": said[1]}) == 200


def test_a_key_that_is_given_is_not_printed_and_without_control_there_is_nothing() -> None:
    with served("--control-key", "given", "--no-control") as (port, process):
        assert status(port, {"X-Mockportal-Key": "given"}) == 404
        process.terminate()
        assert process.stderr is not None
        assert "given" not in process.stderr.read()


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_for_this_machine_alone_no_key_is_drawn(host: str) -> None:
    assert drawn_control_key(host) is None


def test_no_two_keys_are_the_same() -> None:
    keys = {drawn_control_key("192.0.2.7") for _ in range(10)}

    assert len(keys) == 10
    assert all(key and len(key) >= 12 for key in keys)


def warned(*options: str) -> str:
    with served(*options) as (_, process):
        process.terminate()
        assert process.stderr is not None
        return process.stderr.read()


def test_who_opens_the_portal_to_the_network_reads_with_which_password() -> None:
    told = warned("--host", "0.0.0.0")  # noqa: S104  # to be open

    assert "Open to the network: whoever reaches 0.0.0.0 can log in" in told
    assert "'mockportal'" in told
    assert "--public" in told


@pytest.mark.parametrize("options", [(), ("--host", "0.0.0.0", "--public")])  # noqa: S104
def test_nobody_else_does(options: tuple[str, ...]) -> None:
    assert "Open to the network" not in warned(*options)


def test_names_that_are_allowed_are_answered() -> None:
    with served("--allow-host", "portail.example, proxy", "--allow-host", "::2") as (port, _):
        proxied = {"X-Forwarded-For": "192.0.2.7"}
        for host in ("portail.example:8000", "proxy", "[::2]:80", "localhost"):
            assert status(port, {"Host": host, **proxied}) == 403, host
        assert status(port, {"Host": "evil.test"}) == 421


def test_an_address_is_no_name_of_a_host() -> None:
    command = [sys.executable, "-m", "mockportal", "serve", "--allow-host", "http://a.test"]

    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    assert ended.returncode == 3
    assert "leave http:// and the port out" in ended.stderr

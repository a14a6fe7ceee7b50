"""The image as a container, started by an engine of words that points at a served portal."""

import os
import subprocess
import sys
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from mockportal.cli.serve import serve
from mockportal.testing import PortalServer
from tests.testing.engine import Engine, serving

STARTED = """
import urllib.request
from mockportal.testing.containers import MockPortalContainer

with MockPortalContainer("registry.example.org/mockportal", {settings}) as portal:
    print(portal.url, urllib.request.urlopen(portal.url + "/livez").read().decode())
"""


@pytest.fixture
def engine() -> Iterator[Engine]:
    with PortalServer() as server:
        yield Engine(urlsplit(server.url).port or 0)


def started(engine: Engine, settings: str) -> str:
    """Start and stop a container in a process of its own, and return what it prints.

    testcontainers reads its own settings from the environment when it is imported.
    """
    with serving(engine) as address:
        ran = subprocess.run(
            [sys.executable, "-c", STARTED.replace("{settings}", settings)],
            env={
                **os.environ,
                "DOCKER_HOST": address,
                "TESTCONTAINERS_RYUK_DISABLED": "true",
                "TESTCONTAINERS_CONNECTION_MODE": "docker_host",
                "TESTCONTAINERS_HOST_OVERRIDE": "127.0.0.1",
            },
            check=False,
            capture_output=True,
            encoding="utf-8",
        )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout


def test_a_container_is_configured_by_its_environment_alone(engine: Engine) -> None:
    started(engine, 'registry="open", control_key="a-key", seed=7, public=False')

    given = dict(one.split("=", 1) for one in engine.created["Env"])
    assert engine.created["Image"] == "registry.example.org/mockportal"
    assert not engine.created.get("Cmd")
    assert given == {
        "MOCKPORTAL_EPHEMERAL": "true",
        "MOCKPORTAL_REGISTRY": "open",
        "MOCKPORTAL_CONTROL_KEY": "a-key",
        "MOCKPORTAL_SEED": "7",
        "MOCKPORTAL_PUBLIC": "false",
    }
    assert set(given) <= {str(one.envvar) for one in serve.params if hasattr(one, "envvar")}


def test_a_started_container_tells_where_its_portal_is(engine: Engine) -> None:
    printed = started(engine, "ephemeral=False")

    assert printed.split() == [f"http://127.0.0.1:{engine.port}", "live"]
    assert engine.created["Env"] == ["MOCKPORTAL_EPHEMERAL=false"]


def test_it_is_removed_at_the_end(engine: Engine) -> None:
    started(engine, "seed=1")

    assert engine.created
    assert not engine.running

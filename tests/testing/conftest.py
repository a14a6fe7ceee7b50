from collections.abc import Iterator

import pytest

from mockportal.testing import MockPortal, PortalServer


@pytest.fixture(scope="module")
def server() -> Iterator[PortalServer]:
    with PortalServer(seed=1) as served:
        yield served


@pytest.fixture
def portal(server: PortalServer) -> Iterator[MockPortal]:
    with server.world() as made:
        yield made

"""A portal of its own for each test, and someone in front of its pages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.web.visitor import Visitor
from tests.working import at_work

PutTogether = Callable[..., Portal]


@pytest.fixture
def put_together() -> Iterator[PutTogether]:
    """Return what assembles a portal that keeps nothing, with the settings given."""
    with ExitStack() as stack:

        def one(**settings: Any) -> Portal:
            portal = stack.enter_context(assemble(Settings(**settings)))
            return stack.enter_context(at_work(portal))

        yield one


@pytest.fixture
def portal(put_together: PutTogether) -> Portal:
    return put_together()


@pytest.fixture
def visitor(portal: Portal) -> Visitor:
    """Return someone who has not logged in."""
    return Visitor(create_app(portal))


@pytest.fixture
def certifier(visitor: Visitor) -> Visitor:
    """Return someone who has logged in as CERT00001."""
    visitor.log_in("CERT00001")
    return visitor

"""A portal of its own for each test, and someone in front of its pages."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from typing import Any

import pytest
from flask import Flask

from mockportal.assembly import Portal, assemble
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.web.program import Program, a_program
from tests.web.visitor import Visitor
from tests.working import at_work

PutTogether = Callable[..., Portal]
_numbers = count(1)


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


@pytest.fixture(scope="session")
def shared() -> Iterator[tuple[Portal, Flask]]:
    """Return a portal for all programs, which keeps nothing, with a worker, and its application."""
    with assemble(Settings()) as portal, at_work(portal):
        yield portal, create_app(portal)


@pytest.fixture
def program(shared: tuple[Portal, Flask]) -> Program:
    """Return a program in a world of its own."""
    portal, app = shared
    return a_program(app, portal, f"program-{next(_numbers)}")

"""One portal for all programs, and a world for each."""

from collections.abc import Iterator
from itertools import count

import pytest
from flask import Flask

from mockportal.assembly import Portal, assemble
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.web.program import Program, a_program
from tests.working import at_work

_numbers = count(1)


@pytest.fixture(scope="package")
def shared() -> Iterator[tuple[Portal, Flask]]:
    """Return a portal that keeps nothing, with a worker, and its application."""
    with assemble(Settings()) as portal, at_work(portal):
        yield portal, create_app(portal)


@pytest.fixture
def program(shared: tuple[Portal, Flask]) -> Program:
    """Return a program in a world of its own."""
    portal, app = shared
    return a_program(app, portal, f"program-{next(_numbers)}")

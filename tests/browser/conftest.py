"""One browser for all, one portal for each file of tests, one visitor for each test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.stage import Stage, chromium, launched, opened, staged

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        pytest.skip("no Chromium on this machine")
    with launched(path) as running:
        yield running


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with staged() as portal:
        yield portal


@pytest.fixture
def visit(browser: Browser, stage: Stage) -> Iterator[Open]:
    """Return what opens the portal for one more visitor: ``visit(scripts=False)``."""
    with ExitStack() as stack:
        yield lambda **how: stack.enter_context(opened(browser, stage, **how))


@pytest.fixture
def page(visit: Open) -> Page:
    return visit()

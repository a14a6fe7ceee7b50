"""A portal in a thread of this process, on a free port, and Chromium in front of it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from mockportal.assembly import Portal
from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.web import create_app
from tests.served_here import served_here

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_OPTIONS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE, NARROW, NARROWEST = 1280, 390, 320
_HEIGHT = 900
_PATIENCE = 15_000
"""Milliseconds that a step may take: a machine may be busy."""


@dataclass(frozen=True)
class Stage:
    """A portal that is served, and what its tests may look at behind the pages."""

    portal: Portal
    app: Flask
    """An application of the portal's own that tests ask without a connection."""
    url: str


@contextmanager
def staged(**settings: object) -> Iterator[Stage]:
    """Serve a portal that keeps nothing, with a worker, while the block runs."""
    with served_here(**settings) as served:
        yield Stage(served.portal, create_app(served.portal), served.server.url)


def chromium() -> str | None:
    """Return where the browser is, or None where there is none."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """Run a browser while the block runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_OPTIONS)
        yield browser
        browser.close()


@contextmanager
def opened(
    browser: Browser, stage: Stage, *, scripts: bool = True, width: int = WIDE
) -> Iterator[Page]:
    """Open a page of a browser that remembers nothing; it may ask nobody but the portal."""
    context = browser.new_context(
        base_url=stage.url,
        java_script_enabled=scripts,
        viewport={"width": width, "height": _HEIGHT},
        locale="fr-FR",
        reduced_motion="reduce",
    )
    context.set_default_timeout(_PATIENCE)
    strangers = asked_elsewhere(context, stage)
    yield context.new_page()
    context.close()
    assert strangers == []


def asked_elsewhere(context: BrowserContext, stage: Stage) -> list[str]:
    """Return a list that every request to anywhere but the portal adds itself to."""
    strangers: list[str] = []

    def note(url: str) -> None:
        if not url.startswith((stage.url + "/", "data:", "blob:")):
            strangers.append(url)

    context.on("request", lambda request: note(request.url))
    return strangers


def log_in(page: Page, account: str, password: str = DEMO_PASSWORD) -> None:
    """Log in by the login page."""
    page.goto("/connexion")
    page.get_by_label("Identifiant", exact=True).fill(account)
    page.get_by_label("Mot de passe", exact=True).fill(password)
    page.get_by_role("button", name="Me connecter").click()
    page.wait_for_url(lambda url: "/connexion" not in url)

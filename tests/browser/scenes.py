"""Every page in its telling states: those that links lead to, and those that forms answer with."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page
from werkzeug.routing import MapAdapter

from tests.browser.answers import answers
from tests.browser.scene import Scene
from tests.browser.stage import Stage, log_in, opened
from tests.browser.strangers import to_all
from tests.web.furnished import Roles, logged_in
from tests.web.visitor import Visitor, tree

ROLES = ("nobody", "administrator", "user", "depositor", "unmandated", "beginner")
_ALIKE = 12
"""How many states of one page are looked at."""
_NO_PAGES = ("static", "downloads.", "passage_exports.", "assistance.demonstration", "health.")


def scenes_of_all(stage: Stage, roles: Roles) -> dict[str, list[Scene]]:
    """Return the scenes that each role is looked at in: what one sees as others do, once."""
    looks: dict[str, set[str]] = {}
    scenes = {}
    for role in ROLES:
        account, password = getattr(roles, role)
        visitor = logged_in(stage.app, account, password) if account else Visitor(stage.app)
        found = list(_by_links(visitor, "/" if account else "/connexion", stage, looks))
        at = {one.name: one.path for one in found}
        scenes[role] = found + (answers(stage, roles, role, at) if account else to_all())
    return scenes


def _by_links(
    visitor: Visitor, start: str, stage: Stage, looks: dict[str, set[str]]
) -> Iterator[Scene]:
    """Yield a page of each kind, in as many states as its marks tell apart, a few of each."""
    waiting, seen = [start], {start}
    adapter = stage.app.url_map.bind("localhost")
    while waiting:
        path = waiting.pop(0)
        answer = visitor.get(path)
        if answer.mimetype != "text/html" or answer.status_code not in (200, 410):
            continue
        page = tree(answer)
        kind, look = _kind(adapter, path), _look(page.xpath("//main//@class"))
        known = looks.setdefault(kind, set())
        if look not in known and len(known) < _ALIKE:
            known.add(look)
            yield Scene(f"{kind}-{len(known)}", path)
        for link in page.xpath("//a/@href"):
            address = urljoin(path, link.partition("#")[0])
            if address not in seen and not _kind(adapter, address).startswith(_NO_PAGES):
                seen.add(address)
                waiting.append(address)


def _kind(adapter: MapAdapter, path: str) -> str:
    endpoint, values = adapter.match(path.partition("?")[0])
    # The help has a page for each name, and so has a declaration for each of its steps.
    name = values.get("name", "")
    return f"{endpoint}.{name}" if name else str(endpoint)


def _look(classes: list[str]) -> str:
    return " ".join(sorted({one for names in classes for one in re.split(r"\s+", names)}))


@contextmanager
def watched_as(browser: Browser, stage: Stage, roles: Roles, role: str) -> Iterator[Page]:
    """Open a page of someone's browser."""
    with opened(browser, stage) as page:
        account, password = getattr(roles, role)
        if account:
            log_in(page, account, password)
        yield page

"""Takes a picture of every page in its telling states, wide and narrow, light and dark.

python -m tests.browser.screenshots DIR [ROLE…] [PART_OF_A_NAME…]
"""

import sys
from pathlib import Path

from playwright.sync_api import FloatRect, Page

from tests.browser import otherwise
from tests.browser.scene import come_to
from tests.browser.scenes import ROLES, scenes_of_all, watched_as
from tests.browser.stage import NARROW, WIDE, chromium, launched, staged
from tests.web.furnished import Roles, furnish

_TALLEST = 5_000
"""Pixels of a page that a picture shows."""


def main() -> None:
    """Write the pictures into a folder: ``<role>-<page>-<width>-<scheme>.png``."""
    folder, wanted = Path(sys.argv[1]), sys.argv[2:]
    roles_wanted = [one for one in wanted if one in ROLES] or ROLES
    parts = [one for one in wanted if one not in ROLES]
    folder.mkdir(parents=True, exist_ok=True)
    path = chromium()
    if path is None:
        raise SystemExit("no Chromium on this machine")
    with staged(label="Formation du 12 mars") as stage, launched(path) as browser:
        roles = furnish(stage.portal, stage.app)
        scenes = scenes_of_all(stage, roles)
        for role in roles_wanted:
            with watched_as(browser, stage, roles, role) as page:
                for scene in scenes[role]:
                    come_to(page, scene)
                    if not parts or any(one in scene.name for one in parts):
                        _photograph(page, folder, f"{role}-{scene.name}")
    with (
        staged(**otherwise.SETTINGS) as stage,
        launched(path) as browser,
        watched_as(browser, stage, Roles(), "administrator") as page,
    ):
        for scene in otherwise.scenes():
            come_to(page, scene)
            _photograph(page, folder, f"otherwise-{scene.name}")


def _photograph(page: Page, folder: Path, name: str) -> None:
    for width in (WIDE, NARROW):
        page.set_viewport_size({"width": width, "height": 900})
        height = page.evaluate("document.documentElement.scrollHeight")
        across = page.evaluate("document.documentElement.scrollWidth")
        seen = FloatRect(x=0, y=0, width=max(width, across), height=min(height, _TALLEST))
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            page.screenshot(
                path=folder / f"{name}-{width}-{scheme}.png",
                full_page=True,
                clip=seen,
            )
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": WIDE, "height": 900})


if __name__ == "__main__":
    main()

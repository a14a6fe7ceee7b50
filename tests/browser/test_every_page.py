"""Every page, as each role: for everybody (axe-core), good HTML, room on narrow screens."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser import otherwise
from tests.browser.scene import Scene, come_to
from tests.browser.scenes import ROLES, scenes_of_all, watched_as
from tests.browser.stage import NARROW, NARROWEST, WIDE, Stage, staged
from tests.browser.validity import invalid, is_here
from tests.web.furnished import Roles, furnish

pytestmark = pytest.mark.xdist_group("browser")
_LEVELS = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
_LOOKS = (
    ((WIDE, "light"), (NARROW, "dark")),
    ((WIDE, "dark"), (NARROW, "light")),
)
"""Pages take turns: each is seen wide and narrow, light and dark, and each template in all four."""
_ENGLISH = ("/docs", "/api/v1/problems")
"""What the addresses of the pages for programmers hold."""
_TOO_WIDE = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const wide = [...document.querySelectorAll("body *")].filter(
    (one) => one.getBoundingClientRect().right > room + 1);
  return wide.slice(-1).map((one) => one.outerHTML.slice(0, 120)).join("") || "something";
}"""


_WRONG = """<!doctype html><html lang="fr"><title>t</title><main><h1>h</h1>
  <p id="a" style="color:#999">faint</p><img src="data:,"><p style="width:900px">wide</p></div>
  </main></html>"""


@pytest.fixture(scope="module")
def roles(stage: Stage) -> Roles:
    return furnish(stage.portal, stage.app)


@pytest.fixture(scope="module")
def scenes(stage: Stage, roles: Roles) -> dict[str, list[Scene]]:
    return scenes_of_all(stage, roles)


@pytest.mark.parametrize("role", ROLES)
def test_every_page_can_be_used_by_everybody(
    browser: Browser,
    stage: Stage,
    roles: Roles,
    scenes: dict[str, list[Scene]],
    role: str,
    tmp_path: Path,
) -> None:
    wrong, sent = [], {}
    with watched_as(browser, stage, roles, role) as page:
        for turn, scene in enumerate(scenes[role]):
            sent[scene.name] = come_to(page, scene)
            wrong += [f"{scene.name} {page.url}: {one}" for one in faults_of(page, turn)]

    assert not wrong, "\n".join(wrong)
    if not is_here():
        pytest.skip("all that a browser sees is good; no Java on this machine to validate the HTML")
    wrong = list(invalid(sent, tmp_path))
    assert not wrong, "\n".join(wrong)


def test_a_portal_that_is_set_otherwise_can_be_used_by_everybody(browser: Browser) -> None:
    with (
        staged(**otherwise.SETTINGS) as stage,
        watched_as(browser, stage, Roles(), "administrator") as page,
    ):
        for turn, scene in enumerate(otherwise.scenes()):
            come_to(page, scene)
            assert not list(faults_of(page, turn)), scene.name


def faults_of(page: Page, turn: int = 0) -> Iterator[str]:
    """Yield what is wrong with a page, in the two looks whose turn it is."""
    language = "en" if any(part in page.url for part in _ENGLISH) else "fr"
    if page.locator("html").get_attribute("lang") != language:
        yield "the language of the page is not said"
    if page.locator(".summary").count():
        if page.locator("h1 ~ .summary, :has(> h1) ~ .summary").count() == 0:
            yield "the summary of what is wrong stands above the title"
        if page.locator(".summary:focus").count() == 0:
            yield "the summary of what is wrong does not take the focus"
    for width, scheme in _LOOKS[turn % len(_LOOKS)]:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        answer = Axe().run(page, options={"runOnly": _LEVELS, "resultTypes": ["violations"]})
        for violation in answer.response["violations"]:
            for node in violation["nodes"]:
                yield f"{width} {scheme}: {violation['id']}: {node['html'][:200]} {node['any'][:1]}"
    for width in (NARROW, NARROWEST):
        page.set_viewport_size({"width": width, "height": 900})
        if wide := page.evaluate(_TOO_WIDE):
            yield f"{width}: too wide: {wide}"
    page.set_viewport_size({"width": WIDE, "height": 900})


def test_the_looks_see_what_is_wrong(page: Page) -> None:
    page.set_content(_WRONG)

    found = "\n".join(faults_of(page))

    for one in ("color-contrast", "image-alt", "390: too wide"):
        assert one in found


@pytest.mark.skipif(not is_here(), reason="no Java on this machine to validate HTML")
def test_the_validator_sees_what_is_wrong(tmp_path: Path) -> None:
    (no_text, stray) = invalid({"page": _WRONG}, tmp_path)

    assert "page, line 2: An “img” element must have an “alt” attribute" in no_text
    assert "Stray end tag “div”" in stray

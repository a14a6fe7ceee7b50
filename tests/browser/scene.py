"""A page in a state: where it is, and what is done there to come to it."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page, Response, expect

Act = Callable[[Page], None]


@dataclass(frozen=True)
class Scene:
    """A page in a state: where it is, and what is done there to come to it."""

    name: str
    path: str
    act: Act | None = None
    shows: str = ""
    """Words that stand on the page in this state, and on none that an act might end at instead."""


def press(words: str, **fields: str) -> Act:
    """Return what fills fields in, by their names, and presses the button of these words."""

    def act(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f"main [name='{name}']").first.fill(value)
        page.locator("main").get_by_role("button", name=words).first.click()
        page.wait_for_load_state()

    return act


def one_after_the_other(*acts: Act) -> Act:
    """Return what does several things in their order."""

    def act(page: Page) -> None:
        for one in acts:
            one(page)

    return act


def come_to(page: Page, scene: Scene) -> str:
    """Bring a page into a state, and return the HTML that the portal sent for it.

    Another page than the one that is meant is a failure: it would be looked at in its stead.
    """
    answers: list[Response] = []

    def note(answer: Response) -> None:
        if answer.request.is_navigation_request():
            answers.append(answer)

    page.on("response", note)
    page.goto(scene.path)
    if scene.act:
        scene.act(page)
    else:
        assert urlsplit(page.url).path == urlsplit(scene.path).path, f"{scene.name}: {page.url}"
    expect(page.locator("main"), scene.name).to_contain_text(scene.shows)
    page.remove_listener("response", note)
    return answers[-1].text()

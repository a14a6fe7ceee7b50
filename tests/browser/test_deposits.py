"""Depositing in the browser: watched live, read, corrected; with scripts, without, by keyboard."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mockportal.domain.identifiers import AccountId
from mockportal.domain.processing import Mode, Processing
from tests.browser.conftest import Open
from tests.browser.doing import a_file, click, deposit, expect_status
from tests.browser.stage import Stage, log_in

pytestmark = pytest.mark.xdist_group("browser")
_OUTLINED = """() => {
  const style = getComputedStyle(document.activeElement);
  return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
}"""


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_a_ko_is_read_taken_out_corrected_and_deposited_again(
    visit: Open, tmp_path: Path, scripts: bool
) -> None:
    page, name = visit(scripts=scripts), f"ST-{scripts}"
    log_in(page, "CERT00001")
    deposit(page, a_file(tmp_path, (f"{name}-1", "Jean-François"), (f"{name}-2", "Jean François")))

    expect_status(page, "Traité avec erreurs")
    expect(page.locator("#pourquoi + p + details")).to_contain_text("un trait d'union")
    with page.expect_download() as download:
        click(page, "Passages KO à corriger (XML)", "link")
    corrected = tmp_path / download.value.suggested_filename
    download.value.save_as(corrected)
    text = corrected.read_text(encoding="utf-8")
    assert f"{name}-1" not in text
    corrected.write_text(text.replace("Jean François", "Jean-François"), encoding="utf-8")
    deposit(page, corrected)

    expect_status(page, "Traité avec succès")


def test_a_deposit_is_watched_until_it_is_treated(page: Page, stage: Stage, tmp_path: Path) -> None:
    account = AccountId("CERT00002")
    stage.portal.desk.stores.organisations.set_processing(account, Processing(Mode.MANUAL))
    log_in(page, account)
    path = a_file(tmp_path, ("ST-LIVE", "Jean-François"))
    deposit(page, path)
    expect_status(page, "Traitement en cours")

    world = stage.portal.desk.stores.worlds.named("default")
    assert world is not None
    stage.portal.desk.stores.agenda.release(world, stage.portal.desk.circumstances.now(world))
    stage.portal.bell.ring()

    expect_status(page, "Traité avec erreurs")  # its émetteur is another one


def test_a_file_of_another_kind_is_refused_before_it_is_sent(page: Page, tmp_path: Path) -> None:
    log_in(page, "CERT00001")
    page.goto("/transmettre/fichier")
    wrong = tmp_path / "flux.zip"
    wrong.write_bytes(b"PK")
    page.get_by_label("Fichier des passages de certification").set_input_files(wrong)

    expect(page.get_by_role("alert")).to_contain_text("se termine par « .xml »")


def test_the_keyboard_alone_logs_in_deposits_and_reads_a_ko(page: Page, tmp_path: Path) -> None:
    file = a_file(tmp_path, ("ST-KEYS", "Jean François"))
    # Said long before the key is pressed: Chromium may still be hearing of it when the key comes.
    page.on("filechooser", lambda chooser: chooser.set_files(file))
    page.goto("/connexion")
    tab_to(page, lambda: focused(page, "#identifiant"))
    page.keyboard.type("CERT00001")
    page.keyboard.press("Tab")
    tab_to(page, lambda: focused(page, "#mot_de_passe"))
    page.keyboard.type("mockportal")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "/connexion" not in url)

    tab_to(page, lambda: focused(page, "nav a:has-text('Transmettre des données')"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/transmettre")
    tab_to(page, lambda: focused(page, "main a[href='/transmettre/fichier']"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/transmettre/fichier")
    tab_to(page, lambda: focused(page, "#fichier"))
    page.keyboard.press("Enter")
    expect(page.locator("[data-chosen]")).to_contain_text("Taille")
    tab_to(page, lambda: focused(page, "button:has-text('Déposer le fichier')"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/depots/*")
    expect_status(page, "Traité avec erreurs")

    tab_to(page, lambda: focused(page, "details.reason > summary"))
    page.keyboard.press("Enter")
    expect(page.locator("details.reason").first).not_to_have_attribute("open", "")
    page.keyboard.press("Enter")
    expect(page.locator("details.reason").first).to_contain_text("un trait d'union")


def test_the_first_tab_leads_past_the_navigation(page: Page) -> None:
    page.goto("/connexion")

    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Aller au contenu")).to_be_in_viewport()
    page.keyboard.press("Enter")

    assert focused(page, "#contenu")


def tab_to(page: Page, there: Callable[[], bool], most: int = 40) -> None:
    """Press Tab until one is there; each stop on the way shows that it has the focus."""
    for _ in range(most):
        if there():
            return
        page.keyboard.press("Tab")
        assert page.evaluate(_OUTLINED), page.evaluate("document.activeElement.outerHTML")
    raise AssertionError("the keyboard does not get there")


def focused(page: Page, selector: str) -> bool:
    """Tell whether the focus is on something."""
    return bool(page.locator(f"{selector}:focus").count())

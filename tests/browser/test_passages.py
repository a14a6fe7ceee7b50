"""Passages in the browser: in the passport, modified, deleted, deleted in mass, declared."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Open
from tests.browser.doing import a_file, click, deposit, expect_status
from tests.browser.stage import log_in

pytestmark = pytest.mark.xdist_group("browser")


@pytest.fixture
def certifier(page: Page) -> Page:
    log_in(page, "CERT00001")
    return page


def test_a_passage_shows_in_the_passport_is_modified_and_leaves_it_when_deleted(
    certifier: Page, tmp_path: Path
) -> None:
    page = certifier
    deposit(page, a_file(tmp_path, ("PA-1", "Jean-François")))
    expect_status(page, "Traité avec succès")
    look_into_the_passport(page)
    expect(page.locator("main")).to_contain_text("Données garanties")

    access(page, "PA-1")
    click(page, "Modifier", "link")
    page.get_by_label("Mention validée").select_option(label="Très bien")
    click(page, "Enregistrer les modifications")
    expect(page.get_by_role("status")).to_contain_text("Le passage est modifié.")
    expect(page.locator("main")).to_contain_text("Très bien")

    click(page, "Supprimer", "link")
    click(page, "Supprimer le passage")
    expect(page.get_by_role("status")).to_contain_text("n'est plus dans le passeport")
    look_into_the_passport(page)
    expect(page.locator("main")).to_contain_text("Ce passeport est vide.")


def test_passages_are_deleted_in_mass_after_a_number_is_typed(
    certifier: Page, tmp_path: Path
) -> None:
    page = certifier
    deposit(page, a_file(tmp_path, *((f"PM-{n}", "Jean-François") for n in range(3))))
    expect_status(page, "Traité avec succès")

    page.goto("/passages/suppression")
    page.get_by_label("Identifiants, un par ligne").fill("PM-0\nPM-2\nPM-NOBODY")
    page.locator("form", has=page.locator("#identifiants")).get_by_role(
        "button", name="Voir l'aperçu"
    ).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("2 passages seraient supprimés")
    expect(page.locator("main")).to_contain_text("PM-NOBODY")
    page.get_by_label("Pour confirmer, saisissez le nombre de passages").fill("2")
    click(page, "Supprimer 2 passages")

    expect(page.locator("main")).to_contain_text("2 passages")
    page.goto("/passages?debut=PM-")
    expect(page.locator(".passage-card")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_one_passage_is_declared_read_as_ko_and_corrected(visit: Open, scripts: bool) -> None:
    page = visit(scripts=scripts)
    log_in(page, "CERT00001")
    page.goto("/transmettre")
    page.locator("main").get_by_role("link", name="Sélectionner").last.click()
    click(page, "Commencer")
    page.get_by_label("Identifiant technique").fill(f"PD-{scripts}")
    page.get_by_label("Code de la certification").fill("RNCP90001")
    click(page, "Continuer")
    page.get_by_label("Obtention de la certification").select_option(label="Par admission")
    click(page, "Continuer")  # two answers are missing
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    page.get_by_label("Donnée certifiée").select_option(label="Oui")
    page.get_by_label("Date de début de validité").fill("2026-10-01")
    click(page, "Continuer")
    page.get_by_label("Niveau de langue européen").select_option(label="Oui")
    page.get_by_label("Niveau numérique européen").select_option(label="Non")
    click(page, "Continuer")
    page.get_by_label("Niveau obtenu (CECRL)").select_option(label="B2")
    click(page, "Continuer")
    click(page, "Continuer")  # by their identity
    page.get_by_label("Nom de naissance").fill("KERVELLANT")
    page.get_by_label("Premier prénom").fill("Jean François")
    page.get_by_label("Année de naissance").fill("1974")
    page.get_by_label("Sexe").select_option(label="Masculin")
    page.get_by_label("Code Insee de la commune de naissance").fill("Brest")
    click(page, "Chercher une commune")
    page.get_by_label("Trouvé dans la liste").select_option(value="29019")
    click(page, "Continuer")
    expect(page.locator("main")).to_contain_text("29019")
    click(page, "Déposer la déclaration")

    expect_status(page, "Traité avec erreurs")
    expect(page.locator("main")).to_contain_text("un trait d'union")
    click(page, "Corriger cette déclaration")
    expect(page.get_by_label("Identifiant technique")).to_have_value(f"PD-{scripts}")
    for _ in range(5):
        click(page, "Continuer")
    page.get_by_label("Premier prénom").fill("Jean-François")
    click(page, "Continuer")
    click(page, "Déposer la déclaration")

    expect_status(page, "Traité avec succès")


def access(page: Page, identifier: str) -> None:
    """Open a passage by the box that asks for its identifier."""
    page.goto("/passages")
    page.get_by_label("Saisissez un identifiant technique").fill(identifier)
    click(page, "Accéder au passage")
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Id: {identifier}")


def look_into_the_passport(page: Page) -> None:
    """Open the passport of the person whom these passages are about."""
    page.goto("/passeport?nom=Kervellant")
    page.locator("main .person-card a").first.click()

"""Accounts in the browser: registered, confirmed by mail, recovered."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.doing import click, link_in_mail, read_mail
from tests.browser.stage import log_in

pytestmark = pytest.mark.xdist_group("browser")
EMAIL = "odilon.farge@brumelande.test"
PASSWORD, ANOTHER = "quatre mots de passe", "cinq autres mots de passe"


def test_an_organisation_registers_and_recovers_what_it_forgets(page: Page) -> None:
    page.goto("/connexion")
    click(page, "Créer un compte", "link")
    page.locator("main").get_by_role("link", name="Continuer").first.click()
    page.get_by_label("Matricule de votre organisme").fill("03TST005")
    page.get_by_label("Numéro de contrat").fill("MCFCER100005")
    click(page, "Continuer")
    page.get_by_label("Nom", exact=True).fill("Farge")
    page.get_by_label("Prénom", exact=True).fill("Odilon")
    page.get_by_label("Adresse électronique").fill(EMAIL)
    page.get_by_label("J'accepte les conditions d'utilisation").check()
    click(page, "Continuer")
    page.get_by_label("Mot de passe", exact=True).fill(PASSWORD)
    page.get_by_label("Mot de passe, une seconde fois", exact=True).fill(PASSWORD)
    click(page, "Envoyer ma demande")
    expect(page.locator("main")).to_contain_text(EMAIL)

    read_mail(page, "Confirmez")
    link_in_mail(page)
    page.locator("main form button[type=submit]").last.click()
    identifier = page.locator(".identifier code").inner_text()
    assert re.fullmatch("[A-Z0-9]{9}", identifier)
    log_in(page, identifier, PASSWORD)
    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Odilon")

    page.get_by_role("banner").get_by_role("button", name="Me déconnecter").click()
    page.goto("/connexion")
    click(page, "Identifiant oublié", "link")
    page.get_by_label("Adresse électronique").fill(EMAIL)
    click(page, "Recevoir mes identifiants")
    read_mail(page, "identifiant")
    expect(page.locator("main")).to_contain_text(identifier)

    page.goto("/connexion")
    click(page, "Mot de passe oublié", "link")
    page.get_by_label("Identifiant", exact=True).fill(identifier)
    click(page, "Recevoir le lien")
    read_mail(page, "mot de passe")
    link_in_mail(page)
    page.get_by_label("Nouveau mot de passe", exact=True).fill(ANOTHER)
    page.get_by_label("Nouveau mot de passe, une seconde fois", exact=True).fill(ANOTHER)
    click(page, "Enregistrer")
    log_in(page, identifier, ANOTHER)

    expect(page.get_by_role("heading", level=1)).to_have_text("Bonjour Odilon")

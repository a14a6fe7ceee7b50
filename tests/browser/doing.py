"""What people do in the browser, in the words of the pages."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire


def a_person(first_name: str = "Jean-François") -> str:
    """Return how a flux names someone of the seeds; another first name is nobody's."""
    return a_titulaire(
        nomNaissance="KERVELLANT", prenom1=first_name, anneeNaissance="1974", sexe="M"
    )


def a_file(folder: Path, *passages: tuple[str, str], name: str = "flux.xml") -> Path:
    """Write a flux of passages, each an idTechnique and a first name."""
    path = folder / name
    told = (a_passage_xml(one, a_person(first_name)) for one, first_name in passages)
    path.write_bytes(a_flux_xml(*told, flux_id=name))
    return path


def click(page: Page, name: str, role: str = "button") -> None:
    """Press a button, or follow a link, by exactly its words."""
    page.get_by_role(role, name=name, exact=True).click()  # type: ignore[arg-type]  # a role's name


def deposit(page: Page, file: Path) -> None:
    """Deposit a file, from wherever one is, and wait for the page of its deposit."""
    click(page, "Transmettre des données", "link")
    page.locator("main").get_by_role("link", name="Sélectionner").first.click()
    page.get_by_label("Fichier des passages de certification").set_input_files(file)
    click(page, "Déposer le fichier")
    page.wait_for_url("**/depots/*")


def expect_status(page: Page, words: str) -> None:
    """Wait until a deposit's page says what became of it."""
    expect(page.locator("#resultat")).to_contain_text(words)


def read_mail(page: Page, subject: str) -> None:
    """Open the newest mail of that subject behind the scenes."""
    page.goto("/coulisses")
    page.get_by_role("link", name=subject).first.click()


def link_in_mail(page: Page) -> None:
    """Follow the link of the mail that is open."""
    page.locator("main a[href*='/inscription/'], main a[href*='/mot-de-passe/']").first.click()

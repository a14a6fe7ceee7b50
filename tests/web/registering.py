"""Filling in a registration, up to its mail."""

from werkzeug.test import TestResponse

from mockportal.assembly import Portal
from mockportal.domain.identifiers import ClientId
from tests.web.visitor import Visitor, tree

EMAIL = "odilon.farge@brumelande.test"
PASSWORD = "quatre mots de passe"
ORGANISATION = {
    "certificateur": {"matricule": "03TST005", "contrat": "MCFCER100005"},
    "deposant": {"matricule": "03TST006", "matricule_certificateur": "03TST005"},
}
PERSON = {"nom": "Farge", "prenom": "Odilon", "courriel": EMAIL, "conditions": "oui"}


def fill_in(visitor: Visitor, kind: str = "certificateur", email: str = EMAIL) -> None:
    """Go through the steps up to the password."""
    visitor.follow(visitor.fill(f"/inscription/{kind}/organisme", **ORGANISATION[kind]))
    visitor.follow(visitor.fill(f"/inscription/{kind}/titulaire", **(PERSON | {"courriel": email})))


def send(visitor: Visitor, kind: str = "certificateur") -> TestResponse:
    """Choose a password, and send all."""
    return visitor.fill(
        f"/inscription/{kind}/mot-de-passe", mot_de_passe=PASSWORD, confirmation=PASSWORD
    )


def errors_of(answer: TestResponse) -> dict[str, str]:
    """Return the sentence beside each field that is wrong; the summary on top must say the same."""
    page = tree(answer)
    beside = {
        field.get("id"): " ".join(
            page.xpath("//*[@id=$id]", id=f"{field.get('id')}-erreur")[0].text_content().split()
        )
        for field in page.xpath('//main//*[@aria-invalid="true"]')
    }
    summary = {
        link.get("href").removeprefix("#"): " ".join(link.text_content().split())
        for link in page.xpath('//main//*[@role="alert" and @autofocus]//a')
    }
    assert beside == summary
    return beside


def number_of(portal: Portal, client: str) -> int:
    """Return the number of an organisation of the default world."""
    world = portal.desk.stores.worlds.named("default")
    assert world is not None
    found = portal.desk.stores.organisations.with_client_id(world, ClientId(client))
    assert found is not None
    return found.id

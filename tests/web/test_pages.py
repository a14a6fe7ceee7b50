"""The pages, as a browser without JavaScript sees them, on a portal put together for real."""

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from mockportal.assembly import assemble
from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.resources import seeds_folder
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml, a_titulaire


class Clerk:
    """Someone at a browser."""

    def __init__(self, client: FlaskClient) -> None:
        self._client = client

    def see(self, path: str) -> TestResponse:
        page = self._client.get(path)
        page.get_data()
        page.close()
        return page

    def send(self, path: str, **fields: object) -> TestResponse:
        form = html.unescape(self.see(path).get_data(as_text=True))
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', form)
        assert token, form
        data = {"csrf_token": token[1], **fields}
        return self._client.post(path, data=data, follow_redirects=True)

    def log_in(self, account: str, password: str = DEMO_PASSWORD) -> TestResponse:
        return self.send("/connexion", identifiant=account, mot_de_passe=password)

    def deposit(self, name: str, content: bytes) -> TestResponse:
        return self.send("/transmettre/fichier", fichier=(io.BytesIO(content), name))


@pytest.fixture
def clerk(tmp_path: Path) -> Iterator[Clerk]:
    with assemble(Settings(data=tmp_path, max_upload=400_000, label="Classe A")) as portal:
        yield Clerk(create_app(portal).test_client())


def words(page: TestResponse) -> str:
    """Return what a page says, without its tags."""
    text = re.sub(r"<[^>]+>", " ", page.get_data(as_text=True))
    return " ".join(html.unescape(text).split())


def test_a_wrong_password_is_told_and_a_right_one_leads_in(clerk: Clerk) -> None:
    assert clerk.see("/depots").status_code == 302
    wrong = clerk.log_in("CERT00001", "nope")
    assert "Consulter les données" not in words(wrong)
    right = clerk.log_in("CERT00001")
    assert "Transmettre des données" in words(right)
    assert "Classe A" in words(right)


def test_a_deposit_shows_its_counts_and_each_reason_and_gives_both_acknowledgements(
    clerk: Clerk,
) -> None:
    clerk.log_in("CERT00001")
    page = clerk.deposit("flux démo.xml", (seeds_folder() / "flux-demonstration.xml").read_bytes())
    said = words(page)
    assert page.status_code == 200
    assert "Traité avec erreurs" in said
    assert "Aucun titulaire ne correspond aux critères obligatoires" in said
    assert "KERVELLANT" in said
    path = page.request.path
    receipt = clerk.see(f"{path}/accuse-de-traitement")
    name = unquote(receipt.headers["Content-Disposition"].partition("filename*=UTF-8''")[2])
    assert re.fullmatch(r"Accusé de traitement_flux démo\.xml_\d{8}\.xml", name)
    assert receipt.get_data(as_text=True).count("<messageErreur>") == 33
    assert b"<statut>OK</statut>" in clerk.see(f"{path}/accuse-de-reception").data
    assert "flux démo.xml" in words(clerk.see("/depots"))


def test_the_second_deposit_of_a_file_is_all_duplicates(clerk: Clerk) -> None:
    clerk.log_in("CERT00001")
    who = a_titulaire(
        nomNaissance="Kervellant", prenom1="jean-francois", anneeNaissance="1974", sexe="M"
    )
    flux = a_flux_xml(a_passage_xml("D/1", who), a_passage_xml("D/2", who))
    assert "Traité avec succès" in words(clerk.deposit("a.xml", flux))
    again = clerk.deposit("a.xml", flux)
    receipt = clerk.see(f"{again.request.path}/accuse-de-traitement").get_data(as_text=True)
    assert receipt.count("existe déjà en base") == 2
    assert "<PassagesOK/>" in receipt


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("flux.txt", b"<a/>", "se termine par « .xml »"),
        ("flux.xml.gz", b"\x1f\x8b", "doit d'abord être décompressé"),
        ("a/b.xml", b"<a/>", "ni barre oblique"),
        ("x" * 296 + ".xml", b"<a/>", "dépasse 255 caractères"),
        ("large.xml", b"x" * 400_001, "taille maximale de 400000 octets"),
    ],
)
def test_what_is_no_deposit_is_told_beside_the_field_and_leaves_nothing(
    clerk: Clerk, name: str, content: bytes, sentence: str
) -> None:
    clerk.log_in("CERT00001")
    page = clerk.deposit(name, content)
    assert 400 <= page.status_code < 500
    assert sentence in words(page)
    assert name not in words(clerk.see("/depots"))


def test_a_form_without_its_file_is_told(clerk: Clerk) -> None:
    clerk.log_in("CERT00001")
    page = clerk.send("/transmettre/fichier")
    assert 400 <= page.status_code < 500
    assert "Aucun fichier n'a été reçu" in words(page)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "Fin prématurée du fichier."),
        (b"\x89PNG\r\n\x1a\n", "Octet 1 de la séquence UTF-8 à 1 octets non valide."),
        (b"\x1f\x8b\x08\x00", "Octet 1 de la séquence UTF-8 à 1 octets non valide."),
        ((SAMPLES / "csv-exporter-dirty.xml").read_bytes(), "cvc-pattern-valid"),
    ],
)
def test_a_file_that_is_no_good_flux_is_a_deposit_with_its_errors(
    clerk: Clerk, content: bytes, message: str
) -> None:
    clerk.log_in("CERT00001")
    page = clerk.deposit("bad.xml", content)
    assert page.status_code == 200
    assert "Traitement avec erreurs" in words(page)
    assert message in words(page)
    receipt = clerk.see(f"{page.request.path}/accuse-de-traitement").get_data(as_text=True)
    assert message in receipt
    assert b"<statut>KO</statut>" in clerk.see(f"{page.request.path}/accuse-de-reception").data


def test_a_deposit_of_another_organisation_is_not_there(clerk: Clerk) -> None:
    clerk.log_in("CERT00001")
    path = clerk.deposit("a.xml", a_flux_xml()).request.path
    for account in ("CERT00002", "DEPO00001"):
        other = Clerk(clerk._client.application.test_client())  # another browser
        other.log_in(account)
        assert other.see(path).status_code == 404
        assert other.see(f"{path}/accuse-de-traitement").status_code == 404
        assert "a.xml" not in words(other.see("/depots"))


def test_every_page_says_what_it_is_and_holds_no_inline_code(clerk: Clerk) -> None:
    for path in ("/connexion", "/aide"):
        _assert_sober(clerk.see(path))
    clerk.log_in("CERT00001")
    for path in ("/", "/transmettre", "/transmettre/fichier", "/depots", "/compte", "/nowhere"):
        _assert_sober(clerk.see(path))


def _assert_sober(page: TestResponse) -> None:
    text = page.get_data(as_text=True)
    assert '<html lang="fr">' in text
    assert "Simulateur, données fictives : rien n'est transmis à la Caisse des Dépôts" in words(
        page
    )
    assert not re.search(r"<[^>]+\s(style|on\w+)=", text)
    assert "<style" not in text
    assert "unsafe-inline" not in page.headers["Content-Security-Policy"]
    assert not re.search(r'(src|href)="(https?:)?//', text)

"""The upload: what becomes a deposit, and what is refused before, in a French sentence."""

import gzip
import json
import tracemalloc
from contextlib import closing
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import pytest
from werkzeug.datastructures import FileStorage, Headers
from werkzeug.http import parse_options_header

from mockportal.assembly import Portal
from mockportal.domain.uploads import NAME_RULES, UploadRefusal
from mockportal.resources import seeds_folder
from mockportal.web import create_app
from mockportal.web.display import spaced
from mockportal.web.submit import sent_name, uploaded
from tests.fluxes import SAMPLES
from tests.web.conftest import PutTogether
from tests.web.visitor import Visitor, tree, words

DEMONSTRATION = seeds_folder() / "flux-demonstration.xml"
REFUSED = "Traitement avec erreurs"


def test_a_deposit_leads_to_its_own_page(certifier: Visitor) -> None:
    answer = certifier.upload("flux.xml", DEMONSTRATION.read_bytes())

    assert answer.status_code == 303
    said = words(certifier.get(answer.location))
    assert "Traité avec erreurs" in said
    assert "22 passages OK" in said
    assert "33 passages KO" in said


@pytest.mark.parametrize(
    ("name", "status", "refusal"),
    [
        (None, 400, UploadRefusal.NO_FILE),
        ("", 400, UploadRefusal.NO_FILE),
        ("flux.csv", 422, UploadRefusal.NOT_XML_NAME),
        ("flux.xml.gz", 422, UploadRefusal.NOT_XML_NAME),
        ("a/flux.xml", 422, UploadRefusal.SLASH_IN_NAME),
        ("dossier\\flux.xml", 422, UploadRefusal.SLASH_IN_NAME),
        ("C:\\flux.xml", 422, UploadRefusal.SLASH_IN_NAME),
        ("x" * 296 + ".xml", 422, UploadRefusal.LONG_NAME),
    ],
)
def test_a_refused_upload_says_why_beside_the_field_and_leaves_no_deposit(
    certifier: Visitor, name: str | None, status: int, refusal: UploadRefusal
) -> None:
    answer = certifier.upload(name, b"<a/>")

    assert answer.status_code == status
    (field,) = tree(answer).xpath('//input[@name="fichier"]')
    (reason,) = tree(answer).xpath('//*[@id="erreur-fichier"]')
    assert reason.text_content().strip() == spaced(refusal.worded())
    assert "erreur-fichier" in field.get("aria-describedby")
    assert "Aucun fichier pour l'instant" in words(certifier.get("/depots"))


def test_a_file_in_another_field_is_no_file(certifier: Visitor) -> None:
    answer = certifier.upload("flux.xml", b"<a/>", field="file")

    assert answer.status_code == 400
    assert UploadRefusal.NO_FILE.worded() in words(answer)


@pytest.mark.parametrize("size", [1_001, 3_000_000])
def test_a_file_that_is_too_large_gets_its_sentence_just_over_the_limit_and_far_over(
    put_together: PutTogether, size: int
) -> None:
    visitor = Visitor(create_app(put_together(max_upload=1_000)))
    visitor.log_in("CERT00001")

    answer = visitor.upload("gros.xml", b" " * size)

    assert answer.status_code == 413
    assert UploadRefusal.TOO_LARGE.worded(1_000) in words(answer)
    assert "Aucun fichier pour l'instant" in words(visitor.get("/depots"))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", id="png"),
        pytest.param(gzip.compress(b"<a/>"), id="gzip"),
        pytest.param(b"<a>\n<b>", id="cut off"),
        pytest.param(b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", id="doctype"),
    ],
)
def test_what_is_no_flux_becomes_a_refused_deposit_with_its_receipt(
    certifier: Visitor, content: bytes
) -> None:
    answer = certifier.upload("fichier.xml", content)

    page = certifier.page(answer.location)
    assert REFUSED in page.text_content()
    assert "Erreurs du fichier" in page.text_content()
    assert page.xpath('//ol[@class="faults"]/li')
    receipt = certifier.get(answer.location + "/accuse-de-traitement").data
    assert b"erreurs" in receipt.lower()


@pytest.mark.parametrize(
    ("sample", "status"),
    [
        ("csv-exporter-clean", "Traité avec erreurs"),
        ("csv-exporter-dirty", REFUSED),
        ("csv-exporter-shifted-header", "Traité avec erreurs"),
        ("legal-any-order", "Traité avec erreurs"),
        ("template-exporter-titulaire", "Traité avec erreurs"),
        ("template-exporter-dossier", "Traité avec erreurs"),
        ("template-exporter-empty-header", REFUSED),
    ],
)
def test_each_real_file_gets_a_page(certifier: Visitor, sample: str, status: str) -> None:
    address = certifier.deposit(SAMPLES / f"{sample}.xml")

    assert status in words(certifier.get(address))


@pytest.mark.parametrize(
    "name",
    [
        "Été à Noël.xml",
        " deux  espaces .XML",
        "c'est <b>gras<i> & \u201centre guillemets\u201d.xml",
        "100%25.xml",
        "l’apostrophe d\u2019Alice 🎓.xml",
        "x" * 251 + ".xml",
    ],
)
def test_a_file_keeps_its_name_to_the_letter(certifier: Visitor, name: str) -> None:
    address = certifier.deposit(DEMONSTRATION, name)

    page = certifier.page(address)
    assert page.xpath("//h1/text()") == [name]
    for document, word in (("traitement", "traitement"), ("reception", "réception")):
        sent = certifier.get(f"{address}/accuse-de-{document}").headers["Content-Disposition"]
        downloaded = unquote(sent.split("filename*=UTF-8''")[1])
        assert downloaded.startswith(f"Accusé de {word}_{name}_")
        assert downloaded.endswith(".xml")


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ('filename="a%22b%22.xml"', 'a"b".xml'),
        (r'filename="a\"b\".xml"', 'a"b".xml'),
        (r'filename="a\b.xml"', r"a\b.xml"),
        (r'filename="a\\b.xml"', r"a\b.xml"),
        ("filename=a.xml", "a.xml"),
        ("filename*=UTF-8''%C3%A9t%C3%A9.xml", "été.xml"),
        ('filename=""', ""),
    ],
)
def test_a_name_is_read_as_each_kind_of_client_quotes_it(sent: str, name: str) -> None:
    headers = Headers({"Content-Disposition": f'form-data; name="fichier"; {sent}'})
    _, said = parse_options_header(headers["Content-Disposition"])

    assert sent_name(FileStorage(BytesIO(), said["filename"], headers=headers)) == name


def test_a_session_that_ended_during_the_upload_leads_to_the_login_page(visitor: Visitor) -> None:
    answer = visitor.client.post("/transmettre/fichier", data={"fichier": (BytesIO(), "a.xml")})

    assert answer.status_code == 302
    assert unquote(answer.location) == "/connexion?next=/transmettre/fichier"


def test_the_page_gives_its_script_the_rules_and_the_sentences_of_the_portal(
    certifier: Visitor,
) -> None:
    (form,) = certifier.page("/transmettre/fichier").xpath("//form[@data-upload]")

    rules = json.loads(form.get("data-rules"))
    assert [one["pattern"] for one in rules] == [one.pattern for one in NAME_RULES]
    assert [one["sentence"] for one in rules] == [
        spaced(one.refusal.worded()) for one in NAME_RULES
    ]
    assert form.get("data-most") == "200000000"
    assert form.get("data-too-large") == spaced(UploadRefusal.TOO_LARGE.worded())


def test_the_script_is_told_in_json_where_the_deposit_is_or_why_there_is_none(
    certifier: Visitor,
) -> None:
    taken = certifier.upload("flux.xml", b"<a/>", accept="application/json")
    refused = certifier.upload("flux.csv", b"<a/>", accept="application/json")

    assert taken.status_code == 201
    assert taken.json
    assert "flux.xml" in words(certifier.get(taken.json["address"]))
    assert refused.status_code == 422
    assert refused.json == {"refusal": spaced(UploadRefusal.NOT_XML_NAME.worded())}


def test_a_large_file_waits_on_disk_and_not_in_memory(portal: Portal, tmp_path: Path) -> None:
    large = tmp_path / "large.xml"
    large.write_bytes(b" " * 20_000_000)
    app = create_app(portal)

    with (
        large.open("rb") as file,
        app.test_request_context("/", method="POST", data={"fichier": file}) as context,
        closing(context.request.environ["wsgi.input"]),  # Werkzeug's own copy of the form
    ):
        tracemalloc.start()
        with uploaded("fichier").content as content:
            held = content.seek(0, 2)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert held == 20_000_000
    assert peak < 3_000_000

"""Beside each error of a refused file, on the page and for programs: the meaning and the cure."""

import io
from base64 import b64encode

from mockportal.assembly import Portal
from mockportal.domain.identifiers import DepositId
from mockportal.web.programs.shapes import FluxError
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.visitor import Visitor

WRONG = a_flux_xml(a_passage_xml("T-1"), a_passage_xml("T-2", a_titulaire(sexe="H")))
PATH = "passageCertification[2]/identificationTitulaire/titulaire/sexe"


def test_a_page_shows_where_an_error_is_what_it_means_and_how_to_mend_it(
    certifier: Visitor,
) -> None:
    page = certifier.page(certifier.upload("flux.xml", WRONG).location)

    first, second = page.xpath('//ol[@class="faults"]/li')
    assert first.xpath('p[@class="path"]/code')[0].text_content().endswith(PATH)
    assert first.xpath('p[@class="place"]//code/text()') == ["T-2"]
    assert first.xpath('pre[@class="context"]//mark/text()') == ["<cpf:sexe>H</cpf:sexe>"]
    assert "Écrivez <cpf:sexe>M</cpf:sexe>, sans doute." in first.text_content()
    assert first.xpath('div[@class="advice"]//code/text()') == ["<cpf:sexe>M</cpf:sexe>"]
    assert "C'est la même faute" in second.text_content()
    assert not second.xpath("pre")


def test_a_page_says_when_a_refusal_is_only_assumed(certifier: Visitor) -> None:
    doctype = WRONG.replace(b"?>", b"?><!DOCTYPE flux>", 1)

    page = certifier.page(certifier.upload("flux.xml", doctype).location)

    assert "est une hypothèse du simulateur" in page.text_content()


def test_what_the_file_holds_near_an_error_is_escaped(certifier: Visitor) -> None:
    script = a_flux_xml(a_passage_xml("<script>alert(1)</script>"))

    text = certifier.get(certifier.upload("flux.xml", script).location).text

    assert "<script>" not in text
    assert "&lt;script&gt;" in text


def test_programs_read_the_same(visitor: Visitor) -> None:
    basic = "Basic " + b64encode(b"CERT00001:mockportal").decode()

    made = visitor.client.post(
        "/api/v1/deposits",
        data={"file": (io.BytesIO(WRONG), "flux.xml")},
        headers={"Authorization": basic},
    )
    answer = visitor.client.get(
        f"{made.headers['Location']}/explanation", headers={"Authorization": basic}
    )

    error, echo = (FluxError.model_validate(one) for one in answer.get_json()["errors"])
    assert error.path is not None
    assert error.path.endswith(PATH)
    assert error.technical_id == "T-2"
    assert error.advice == (
        "Écrivez <cpf:sexe>M</cpf:sexe>, sans doute. Les valeurs possibles : M (Masculin), "
        "F (Féminin)."
    )
    assert error.write == "<cpf:sexe>M</cpf:sexe>"
    assert error.meaning == "« H » n'est pas dans la liste des valeurs de « sexe »."
    (line,) = error.context
    assert line.mark is not None
    assert line.text[slice(*line.mark)] == "<cpf:sexe>H</cpf:sexe>"
    assert "première erreur" in echo.advice


def test_the_mistake_behind_an_error_is_told_on_the_page_and_to_programs(
    certifier: Visitor,
) -> None:
    content = b"\n" + a_flux_xml(a_passage_xml("T-1"))
    location = certifier.upload("flux.xml", content).location
    page = certifier.page(location)

    (error,) = page.xpath('//ol[@class="faults"]/li')
    said = " ".join(error.text_content().split())
    assert "Une ligne vide se trouve avant" in said
    assert "Retirez cette ligne vide, et gardez <?xml" in said

    basic = "Basic " + b64encode(b"CERT00001:mockportal").decode()
    deposit = location.rpartition("/")[2]
    answer = certifier.client.get(
        f"/api/v1/deposits/{deposit}/explanation", headers={"Authorization": basic}
    )
    told = FluxError.model_validate(answer.get_json()["errors"][0])
    assert told.advice.startswith("Retirez cette ligne vide")


def test_what_is_no_flux_is_named_on_the_page(certifier: Visitor) -> None:
    html = b"<!DOCTYPE html><html><title>Connexion</title></html>"

    page = certifier.page(certifier.upload("flux.xml", html).location)

    assert "Ce fichier est une page web, pas un flux" in page.text_content()
    assert "hypothèse" not in page.xpath('//ol[@class="faults"]')[0].text_content()


def test_a_deposit_refused_by_an_older_version_shows_its_errors_without_places(
    portal: Portal, certifier: Visitor
) -> None:
    address = certifier.upload("flux.xml", WRONG).location
    portal.desk.stores.files.places(DepositId(address.rpartition("/")[2])).unlink()

    page = certifier.page(address)

    first = page.xpath('//ol[@class="faults"]/li')[0]
    assert "cvc-enumeration-valid" in first.text_content()
    assert "M pour un homme" in first.text_content()
    assert not first.xpath('pre | p[@class="path"]')

"""« Traitement en cours » : what the page says, with and without its script."""

from typing import Any

import pytest

from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.conftest import PutTogether
from tests.web.visitor import Visitor

FLUX = a_flux_xml(a_passage_xml("T-1") + a_passage_xml("T-2"))


def waiting(put_together: PutTogether, processing: str) -> tuple[Visitor, str]:
    """Return a visitor whose deposit is not treated yet, and its address."""
    visitor = Visitor(create_app(put_together(processing=processing)))
    visitor.log_in("CERT00001")
    return visitor, visitor.upload("flux.xml", FLUX).location


def progress_of(visitor: Visitor, address: str) -> dict[str, Any]:
    said = visitor.get(f"{address}/avancement").json
    assert isinstance(said, dict)
    return said


@pytest.mark.parametrize(
    ("processing", "sentence"),
    [
        ("manual", "Le traitement de ses passages attend d'être lancé."),
        ("delay=86400", "Ses passages seront traités à partir du"),
        ("polls=3", "quand ce dépôt aura été consulté encore 2 fois"),
    ],
)
def test_the_page_says_what_the_treatment_waits_for(
    put_together: PutTogether, processing: str, sentence: str
) -> None:
    visitor, address = waiting(put_together, processing)

    page = visitor.page(address)

    assert "Traitement en cours" in page.text_content()
    assert sentence in " ".join(page.text_content().split())
    assert page.xpath('//main//a[text()="Actualiser"]/@href') == [address]
    assert page.xpath("//*[@data-progress]/@data-progress") == [f"{address}/avancement"]


def test_the_script_learns_how_far_it_is(put_together: PutTogether) -> None:
    visitor, address = waiting(put_together, "manual")

    assert progress_of(visitor, address) == {
        "over": False,
        "waiting": True,
        "total": 2,
        "done": 0,
        "accepted": 0,
        "rejected": 0,
    }


def test_the_script_learns_when_it_is_over(certifier: Visitor) -> None:
    address = certifier.upload("flux.xml", FLUX).location

    said = progress_of(certifier, address)

    assert (said["over"], said["waiting"], said["done"], said["rejected"]) == (True, False, 2, 2)


def test_asking_how_far_it_is_is_no_look_at_the_deposit(put_together: PutTogether) -> None:
    visitor, address = waiting(put_together, "polls=2")

    for _ in range(5):
        assert progress_of(visitor, address)["waiting"]
    visitor.get(address)
    for _ in range(5):
        assert progress_of(visitor, address)["waiting"]
    visitor.get(address)

    assert progress_of(visitor, address)["over"]


def test_without_a_script_the_page_refreshes_itself_until_it_is_told_not_to(
    put_together: PutTogether,
) -> None:
    visitor, address = waiting(put_together, "manual")

    refreshing, still = visitor.page(address), visitor.page(f"{address}?actualisation=non")

    assert refreshing.xpath('//noscript/meta[@http-equiv="refresh"]/@content') == ["30"]
    assert f"{address}?actualisation=non" in refreshing.xpath("//noscript//a/@href")
    assert not still.xpath("//meta[@http-equiv]")
    assert still.xpath('//main//a[text()="Actualiser"]/@href') == [f"{address}?actualisation=non"]


def test_a_page_that_counts_looks_does_not_spend_them_by_itself(
    put_together: PutTogether,
) -> None:
    visitor, address = waiting(put_together, "polls=3")

    assert not visitor.page(address).xpath("//meta[@http-equiv]")


def test_a_treated_deposit_neither_refreshes_nor_asks(certifier: Visitor) -> None:
    page = certifier.page(certifier.upload("flux.xml", FLUX).location)

    assert not page.xpath("//meta[@http-equiv] | //*[@data-progress]")


@pytest.mark.parametrize(
    "document",
    ["accuse-de-traitement", "accuse-de-traitement.csv", "accuse-de-traitement.xlsx",
     "passages-ko.xml", "acceptes"],
)  # fmt: skip
def test_what_only_the_end_brings_is_not_there_before(
    put_together: PutTogether, document: str
) -> None:
    visitor, address = waiting(put_together, "manual")

    assert visitor.get(f"{address}/{document}").status_code == 404

"""Access to one passage by its identifier: also when it is gone, or typed in another way."""

from tests.web.passages_seen import accessed, post, sends
from tests.web.visitor import Visitor, tree, words


def test_nothing_typed_is_told(certifier: Visitor) -> None:
    for typed in ("", "%20"):
        answer = certifier.get(f"/passages/acces?identifiant={typed}")

        assert answer.status_code == 422
        assert "Saisissez un identifiant technique." in words(answer)


def test_a_very_long_identifier_is_cut_in_its_middle(certifier: Visitor) -> None:
    answer = certifier.get("/passages/acces?identifiant=" + "A" * 300 + "Z")

    (said,) = tree(answer).xpath('//main//*[@role="status"]')
    assert f"« {'A' * 30}…{'A' * 19}Z »" in " ".join(said.text_content().split())


def test_an_identifier_that_differs_by_its_capitals_is_proposed(certifier: Visitor) -> None:
    sends(certifier, "PASSAGE-1")

    answer = certifier.get("/passages/acces?identifiant=passage-1")

    assert answer.status_code == 404
    (other,) = tree(answer).xpath('//main//a[text()="PASSAGE-1"]/@href')
    assert certifier.get(other).status_code == 303


def test_a_deleted_passage_is_found_by_its_identifier(certifier: Visitor) -> None:
    sends(certifier, "T-1")
    address = accessed(certifier, "T-1")
    post(certifier, f"{address}/supprimer")

    assert accessed(certifier, "T-1") == address
    assert "Supprimé" in words(certifier.get(address))


def test_what_was_sent_again_is_found_rather_than_what_was_deleted(certifier: Visitor) -> None:
    sends(certifier, "T-1")
    address = accessed(certifier, "T-1")
    post(certifier, f"{address}/supprimer")
    sends(certifier, "T-1", name="again.xml")

    again = accessed(certifier, "T-1")

    assert again != address
    post(certifier, f"{again}/supprimer")
    answer = certifier.get("/passages/acces?identifiant=T-1")
    assert answer.status_code == 200
    assert "ceux-ci ont été supprimés" in words(answer)


def test_a_form_of_a_passage_that_was_deleted_leads_to_what_is_left_of_it(
    certifier: Visitor,
) -> None:
    sends(certifier, "T-1")
    address = accessed(certifier, "T-1")
    post(certifier, f"{address}/supprimer")

    for form in ("/supprimer", "/modifier"):
        answer = certifier.get(address + form)

        assert answer.status_code == 410
        assert "Ce passage est déjà supprimé" in words(answer)
        assert tree(answer).xpath(f'//main//a[@href="{address}"]')


def test_a_passage_leads_to_the_passport_which_names_it(certifier: Visitor) -> None:
    sends(certifier, "T-1")

    page = certifier.page(accessed(certifier, "T-1"))

    (passport,) = page.xpath('//main//a[text()="son passeport"]/@href')
    assert certifier.page(passport).xpath('//dd[../dt="Identifiant technique"]/code/text()') == [
        "T-1"
    ]

"""Passages modified by page, and who can."""

from mockportal.assembly import Portal
from mockportal.web import create_app
from tests.passages import ended_mandate
from tests.web.passages_seen import accessed, cards, deposits_by_depositor, post, sends
from tests.web.visitor import Visitor, tree, words


class TestModifying:
    def test_each_error_stands_beside_its_field_and_in_a_summary_that_takes_the_focus(
        self, certifier: Visitor
    ) -> None:
        sends(certifier, "T-1")
        path = accessed(certifier, "T-1") + "/modifier"

        answer = post(certifier, path, prenom1="", verbatim="x" * 256)

        assert answer.status_code == 422
        page = tree(answer)
        (summary,) = page.xpath('//div[@class="summary"]')
        assert "autofocus" in summary.attrib
        assert summary.xpath(".//a/@href") == ["#prenom1", "#verbatim"]
        assert page.xpath('//input[@aria-invalid="true"]/@name') == ["verbatim", "prenom1"]
        assert "cvc-maxLength-valid" in page.xpath('//p[@id="verbatim-erreur"]')[0].text_content()
        assert page.xpath('//input[@id="verbatim"]/@value') == ["x" * 256]

    def test_a_holder_who_is_not_found_is_explained_and_the_draft_is_kept(
        self, certifier: Visitor
    ) -> None:
        sends(certifier, "T-1")
        path = accessed(certifier, "T-1") + "/modifier"

        answer = post(certifier, path, prenom1="Jean François")

        assert answer.status_code == 422
        assert "Aucun titulaire ne correspond aux critères obligatoires" in words(answer)
        assert "un trait d'union" in words(answer)
        page = tree(answer)
        assert page.xpath('//input[@id="prenom1"]/@value') == ["Jean François"]

    def test_a_form_that_was_overtaken_by_another_is_not_taken(self, certifier: Visitor) -> None:
        sends(certifier, "T-1")
        path = accessed(certifier, "T-1") + "/modifier"
        (form,) = certifier.page(path).xpath('//main//form[@method="post"]')
        post(certifier, path, verbatim="first")

        late = {**dict(form.form_values()), "verbatim": "second"}
        answer = certifier.client.post(path, data=late)

        assert answer.status_code == 409
        assert "modifié entre-temps" in words(answer)

    def test_the_form_sent_as_it_is_changes_nothing(self, certifier: Visitor) -> None:
        sends(certifier, "T-1")
        address = accessed(certifier, "T-1")

        assert post(certifier, f"{address}/modifier").location == f"{address}?fait=inchange"


class TestWhoSeesWhat:
    def test_a_stranger_meets_nothing_by_any_page(self, certifier: Visitor, portal: Portal) -> None:
        sends(certifier, "T-1")
        address = accessed(certifier, "T-1")
        stranger = Visitor(create_app(portal))
        stranger.log_in("CERT00002")

        assert cards(stranger.page("/passages")) == []
        assert stranger.get("/passages/acces?identifiant=T-1").status_code == 404
        for page in ("", "/modifier", "/supprimer"):
            assert stranger.get(address + page).status_code == 404
        token = stranger.token("/compte")
        for page in ("/modifier", "/supprimer"):
            answer = stranger.client.post(address + page, data={"csrf_token": token})
            assert answer.status_code == 404
        assert cards(certifier.page("/passages")) == ["Id: T-1"]

    def test_nobody_meets_anything_without_logging_in(self, visitor: Visitor) -> None:
        for page in ("", "/1", "/1/modifier", "/suppression", "/export.csv", "/acces"):
            assert visitor.get(f"/passages{page}").location.startswith("/connexion")

    def test_after_the_mandate_a_deposant_reads_and_changes_nothing(
        self, portal: Portal, visitor: Visitor
    ) -> None:
        deposits_by_depositor(portal)
        ended_mandate(portal)
        visitor.log_in("DEPO00001")
        address = accessed(visitor, "T-1")

        assert "ne mandate plus votre organisme" in words(visitor.get(address))
        for page in ("/modifier", "/supprimer"):
            assert visitor.get(address + page).status_code == 403
        token = visitor.token("/compte")
        visitor.client.post(f"{address}/supprimer", data={"csrf_token": token})
        assert cards(visitor.page("/passages")) == ["Id: T-1"]

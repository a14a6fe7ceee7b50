"""« Déclarer un passage de certification » : the form for one person, up to its deposit."""

import re

from mockportal.assembly import Portal
from mockportal.journeys.mandates import end_mandate
from mockportal.web import create_app
from tests.passages import an_account
from tests.web.conftest import PutTogether
from tests.web.declaring import CERTIFICATION, HOLDER, START, TERMS, begun, filled_in, sent
from tests.web.passages_seen import cards
from tests.web.visitor import Visitor, tree, words


class TestDepositing:
    def test_a_declared_passage_is_deposited_as_a_file_is(self, certifier: Visitor) -> None:
        answer = sent(certifier, filled_in(certifier))

        assert "Traité avec succès" in words(answer)
        (name,) = tree(answer).xpath("//h1/text()")
        assert re.fullmatch(r"declaration-DECL-1-\d{14}\.xml", name)
        assert cards(certifier.page("/passages")) == ["Id: DECL/1"]
        address = answer.request.path
        for file in ("accuse-de-reception", "accuse-de-traitement"):
            assert certifier.get(f"{address}/{file}").status_code == 200
        assert name in words(certifier.get("/depots"))

    def test_a_form_that_is_sent_twice_is_deposited_once(self, certifier: Visitor) -> None:
        form = filled_in(certifier)
        token = certifier.token(f"{form}/recapitulatif")

        answers = [
            certifier.client.post(f"{form}/recapitulatif", data={"csrf_token": token})
            for _ in range(2)
        ]

        assert answers[0].location == answers[1].location
        assert len(certifier.page("/depots").xpath("//tbody/tr")) == 1

    def test_a_ko_is_explained_and_its_form_opens_again_as_it_was(self, certifier: Visitor) -> None:
        deposit = sent(certifier, filled_in(certifier, prenom1="Jean François"))
        assert "un trait d'union" in words(deposit)

        path = deposit.request.path
        token = tree(deposit).xpath('//main//input[@name="csrf_token"]/@value')[0]
        correcting = f"{START}/corriger/{path.rsplit('/', 1)[1]}"
        opened = certifier.client.post(correcting, data={"csrf_token": token})
        again = certifier.client.post(correcting, data={"csrf_token": token})
        form = opened.location.removesuffix("/certification")
        page = certifier.page(f"{form}/identite")
        assert page.xpath('//input[@id="prenom1"]/@value') == ["Jean François"]
        certifier.fill(f"{form}/identite", prenom1="Jean-François")

        assert again.location == opened.location
        assert "Traité avec succès" in words(sent(certifier, form))

    def test_a_deposant_declares_for_one_of_those_that_mandate_it(self, visitor: Visitor) -> None:
        visitor.log_in("DEPO00001")
        form = begun(visitor)
        page = visitor.page(f"{form}/certification")
        assert page.xpath('//input[@name="pour"]/@value') == [
            "03TST001/MCFCER100001",
            "03TST002/MCFCER100002",
        ]

        nobody = visitor.fill(f"{form}/certification", **CERTIFICATION)
        visitor.fill(f"{form}/certification", **CERTIFICATION, pour="03TST002/MCFCER100002")

        assert nobody.status_code == 422
        assert "03TST002" in words(visitor.get(f"{form}/recapitulatif"))

    def test_a_deposant_whom_nobody_mandates_is_told_whom_to_ask_and_goes_no_further(
        self, portal: Portal
    ) -> None:
        depositor = an_account(portal, "DEPO00001").organisation
        for certifier in ("CERT00001", "CERT00002"):
            assert end_mandate(portal.desk, an_account(portal, certifier).organisation, depositor)
        visitor = Visitor(create_app(portal))
        visitor.log_in("DEPO00001")

        page = visitor.page(f"{begun(visitor)}/certification")

        (main,) = page.xpath("//main")
        assert "Aucun certificateur ne mandate votre organisme" in main.text_content()
        assert "communiquez-lui votre matricule, 03TST003" in main.text_content()
        assert main.xpath(".//button") == []


class TestFillingIn:
    def test_what_was_typed_is_kept_when_something_is_wrong(self, certifier: Visitor) -> None:
        form = begun(certifier)

        wrong = certifier.fill(f"{form}/obtention", dateDebutValidite="2026-02-30", verbatim="kept")
        page = tree(wrong)
        assert wrong.status_code == 422
        (summary,) = page.xpath('//div[@class="summary" and @autofocus]')
        assert summary.xpath(".//a/@href") == [
            "#obtentionCertification",
            "#donneeCertifiee",
            "#dateDebutValidite",
        ]
        for one in summary.xpath(".//a/@href"):
            assert page.xpath(f'//*[@id="{one[1:]}" and @aria-invalid="true"]')
        kept = certifier.page(f"{form}/obtention")
        assert kept.xpath('//input[@id="verbatim"]/@value') == ["kept"]
        assert kept.xpath('//input[@id="dateDebutValidite"]/@value') == ["2026-02-30"]

    def test_going_back_keeps_all_and_asks_for_nothing(self, certifier: Visitor) -> None:
        form = begun(certifier)
        token = certifier.token(f"{form}/obtention")

        back = certifier.client.post(
            f"{form}/obtention", data={"csrf_token": token, "scoring": "12", "retour": "oui"}
        )

        assert back.location == f"{form}/certification"
        kept = certifier.page(f"{form}/obtention").xpath('//input[@id="scoring"]/@value')
        assert kept == ["12"]

    def test_only_the_questions_that_apply_are_asked(self, certifier: Visitor) -> None:
        form = begun(certifier)

        plain = certifier.fill(f"{form}/modalites", **TERMS)
        special = certifier.fill(
            f"{form}/modalites",
            presenceNiveauLangueEuro="true",
            presenceNiveauNumeriqueEuro="false",
            modaliteAcces="VAE",
        )

        assert plain.location == f"{form}/titulaire"
        assert special.location == f"{form}/precisions"
        asked = certifier.page(f"{form}/precisions").xpath("//main//select/@name")
        assert asked == ["niveauLangueEuropeen", "voieAccessVAE"]

    def test_what_does_not_apply_any_more_is_not_sent(self, certifier: Visitor) -> None:
        form = filled_in(certifier)
        certifier.fill(f"{form}/modalites", **TERMS | {"presenceNiveauLangueEuro": "true"})
        certifier.fill(f"{form}/precisions", niveauLangueEuropeen="B2")
        assert "B2" in words(certifier.get(f"{form}/recapitulatif"))

        certifier.fill(f"{form}/modalites", **TERMS)

        assert "B2" not in words(certifier.get(f"{form}/recapitulatif"))
        assert "Traité avec succès" in words(sent(certifier, form))

    def test_a_commune_is_found_by_its_name(self, certifier: Visitor) -> None:
        form = begun(certifier)

        answer = certifier.client.post(
            f"{form}/identite",
            data={
                "csrf_token": certifier.token(f"{form}/identite"),
                **HOLDER,
                "codeInsee": "brest",
                "chercher": "codeInsee",
            },
        )

        found = tree(answer).xpath('//select[@name="codeInsee.choix"]/option/@value')
        assert "29019" in found
        chosen = certifier.fill(f"{form}/identite", **{"codeInsee.choix": "29019"})
        assert chosen.location == f"{form}/recapitulatif"

    def test_a_search_that_finds_nothing_says_so(self, certifier: Visitor) -> None:
        page = f"{begun(certifier)}/certification"
        nothing = "Aucune certification ne correspond"

        for typed, told in (("zzz", True), ("spectacle", False), ("RNCP90001", False)):
            token = {"csrf_token": certifier.token(page)}
            answer = certifier.client.post(page, data={"chercher": "code", "code": typed} | token)
            assert (nothing in words(answer)) == told, typed

    def test_a_page_that_would_ask_nothing_leads_back(self, certifier: Visitor) -> None:
        form = filled_in(certifier)

        assert certifier.get(f"{form}/precisions").location == f"{form}/modalites"

    def test_a_form_that_is_not_complete_says_where_it_is_not(self, certifier: Visitor) -> None:
        form = begun(certifier)

        page = certifier.page(f"{form}/recapitulatif")
        refused = certifier.fill(f"{form}/recapitulatif")

        assert f"{form}/certification#code" in page.xpath('//div[@class="summary"]//a/@href')
        assert not page.xpath('//button[text()="Déposer la déclaration"]')
        assert refused.status_code == 422

    def test_a_validity_that_ends_before_it_begins_is_said_beside_its_field(
        self, certifier: Visitor
    ) -> None:
        form = filled_in(certifier)

        answer = certifier.fill(f"{form}/obtention", dateFinValidite="2026-09-30")

        beside = tree(answer).xpath('//*[@id="dateFinValidite-erreur"]')[0].text_content()
        assert "La validité finit avant d'avoir commencé." in beside

    def test_drafts_are_taken_up_again_or_forgotten_by_their_account_alone(
        self, certifier: Visitor
    ) -> None:
        form = begun(certifier)
        start = certifier.page(START)
        assert start.xpath('//main//li[@class="card"]//a/@href') == [f"{form}/certification"]
        stranger = Visitor(certifier.client.application)
        stranger.log_in("CERT00002")

        assert stranger.get(f"{form}/certification").status_code == 404
        certifier.fill(START, f"{form}/effacer")

        assert not certifier.page(START).xpath('//main//li[@class="card"]')
        assert certifier.get(f"{form}/certification").status_code == 404


def test_the_nir_names_a_holder_only_under_the_schema_that_knows_it(
    put_together: PutTogether,
) -> None:
    for schema, known in (("1.1.2", False), ("1.1.5", True)):
        visitor = Visitor(create_app(put_together(schema=schema)))
        visitor.log_in("CERT00001")
        form = begun(visitor)

        ways = visitor.page(f"{form}/titulaire").xpath('//input[@name="titulaire_par"]/@value')

        assert ways == ["holder", "training_file", *(["national_id"] if known else [])]

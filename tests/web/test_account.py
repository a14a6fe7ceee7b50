"""« Mon compte » : what people change of their account, and the trade name of an organisation."""

import pytest

from mockportal.assembly import Portal
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.outbox import mails_to
from tests.web.visitor import Visitor, tree, words

PASSWORD = "un mot de passe a moi"
CONFIRMED = {"mot_de_passe_actuel": "mockportal"}
APOLLINE = "apolline.dutilleux@valclair.test"


class TestPassword:
    def test_it_is_changed_by_who_knows_the_old_one(
        self, portal: Portal, certifier: Visitor
    ) -> None:
        elsewhere = Visitor(create_app(portal))
        elsewhere.log_in("CERT00001")

        answer = certifier.follow(
            certifier.fill(
                "/compte/mot-de-passe",
                mot_de_passe_actuel="mockportal", mot_de_passe=PASSWORD, confirmation=PASSWORD,
            )
        )  # fmt: skip

        assert "Votre mot de passe est changé." in words(answer)
        assert elsewhere.get("/compte").status_code == 302
        certifier.log_out()
        assert certifier.log_in("CERT00001", PASSWORD).status_code == 303
        assert "vient d'être changé" in mails_to(portal, APOLLINE)[0].letter.text

    @pytest.mark.parametrize(
        ("old", "new", "again", "field"),
        [
            ("wrong", PASSWORD, PASSWORD, "mot_de_passe_actuel"),
            ("mockportal", "court", "court", "mot_de_passe"),
            ("mockportal", PASSWORD, "autre chose", "confirmation"),
        ],
    )
    def test_it_stays_where_something_is_wrong(
        self, certifier: Visitor, old: str, new: str, again: str, field: str
    ) -> None:
        answer = certifier.fill(
            "/compte/mot-de-passe",
            mot_de_passe_actuel=old, mot_de_passe=new, confirmation=again,
        )  # fmt: skip

        assert answer.status_code == 422
        assert tree(answer).xpath('//*[@aria-invalid="true"]/@id') == [field]
        assert tree(answer).xpath('//*[@type="password"]/@value') == []
        certifier.log_out()
        assert certifier.log_in("CERT00001").status_code == 303


class TestEmail:
    def test_it_is_changed(self, certifier: Visitor) -> None:
        answer = certifier.follow(
            certifier.fill("/compte/courriel", courriel="a@valclair.test", **CONFIRMED)
        )

        assert "a@valclair.test" in words(answer)

    def test_one_that_is_none_is_not_taken(self, certifier: Visitor) -> None:
        answer = certifier.fill("/compte/courriel", courriel="a@valclair", **CONFIRMED)

        assert answer.status_code == 422
        assert APOLLINE in words(certifier.get("/compte"))


class TestTradeName:
    def test_it_is_shown_wherever_the_organisation_is(
        self, portal: Portal, certifier: Visitor
    ) -> None:
        address = certifier.upload("flux.xml", a_flux_xml(a_passage_xml())).location
        certifier.fill("/compte/nom-commercial", nom_commercial="Les Métiers <de> Valclair")
        depositor = Visitor(create_app(portal))
        depositor.log_in("DEPO00001")

        for visitor, path in (
            (certifier, "/"),
            (certifier, "/compte"),
            (certifier, address),
            (certifier, "/compte/utilisateurs"),
            (depositor, "/compte"),
            (Visitor(create_app(portal)), "/connexion"),
        ):
            said = words(visitor.get(path))
            assert "Les Métiers <de> Valclair" in said, path
            assert ("Institut imaginaire" in said) == (visitor is certifier and path == "/compte")

    def test_without_one_the_name_is_shown(self, certifier: Visitor) -> None:
        certifier.fill("/compte/nom-commercial", nom_commercial="Valclair")
        certifier.fill("/compte/nom-commercial", nom_commercial="  ")

        assert "Institut imaginaire des métiers de Valclair" in words(certifier.get("/"))

    def test_one_that_is_too_long_is_not_taken(self, certifier: Visitor) -> None:
        answer = certifier.fill("/compte/nom-commercial", nom_commercial="x" * 256)

        assert answer.status_code == 422

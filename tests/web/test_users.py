"""What only an administrateur may do: manage users, and give and end mandates."""

from collections.abc import Callable

import pytest

from mockportal.assembly import Portal
from mockportal.web import create_app
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.web.outbox import link_to, mails_to
from tests.web.visitor import Visitor, tree, words

CONFIRMED = {"mot_de_passe_actuel": "mockportal"}
PASSWORD = "un mot de passe a moi"
BERENGER = "berenger.lormont@valclair.test"
Colleague = Callable[..., Visitor]


@pytest.fixture
def colleague(portal: Portal, certifier: Visitor) -> Colleague:
    """Return what has CERT00001 add a user, who chooses a password and logs in."""

    def one(role: str = "utilisateur", email: str = BERENGER) -> Visitor:
        certifier.fill(
            "/compte/utilisateurs/ajouter",
            nom="Lormont", prenom="Bérenger", courriel=email, role=role,
        )  # fmt: skip
        visitor = Visitor(create_app(portal))
        visitor.fill(link_to(portal, email), mot_de_passe=PASSWORD, confirmation=PASSWORD)
        assert visitor.log_in(identifier_of(portal, email), PASSWORD).status_code == 303
        return visitor

    return one


def identifier_of(portal: Portal, email: str) -> str:
    (account,) = portal.desk.stores.accounts.with_email(email)
    return account.id


class TestUsers:
    def test_one_who_is_added_chooses_a_password_and_logs_in(
        self, portal: Portal, colleague: Colleague
    ) -> None:
        visitor = colleague()

        said = words(visitor.get("/compte"))
        assert "Bérenger Lormont" in said
        assert "utilisateur" in said
        invitation = mails_to(portal, BERENGER)[-1].letter.text
        assert identifier_of(portal, BERENGER) in invitation
        assert "Apolline Dutilleux" in invitation

    def test_one_who_has_not_chosen_a_password_cannot_log_in(
        self, portal: Portal, certifier: Visitor
    ) -> None:
        certifier.fill(
            "/compte/utilisateurs/ajouter", nom="Lormont", prenom="Bérenger", courriel=BERENGER
        )
        visitor = Visitor(create_app(portal))

        for password, status in (("", 422), ("x", 403), ("mockportal", 403)):
            answer = visitor.log_in(identifier_of(portal, BERENGER), password)
            assert answer.status_code == status

    def test_the_link_is_sent_again_to_one_who_lost_it(
        self, portal: Portal, certifier: Visitor
    ) -> None:
        certifier.fill(
            "/compte/utilisateurs/ajouter", nom="Lormont", prenom="Bérenger", courriel=BERENGER
        )
        path = f"/compte/utilisateurs/{identifier_of(portal, BERENGER)}"

        certifier.follow(certifier.fill(path, f"{path}/inviter"))

        links = {mail.letter.links[0] for mail in mails_to(portal, BERENGER)}
        assert len(links) == 2

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"nom": ""}, "nom"),
            ({"prenom": ""}, "prenom"),
            ({"courriel": "x"}, "courriel"),
        ],
    )
    def test_one_who_cannot_be_added_is_told_why(
        self, certifier: Visitor, typed: dict[str, str], field: str
    ) -> None:
        values = {"nom": "Lormont", "prenom": "Bérenger", "courriel": BERENGER} | typed

        answer = certifier.fill("/compte/utilisateurs/ajouter", **values)

        assert answer.status_code == 422
        assert tree(answer).xpath('//*[@aria-invalid="true"]/@id') == [field]

    def test_roles_and_removals_count_at_once(
        self, portal: Portal, certifier: Visitor, colleague: Colleague
    ) -> None:
        visitor = colleague()
        path = f"/compte/utilisateurs/{identifier_of(portal, BERENGER)}"
        assert visitor.get("/compte/utilisateurs").status_code == 403

        certifier.fill(path, f"{path}/role", role="administrateur")
        assert visitor.get("/compte/utilisateurs").status_code == 200

        certifier.fill(path, f"{path}/retirer")
        assert visitor.get("/compte").status_code == 302
        identifier = path.rpartition("/")[2]
        assert visitor.log_in(identifier, PASSWORD).status_code == 403
        assert identifier not in words(certifier.get("/compte/utilisateurs"))
        assert certifier.get(path).status_code == 404

    def test_one_who_was_removed_calls_no_more_by_program_either(
        self, portal: Portal, certifier: Visitor, colleague: Colleague
    ) -> None:
        colleague()
        identifier = identifier_of(portal, BERENGER)

        def call() -> int:
            answer = certifier.client.get("/api/v1/deposits", auth=(identifier, PASSWORD))
            return answer.status_code

        assert call() == 200

        path = f"/compte/utilisateurs/{identifier}"
        certifier.fill(path, f"{path}/retirer")

        assert call() == 401

    def test_one_who_was_removed_stays_the_author_of_the_deposits(
        self, portal: Portal, certifier: Visitor, colleague: Colleague
    ) -> None:
        address = colleague().upload("flux.xml", a_flux_xml(a_passage_xml())).location
        identifier = identifier_of(portal, BERENGER)

        certifier.fill(
            f"/compte/utilisateurs/{identifier}", f"/compte/utilisateurs/{identifier}/retirer"
        )

        assert identifier in words(certifier.get(address))

    @pytest.mark.parametrize(
        ("action", "fields"), [("role", {"role": "utilisateur"}), ("retirer", {})]
    )
    def test_the_last_administrateur_stays(
        self, certifier: Visitor, colleague: Colleague, action: str, fields: dict[str, str]
    ) -> None:
        colleague("utilisateur")
        path = "/compte/utilisateurs/CERT00001"

        answer = certifier.follow(certifier.fill(path, f"{path}/{action}", **fields))

        assert "l'organisme doit garder un administrateur" in words(answer)
        assert certifier.get("/compte/utilisateurs").status_code == 200

    def test_one_who_cannot_log_in_yet_is_no_other_administrateur(self, certifier: Visitor) -> None:
        certifier.fill(
            "/compte/utilisateurs/ajouter",
            nom="Lormont", prenom="Bérenger", courriel=BERENGER, role="administrateur",
        )  # fmt: skip
        path = "/compte/utilisateurs/CERT00001"

        answer = certifier.follow(certifier.fill(path, f"{path}/retirer"))

        assert "l'organisme doit garder un administrateur" in words(answer)

    def test_an_administrateur_may_step_back_for_another(
        self, certifier: Visitor, colleague: Colleague
    ) -> None:
        colleague("administrateur")
        path = "/compte/utilisateurs/CERT00001"

        answer = certifier.follow(certifier.fill(path, f"{path}/role", role="utilisateur"))

        assert "Le rôle est enregistré." in words(answer)
        assert certifier.get("/compte/utilisateurs").status_code == 403

    def test_users_of_others_are_out_of_reach(self, certifier: Visitor) -> None:
        assert certifier.get("/compte/utilisateurs/CERT00002").status_code == 404
        assert certifier.get("/compte/utilisateurs/NOBODY001").status_code == 404


ADMINISTRATORS_ONLY = [
    "/compte/utilisateurs",
    "/compte/utilisateurs/ajouter",
    "/compte/utilisateurs/CERT00001",
    "/compte/nom-commercial",
    "/compte/mandats/donner",
    "/compte/mandats/03TST003/terminer",
]
POSTED = [
    "/compte/utilisateurs/ajouter",
    "/compte/utilisateurs/CERT00001/role",
    "/compte/utilisateurs/CERT00001/retirer",
    "/compte/utilisateurs/CERT00001/inviter",
    "/compte/nom-commercial",
    "/compte/mandats/donner",
    "/compte/mandats/03TST003/terminer",
]


def test_a_utilisateur_manages_nothing(colleague: Colleague) -> None:
    visitor = colleague("utilisateur")
    token = visitor.token("/compte")

    answers = [visitor.get(path) for path in ADMINISTRATORS_ONLY]
    answers += [visitor.client.post(path, data={"csrf_token": token}) for path in POSTED]

    for answer in answers:
        assert answer.status_code == 403, answer.request.path
        assert "Accès refusé" in words(answer)
    page = visitor.page("/compte")
    assert not set(page.xpath("//@href")) & set(ADMINISTRATORS_ONLY)


@pytest.mark.parametrize("path", [*POSTED, "/compte/mot-de-passe", "/compte/courriel"])
def test_nothing_is_changed_without_a_token(certifier: Visitor, path: str) -> None:
    answer = certifier.client.post(path, data={"role": "utilisateur"})

    assert answer.status_code == 400
    assert "Formulaire expiré" in words(answer)


class TestMandates:
    def test_a_certificateur_gives_and_ends_them(self, portal: Portal, certifier: Visitor) -> None:
        given = certifier.follow(
            certifier.fill("/compte/mandats/donner", matricule_deposant="03TST006", **CONFIRMED)
        )
        assert "Comptoir supposé des diplômes de Rochenuée 03TST006 En cours" in words(given)

        ended = certifier.follow(certifier.fill("/compte/mandats/03TST003/terminer", **CONFIRMED))

        assert "Guichet fictif des certifications de Montfeuille 03TST003 Terminé" in words(ended)
        depositor = Visitor(create_app(portal))
        depositor.log_in("DEPO00001")
        said = words(depositor.get("/compte"))
        assert "Institut imaginaire des métiers de Valclair 03TST001 Terminé" in said
        assert "Académie inventée du numérique de Hautelune 03TST002 En cours" in said

    @pytest.mark.parametrize("typed", ["", "1", "03TST002", "03TST099"])
    def test_only_a_deposant_gets_one(self, certifier: Visitor, typed: str) -> None:
        answer = certifier.fill("/compte/mandats/donner", matricule_deposant=typed, **CONFIRMED)

        assert answer.status_code == 422
        assert tree(answer).xpath('//*[@aria-invalid="true"]/@id') == ["matricule_deposant"]

    def test_a_deposant_gives_none(self, visitor: Visitor) -> None:
        visitor.log_in("DEPO00001")

        assert visitor.get("/compte/mandats/donner").status_code == 404

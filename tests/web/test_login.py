"""Logging in and out, and what stays closed to those who have not."""

from io import BytesIO
from pathlib import Path

import pytest

from mockportal.assembly import assemble
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.web.conftest import PutTogether
from tests.web.visitor import Visitor, tree, words

FAILED = "L'identifiant et le mot de passe ne correspondent pas."


def test_the_right_password_leads_to_the_first_page(visitor: Visitor) -> None:
    answer = visitor.log_in("CERT00001")

    assert (answer.status_code, answer.location) == (303, "/")
    assert "Bonjour Apolline" in words(visitor.get("/"))


def test_spaces_around_an_identifier_that_was_pasted_do_no_harm(visitor: Visitor) -> None:
    assert visitor.log_in(" CERT00001 ").status_code == 303


@pytest.mark.parametrize(
    ("account", "password"),
    [
        ("CERT00001", "wrong"),
        ("CERT00001", "MOCKPORTAL"),
        ("CERT99999", "mockportal"),
    ],
)
def test_a_login_that_fails_says_so_and_keeps_the_identifier(
    visitor: Visitor, account: str, password: str
) -> None:
    answer = visitor.log_in(account, password)

    assert answer.status_code == 403
    assert FAILED in words(answer)
    assert f'value="{account}"' in answer.text
    assert visitor.get("/").status_code == 302


@pytest.mark.parametrize(
    ("account", "password", "said", "wrong"),
    [
        ("", "", "Saisissez votre identifiant et votre mot de passe.", 2),
        (" ", "mockportal", "Saisissez votre identifiant.", 1),
        ("CERT00001", "", "Saisissez votre mot de passe.", 1),
    ],
)
def test_a_login_form_with_something_missing_says_what(
    visitor: Visitor, account: str, password: str, said: str, wrong: int
) -> None:
    answer = visitor.log_in(account, password)

    assert answer.status_code == 422
    assert said in words(answer)
    assert len(tree(answer).xpath('//input[@aria-invalid="true"]')) == wrong


def test_an_identifier_may_be_typed_in_small_letters(visitor: Visitor) -> None:
    assert visitor.log_in("cert00001").status_code == 303
    assert "Bonjour Apolline" in words(visitor.get("/"))


def test_the_address_of_the_login_page_may_fill_the_identifier_in(visitor: Visitor) -> None:
    page = visitor.page("/connexion?identifiant=CERT00002")

    assert page.xpath('//input[@id="identifiant"]/@value') == ["CERT00002"]


def test_every_page_of_whoever_has_logged_in_lets_them_out(certifier: Visitor) -> None:
    (form,) = certifier.page("/aide").xpath("//header//form")

    answer = certifier.client.post(form.get("action"), data=dict(form.form_values()))

    assert (answer.status_code, answer.location) == (303, "/connexion")
    assert not certifier.page("/connexion").xpath("//header//form")


def test_what_is_typed_as_an_identifier_is_escaped(visitor: Visitor) -> None:
    answer = visitor.log_in('"><script>alert(1)</script>', "x")

    assert "<script>" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/transmettre", "/transmettre/fichier", "/depots", "/depots/x", "/compte"]
)
def test_closed_pages_lead_to_the_login_page_and_back(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)

    assert answer.status_code == 302
    assert answer.location.startswith("/connexion?next=")
    back = visitor.log_in("CERT00001", page=answer.location.removeprefix("/connexion"))
    assert back.location == path


@pytest.mark.parametrize(
    "page",
    [
        "https://evil.test/",
        "//evil.test/",
        "/\\evil.test",
        "/%09/evil.test",
        "/%0d%0aLocation: https://evil.test/",
        "//[",
        "x",
    ],
)
def test_the_login_page_leads_nobody_to_another_site(visitor: Visitor, page: str) -> None:
    assert visitor.log_in("CERT00001", page=f"?next={page}").location == "/"


def test_whoever_logs_out_is_out(certifier: Visitor) -> None:
    answer = certifier.log_out()

    assert (answer.status_code, answer.location) == (303, "/connexion")
    assert certifier.get("/depots").status_code == 302


def test_the_login_page_has_the_words_of_the_real_one(visitor: Visitor) -> None:
    said = words(visitor.get("/connexion"))

    for sentence in (
        "Portail des responsables de diplômes et de certifications",
        (
            "Votre identifiant comporte 9 caractères, il vous a été communiqué lors de votre "
            "création de compte par mail."
        ),
        "Identifiant oublié",
        "Mot de passe oublié",
        "Me connecter",
        "Création de compte",
        (
            "Créez un compte pour votre organisme certificateur ou déposant pour réaliser le dépôt "
            "de certifications."
        ),
        "Créer un compte",
    ):
        assert sentence in said


def test_the_login_page_gives_the_demonstration_accounts(visitor: Visitor) -> None:
    said = words(visitor.get("/connexion"))

    assert all(one in said for one in ("CERT00001", "CERT00002", "DEPO00001", "mockportal"))


def test_a_portal_that_becomes_public_draws_the_password_anew(tmp_path: Path) -> None:
    with assemble(Settings(data=tmp_path / "data")) as portal:
        assert portal.log_in("CERT00001", "mockportal")
    with assemble(Settings(data=tmp_path / "data", public=True)) as portal:
        assert portal.drawn_password
        assert portal.log_in("CERT00001", portal.drawn_password)
        assert not portal.log_in("DEPO00001", "mockportal")
    with assemble(Settings(data=tmp_path / "data", public=True)) as portal:
        assert portal.drawn_password is None


def test_a_public_portal_does_not_give_them(put_together: PutTogether) -> None:
    portal = put_together(public=True)
    visitor = Visitor(create_app(portal))

    assert "CERT00001" not in visitor.get("/connexion").text
    assert visitor.log_in("CERT00001").status_code == 403
    assert portal.drawn_password
    assert visitor.log_in("CERT00001", portal.drawn_password).status_code == 303


def test_a_form_without_its_token_is_refused_in_french(visitor: Visitor) -> None:
    answer = visitor.client.post(
        "/connexion", data={"identifiant": "CERT00001", "mot_de_passe": "mockportal"}
    )

    assert answer.status_code == 400
    assert "Formulaire expiré" in words(answer)


def test_a_file_without_a_token_becomes_no_deposit(certifier: Visitor) -> None:
    answer = certifier.client.post("/transmettre/fichier", data={"fichier": (BytesIO(), "a.xml")})

    assert answer.status_code == 400
    assert "Aucun fichier pour l'instant" in words(certifier.get("/depots"))


def test_two_portals_on_one_machine_do_not_log_each_other_out(put_together: PutTogether) -> None:
    names = {create_app(put_together()).config["SESSION_COOKIE_NAME"] for _ in range(2)}

    assert len(names) == 2


def test_a_key_that_was_left_empty_by_a_kill_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "secret-key").touch()

    with assemble(Settings(data=tmp_path)) as portal:
        answer = Visitor(create_app(portal)).log_in("CERT00001")

    assert answer.status_code == 303
    assert [one.name for one in tmp_path.glob("secret-key*")] == ["secret-key"]


def test_the_session_cookie_is_out_of_reach_of_scripts_and_of_other_sites(
    visitor: Visitor,
) -> None:
    cookie = visitor.log_in("CERT00001").headers["Set-Cookie"]

    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie

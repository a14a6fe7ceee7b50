"""Registering an organisation, as a visitor does it: four steps, a mail, an identifier."""

import pytest

from mockportal.assembly import Portal
from tests.web.outbox import link_to, mails_to
from tests.web.registering import (
    EMAIL,
    ORGANISATION,
    PASSWORD,
    PERSON,
    errors_of,
    fill_in,
    send,
)
from tests.web.visitor import Visitor, tree, words


@pytest.mark.parametrize("kind", ["certificateur", "deposant"])
def test_an_organisation_is_registered_and_its_administrator_logs_in(
    portal: Portal, visitor: Visitor, kind: str
) -> None:
    fill_in(visitor, kind)
    assert EMAIL in words(visitor.follow(send(visitor, kind)))

    over = visitor.follow(visitor.fill(link_to(portal, EMAIL)))
    (identifier,) = tree(over).xpath('//*[@class="identifier"]/code/text()')

    assert len(identifier) == 9
    assert identifier in mails_to(portal, EMAIL)[0].letter.text
    assert visitor.log_in(identifier, PASSWORD).location == "/"
    account = words(visitor.get("/compte"))
    assert "Odilon Farge" in account
    assert "administrateur" in account
    assert ORGANISATION[kind]["matricule"] in account


def test_the_steps_have_the_words_of_the_real_portal(visitor: Visitor) -> None:
    page = visitor.page("/inscription")
    said = " ".join(page.text_content().split())

    assert page.xpath('//nav[@aria-label="Fil d\'Ariane"]//li')[-1].text_content().strip() == (
        "Inscription de votre organisme"
    )
    for sentence in (
        "Étape 1 sur 4",
        "Quel organisme êtes-vous ?",
        "Vous êtes un organisme certificateur",
        "Vous êtes un organisme qui délivre des certifications ou des diplômes.",
        "Vous êtes un organisme déposant",
        ("Vous êtes mandaté par un organisme certificateur pour déposer des fichiers en son nom."),
        (
            "La Caisse des Dépôts vous a communiqué vos identifiants d'inscription par mail. Vous "
            "ne disposez pas de ces informations ?"
        ),
        "Obtenir mes identifiants",
    ):
        assert sentence in said
    assert page.xpath('//a[text()="Continuer"]/@href') == [
        "/inscription/certificateur/organisme",
        "/inscription/deposant/organisme",
    ]


@pytest.mark.parametrize(
    ("kind", "labels"),
    [
        ("certificateur", ["Matricule de votre organisme", "Numéro de contrat"]),
        (
            "deposant",
            ["Matricule de votre organisme", "Matricule de l'organisme certificateur"],
        ),
    ],
)
def test_an_organisation_gives_what_its_kind_is_asked_for(
    visitor: Visitor, kind: str, labels: list[str]
) -> None:
    page = visitor.page(f"/inscription/{kind}/organisme")

    assert [label.text_content().strip() for label in page.xpath("//main//label")] == labels


UNKNOWN_CERTIFIER = "Le portail ne connaît aucun organisme certificateur de ce matricule."


@pytest.mark.parametrize(
    ("kind", "typed", "field", "sentence"),
    [
        ("certificateur", {"matricule": ""}, "matricule", "Un matricule comporte 8 caractères."),
        ("certificateur", {"matricule": "03TST0055"}, "matricule", "8 caractères."),
        ("certificateur", {"matricule": "03TST099"}, "matricule", UNKNOWN_CERTIFIER),
        ("certificateur", {"matricule": "03TST003"}, "matricule", UNKNOWN_CERTIFIER),
        ("certificateur", {"contrat": ""}, "contrat", "de 1 à 20 caractères"),
        ("certificateur", {"contrat": "X" * 21}, "contrat", "de 1 à 20 caractères"),
        ("certificateur", {"contrat": "MCFCER100001"}, "contrat", "n'est pas l'un de ceux"),
        ("certificateur", {"contrat": "mcfcer100005"}, "contrat", "n'est pas l'un de ceux"),
        (
            "certificateur",
            {"matricule": "03TST001", "contrat": "MCFCER100001"},
            "matricule",
            "a déjà un compte. Son administrateur est Apolline Dutilleux",
        ),
        ("deposant", {"matricule": "03TST005"}, "matricule", "aucun organisme déposant"),
        ("deposant", {"matricule_certificateur": "1"}, "matricule_certificateur", "8 caractères."),
        (
            "deposant",
            {"matricule_certificateur": "03TST099"},
            "matricule_certificateur",
            UNKNOWN_CERTIFIER,
        ),
        (
            "deposant",
            {"matricule_certificateur": "03TST001"},
            "matricule_certificateur",
            "n'a pas mandaté votre organisme",
        ),
        (
            "deposant",
            {"matricule": "03TST003", "matricule_certificateur": "03TST001"},
            "matricule",
            "Son administrateur est Ségolène Vaubrun",
        ),
    ],
)
def test_an_organisation_that_cannot_be_registered_is_told_why(
    visitor: Visitor, kind: str, typed: dict[str, str], field: str, sentence: str
) -> None:
    values = ORGANISATION[kind] | typed

    answer = visitor.fill(f"/inscription/{kind}/organisme", **values)

    assert answer.status_code == 422
    errors = errors_of(answer)
    assert list(errors) == [field]
    assert sentence in errors[field]
    kept = {one: tree(answer).xpath("//input[@id=$id]/@value", id=one)[0] for one in values}
    assert kept == values


def test_nobody_learns_an_administrator_by_the_matricule_alone(visitor: Visitor) -> None:
    answer = visitor.fill(
        "/inscription/certificateur/organisme", matricule="03TST001", contrat="MCFCER999999"
    )

    assert "Apolline" not in answer.text


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"nom": " "}, "nom", "Indiquez un nom."),
        ({"prenom": ""}, "prenom", "Indiquez un prénom."),
        ({"nom": "X" * 101}, "nom", "100 caractères au plus."),
        ({"courriel": ""}, "courriel", "de la forme « nom@exemple.test »"),
        ({"courriel": "odilon"}, "courriel", "de la forme"),
        ({"courriel": "odilon@brumelande"}, "courriel", "de la forme"),
        ({"courriel": "a@b.test, c@d.test"}, "courriel", "de la forme"),
        ({"courriel": f"{'a' * 250}@b.test"}, "courriel", "de la forme"),
        ({"conditions": ""}, "conditions", "Acceptez les conditions d'utilisation"),
    ],
)
def test_a_person_that_cannot_be_taken_is_told_why(
    visitor: Visitor, typed: dict[str, str], field: str, sentence: str
) -> None:
    visitor.fill("/inscription/certificateur/organisme", **ORGANISATION["certificateur"])
    values = PERSON | typed
    token = visitor.token("/inscription/certificateur/titulaire")
    sent = {name: value for name, value in values.items() if value or name != "conditions"}

    answer = visitor.client.post(
        "/inscription/certificateur/titulaire", data=sent | {"csrf_token": token}
    )

    assert answer.status_code == 422
    errors = errors_of(answer)
    assert list(errors) == [field]
    assert sentence in errors[field]
    for name in ("nom", "prenom", "courriel"):
        assert tree(answer).xpath("//input[@id=$id]/@value", id=name)[0] == values[name].strip()


@pytest.mark.parametrize(
    ("password", "again", "field", "sentence"),
    [
        ("", "", "mot_de_passe", "au moins 8 caractères"),
        ("1234567", "1234567", "mot_de_passe", "au moins 8 caractères"),
        ("x" * 129, "x" * 129, "mot_de_passe", "128 caractères au plus"),
        ("long enough", "long enouhg", "confirmation", "Les deux mots de passe sont différents"),
    ],
)
def test_a_password_that_cannot_be_taken_is_told_why(
    portal: Portal, visitor: Visitor, password: str, again: str, field: str, sentence: str
) -> None:
    fill_in(visitor)

    answer = visitor.fill(
        "/inscription/certificateur/mot-de-passe", mot_de_passe=password, confirmation=again
    )

    assert answer.status_code == 422
    errors = errors_of(answer)
    assert list(errors) == [field]
    assert sentence in errors[field]
    assert password not in answer.text or not password
    assert mails_to(portal, EMAIL) == []


def test_what_can_be_registered_is_listed_until_it_is(portal: Portal, visitor: Visitor) -> None:
    before = words(visitor.get("/inscription/identifiants"))
    fill_in(visitor)
    send(visitor)
    visitor.fill(link_to(portal, EMAIL))

    after = words(visitor.get("/inscription/identifiants"))

    assert "Conservatoire rêvé des gestes de Brumelande" in before
    assert "MCFCER100005" in before
    assert "MCFCER100005" not in after
    assert "03TST006" in after
    assert "03TST001" not in before


@pytest.mark.parametrize(
    "path",
    [
        "/inscription/certificateur/organisme",
        "/inscription/certificateur/titulaire",
        "/inscription/certificateur/mot-de-passe",
    ],
)
def test_no_step_is_taken_without_its_token(visitor: Visitor, path: str) -> None:
    fill_in(visitor)

    answer = visitor.client.post(path, data={"matricule": "03TST005"})

    assert answer.status_code == 400
    assert "Formulaire expiré" in words(answer)


@pytest.mark.parametrize("kind", ["certificateur", "deposant"])
def test_the_name_of_a_known_organisation_fills_the_form_in(visitor: Visitor, kind: str) -> None:
    matricule = ORGANISATION[kind]["matricule"]
    (address,) = visitor.page("/inscription/identifiants").xpath(
        '//tr[td[@data-name="Matricule"]/code=$matricule]/th/a/@href', matricule=matricule
    )

    page = visitor.page(address)

    for name, value in ORGANISATION[kind].items():
        assert page.xpath("//input[@id=$name]/@value", name=name) == [value]

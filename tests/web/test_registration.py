"""Registering an organisation, as a visitor does it: four steps, a mail, an identifier."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from werkzeug.test import TestResponse

from mockportal.assembly import Portal
from mockportal.domain.identifiers import ClientId
from mockportal.web import create_app
from tests.clocks import by_hand
from tests.web.outbox import link_to, mails_to
from tests.web.visitor import Visitor, tree, words

EMAIL = "odilon.farge@brumelande.test"
PASSWORD = "quatre mots de passe"
ORGANISATION = {
    "certificateur": {"matricule": "03TST005", "contrat": "MCFCER100005"},
    "deposant": {"matricule": "03TST006", "matricule_certificateur": "03TST005"},
}
PERSON = {"nom": "Farge", "prenom": "Odilon", "courriel": EMAIL, "conditions": "oui"}


def fill_in(visitor: Visitor, kind: str = "certificateur", email: str = EMAIL) -> None:
    """Go through the steps up to the password."""
    visitor.follow(visitor.fill(f"/inscription/{kind}/organisme", **ORGANISATION[kind]))
    visitor.follow(visitor.fill(f"/inscription/{kind}/titulaire", **(PERSON | {"courriel": email})))


def send(visitor: Visitor, kind: str = "certificateur") -> TestResponse:
    return visitor.fill(
        f"/inscription/{kind}/mot-de-passe", mot_de_passe=PASSWORD, confirmation=PASSWORD
    )


def errors_of(answer: TestResponse) -> dict[str, str]:
    """Return the sentence beside each field that is wrong; the summary on top must say the same."""
    page = tree(answer)
    beside = {
        field.get("id"): " ".join(
            page.xpath("//*[@id=$id]", id=f"{field.get('id')}-erreur")[0].text_content().split()
        )
        for field in page.xpath('//main//*[@aria-invalid="true"]')
    }
    summary = {
        link.get("href").removeprefix("#"): " ".join(link.text_content().split())
        for link in page.xpath('//main//*[@role="alert" and @autofocus]//a')
    }
    assert beside == summary
    return beside


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


def test_what_was_filled_in_is_there_when_one_goes_back(visitor: Visitor) -> None:
    fill_in(visitor)

    organisation = visitor.page("/inscription/certificateur/organisme")
    person = visitor.page("/inscription/certificateur/titulaire")

    assert organisation.xpath('//input[@id="contrat"]/@value') == ["MCFCER100005"]
    assert person.xpath('//input[@id="nom"]/@value') == ["Farge"]
    assert person.xpath('//input[@id="conditions"]/@checked')


@pytest.mark.parametrize(
    ("path", "leads_to"),
    [
        ("/inscription/certificateur/titulaire", "/inscription/certificateur/organisme"),
        ("/inscription/certificateur/mot-de-passe", "/inscription/certificateur/titulaire"),
        ("/inscription/deposant/mot-de-passe", "/inscription/deposant/titulaire"),
        ("/inscription/envoyee", "/inscription"),
        ("/inscription/terminee", "/connexion"),
    ],
)
def test_a_step_that_comes_too_early_leads_to_the_one_before(
    visitor: Visitor, path: str, leads_to: str
) -> None:
    assert visitor.get(path).location == leads_to


def test_no_password_is_in_the_cookie(visitor: Visitor) -> None:
    fill_in(visitor)
    send(visitor)

    with visitor.client.session_transaction() as session:
        assert PASSWORD not in repr(dict(session))
        assert "argon2" not in repr(dict(session))


def test_a_form_that_is_sent_twice_counts_once(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor)

    answers = [send(visitor), send(visitor)]

    assert [answer.location for answer in answers] == ["/inscription/envoyee"] * 2
    assert len(mails_to(portal, EMAIL)) == 1


def test_one_who_corrects_the_address_gets_another_mail(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor, email="oldilon@brumelande.test")
    send(visitor)

    fill_in(visitor)
    send(visitor)

    assert visitor.follow(visitor.fill(link_to(portal, EMAIL))).request.path.endswith("/terminee")


def test_a_draft_that_changed_in_another_tab_is_shown_before_it_is_sent(
    portal: Portal, visitor: Visitor
) -> None:
    fill_in(visitor)
    path = "/inscription/certificateur/mot-de-passe"
    number = visitor.page(path).xpath('//input[@name="brouillon"]/@value')[0]
    fill_in(visitor, email="autre@brumelande.test")

    answer = visitor.fill(path, brouillon=str(number), mot_de_passe=PASSWORD, confirmation=PASSWORD)

    assert "Votre demande a changé" in words(answer)
    assert mails_to(portal, "autre@brumelande.test") == []


def test_two_kinds_in_two_tabs_do_not_mix(visitor: Visitor) -> None:
    fill_in(visitor, "certificateur")
    fill_in(visitor, "deposant")

    page = visitor.page("/inscription/certificateur/mot-de-passe")

    assert "03TST005" in page.text_content()
    assert "03TST006" not in page.text_content()


def test_looking_at_a_link_uses_nothing_up(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor)
    send(visitor)
    link = link_to(portal, EMAIL)

    assert visitor.get(link).status_code == visitor.get(link).status_code == 200


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (24, 410)])
def test_a_confirmation_is_possible_for_a_day_of_real_time(
    portal: Portal, hours: int, status: int
) -> None:
    portal, time = by_hand(portal)
    visitor = Visitor(create_app(portal))
    fill_in(visitor)
    send(visitor)

    time.passes(timedelta(hours=hours))

    assert visitor.get(link_to(portal, EMAIL)).status_code == status


def test_a_world_whose_clock_moves_on_loses_no_link(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor)
    send(visitor)

    visitor.fill("/coulisses", "/coulisses/horloge/deux-jours")

    assert visitor.get(link_to(portal, EMAIL)).status_code == 200


def test_a_link_that_has_served_is_dead(portal: Portal, visitor: Visitor) -> None:
    fill_in(visitor)
    send(visitor)
    link = link_to(portal, EMAIL)
    visitor.fill(link)

    answer = Visitor(create_app(portal)).get(link)

    assert answer.status_code == 410
    assert "Ce lien ne sert plus" in words(answer)


def test_a_confirmation_that_is_sent_twice_shows_the_identifier_again(
    portal: Portal, visitor: Visitor
) -> None:
    fill_in(visitor)
    send(visitor)
    link = link_to(portal, EMAIL)
    token = visitor.token(link)

    answers = [visitor.client.post(link, data={"csrf_token": token}) for _ in range(2)]

    assert [answer.location for answer in answers] == ["/inscription/terminee"] * 2
    organisations = portal.desk.stores.organisations
    assert len(organisations.accounts(_number_of(portal, "03TST005"))) == 1


def test_the_first_to_confirm_has_the_account_and_the_second_reads_whose_it_is(
    portal: Portal, visitor: Visitor
) -> None:
    other = Visitor(create_app(portal))
    fill_in(visitor)
    send(visitor)
    fill_in(other, email="clothilde@brumelande.test")
    send(other)
    late = link_to(portal, "clothilde@brumelande.test")
    visitor.fill(link_to(portal, EMAIL))

    answer = other.fill(late)

    assert answer.status_code == 422
    assert "a déjà un compte. Son administrateur est Odilon Farge" in words(answer)


def test_of_many_who_confirm_at_once_one_gets_the_account(portal: Portal) -> None:
    addresses = [f"personne-{number}@brumelande.test" for number in range(4)]
    visitors = [Visitor(create_app(portal)) for _ in addresses]
    for visitor, address in zip(visitors, addresses, strict=True):
        fill_in(visitor, email=address)
        send(visitor)
    links = [link_to(portal, address) for address in addresses]

    with ThreadPoolExecutor(len(links)) as pool:
        answers = list(pool.map(Visitor.fill, visitors, links))

    assert sorted(answer.status_code for answer in answers) == [303, 422, 422, 422]
    organisations = portal.desk.stores.organisations
    assert len(organisations.accounts(_number_of(portal, "03TST005"))) == 1


def test_a_mandate_that_ended_before_the_confirmation_counts(
    portal: Portal, visitor: Visitor
) -> None:
    fill_in(visitor, "deposant")
    send(visitor, "deposant")
    stores = portal.desk.stores
    world = stores.worlds.named("default")
    assert world is not None
    stores.organisations.end_mandate(
        _number_of(portal, "03TST005"),
        _number_of(portal, "03TST006"),
        portal.desk.circumstances.now(world),
    )

    answer = visitor.fill(link_to(portal, EMAIL))

    assert answer.status_code == 422
    assert "le mandat a pris fin" in words(answer)


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


def _number_of(portal: Portal, client: str) -> int:
    world = portal.desk.stores.worlds.named("default")
    assert world is not None
    found = portal.desk.stores.organisations.with_client_id(world, ClientId(client))
    assert found is not None
    return found.id

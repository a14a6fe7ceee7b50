"""What those who have not logged in meet: registration, recovery, and the page of trainers."""

from playwright.sync_api import Page

from tests.browser.scene import Act, Scene, one_after_the_other, press
from tests.web.registering import EMAIL, ORGANISATION, PASSWORD

_NOBODY = "NOBODY123"
_SECRET = {"mot_de_passe": PASSWORD, "confirmation": PASSWORD}


def to_all() -> list[Scene]:
    """Return these scenes, in the order in which they hang together."""
    return [
        Scene("login-empty", "/connexion", press("Me connecter")),
        Scene("login-wrong", "/connexion", press("Me connecter", identifiant=_NOBODY,
                                                 mot_de_passe="?")),
        Scene("login-locked", "/connexion", _locked_out),
        Scene("error-404", "/inscription/nulle-part"),
        *_registration(),
        *_recovery(),
        Scene("backstage-wrong", "/coulisses", _delayed),
        Scene("backstage-people-none", "/coulisses/personnes?nom=zzz"),
        Scene("backstage-mails", "/coulisses/messages"),
        Scene("backstage-frozen", "/coulisses", press("Figer")),
        Scene("backstage-going-on", "/coulisses", press("Remettre en marche")),
        Scene("backstage-real", "/coulisses", press("Revenir à l'heure réelle")),
        Scene("docs-search", "/docs?q=data+folder"),
        Scene("docs-search-nothing", "/docs?q=zzz"),
        Scene("reference-api", "/api/v1/docs"),
        Scene("reference-mock", "/_mock/docs"),
        Scene("reference-problems", "/api/v1/problems"),
    ]  # fmt: skip


def _registration() -> list[Scene]:
    taken = press("Continuer", matricule="03TST001", contrat="MCFCER100001")
    scenes = [
        Scene("registration-taken", "/inscription/certificateur/organisme", taken),
    ]
    at = "/inscription"
    for kind in ORGANISATION:
        at = f"/inscription/{kind}"
        scenes += [
            Scene(f"registration-{kind}", f"{at}/organisme"),
            Scene(f"registration-{kind}-wrong", f"{at}/organisme",
                  press("Continuer", matricule="?")),
            Scene(f"registration-{kind}-person", f"{at}/organisme",
                  press("Continuer", **ORGANISATION[kind])),
        ]  # fmt: skip
    return [
        *scenes,
        Scene("registration-person-wrong", f"{at}/titulaire", press("Continuer", nom="")),
        Scene("registration-password", f"{at}/titulaire", _person),
        Scene("registration-password-wrong", f"{at}/mot-de-passe", press("Envoyer")),
        Scene("registration-sent", f"{at}/mot-de-passe", press("Envoyer", **_SECRET)),
        Scene("registration-mail", "/coulisses", _mail("Confirmez")),
        Scene("registration-confirm", "/coulisses", _linked("Confirmez")),
        Scene("registration-over", "/coulisses", _confirmed),
        Scene("registration-dead-link", "/inscription/confirmation/nothing"),
    ]


def _recovery() -> list[Scene]:
    asked = press("Recevoir le lien", identifiant="DEPO00001")
    chosen = one_after_the_other(asked, _linked("mot de passe"))
    return [
        Scene("recovery-identifier-wrong", "/identifiant-oublie",
              press("Recevoir mes identifiants")),
        Scene("recovery-identifier-sent", "/identifiant-oublie",
              press("Recevoir mes identifiants", courriel=EMAIL)),
        Scene("recovery-identifier-mail", "/coulisses", _mail("identifiant")),
        Scene("recovery-password-wrong", "/mot-de-passe-oublie", press("Recevoir le lien")),
        Scene("recovery-password-sent", "/mot-de-passe-oublie", asked),
        Scene("recovery-password-choose-wrong", "/mot-de-passe-oublie",
              one_after_the_other(chosen, press("Enregistrer", mot_de_passe="court"))),
        Scene("recovery-password-chosen", "/mot-de-passe-choisi"),
        Scene("recovery-dead-link", "/mot-de-passe/nothing"),
    ]  # fmt: skip


def _locked_out(page: Page) -> None:
    for _ in range(11):
        press("Me connecter", identifiant=_NOBODY, mot_de_passe="?")(page)


def _delayed(page: Page) -> None:
    page.locator("main [name='mode']").select_option("delay")
    press("Enregistrer", nombre="abc")(page)


def _person(page: Page) -> None:
    page.locator("main [name='conditions']").check()
    press("Continuer", nom="Farge", prenom="Odilon", courriel=EMAIL)(page)


def _mail(subject: str) -> Act:
    def act(page: Page) -> None:
        page.goto("/coulisses")
        page.locator("main").get_by_role("link", name=subject).first.click()

    return act


def _linked(subject: str) -> Act:
    def act(page: Page) -> None:
        _mail(subject)(page)
        page.locator("main a[href*='/inscription/'], main a[href*='/mot-de-passe/']").first.click()

    return act


def _confirmed(page: Page) -> None:
    _linked("Confirmez")(page)
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_load_state()

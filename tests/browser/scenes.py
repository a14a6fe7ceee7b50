"""Every page in its telling states: those that links lead to, and those that forms answer with."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import urljoin

from playwright.sync_api import Browser, Page, Response
from werkzeug.routing import MapAdapter

from tests.browser.stage import Stage, log_in, opened
from tests.web.furnished import Roles, logged_in
from tests.web.visitor import Visitor, tree

ROLES = ("nobody", "administrator", "user", "depositor", "beginner")
_ALIKE = 3
"""How many states of one page are looked at."""
_NO_PAGES = ("static", "downloads.", "passage_exports.", "assistance.demonstration", "health.")


@dataclass(frozen=True)
class Scene:
    """A page in a state: where it is, and what is done there to come to it."""

    name: str
    path: str
    act: Callable[[Page], None] | None = None


def press(words: str, **fields: str) -> Callable[[Page], None]:
    """Return what fills fields in, by their names, and presses the button of these words."""

    def act(page: Page) -> None:
        for name, value in fields.items():
            page.locator(f"main [name='{name}']").first.fill(value)
        page.locator("main").get_by_role("button", name=words).first.click()
        page.wait_for_load_state()

    return act


def scenes_of_all(stage: Stage, roles: Roles) -> dict[str, list[Scene]]:
    """Return the scenes that each role is looked at in: what one sees as others do, once."""
    looks: dict[str, set[str]] = {}
    scenes = {}
    for role in ROLES:
        account, password = getattr(roles, role)
        visitor = logged_in(stage.app, account, password) if account else Visitor(stage.app)
        found = list(_by_links(visitor, "/" if account else "/connexion", stage, looks))
        scenes[role] = found + (_ANSWERS_TO_ALL if role == "nobody" else _answers(found, role))
    return scenes


def _by_links(
    visitor: Visitor, start: str, stage: Stage, looks: dict[str, set[str]]
) -> Iterator[Scene]:
    """Yield a page of each kind, in as many states as its marks tell apart, a few of each."""
    waiting, seen = [start], {start}
    adapter = stage.app.url_map.bind("localhost")
    while waiting:
        path = waiting.pop(0)
        answer = visitor.get(path)
        if answer.mimetype != "text/html" or answer.status_code not in (200, 410):
            continue
        page = tree(answer)
        kind, look = _kind(adapter, path), _look(page.xpath("//main//@class"))
        known = looks.setdefault(kind, set())
        if look not in known and len(known) < _ALIKE:
            known.add(look)
            yield Scene(f"{kind}-{len(known)}", path)
        for link in page.xpath("//a/@href"):
            address = urljoin(path, link.partition("#")[0])
            if address not in seen and not _kind(adapter, address).startswith(_NO_PAGES):
                seen.add(address)
                waiting.append(address)


def _kind(adapter: MapAdapter, path: str) -> str:
    endpoint, values = adapter.match(path.partition("?")[0])
    # The help has a page for each name, and so has a declaration for each of its steps.
    name = values.get("name", "")
    return f"{endpoint}.{name}" if name else str(endpoint)


def _look(classes: list[str]) -> str:
    return " ".join(sorted({one for names in classes for one in re.split(r"\s+", names)}))


_ANSWERS_TO_ALL = [
    Scene("login-wrong", "/connexion", press("Me connecter", identifiant="NOBODY123")),
    Scene("error-404", "/inscription/nulle-part"),
    Scene("registration-kind", "/inscription"),
    Scene("registration-wrong", "/inscription/certificateur/organisme", press("Continuer")),
    Scene(
        "registration-taken",
        "/inscription/certificateur/organisme",
        press("Continuer", matricule="03TST001", contrat="MCFCER100001"),
    ),
    Scene("registration-person", "/inscription/certificateur/organisme",
          press("Continuer", matricule="03TST005", contrat="MCFCER100005")),
    Scene("registration-person-wrong", "/inscription/certificateur/titulaire",
          press("Continuer", nom="")),
    Scene("recovery-wrong", "/identifiant-oublie", press("Recevoir mes identifiants")),
    Scene("recovery-sent", "/mot-de-passe-oublie",
          press("Recevoir le lien", identifiant="DEPO00001")),
    Scene("backstage-wrong", "/coulisses", press("Enregistrer", nombre="abc")),
]  # fmt: skip


def _answers(found: list[Scene], role: str) -> list[Scene]:
    """Return the scenes that come of what is sent; those that change something come last."""
    scenes = [
        Scene("error-403", "/compte/utilisateurs")
        if role == "user"
        else Scene("error-404", "/rien"),
    ]
    if role == "administrator":
        scenes += _answers_to_whom_has_passages(found)
    if role == "depositor":
        scenes += [Scene("declaration-begun", "/transmettre/passage", press("Commencer"))]
    return scenes


def _answers_to_whom_has_passages(found: list[Scene]) -> list[Scene]:
    at = {one.name: one.path for one in found}
    path, form = at["passages.ask_for_changes-1"], at["declaration.ask.certification-1"]
    steps = ("obtention", "modalites", "titulaire", "identite", "recapitulatif")
    save = "Enregistrer les modifications"
    return [
        Scene("upload-nothing", "/transmettre/fichier", press("Déposer le fichier")),
        Scene("password-wrong", "/compte/mot-de-passe", press("Enregistrer")),
        Scene("email-wrong", "/compte/courriel", press("Enregistrer", courriel="?")),
        Scene("mass-deletion-nothing", "/passages/suppression", press("Voir l'aperçu")),
        Scene("mass-deletion-preview", "/passages/suppression",
              press("Voir l'aperçu", identifiants="T-1\nLATE\nDEPO-1\nNOBODY")),
        Scene("search-found", "/passages?debut=DEMO&tri="),
        Scene("search-nothing", "/passages?nom=personne"),
        Scene("search-unreadable", "/passages?du=hier"),
        Scene("look-up-nothing", "/passages/acces?identifiant=NOBODY"),
        Scene("passport-nobody", "/passeport?nom=zzz"),
        Scene("history-nothing", "/depots?statut=refused&du=2001-01-01&au=2001-01-02"),
        *(Scene(f"declaration-{one}", form.replace("certification", one)) for one in steps),
        Scene("declaration-details", form.replace("certification", "modalites"), _with_details),
        Scene("declaration-incomplete", "/transmettre/passage", _looked_over_at_once),
        Scene("declaration-wrong", "/transmettre/passage", _declared_wrongly),
        Scene("declaration-search", "/transmettre/passage", _searched),
        Scene("modify-wrong", path, press(save, prenom1="", dateFinValidite="1999-01-01")),
        Scene("modify-unknown", path, press(save, prenom1="Jean François")),
        Scene("users-wrong", "/compte/utilisateurs/ajouter", press("Ajouter")),
        Scene("mandate-wrong", "/compte/mandats/donner", press("Donner le mandat")),
        Scene("trade-name-done", "/compte/nom-commercial", press("Enregistrer")),
    ]  # fmt: skip


def _declared_wrongly(page: Page) -> None:
    press("Commencer")(page)
    base = page.url.rsplit("/", 1)[0]
    for step in ("certification", "obtention", "modalites", "identite"):
        page.goto(f"{base}/{step}")
        press("Continuer")(page)
    page.locator("main [name='anneeNaissance']").fill("74")
    press("Continuer")(page)


def _with_details(page: Page) -> None:
    for name in ("presenceNiveauLangueEuro", "presenceNiveauNumeriqueEuro"):
        page.locator(f"main [name='{name}']").select_option("true")
    page.locator("main [name='modaliteAcces']").select_option("VAE")
    press("Continuer")(page)


def _looked_over_at_once(page: Page) -> None:
    press("Commencer")(page)
    page.goto(page.url.replace("certification", "recapitulatif"))


def _searched(page: Page) -> None:
    press("Commencer")(page)
    page.locator("main [name='code']").fill("spectacle")
    page.get_by_role("button", name="Chercher une certification").click()
    page.wait_for_load_state()


@contextmanager
def watched_as(browser: Browser, stage: Stage, roles: Roles, role: str) -> Iterator[Page]:
    """Open a page of someone's browser."""
    with opened(browser, stage) as page:
        account, password = getattr(roles, role)
        if account:
            log_in(page, account, password)
        yield page


def come_to(page: Page, scene: Scene) -> str:
    """Bring a page into a state, and return the HTML that the portal sent for it."""
    answers: list[Response] = []

    def note(answer: Response) -> None:
        if answer.request.is_navigation_request():
            answers.append(answer)

    page.on("response", note)
    page.goto(scene.path)
    if scene.act:
        scene.act(page)
    page.remove_listener("response", note)
    return answers[-1].text()

"""What forms answer with, right or wrong, and the pages of errors: what no link leads to.

Those that change something for the others come last.
"""

from collections.abc import Mapping
from functools import partial

from playwright.sync_api import Page

from mockportal.domain.faults import Fault, Stage, Trouble
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.faults import add_faults
from tests.browser.scene import Act, Scene, one_after_the_other, press
from tests.browser.stage import Stage as OnStage
from tests.fluxes import a_flux_xml, a_passage_xml
from tests.passages import an_account
from tests.web.furnished import LONG, Roles

_SAVE = "Enregistrer les modifications"
_EMPTY = {"passages": "/passages", "deposits": "/depots", "figures": "/chiffres",
          "declarations": "/transmettre/passage", "users": "/compte/utilisateurs",
          "account": "/compte", "mass-deletion": "/passages/suppression",
          "accepted-of-nobody": "/passages?nom=personne"}  # fmt: skip


def answers(stage: OnStage, roles: Roles, role: str, at: Mapping[str, str]) -> list[Scene]:
    """Return what a role meets; ``at`` tells where pages are, by the names of their scenes."""
    wanted = {
        "administrator": lambda: _of_files() + _of_passages(at) + _of_the_account(),
        "user": lambda: [Scene("error-403", "/compte/utilisateurs")],
        "depositor": lambda: [
            Scene("declaration-begun", "/transmettre/passage", press("Commencer")),
        ],
        "unmandated": lambda: (
            [
                Scene(f"unmandated-{name}", path)
                for name, path in (_EMPTY | {"upload": "/transmettre/fichier"}).items()
            ]
            + [
                Scene(
                    "unmandated-declaration",
                    "/transmettre/passage",
                    press("Commencer"),
                    "communiquez-lui votre matricule",
                )
            ]
        ),
        "beginner": lambda: (
            [Scene(f"empty-{name}", path) for name, path in _EMPTY.items()]
            + errors(stage, roles.beginner[0])
        ),
    }
    return wanted[role]()


def _of_files() -> list[Scene]:
    upload = "/transmettre/fichier"
    return [
        Scene("upload-nothing", upload, press("Déposer le fichier")),
        Scene("upload-chosen", upload, _chosen("export des passages de juin.xml")),
        Scene("upload-chosen-long", upload, _chosen(f"{LONG}.xml")),
        Scene("upload-of-a-table", upload, _chosen("export.xlsx")),
        Scene("history-nothing", "/depots?statut=refused&du=2001-01-01&au=2001-01-02"),
        Scene("history-unreadable", "/depots?du=hier"),
    ]


def _of_passages(at: Mapping[str, str]) -> list[Scene]:
    change, form = at["passages.ask_for_changes-1"], at["declaration.ask.certification-1"]
    start, deletion = "/transmettre/passage", "/passages/suppression"
    pages = ("obtention", "modalites", "titulaire", "identite", "recapitulatif")
    listed = press("Voir l'aperçu", identifiants="T-1\nLATE\nDEPO-1\nNOBODY")
    return [
        Scene("search-found", "/passages?debut=DEMO&tri="),
        Scene("search-nothing", "/passages?nom=personne"),
        Scene("search-unreadable", "/passages?du=hier"),
        Scene("look-up-nothing", "/passages/acces?identifiant=NOBODY"),
        Scene("passport-found", "/passeport?nom=a"),
        Scene("passport-nobody", "/passeport?nom=zzz"),
        *(Scene(f"declaration-{one}", form.replace("certification", one)) for one in pages),
        Scene("declaration-details", form.replace("certification", "modalites"), _with_details,
              "Vos précisions"),
        Scene("declaration-precisions", form.replace("certification", "precisions"),
              shows="Résultats numériques"),
        Scene("declaration-details-wrong", form.replace("certification", "precisions"),
              press("Continuer", scoreGeneral="1001", resultats="9.9:9"),
              "est plus grand que 1000"),
        Scene("declaration-incomplete", start, _looked_over_at_once),
        Scene("declaration-wrong-certification", start, _begun("certification")),
        Scene("declaration-wrong-award", start, _begun("obtention")),
        Scene("declaration-wrong-terms", start, _begun("modalites")),
        Scene("declaration-wrong-holder", start, _begun("identite", anneeNaissance="74")),
        Scene("declaration-search", start, _searched("code", "spectacle", "une certification")),
        Scene("declaration-search-nothing", start, _searched("code", "zzz", "une certification")),
        Scene("modify-wrong", change, press(_SAVE, prenom1="", dateFinValidite="1999-01-01")),
        Scene("modify-unknown", change, press(_SAVE, prenom1="Jean François")),
        Scene("modify-nothing", change, press(_SAVE)),
        Scene("modify-done", change, press(_SAVE, verbatim="Un autre mot du jury.")),
        Scene("mass-deletion-nothing", deletion, press("Voir l'aperçu")),
        Scene("mass-deletion-preview", deletion, listed),
        Scene("mass-deletion-of-nobody", deletion, press("Voir l'aperçu", identifiants="NOBODY")),
        Scene("mass-deletion-by-search", f"{deletion}?debut=DEMO"),
        Scene("mass-deletion-wrong", deletion, one_after_the_other(listed, _deleted("99"))),
        Scene("delete-done", at["passages.confirm_deletion-1"], press("Supprimer")),
        Scene("mass-deletion-done", deletion,
              one_after_the_other(press("Voir l'aperçu", identifiants="LATE\nNOBODY"),
                                  _deleted("1"))),
    ]  # fmt: skip


def _of_the_account() -> list[Scene]:
    add = "/compte/utilisateurs/ajouter"
    return [
        Scene("password-wrong", "/compte/mot-de-passe", press("Enregistrer")),
        Scene("email-wrong", "/compte/courriel", press("Enregistrer", courriel="?")),
        Scene("trade-name-done", "/compte/nom-commercial", press("Enregistrer")),
        Scene("users-wrong", add, press("Ajouter")),
        Scene("users-added", add, press("Ajouter", nom="Hennequin de la Haute-Brumelande",
                                        prenom="Marie-Apolline",
                                        courriel=f"{LONG[:60]}@valclair.test")),
        *(
            Scene(name, "/compte/utilisateurs/CERT00001", act, "doit garder un administrateur")
            for name, act in (
                ("users-last-administrator", _demoted),
                ("users-last-administrator-removed", press("Retirer")),
            )
        ),
        Scene("mandate-wrong", "/compte/mandats/donner", press("Donner le mandat")),
        Scene("mandate-done", "/compte/mandats/donner",
              press("Donner le mandat", matricule_deposant="03TST006",
                    mot_de_passe_actuel="mockportal")),
    ]  # fmt: skip


def errors(stage: OnStage, account: str) -> list[Scene]:
    """Return the pages of errors, as somebody of an account meets them."""
    struck = partial(_struck, stage, account)
    return [
        Scene("error-400", "/compte/courriel", _expired),
        Scene("error-404", "/rien"),
        Scene("error-405", "/deconnexion"),
        Scene("error-413", "/", struck(Trouble.STATUS, 413)),
        Scene("error-418", "/", struck(Trouble.STATUS, 418)),
        Scene("error-429", "/", struck(Trouble.STATUS, 429)),
        Scene("error-500", "/", struck(Trouble.STATUS, 500)),
        Scene("error-503", "/", struck(Trouble.MAINTENANCE, 503)),
    ]  # fmt: skip


def _struck(stage: OnStage, account: str, trouble: Trouble, status: int) -> Act:
    def act(page: Page) -> None:
        world = an_account(stage.portal, account).organisation.world
        fault = Fault(stage=Stage.PAGE, trouble=trouble, status=status, times=1,
                      account=AccountId(account))  # fmt: skip
        add_faults(stage.portal.desk, world, [fault])
        page.reload()

    return act


def _expired(page: Page) -> None:
    page.locator("main [name='csrf_token']").evaluate("one => { one.value = 'old' }")
    press("Enregistrer")(page)


def _chosen(name: str) -> Act:
    def act(page: Page) -> None:
        content = a_flux_xml(a_passage_xml("T-1"))
        page.locator("main [type='file']").set_input_files(
            {"name": name, "mimeType": "text/xml", "buffer": content}
        )

    return act


def _deleted(number: str) -> Act:
    return press("Supprimer", nombre=number)


def _begun(step: str, **fields: str) -> Act:
    """Return what begins a declaration, and goes on from a step without what it asks for."""

    def act(page: Page) -> None:
        press("Commencer")(page)
        page.goto(page.url.replace("certification", step))
        press("Continuer", **fields)(page)

    return act


def _demoted(page: Page) -> None:
    page.locator("main [value='utilisateur']").check()
    press("Enregistrer le rôle")(page)


def _with_details(page: Page) -> None:
    for name in ("presenceNiveauLangueEuro", "presenceNiveauNumeriqueEuro"):
        page.locator(f"main [name='{name}']").select_option("true")
    page.locator("main [name='modaliteAcces']").select_option("VAE")
    press("Continuer")(page)


def _looked_over_at_once(page: Page) -> None:
    press("Commencer")(page)
    page.goto(page.url.replace("certification", "recapitulatif"))


def _searched(field: str, words: str, what: str) -> Act:
    return one_after_the_other(press("Commencer"), press(f"Chercher {what}", **{field: words}))

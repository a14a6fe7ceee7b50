"""A portal with something on every page: deposits of all kinds, users, mandates, drafts, mails."""

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO

from flask import Flask

from mockportal.assembly import Portal
from mockportal.domain.deposits import Deposit
from mockportal.domain.faults import Fault, Stage, Trouble
from mockportal.domain.furnishing import WishedAccount
from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Kind
from mockportal.domain.processing import Mode, Processing
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.faults import add_faults
from mockportal.journeys.furnish import add_accounts
from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.journeys.work import wait_for
from mockportal.resources import seeds_folder
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml
from tests.passages import KNOWN, an_account
from tests.web.declaring import begun, filled_in
from tests.web.outbox import link_to
from tests.web.visitor import Visitor

COLLEAGUE, PASSWORD = "berenger.lormont@valclair.test", "un mot de passe a moi"
NEWCOMER = "odilon.farge@brumelande.test"
LONG = "n" * 120
"""A name without a place to break it."""
LONG_NAME = (
    "Institut interrégional des certifications professionnelles, des titres à finalité "
    "professionnelle et des habilitations de Haute-Brumelande"
)


@dataclass(frozen=True)
class Roles:
    """Those who look at the pages: an identifier and a password each; nobody has none."""

    administrator: tuple[str, str] = ("CERT00001", "mockportal")
    user: tuple[str, str] = ("", PASSWORD)
    depositor: tuple[str, str] = ("DEPO00001", "mockportal")
    unmandated: tuple[str, str] = ("", PASSWORD)
    beginner: tuple[str, str] = ("CERT00002", "mockportal")
    nobody: tuple[str, str] = ("", "")


def furnish(portal: Portal, app: Flask) -> Roles:
    """Fill a portal, and return who can look at it."""
    administrator = logged_in(app, "CERT00001")
    roles = Roles(
        user=(_a_colleague(portal, app, administrator), PASSWORD),
        unmandated=(_an_unmandated(portal), PASSWORD),
    )
    _deposits(portal)
    _passages(administrator)
    administrator.fill("/compte/nom-commercial", nom_commercial="Certif'Azur & Cie <essai>")
    _declarations(administrator)
    Visitor(app).fill("/identifiant-oublie", courriel=COLLEAGUE)
    return roles


def logged_in(app: Flask, account: str, password: str = DEMO_PASSWORD) -> Visitor:
    """Return someone who has logged in."""
    visitor = Visitor(app)
    assert visitor.log_in(account, password).status_code == 303
    return visitor


def deposited(portal: Portal, account: str, name: str, content: bytes) -> Deposit:
    """Deposit a file and wait until it is treated, or waits to be told."""
    desk = portal.desk
    made = deposit_file(desk, an_account(portal, account), Upload(name, BytesIO(content)))
    assert isinstance(made, Deposit)
    return wait_for(desk, made, 20) if made.due_at else made


def _deposits(portal: Portal) -> None:
    seeds, organisations = seeds_folder(), portal.desk.stores.organisations
    demonstration = (seeds / "flux-demonstration.xml").read_bytes()
    deposited(portal, "CERT00001", "flux-demonstration.xml", demonstration)
    dirty = (SAMPLES / "csv-exporter-dirty.xml").read_bytes()
    deposited(portal, "CERT00001", "csv-exporter-dirty.xml", dirty)
    deposited(portal, "CERT00001", "image.xml", b"\x89PNG\r\n")
    deposited(portal, "CERT00001", f"{LONG}.xml", _flux(f"ID/{LONG}", "T-1", "T-2"))
    late = a_flux_xml(a_passage_xml("LATE", KNOWN, valid_from="2022-01-01"), flux_id="late")
    deposited(portal, "CERT00001", "en-retard.xml", late)
    deposited(portal, "CERT00001", "en-retard-encore.xml", late)
    theirs = a_flux_xml(a_passage_xml("DEPO-1", KNOWN), sender="03TST003", flux_id="theirs")
    deposited(portal, "DEPO00001", "du-deposant.xml", theirs)
    _stuck(portal)
    waits = Processing(Mode.MANUAL)
    for account in ("CERT00001", "DEPO00001"):
        organisations.set_processing(AccountId(account), waits)
        deposited(portal, account, f"en-attente-{account}.xml", _flux("WAITS"))
        organisations.set_processing(AccountId(account), None)


def _stuck(portal: Portal) -> None:
    """Deposit files that a fault holds back: one at each control."""
    account = an_account(portal)
    for stage in (Stage.FIRST_CONTROL, Stage.SECOND_CONTROL):
        name = f"en-cours-{stage.value}.xml"
        fault = Fault(stage=stage, trouble=Trouble.STUCK, times=1, account=account.id)
        add_faults(portal.desk, account.organisation.world, [fault])
        assert isinstance(
            deposit_file(portal.desk, account, Upload(name, BytesIO(_flux("STUCK")))), Deposit
        )


def _flux(*ids: str) -> bytes:
    return a_flux_xml(*(a_passage_xml(one, KNOWN) for one in ids), flux_id=ids[0][:50])


def _passages(visitor: Visitor) -> None:
    modified, deleted = (_number(visitor, one) for one in ("T-1", "T-2"))
    visitor.fill(f"{modified}/modifier", mentionValidee="MENTION_BIEN", verbatim=LONG)
    visitor.fill(f"{deleted}/supprimer")


def _number(visitor: Visitor, identifier: str) -> str:
    return visitor.get(f"/passages/acces?identifiant={identifier}").location


def _declarations(visitor: Visitor) -> None:
    begun(visitor)
    form = filled_in(visitor, prenom1="Jean François", idTechnique="DECLARED")
    visitor.fill(f"{form}/recapitulatif")
    filled_in(visitor, idTechnique="READY")


def _an_unmandated(portal: Portal) -> str:
    """Make a déposant whom nobody mandates, of a long name."""
    wished = WishedAccount(kind=Kind.DEPOSITOR, name=LONG_NAME, password=PASSWORD)
    made = add_accounts(portal.desk, an_account(portal).organisation.world, [wished])
    assert isinstance(made, list)
    return made[0].account.id


def _a_colleague(portal: Portal, app: Flask, administrator: Visitor) -> str:
    add: Callable[..., object] = administrator.fill
    add("/compte/utilisateurs/ajouter", nom="Lormont", prenom="Bérenger", courriel=COLLEAGUE,
        role="utilisateur")  # fmt: skip
    link = link_to(portal, COLLEAGUE)
    Visitor(app).fill(link, mot_de_passe=PASSWORD, confirmation=PASSWORD)
    add("/compte/utilisateurs/ajouter", nom="Farge", prenom="Odilon", courriel=NEWCOMER,
        role="administrateur")  # fmt: skip
    (account,) = portal.desk.stores.accounts.with_email(COLLEAGUE)
    return account.id

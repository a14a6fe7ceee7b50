"""Passages for tests of what is done with them: deposited, accepted, found again."""

from io import BytesIO

from mockportal.assembly import Portal
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.journeys.passages import (
    SearchWords,
    passages_named,
    passages_of,
    search_for,
)
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import deposited

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
BY_DEPOSITOR = {"sender": "03TST003", "flux_id": "depositor"}


def an_account(portal: Portal, name: str = "CERT00001") -> Account:
    found = portal.desk.stores.organisations.account(AccountId(name))
    assert found is not None
    return found


def deposits(portal: Portal, *ids: str, account: str = "CERT00001", **flux: str) -> Deposit:
    """Deposit passages of a person who is known; all of them are accepted."""
    content = a_flux_xml(*(a_passage_xml(one, KNOWN) for one in ids), **flux)
    made = deposited(portal.desk, an_account(portal, account), "flux.xml", BytesIO(content))
    assert made.accepted == len(ids)
    return made


def number_of(portal: Portal, technical_id: str, account: str = "CERT00001") -> int:
    (one,) = passages_named(portal.desk, an_account(portal, account), technical_id)
    return one.passage.id


def ended_mandate(portal: Portal) -> None:
    certifier, depositor = (
        an_account(portal, one).organisation for one in ("CERT00001", "DEPO00001")
    )
    now = portal.desk.circumstances.now(certifier.world)
    portal.desk.stores.organisations.end_mandate(certifier.id, depositor.id, now)


def found_by(portal: Portal, account: Account, words: SearchWords) -> int:
    """Return how many passages a search finds."""
    return passages_of(portal.desk, account, search_for(portal.desk, account, words)).total

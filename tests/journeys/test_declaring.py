"""Declaring one passage: sent once, and its lists found by typing."""

from concurrent.futures import ThreadPoolExecutor

from mockportal.assembly import Portal
from mockportal.domain.declarations import FOR_WHOM, Declaration, Page
from mockportal.domain.deposits import Deposit
from mockportal.domain.reference import Certification
from mockportal.journeys.consult import deposits_of
from mockportal.journeys.declare import begin, faults_of, fill_in, mandates_open_to, send
from mockportal.journeys.suggest import FEW, suggestions
from tests.passages import an_account

ANSWERS = {
    "technical_id": "DECL-1",
    "certification_code": "RNCP90001",
    "obtained": "PAR_ADMISSION",
    "final": "true",
    "valid_from": "2026-10-01",
    "has_language_level": "false",
    "has_digital_level": "false",
    "birth_name": "KERVELLANT",
    "first_name": "Jean-François",
    "birth_year": "1974",
    "sex": "M",
}


def a_form(portal: Portal, **answers: str) -> Declaration:
    desk, account = portal.desk, an_account(portal)
    begin(desk, account, "form-1")
    form = desk.stores.declarations.get(account.id, "form-1")
    assert form is not None
    return fill_in(desk, account, form, ANSWERS | answers)


def test_a_form_that_is_sent_by_two_at_once_is_deposited_once(portal: Portal) -> None:
    form, account = a_form(portal), an_account(portal)

    with ThreadPoolExecutor(2) as both:
        sent = list(both.map(lambda _: send(portal.desk, account, form), range(2)))

    assert all(isinstance(one, Deposit) for one in sent)
    assert len({one.id for one in sent if isinstance(one, Deposit)}) == 1
    assert deposits_of(portal.desk, account).total == 1


def test_the_type_of_a_certification_is_that_of_the_list_or_of_its_code(portal: Portal) -> None:
    account = an_account(portal)

    faulty = [
        [one.field for one in faults_of(portal.desk, account, a_form(portal, **answers), page)]
        for answers, page in (
            ({}, Page.CERTIFICATION),
            ({"certification_code": "RS999"}, Page.CERTIFICATION),
            ({"certification_code": "999"}, Page.CERTIFICATION),
        )
    ]

    assert faulty == [[], [], ["certification_type"]]


def test_both_places_of_birth_at_once_are_refused_beside_the_second(portal: Portal) -> None:
    form = a_form(portal, commune="29019", postal_code="29200")

    (fault,) = faults_of(portal.desk, an_account(portal), form, Page.HOLDER)

    assert fault.field == "postal_code"
    assert fault.message.startswith("cvc-complex-type.2.4.d")


def test_another_organisation_s_contract_is_refused_at_once(portal: Portal) -> None:
    form = a_form(portal, **{FOR_WHOM: "03TST002/MCFCER100002"})

    (fault,) = faults_of(portal.desk, an_account(portal), form, Page.CERTIFICATION)

    assert fault.field == FOR_WHOM


def test_a_deposant_may_declare_for_those_that_mandate_it(portal: Portal) -> None:
    organisation = an_account(portal, "DEPO00001").organisation

    pairs = mandates_open_to(portal.desk, organisation)

    assert [(one.client_id, contract) for one, contract in pairs] == [
        ("03TST001", "MCFCER100001"),
        ("03TST002", "MCFCER100002"),
    ]


def test_a_long_list_is_searched_and_not_sent_whole(portal: Portal) -> None:
    world = an_account(portal).organisation.world
    many = [
        Certification(type="RS", code=f"RS{number}", label=f"Certification {number}")
        for number in range(10_000, 10_000 + FEW)
    ]
    portal.desk.stores.references.add(world, many)

    nothing, some, exact = (
        suggestions(portal.desk, world, "certification_code", typed)
        for typed in ("", "certification 10", "RS10001")
    )

    assert nothing is not None
    assert (nothing.listed, nothing.whole) == ([], False)
    assert some is not None
    assert len(some.listed) == 50
    assert exact is not None
    assert exact.fitting == []


def test_places_are_found_by_a_part_of_their_name_whatever_its_accents(portal: Portal) -> None:
    world = an_account(portal).organisation.world

    commune = suggestions(portal.desk, world, "commune", "saint-etienne")
    country = suggestions(portal.desk, world, "country", "norvege")

    assert commune is not None
    assert ("42218", "Saint-Étienne") in commune.fitting
    assert country is not None
    assert country.fitting == [("103", "Norvège")]
    assert suggestions(portal.desk, world, "mention", "bien") is None

"""What a test does with its portal."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mockportal.client import ApiClient
from mockportal.domain.mails import Letter
from mockportal.testing import MockPortal, PortalServer, RefusedError
from mockportal.testing.types import Person
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml, a_titulaire

LEA: Person = {
    "nomNaissance": "MARTIN",
    "prenom1": "Léa",
    "anneeNaissance": 1990,
    "sexe": "F",
}


def test_a_passage_whose_holder_was_added_is_accepted(portal: MockPortal) -> None:
    portal.people.add(**LEA)

    deposit = portal.deposit(a_flux_xml(a_passage_xml("T-1"), a_passage_xml("T-2")))

    deposit.assert_all_accepted()
    assert deposit.status == "accepted"
    assert deposit.accepted == ["T-1", "T-2"]
    assert deposit.rejected == {}
    assert deposit.processing_id == 1


def test_a_passage_whose_holder_is_unknown_is_rejected_with_its_reason(portal: MockPortal) -> None:
    portal.people.add(**LEA | {"nomNaissance": "MARTIM"})

    deposit = portal.deposit(a_flux_xml(a_passage_xml("T-1")))

    assert deposit.status == "partly_rejected"
    assert deposit.accepted == []
    assert deposit.rejected["T-1"].code == "LEVEL1"
    assert "Aucun titulaire" in deposit.rejected["T-1"].message
    nearest = deposit.rejected["T-1"].explanation["nearest"][0]
    assert nearest["holder"]["nomNaissance"] == "MARTIM"


def test_an_identifier_that_comes_three_times_is_told_once_by_name(portal: MockPortal) -> None:
    portal.people.add(**LEA)

    deposit = portal.deposit(a_flux_xml(*[a_passage_xml("T-1")] * 3))

    assert deposit.accepted == ["T-1"]
    assert [one.code for one in deposit.rejections] == ["DUPLICATE", "DUPLICATE"]
    assert set(deposit.rejected) == {"T-1"}


def test_a_file_that_fails_the_schema_is_refused_with_its_errors(portal: MockPortal) -> None:
    deposit = portal.deposit(a_flux_xml()[:-10])

    assert deposit.status == "refused"
    assert deposit.errors[0]["line"] == 1
    assert deposit.errors[0]["message"] in deposit.receipt.decode()
    assert deposit.explanation["errors"] == deposit.errors


def test_what_a_deposit_tells_is_what_the_api_tells(portal: MockPortal) -> None:
    deposit = portal.deposit(SAMPLES / "csv-exporter-dirty.xml")
    api = ApiClient(portal.url, portal.account.id, portal.account.password)

    over_http = api.explanation(deposit.id)

    assert api.look(deposit.id) == deposit.as_json()
    assert api.receipt(deposit.id).content == deposit.receipt
    assert api.receipt(deposit.id).name == deposit.receipt_name
    for key, value in deposit.explanation.items():
        assert over_http[key] == value, key


def test_a_file_is_deposited_under_its_own_name_or_another(
    portal: MockPortal, tmp_path: Path
) -> None:
    (tmp_path / "export n°1.xml").write_bytes(a_flux_xml())

    own = portal.deposit(tmp_path / "export n°1.xml")
    other = portal.deposit(str(tmp_path / "export n°1.xml"), name='autre "nom".xml')

    assert own.file_name == "export n°1.xml"
    assert other.file_name == 'autre "nom".xml'
    assert other.warnings == ["flux_id_seen_before"]


def test_a_name_that_the_portal_refuses_makes_no_deposit(portal: MockPortal) -> None:
    with pytest.raises(RefusedError, match="422") as refused:
        portal.deposit(a_flux_xml(), name="flux.csv")

    assert refused.value.status == 422
    assert portal.deposits == []


def test_a_depositor_deposits_for_the_certifier_that_mandates_it(portal: MockPortal) -> None:
    portal.people.add(**LEA)
    flux = a_flux_xml(
        sender=portal.depositor.client_id,
        certifier=portal.account.client_id,
        contract=portal.account.contract_id,
    )

    portal.deposit(flux, account=portal.depositor).assert_all_accepted()

    assert portal.account.client_id in portal.depositor.mandated_by
    with pytest.raises(LookupError, match="depositor"):
        _ = portal.depositor.contract_id


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.xml")), ids=lambda path: path.stem)
def test_the_file_of_any_exporter_is_accepted_once_it_is_learned(
    portal: MockPortal, sample: Path
) -> None:
    refused = portal.deposit(sample)
    if refused.status == "refused":
        with pytest.raises(ValueError, match="line"):
            portal.learn(sample)
        return

    account = portal.learn(sample.read_bytes())
    again = portal.learn(sample)

    deposit = portal.deposit(sample, account=account)
    assert again == account
    assert not {one.code for one in deposit.rejections} - {"CERTIFICATION", "DUPLICATE", "VALIDITY"}
    assert len(deposit.accepted) >= len(refused.accepted)


def test_learning_a_flux_of_the_seeds_account_gives_that_account(portal: MockPortal) -> None:
    account = portal.learn(a_flux_xml())

    assert account == portal.account
    portal.deposit(a_flux_xml(), account=account).assert_all_accepted()


def test_an_account_that_is_added_can_deposit(portal: MockPortal) -> None:
    portal.people.add(**LEA)
    school = portal.add_account(name="École inventée", client_id="99TST001", schema="1.1.5")
    office = portal.add_account("depositor", mandates=(school.client_id,))
    names = {"certifier": school.client_id, "contract": school.contract_id}

    own = portal.deposit(a_flux_xml(sender=school.client_id, **names), account=school)
    other = portal.deposit(a_flux_xml(sender=office.client_id, **names), account=office)

    assert own.status == other.status == "accepted"
    assert [one.id for one in portal.deposits] == [own.id, other.id]


def test_an_account_that_does_not_fit_is_refused(portal: MockPortal) -> None:
    with pytest.raises(ValueError, match="mandates"):
        portal.add_account("depositor", mandates=("99TST999",))


def test_a_person_who_does_not_fit_is_refused(portal: MockPortal) -> None:
    with pytest.raises(ValueError, match="sexe"):
        portal.people.add(**LEA | {"sexe": "X"})  # type: ignore[arg-type]  # on purpose
    with pytest.raises(ValueError, match="nir"):
        portal.people.add(**LEA | {"nir": "190010000000000"})


def test_a_person_is_added_with_a_nir(portal: MockPortal) -> None:
    before = len(portal.people)

    added = portal.people.add(**LEA)

    assert added["nomNaissance"] == "MARTIN"
    assert len(added["nir"]) == 15
    assert len(portal.people) == before + 1


def test_a_certification_that_is_added_can_be_awarded(portal: MockPortal) -> None:
    portal.people.add(**LEA)
    passages = "<cpf:passageCertifications>" + a_passage_xml() + "</cpf:passageCertifications>"
    flux = a_flux_xml(
        certifications=f"<cpf:certification><cpf:type>RS</cpf:type><cpf:code>RS99999</cpf:code>"
        f"{passages}</cpf:certification>"
    )

    before = portal.deposit(flux)
    portal.certifications.add("RS99999")
    after = portal.deposit(flux)

    assert before.rejected["T-1"].code == "CERTIFICATION"
    after.assert_all_accepted()
    with pytest.raises(ValueError, match="no code"):
        portal.certifications.add("1710")


def test_a_receipt_bears_the_day_to_which_the_clock_was_moved(portal: MockPortal) -> None:
    portal.clock.freeze(datetime(2026, 10, 5, 9, 30))  # noqa: DTZ001  # a moment of Paris
    portal.processing = "delay=172800"

    deposit = portal.deposit(a_flux_xml())
    assert deposit.status == "processing"
    assert deposit.accepted == []
    assert deposit.rejections == []
    with pytest.raises(LookupError, match="2026-10-07"):
        _ = deposit.receipt
    portal.clock.advance(days=2)

    assert deposit.status == "partly_rejected"
    assert "20261007" in str(deposit.receipt_name).replace("-", "")
    assert portal.clock.frozen
    assert portal.clock.now.isoformat() == "2026-10-07T09:30:00+02:00"


def test_the_clock_keeps_the_time_of_day_when_summer_ends(portal: MockPortal) -> None:
    portal.clock.freeze(datetime(2026, 10, 24, 9, 0))  # noqa: DTZ001  # a moment of Paris

    portal.clock.advance(days=1, hours=1)

    assert portal.clock.now.isoformat() == "2026-10-25T10:00:00+01:00"


def test_the_clock_goes_on_from_where_it_is_set_and_back_to_real_time(portal: MockPortal) -> None:
    real = portal.clock.now

    portal.clock.set(real + timedelta(days=400))
    assert portal.clock.now > real + timedelta(days=399)
    assert not portal.clock.frozen
    portal.clock.reset()

    assert abs(portal.clock.now - real) < timedelta(minutes=5)


def test_the_clock_moves_to_the_next_receipt(portal: MockPortal) -> None:
    portal.processing = "delay=3600"
    deposit = portal.deposit(a_flux_xml())

    portal.clock.advance_to_next()

    assert deposit.status == "partly_rejected"


def test_what_waits_to_be_told_is_treated_when_told(portal: MockPortal) -> None:
    portal.processing = "manual"
    deposit = portal.deposit(a_flux_xml())
    with pytest.raises(AssertionError, match="it waits to be told"):
        deposit.assert_all_accepted()

    treated = portal.treat()

    assert treated == 1
    assert portal.processing == "manual"
    assert deposit.status == "partly_rejected"
    with pytest.raises(ValueError, match="someday"):
        portal.processing = "someday"


def test_a_late_passage_is_counted(portal: MockPortal) -> None:
    portal.people.add(**LEA)

    deposit = portal.deposit(a_flux_xml(a_passage_xml(valid_from="2022-01-01")))

    assert deposit.late == 1


def test_both_acknowledgements_and_the_file_itself_can_be_read(portal: MockPortal) -> None:
    flux = a_flux_xml()

    deposit = portal.deposit(flux)

    assert deposit.content == flux
    assert b"<?xml" in deposit.acknowledgement
    assert b"PassagesKO" in deposit.receipt


def test_the_mails_of_a_world_are_in_its_outbox(server: PortalServer) -> None:
    with server.world() as portal, server.world() as other:
        desk = portal._desk
        desk.stores.outbox.add(
            portal._world, "camille@example.org", Letter("Bonjour", "…"), portal.clock.now
        )

        assert [mail.letter.subject for mail in portal.outbox] == ["Bonjour"]
        assert other.outbox == []


class TestTheAssertion:
    def test_tells_each_ko_with_its_reason_the_nearest_person_and_what_differs(
        self, portal: MockPortal
    ) -> None:
        portal.people.add(
            **LEA | {"nomNaissance": "MARTIM", "moisNaissance": 4, "jourNaissance": 12}
        )
        portal.people.add(**LEA | {"nomNaissance": "DURAND"})
        durand = a_passage_xml("T-2", a_titulaire(nomNaissance="DURAND"))

        deposit = portal.deposit(a_flux_xml(a_passage_xml("T-1"), durand), name="export.xml")

        with pytest.raises(AssertionError) as failed:
            portal.assert_all_accepted()
        told = str(failed.value)
        assert "'export.xml' (idTraitement 1, Traité avec erreurs): 1 KO, 1 OK" in told
        assert "T-1: LEVEL1" in told
        assert deposit.rejected["T-1"].message in told
        assert "people left: level 1: 0" in told
        assert "nearest: MARTIM Léa, F, 12/04/1990" in told
        assert "nomNaissance: 'MARTIN' in the file, 'MARTIM' there (typo)" in told
        assert "T-2" not in told

    def test_tells_the_errors_of_a_refused_file(self, portal: MockPortal) -> None:
        portal.deposit(a_flux_xml().replace(b"<cpf:sexe>F", b"<cpf:sexe>H"))

        with pytest.raises(
            AssertionError, match=r"refused by the first control, schema 1\.1\.2"
        ) as no:
            portal.assert_all_accepted()
        assert "line 1, column" in str(no.value)

    def test_tells_the_first_twenty_and_how_many_more_there_are(self, portal: MockPortal) -> None:
        deposit = portal.deposit(a_flux_xml(*[a_passage_xml(f"T-{n}") for n in range(30)]))

        with pytest.raises(AssertionError, match=r"and 10 more KO"):
            deposit.assert_all_accepted()

    def test_does_not_pass_where_nothing_was_deposited(self, portal: MockPortal) -> None:
        with pytest.raises(AssertionError, match="nothing was deposited"):
            portal.assert_all_accepted()


def test_trouble_is_made_counted_and_taken_away(portal: MockPortal) -> None:
    portal.faults.add("upload", "status", status=503, times=1)
    portal.faults.add("second_control", "stuck")

    with pytest.raises(RefusedError) as refused:
        portal.deposit(a_flux_xml())
    stuck = portal.deposit(a_flux_xml())
    (struck, _) = portal.faults
    still = stuck.status
    portal.faults.clear()
    portal.clock.advance(seconds=1)

    assert refused.value.status == 503
    assert (struck.struck, struck.left) == (1, 0)
    assert (still, stuck.status) == ("processing", "partly_rejected")
    assert list(portal.faults) == []


def test_trouble_that_makes_no_sense_is_said(portal: MockPortal) -> None:
    with pytest.raises(ValueError, match="late cannot strike at login"):
        portal.faults.add("login", "late")


@pytest.mark.parametrize(
    "lengths",
    [{}, {"days": 0}, {"seconds": -1}, {"days": 2, "hours": -1}, {"hours": float("nan")}],
)
def test_the_clock_advances_by_some_time_forwards_only(
    portal: MockPortal, lengths: dict[str, float]
) -> None:
    portal.clock.freeze()
    before = portal.clock.now

    with pytest.raises(ValueError, match=r"days|freeze\(\)"):
        portal.clock.advance(**lengths)  # type: ignore[arg-type]  # one of them is to

    assert portal.clock.now == before


def test_the_clock_advances_to_no_moment_that_is_past_nor_to_two(portal: MockPortal) -> None:
    now = portal.clock.now

    with pytest.raises(ValueError, match="cannot advance to"):
        portal.clock.advance(to=now - timedelta(days=1))
    with pytest.raises(ValueError, match="not both"):
        portal.clock.advance(to=now + timedelta(days=1), days=1)


def test_a_day_of_birth_that_does_not_exist_is_an_error(portal: MockPortal) -> None:
    with pytest.raises(ValueError, match="31/02/1990"):
        portal.people.add(**LEA | {"jourNaissance": 31, "moisNaissance": 2})


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        ({"kind": "certifer"}, "none of certifier, depositor.*did you mean 'certifier'"),
        ({"client_id": "ABC"}, "client_id is 'ABC', which has 3 characters, not 8"),
        ({"client_id": ""}, "0 characters, not 8"),
        ({"contract_id": "X" * 21}, "21 characters, not 1 to 20"),
        ({"kind": "depositor", "mandates": ("ABC",)}, "mandates is 'ABC'"),
        ({"schema": "1.1.3"}, r"1\.1\.1, 1\.1\.2, 1\.1\.5"),
    ],
)
def test_an_account_that_cannot_be_is_an_error_that_says_what_can(
    portal: MockPortal, wanted: dict[str, Any], told: str
) -> None:
    with pytest.raises(ValueError, match=told):
        portal.add_account(**wanted)


def test_a_misspelt_stage_kind_or_status_is_an_error_that_lists_those_there_are(
    portal: MockPortal,
) -> None:
    deposit = portal.deposit(a_flux_xml())

    with pytest.raises(ValueError, match=r"login, upload.*mean 'receipt'"):
        portal.faults.add("reciept", "late")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(ValueError, match=r"status, drop.*answer_lost"):
        portal.faults.add("receipt", "later")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(ValueError, match="partly_rejected"):
        deposit.assert_status("rejected")  # type: ignore[arg-type]  # on purpose
    with pytest.raises(ValueError, match="working_days=N"):
        portal.processing = "delay"


def test_a_status_is_asserted_with_what_became_of_the_deposit(portal: MockPortal) -> None:
    deposit = portal.deposit(a_flux_xml())

    deposit.assert_status("partly_rejected")
    with pytest.raises(AssertionError, match=r"(?s)not accepted:.*LEVEL1"):
        deposit.assert_status("accepted")


def test_what_was_asked_of_a_world_can_be_read(server: PortalServer) -> None:
    with server.world() as portal, server.world() as other:
        deposit = portal.deposit(a_flux_xml())
        ApiClient(portal.url, portal.account.id, portal.account.password).look(deposit.id)

        requests = portal.requests
        nothing = other.requests

    assert [(r.source, r.method, r.path, r.status) for r in requests] == [
        ("api", "POST", "/api/v1/deposits", 201),
        ("api", "GET", f"/api/v1/deposits/{deposit.id}", 200),
    ]
    assert {r.account for r in requests} == {portal.account.id}
    assert requests[0].deposit_id == deposit.id
    assert nothing == []


def test_what_a_test_holds_is_shown_in_a_few_words_without_a_password(
    server: PortalServer,
) -> None:
    with server.world("shown") as portal:
        deposit = portal.deposit(a_flux_xml())
        portal.faults.add("receipt", "late")
        account = portal.account
        things = [server, portal, account, portal.clock, portal.people, portal.certifications]
        things += [portal.faults, deposit, *deposit.rejections, *portal.requests]
        shown = [repr(thing) for thing in things]

    assert all(text.startswith("<") and len(text) < 120 for text in shown), shown
    assert not any(f"'{account.password}'" in text for text in shown)
    assert shown[1].startswith("<MockPortal shown at http")
    assert "went with its world" in repr(deposit)


def test_moments_may_be_told_as_text(portal: MockPortal) -> None:
    portal.clock.freeze("2026-04-03T12:00")
    assert portal.clock.now.isoformat() == "2026-04-03T12:00:00+02:00"
    portal.clock.advance(to="2026-04-03T15:00:00+00:00")
    assert portal.clock.now.isoformat() == "2026-04-03T17:00:00+02:00"


def test_who_deposits_for_a_stranger_reads_how_to_make_him_known(portal: MockPortal) -> None:
    flux = SAMPLES / "csv-exporter-clean.xml"
    with pytest.raises(AssertionError, match=r"mock_portal\.learn\(flux\) makes known"):
        portal.deposit(flux).assert_all_accepted()
    portal.deposit(flux, account=portal.learn(flux)).assert_all_accepted()

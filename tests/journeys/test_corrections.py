"""The KO passages of a deposit as a new flux: valid, faithful, ready to be corrected."""

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from uuid import UUID

import pytest
from lxml import etree

from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.identifiers import AccountId
from mockportal.domain.organisations import Account
from mockportal.journeys.corrections import correctable, write_corrections
from mockportal.resources import schema_path, seeds_folder
from mockportal.settings import Settings
from tests.fluxes import NAMESPACE, SAMPLES, a_certification_xml, a_flux_xml, a_passage_xml
from tests.fluxes import a_titulaire as titulaire
from tests.working import deposited

KNOWN = titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
WRONG = KNOWN.replace("Jean-François", "Jean François")


@pytest.fixture
def portal() -> Iterator[Portal]:
    with assemble(Settings()) as portal:
        yield portal


@pytest.fixture
def account(portal: Portal) -> Account:
    found = portal.desk.stores.organisations.account(AccountId("CERT00001"))
    assert found
    return found


def sent(portal: Portal, account: Account, flux: bytes) -> Deposit:
    return deposited(portal.desk, account, "flux.xml", BytesIO(flux))


def corrections(portal: Portal, deposit: Deposit) -> bytes:
    out = BytesIO()
    write_corrections(portal.desk, deposit, out)
    return out.getvalue()


def verdicts(portal: Portal, deposit: Deposit) -> list[tuple[str, str]]:
    rejections = portal.desk.stores.deposits.rejections(deposit.id)
    return [(one.technical_id, one.text) for one in rejections]


def passages_of(flux: bytes) -> list[bytes]:
    return re.findall(rb"<cpf:passageCertification>.*?</cpf:passageCertification>", flux, re.DOTALL)


def test_it_holds_the_ko_passages_byte_for_byte_under_their_certifications(
    portal: Portal, account: Account
) -> None:
    ko = [a_passage_xml(f"KO-{n}", WRONG).replace("><cpf:n", ">\r\n  <cpf:n") for n in range(3)]
    flux = a_flux_xml(
        certifications=a_certification_xml(ko[0] + a_passage_xml("OK-1", KNOWN))
        + a_certification_xml(a_passage_xml("OK-2", KNOWN), "RS", "RS9101")
        + a_certification_xml(ko[1] + "\n" + ko[2])
    )
    deposit = sent(portal, account, flux)

    again = corrections(portal, deposit)

    kept = [one for one in passages_of(flux) if b">KO-" in one]
    assert passages_of(again) == kept
    tree = etree.fromstring(again)
    held = [
        [one.text for one in certification.iterfind(".//{*}idTechnique")]
        for certification in tree.iterfind(".//{*}certification")
    ]
    assert held == [["KO-0"], ["KO-1", "KO-2"]]


def test_it_has_the_values_of_the_file_a_new_id_and_the_time_of_the_world(
    portal: Portal, account: Account
) -> None:
    deposit = sent(portal, account, a_flux_xml(a_passage_xml("KO", WRONG), flux_id="ENVOI-1"))

    tree = etree.fromstring(corrections(portal, deposit))
    texts = {one.tag.rpartition("}")[2]: one.text for one in tree.iterfind("{*}*")}
    assert UUID(texts["idFlux"]).version == 4
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00", texts["horodatage"] or "")
    assert [one.text for one in tree.iterfind(".//{*}idClient")] == ["03TST001", "03TST001"]
    assert [one.text for one in tree.iterfind(".//{*}idContrat")] == ["MCFCER100001"]


def test_it_passes_the_first_control_and_gives_the_same_ko_again(
    portal: Portal, account: Account
) -> None:
    flux = (seeds_folder() / "flux-demonstration.xml").read_bytes()
    first = sent(portal, account, flux)
    to_correct, left_out = correctable(portal.desk, first)

    again = sent(portal, account, corrections(portal, first))

    duplicate = [one for one in verdicts(portal, first) if "existe déjà en base" in one[1]]
    assert (again.status, again.accepted) == (Status.PARTLY_REJECTED, 0)
    assert verdicts(portal, again) == [
        one for one in verdicts(portal, first) if one not in duplicate
    ]
    assert (to_correct, left_out) == (again.rejected, len(duplicate))
    assert duplicate


def test_once_a_value_is_corrected_its_passage_is_accepted(
    portal: Portal, account: Account
) -> None:
    first = sent(portal, account, a_flux_xml(a_passage_xml("A", KNOWN) + a_passage_xml("B", WRONG)))

    corrected = corrections(portal, first).replace(
        "Jean François".encode(), "Jean-François".encode()
    )
    again = sent(portal, account, corrected)

    assert (first.accepted, first.rejected) == (1, 1)
    assert (again.status, again.accepted) == (Status.ACCEPTED, 1)


@pytest.mark.parametrize("file", sorted(SAMPLES.glob("*.xml")), ids=lambda path: path.stem)
def test_files_of_other_peoples_exporters_come_back_valid(
    portal: Portal, account: Account, file: Path
) -> None:
    first = sent(portal, account, file.read_bytes())
    if first.status is Status.REFUSED:
        assert correctable(portal.desk, first) == (0, 0)
        return

    again = sent(portal, account, corrections(portal, first))

    assert verdicts(portal, again) == verdicts(portal, first)


SHAPES: dict[str, Callable[[bytes], bytes]] = {
    "prefix": lambda flux: _prefixed(flux, b"p.q:", b":p.q"),
    "no prefix": lambda flux: _prefixed(flux, b"", b""),
    "byte-order mark": lambda flux: b"\xef\xbb\xbf" + flux,
    "comment": lambda flux: flux.replace(b"<cpf:code>", b"<!-- x --><cpf:code>"),
    "utf-16": lambda flux: flux.decode().encode("utf-16"),
}


def _prefixed(flux: bytes, prefix: bytes, declared: bytes) -> bytes:
    renamed = flux.replace(b"<cpf:", b"<" + prefix).replace(b"</cpf:", b"</" + prefix)
    return renamed.replace(b"xmlns:cpf", b"xmlns" + declared)


@pytest.mark.parametrize("shape", SHAPES)
def test_whatever_the_shape_of_the_file(portal: Portal, account: Account, shape: str) -> None:
    declaration = '<?xml version="1.0"?>'
    plain = a_flux_xml(a_passage_xml("T/é &amp; 1", WRONG), declaration=declaration)
    first = sent(portal, account, SHAPES[shape](plain))

    again = corrections(portal, first)

    assert first.rejected == 1
    schema = etree.XMLSchema(etree.parse(schema_path("1.1.2")))
    tree = etree.fromstring(again)
    assert schema.validate(tree), schema.error_log
    assert tree.findtext(f".//{{{NAMESPACE}}}idTechnique") == "T/é & 1"
    assert verdicts(portal, sent(portal, account, again)) == verdicts(portal, first)


def test_nothing_is_left_to_correct_when_all_is_stored_already(
    portal: Portal, account: Account
) -> None:
    flux = a_flux_xml(a_passage_xml("A", KNOWN))
    sent(portal, account, flux)

    again = sent(portal, account, flux)

    assert correctable(portal.desk, again) == (0, 1)

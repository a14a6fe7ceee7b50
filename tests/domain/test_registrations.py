"""What is taken of somebody who registers, as tables."""

import pytest

from mockportal.domain.identifiers import ClientId, ContractId
from mockportal.domain.organisations import Kind
from mockportal.domain.registrations import (
    CERTIFIER_LENGTH,
    CLIENT_LENGTH,
    CONTRACT_LENGTH,
    Candidate,
    faults_of_email,
    faults_of_shape,
    tidied,
)


@pytest.mark.parametrize(
    "email",
    [
        "a@b.test",
        "odilon.farge+essai@sous.domaine.test",
        "élodie@écoles.test",
        f"{'a' * 248}@b.test",
    ],
)
def test_what_looks_like_an_address_is_taken(email: str) -> None:
    assert faults_of_email(email) == {}


@pytest.mark.parametrize(
    "email",
    [
        "", "a", "a@", "@b.test", "a@b", "a@b.", "a@.test", "a@b..test", "a b@c.test", "a@b@c.test",
        "Odilon <a@b.test>", "a@b.test,c@d.test", f"{'a' * 249}@b.test",
    ],
)  # fmt: skip
def test_what_does_not_is_not(email: str) -> None:
    assert list(faults_of_email(email)) == ["email"]


@pytest.mark.parametrize(
    "email",
    [
        "a@b.example",
        "a@B.TEST",
        "a@example.org",
        "a@mail.example.com",
        "a@c.localhost",
        "a@b.invalid",
    ],
)
def test_an_address_that_can_be_nobodys_is_taken(email: str) -> None:
    assert faults_of_email(email) == {}


@pytest.mark.parametrize(
    "email",
    ["a@gmail.com", "a@b.test.fr", "test@b.fr", "a@notexample.org", "a@mytest", "a.test@b.org"],
)
def test_an_address_that_could_be_somebodys_is_not(email: str) -> None:
    assert list(faults_of_email(email)) == ["email"]


@pytest.mark.parametrize(
    ("text", "kept"),
    [("  a \t b\n", "a b"), ("a\x00b", "ab"), ("a\u00a0b", "a b"), ("\u200ba", "a"), ("", "")],
)
def test_a_line_is_tidied(text: str, kept: str) -> None:
    assert tidied(text) == kept


@pytest.mark.parametrize(
    ("kind", "client", "contract", "certifier", "faults"),
    [
        (Kind.CERTIFIER, "03TST005", "X", "", {}),
        (Kind.CERTIFIER, "03TST00", "X", "", {"client_id": CLIENT_LENGTH}),
        (Kind.CERTIFIER, "03TST005", "", "03TST001", {"contract": CONTRACT_LENGTH}),
        (Kind.CERTIFIER, "03TST005", "X" * 20, "", {}),
        (Kind.CERTIFIER, "03TST005", "X" * 21, "", {"contract": CONTRACT_LENGTH}),
        (Kind.DEPOSITOR, "03TST006", "", "03TST005", {}),
        (Kind.DEPOSITOR, "03TST006", "X", "", {"certifier": CERTIFIER_LENGTH}),
        (Kind.DEPOSITOR, "", "", "", {"client_id": CLIENT_LENGTH, "certifier": CERTIFIER_LENGTH}),
    ],
)
def test_identifiers_have_their_length(
    kind: Kind, client: str, contract: str, certifier: str, faults: dict[str, str]
) -> None:
    candidate = Candidate(
        kind=kind,
        client_id=ClientId(client),
        contract=ContractId(contract),
        certifier=ClientId(certifier),
    )

    assert faults_of_shape(candidate) == faults

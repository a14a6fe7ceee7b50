"""Which passwords may be chosen, as tables."""

import pytest

from mockportal.domain.passwords import (
    PASSWORD_COMMON,
    PASSWORD_KNOWN,
    PASSWORD_LONG,
    PASSWORD_SHORT,
    PASSWORDS_DIFFER,
    faults_of_password,
)

OWN = ("CERT00001", "Apolline", "Dutilleux", "03TST001", "Institut des métiers de Valclair", "a b")


@pytest.mark.parametrize(
    ("password", "again", "faults"),
    [
        ("huit car", "huit car", {}),
        ("x1" * 32 + "yz" * 32, "x1" * 32 + "yz" * 32, {}),
        ("ünïçödé 🔑", "ünïçödé 🔑", {}),
        ("sept ca", "sept ca", {"password": PASSWORD_SHORT}),
        ("", "", {"password": PASSWORD_SHORT}),
        ("x" * 129, "x" * 129, {"password": PASSWORD_LONG}),
        ("huit car", "Huit car", {"again": PASSWORDS_DIFFER}),
        ("huit car", "huit car ", {"again": PASSWORDS_DIFFER}),
    ],
)
def test_a_password_has_8_to_128_signs_and_is_typed_twice(
    password: str, again: str, faults: dict[str, str]
) -> None:
    assert faults_of_password(password, again, OWN) == faults


@pytest.mark.parametrize(
    "password",
    [
        "password", "Password1!", "P@ssw0rd", "12345678", "87654321", "1234567890", "azertyuiop",
        "AZERTY123", "qwertyuiop", "motdepasse2026", "Mot de passe !", "!!!motdepasse", "aaaaaaaa",
        "abababab", "abcdefgh", "        ", "........", "11112222", "14071789", "bonjour1234",
    ],
)  # fmt: skip
def test_the_commonest_are_refused(password: str) -> None:
    assert faults_of_password(password, password, OWN) == {"password": PASSWORD_COMMON}


@pytest.mark.parametrize(
    "password",
    [
        "CERT00001", "cert00001", "cert00001!", "CERT-00001", "Apolline", "apolline1987",
        "2024dutilleux", "03TST001", "03tst001", "institut des metiers de valclair",
        "Cert00001Cert00001", "dutilleux dutilleux",
    ],
)  # fmt: skip
def test_what_others_know_is_refused(password: str) -> None:
    assert faults_of_password(password, password, OWN) == {"password": PASSWORD_KNOWN}


@pytest.mark.parametrize(
    "password",
    ["apolline aime la pluie", "correct horse battery", "日本語のパスワードです", "b a b a x y z"],
)
def test_no_rule_asks_for_kinds_of_signs(password: str) -> None:
    assert faults_of_password(password, password, OWN) == {}

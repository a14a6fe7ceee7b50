"""The catalogue of messages. The texts below are copied from receipts.md and matching.md."""

import string
import unicodedata

import pytest

from mockportal.domain.messages import CATALOGUE, Basis, Code, Message, message_of

FACTS = {
    "sender": "03TST003",
    "certifier": "03TST001",
    "contract": "MCFCER100001",
    "technical_id": "1979262",
    "number": "31090000012",
}
DOCUMENTED = (Basis.DOCUMENTED,)
SEEN = (Basis.DOCUMENTED, Basis.OBSERVED)
OURS = (Basis.ASSUMED,)


@pytest.mark.parametrize(
    ("code", "text", "basis"),
    [
        (Code.DUPLICATE, "Le passage certification avec le bcr émetteur 03TST003 et l'id technique partenaire 1979262 existe déjà en base", SEEN),  # noqa: E501  # word for word
        (Code.CERTIFICATION, "Le statut de la certification avec le bcr émetteur 03TST003, l'id technique partenaire 1979262 et l'index 0 est KO", DOCUMENTED),  # noqa: E501  # word for word
        (Code.LEVEL1, "Aucun titulaire ne correspond aux critères obligatoires", SEEN),
        (Code.LEVEL2, "Aucun titulaire ne correspond aux critères obligatoires enrichis du jour et du mois de naissance", SEEN),  # noqa: E501  # word for word
        (Code.LEVEL3, "Aucun titulaire ne correspond aux critères de reconciliation", DOCUMENTED),
        (Code.SEVERAL, "Plusieurs titulaires ont été identifiés", SEEN),
        (Code.VALIDITY, "La date de fin de validité est inférieure à date de début de validité pour le passage certification avec le bcr émetteur 03TST003 et l'id technique partenaire 1979262", DOCUMENTED),  # noqa: E501  # word for word
        (Code.SENDER, "Le bcr émetteur 03TST003 ne correspond pas au compte utilisé pour le dépôt", OURS),  # noqa: E501  # word for word
        (Code.MANDATE, "Le bcr émetteur 03TST003 n'est pas habilité à déposer pour le bcr certificateur 03TST001", OURS),  # noqa: E501  # word for word
        (Code.CONTRACT, "Le contrat MCFCER100001 n'est pas rattaché au bcr certificateur 03TST001", OURS),  # noqa: E501  # word for word
    ],
)  # fmt: skip
def test_a_text_is_the_one_of_the_sources_word_for_word(
    code: Code, text: str, basis: tuple[Basis, ...]
) -> None:
    message = message_of(code)
    assert message.worded(**FACTS) == text
    assert message.basis == basis


@pytest.mark.parametrize(
    "code",
    [
        Code.EXAM_DATES,
        Code.TRAINING_FILE_UNKNOWN,
        Code.TRAINING_FILE_NAMES,
        Code.NIR_UNKNOWN,
        Code.NIR_NAME,
        Code.SUPPRESSION_UNKNOWN,
    ],
)
def test_a_text_of_our_own_is_marked_as_assumed(code: Code) -> None:
    assert message_of(code).basis == OURS


def test_every_code_has_its_message() -> None:
    assert set(CATALOGUE) == set(Code)
    assert all(message.code is code for code, message in CATALOGUE.items())


each_message = pytest.mark.parametrize("message", CATALOGUE.values(), ids=lambda m: m.code.name)


@each_message
def test_a_message_says_what_happened_what_to_check_and_what_to_do(message: Message) -> None:
    parts = (message.happened, message.check, message.mend, message.rule, message.source)
    assert all(part.strip() for part in parts)


@each_message
def test_a_text_is_composed_and_without_white_space_around(message: Message) -> None:
    assert unicodedata.is_normalized("NFC", message.text)
    assert message.text == " ".join(message.text.split())


@each_message
def test_a_text_asks_only_for_facts_that_are_known(message: Message) -> None:
    asked = {name for _, name, _, _ in string.Formatter().parse(message.text) if name}
    assert asked <= FACTS.keys()


def test_no_two_reasons_share_a_text() -> None:
    assert len({message.text for message in CATALOGUE.values()}) == len(Code)

"""The rules of the second control, one by one and in their order (domain/matching.md)."""

from datetime import date
from typing import Any, ClassVar

import pytest

from mockportal.domain.flux import Passage
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.messages import Code
from mockportal.domain.people import Claim, Holder, NirClaim, TrainingFileClaim, born
from mockportal.domain.rules import (
    Known,
    agreeing_type,
    judge,
    judge_suppressions,
    key_of,
    wording,
)
from mockportal.domain.verdicts import Accepted, Rejected, Suppressed, Verdict
from tests.domain.builders import PLACES, WORLD, a_claim, a_holder, a_passage, an_outline

LISTED = {("RS", "RS1710"), ("RNCP", "RNCP90001")}
LEA = a_holder()


def known(*alike: Holder, **changes: Any) -> Known:
    """Return a portal that lists two certifications and knows one person, or those given."""
    key, people = key_of(WORLD, a_claim()), list(alike or [LEA])
    days = [born(one.id, one.birth_month, one.birth_day) for one in people]
    facts = {"certifications": LISTED, "alike": {key: people}, "born": {key: days}}
    return Known(**(facts | changes))


def verdicts(*passages: Passage, known: Known) -> list[Verdict]:
    return list(judge(WORLD, passages, known, PLACES))


def codes(*passages: Passage, known: Known) -> list[Code | None]:
    return [
        one.code if isinstance(one, Rejected) else None for one in verdicts(*passages, known=known)
    ]


def test_a_passage_that_breaks_no_rule_goes_to_its_holder() -> None:
    (verdict,) = verdicts(a_passage(), known=known())
    assert isinstance(verdict, Accepted)
    assert verdict.holder == LEA.id


class TestDuplicates:
    def test_an_identifier_that_is_stored_is_a_duplicate(self) -> None:
        assert codes(a_passage(), known=known(stored={TechnicalId("T-1")})) == [Code.DUPLICATE]

    def test_an_identifier_accepted_earlier_in_the_file_is_a_duplicate(self) -> None:
        assert codes(a_passage(), a_passage(), known=known()) == [None, Code.DUPLICATE]

    def test_an_earlier_line_that_was_rejected_does_not_count(self) -> None:
        unlisted = a_passage(code="RS1")
        assert codes(unlisted, a_passage(), known=known()) == [Code.CERTIFICATION, None]

    @pytest.mark.parametrize("other", ["t-1", "T-1 ", " T-1"])
    def test_case_and_white_space_count(self, other: str) -> None:
        assert codes(a_passage(technical_id=other), known=known(stored={TechnicalId("T-1")})) == [
            None
        ]


class TestCertifications:
    @pytest.mark.parametrize(
        ("type_", "code", "expected"),
        [
            ("RS", "RS1710", None),
            ("RNCP", "RNCP90001", None),
            ("RS", "1710", Code.CERTIFICATION),
            ("RS", "rs1710", Code.CERTIFICATION),
            ("RS", "RS9999", Code.CERTIFICATION),
            ("RS", "RNCP90001", Code.CERTIFICATION),
            ("RNCP", "RS1710", Code.CERTIFICATION),
        ],
    )
    def test_the_code_is_listed_with_that_spelling_and_that_type(
        self, type_: str, code: str, expected: Code | None
    ) -> None:
        assert codes(a_passage(type=type_, code=code), known=known()) == [expected]

    @pytest.mark.parametrize(
        ("type_", "code", "agrees"),
        [("RS", "RS1", True), ("RNCP", "RNCP1", True), ("RS", "RNCP1", False), ("RS", "1", False)],
    )
    def test_a_code_agrees_with_its_type_by_its_prefix(
        self, type_: str, code: str, agrees: bool
    ) -> None:
        assert agreeing_type(a_passage(type=type_, code=code).certification) is agrees


class TestDates:
    FIRST, SECOND = date(2026, 9, 1), date(2026, 9, 2)

    @pytest.mark.parametrize(
        ("until", "expected"), [(None, None), (FIRST, Code.VALIDITY), (SECOND, None)]
    )
    def test_validity_does_not_end_before_it_starts(
        self, until: date | None, expected: Code | None
    ) -> None:
        passage = a_passage(valid_from=self.SECOND, valid_until=until)
        assert codes(passage, known=known()) == [expected]

    @pytest.mark.parametrize(
        ("exam_from", "exam_until", "expected"),
        [
            (SECOND, FIRST, Code.EXAM_DATES),
            (SECOND, SECOND, None),
            (FIRST, SECOND, None),
            (None, FIRST, None),
            (SECOND, None, None),
        ],
    )
    def test_an_exam_does_not_end_before_it_starts(
        self, exam_from: date | None, exam_until: date | None, expected: Code | None
    ) -> None:
        passage = a_passage(exam_from=exam_from, exam_until=exam_until)
        assert codes(passage, known=known()) == [expected]


def test_the_first_rule_that_breaks_gives_the_one_message() -> None:
    wrong: dict[str, Any] = {
        "claim": a_claim(birth_name="NOBODY"),
        "valid_from": date(2026, 9, 2),
        "valid_until": date(2026, 9, 1),
        "exam_from": date(2026, 9, 2),
        "exam_until": date(2026, 9, 1),
        "code": "RS1",
    }
    stored = known(stored={TechnicalId("T-1")})
    seen = [*codes(a_passage(**wrong), known=stored)]
    seen += codes(a_passage(**wrong), known=known())
    for mended in (("code",), ("valid_from", "valid_until"), ("exam_from", "exam_until")):
        for name in mended:
            del wrong[name]
        seen += codes(a_passage(**wrong), known=known())
    assert seen == [
        Code.DUPLICATE, Code.CERTIFICATION, Code.VALIDITY, Code.EXAM_DATES, Code.LEVEL1
    ]  # fmt: skip


class TestOtherWaysToNameAHolder:
    FILE = TrainingFileClaim("31090000012", "MARTIN", "LEA")
    NIR = NirClaim("2900431555001", "martin")

    @pytest.mark.parametrize(
        ("claim", "expected"),
        [
            pytest.param(FILE, None, id="a training file, names without accents"),
            pytest.param(TrainingFileClaim("9", "MARTIN", "Léa"), Code.TRAINING_FILE_UNKNOWN,
                         id="an unknown training file"),
            pytest.param(TrainingFileClaim("31090000012", "MARTINS", "Léa"),
                         Code.TRAINING_FILE_NAMES, id="a training file, another birth name"),
            pytest.param(TrainingFileClaim("31090000012", "MARTIN", "Zoé"),
                         Code.TRAINING_FILE_NAMES, id="a training file, another first name"),
            pytest.param(NIR, None, id="a NIR"),
            pytest.param(NirClaim("2900431555002", "MARTIN"), Code.NIR_UNKNOWN,
                         id="an unknown NIR"),
            pytest.param(NirClaim("2900431555001", "ROY"), Code.NIR_NAME,
                         id="a NIR, another birth name"),
        ],
    )  # fmt: skip
    def test_the_number_is_known_and_the_names_agree(
        self, claim: Claim, expected: Code | None
    ) -> None:
        facts = known(training_files={"31090000012": [LEA]}, nirs={"2900431555001": LEA})
        assert codes(a_passage(claim), known=facts) == [expected]

    def test_a_training_file_that_two_people_share_goes_to_the_one_who_is_named(self) -> None:
        other = a_holder(id=2, birth_name="ROY")
        facts = known(training_files={"31090000012": [other, LEA]})
        assert verdicts(a_passage(self.FILE), known=facts) == [Accepted(LEA.id)]


class TestSuppressions:
    T1: ClassVar = {TechnicalId("T-1")}

    def test_a_stored_passage_is_deleted_once(self) -> None:
        found = judge_suppressions(
            [a_passage(), a_passage(), a_passage(technical_id="T-2")], Known(stored=self.T1)
        )
        unknown = Rejected(Code.SUPPRESSION_UNKNOWN)
        assert list(found) == [Suppressed(), unknown, unknown]

    def test_what_an_earlier_batch_deleted_is_gone(self) -> None:
        facts = Known(stored=self.T1, staged=self.T1)
        assert list(judge_suppressions([a_passage()], facts)) == [
            Rejected(Code.SUPPRESSION_UNKNOWN)
        ]

    def test_no_other_rule_runs(self) -> None:
        passage = a_passage(code="RS1", valid_until=date(2000, 1, 1))
        assert list(judge_suppressions([passage], Known(stored=self.T1))) == [Suppressed()]


def test_a_message_names_the_sender_the_passage_and_the_training_file() -> None:
    outline = an_outline(sender="03TST003", certifier="03TST001")
    of_file = a_passage(TrainingFileClaim("77", "MARTIN", "Léa"), technical_id="A/{sender}")
    assert "03TST003 et l'id technique partenaire A/{sender} " in wording(
        Code.DUPLICATE, outline, of_file
    )
    assert wording(Code.TRAINING_FILE_UNKNOWN, outline, of_file).endswith(" 77")
    assert "03TST003 n'est pas habilité" in wording(Code.MANDATE, outline, a_passage())

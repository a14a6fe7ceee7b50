"""Why a certification is not recognised, and which one was probably meant."""

import pytest

from mockportal.domain.flux import AwardedCertification
from mockportal.domain.recognition import Cause, CodeList
from tests.builders import a_certification

LISTED = CodeList(
    [
        a_certification("RS1710"),
        a_certification("RS6000", active=False),
        a_certification("RNCP90001"),
    ]
)


@pytest.mark.parametrize(
    ("kind", "code", "cause", "near"),
    [
        ("RS", "RS6000", Cause.INACTIVE, "RS6000"),
        ("RS", "rs1710", Cause.MISSPELT, "RS1710"),
        ("RS", " RS 1710", Cause.MISSPELT, "RS1710"),
        ("RS", "1710", Cause.MISSPELT, "RS1710"),
        ("RS", "7777", Cause.BAD_FORM, None),
        ("RS", "rs 7777", Cause.BAD_FORM, None),
        ("RNCP", "RS1710", Cause.OTHER_TYPE, "RS1710"),
        ("RS", "RNCP12345", Cause.OTHER_TYPE, None),
        ("RNCP", "RNCP9001", Cause.UNKNOWN, "RNCP90001"),
        ("RNCP", "RNCP90010", Cause.UNKNOWN, "RNCP90001"),
        ("RNCP", "RNCP12345", Cause.UNKNOWN, None),
        ("RNCP", "RNCP" + "9" * 90, Cause.UNKNOWN, None),
        ("RS", "RS1710", Cause.LISTED_SINCE, "RS1710"),
    ],
)
def test_the_cause_and_the_certification_that_was_probably_meant(
    kind: str, code: str, cause: Cause, near: str | None
) -> None:
    found = LISTED.unrecognised(AwardedCertification(kind, code))

    assert found.cause is cause
    assert (found.near.code if found.near else None) == near

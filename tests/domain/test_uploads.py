"""What is refused by its name: rules that a browser reads too."""

import pytest

from mockportal.domain.uploads import NAME_RULES, UploadRefusal, refusal_of_name


@pytest.mark.parametrize(
    ("name", "refusal"),
    [
        ("", UploadRefusal.NO_FILE),
        ("a/b.xml", UploadRefusal.SLASH_IN_NAME),
        ("a\\b.xml", UploadRefusal.SLASH_IN_NAME),
        ("x" * 251 + ".xml", None),
        ("🎓" * 251 + ".xml", None),
        ("x" * 252 + ".xml", UploadRefusal.LONG_NAME),
        ("a\nb.xml", UploadRefusal.UNWRITABLE_NAME),
        ("a\x7fb.xml", UploadRefusal.UNWRITABLE_NAME),
        ("a\x85b.xml", UploadRefusal.UNWRITABLE_NAME),
        ("a\ud800b.xml", UploadRefusal.UNWRITABLE_NAME),
        ("a\uffffb.xml", UploadRefusal.UNWRITABLE_NAME),
        ("a\xa0b.xml", None),
        ("a.xml\n", UploadRefusal.UNWRITABLE_NAME),
        ("a.csv", UploadRefusal.NOT_XML_NAME),
        ("a.xml.gz", UploadRefusal.NOT_XML_NAME),
        ("xml", UploadRefusal.NOT_XML_NAME),
        (".xml", None),
        ("A.XmL", None),
    ],
)
def test_the_first_rule_that_a_name_breaks_says_why(
    name: str, refusal: UploadRefusal | None
) -> None:
    assert refusal_of_name(name) is refusal


def test_each_refusal_of_a_name_has_its_rule() -> None:
    others = {UploadRefusal.TOO_LARGE, UploadRefusal.PORTAL_RESET}
    assert {rule.refusal for rule in NAME_RULES} == set(UploadRefusal) - others

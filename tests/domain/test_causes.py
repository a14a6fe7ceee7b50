"""What lies behind a KO, in the words of whoever must mend it."""

import pytest

from mockportal.domain.causes import certification_cause, text_causes
from mockportal.domain.flux import AwardedCertification
from mockportal.domain.people import claim_by_names
from mockportal.domain.recognition import CodeList
from mockportal.domain.reference import Certification

LISTED = CodeList(
    [
        Certification(type="RS", code="RS1710", label="One"),
        Certification(type="RNCP", code="RNCP90001", label="Two"),
        Certification(type="RNCP", code="RNCP90009", label="Old", active=False),
    ]
)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("FranÃ§ois", "« François »"),
        ("ZoÃ«", "« Zoë »"),
        ("Ã‰lodie", "« Élodie »"),
        ("Dâ€™Arc", "« D’Arc »"),
        ("D\u0092ARC", "U+0092"),
        ("Fran\ufffdois", "U+FFFD"),
        ("Fran\ufffdois", 'encoding="windows-1252"'),
        ("Fran?ois", "« ? » tient sans doute la place d'une lettre"),
        ("Anne &amp;amp; Marie", "« &amp;amp; » est un échappement XML"),
        ("Fran&ccedil;ois", "échappement XML"),
        ("D&#39;ARC", "échappement XML"),
        ("Zoé\u200b", "une espace de largeur nulle, U+200B"),
    ],
)
def test_broken_text_in_a_name_is_named_as_the_cause(name: str, words: str) -> None:
    claim = claim_by_names(birth_name="MARTIN", first_name=name, sex="M", birth_year=1990)

    (cause,) = text_causes(claim)

    assert cause.startswith("Dans le premier prénom")
    assert words in cause


@pytest.mark.parametrize(
    "name", ["François", "L’Haÿ", "NÃO", "ÂNE", "Aïcha", "R & D", "D'ARC;", "LE\u00a0GOFF"]
)
def test_a_sound_name_has_no_cause(name: str) -> None:
    claim = claim_by_names(birth_name=name, first_name="Léa", sex="F", birth_year=1990)

    assert list(text_causes(claim)) == []


@pytest.mark.parametrize(
    ("type_", "code", "words"),
    [
        ("RS", "RS1710\ufeff", ("y est invisible", "U+FEFF", "code « RS1710 »")),
        ("RS\u00a0", "RS1710", ("une espace insécable, U+00A0", "type « RS »")),
        ("RS", "RS9999", ("n'est pas dans la liste", "mockportal registry learn")),
        ("RS", "RS1711", ("La plus proche : type « RS », code « RS1710 »",)),
        ("RS", "1710", ("préfixe qui manque", "code « RS1710 »")),
        ("RS", "rs1710", ("casse", "code « RS1710 »")),
        ("RS", "7777", ("avec leur préfixe", "« RS7777 »")),
        ("RS", "rs7777", ("en majuscules", "« RS7777 »")),
        ("RS", "RNCP90001", ("type et le code ne vont pas ensemble", "type « RNCP »")),
        ("RNCP", "RNCP90009", ("n'est plus active", "POST /_mock/certifications")),
    ],
)
def test_a_certification_gets_its_cause_what_was_seen_and_what_mends_it(
    type_: str, code: str, words: tuple[str, ...]
) -> None:
    awarded = AwardedCertification(type=type_, code=code, depositor_nature=None)

    cause = certification_cause(LISTED.unrecognised(awarded))

    assert f"type « {type_} », code « {code} »" in cause
    for one in words:
        assert one in cause

"""The pattern of a file's passages believes no bad one, and reads good ones as a parser does."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from mockportal.domain.flux import AwardedCertification
from mockportal.resources import schema_path
from mockportal.wire.cutting import PIECE_SIZE
from mockportal.wire.frames import Frame, frame_of
from mockportal.wire.passage_patterns import PassagePattern, pattern_for
from mockportal.wire.passages import LeavesReader, read_passage
from mockportal.wire.validation.components import Bound, SimpleType
from mockportal.wire.value_patterns import value_pattern
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.oracle.compare import controlled_answer, is_same
from tests.oracle.vectors import kept_vectors

AWARDED = AwardedCertification("RNCP", "RNCP90001")
DOSSIER = (
    "<cpf:dossierFormation><cpf:idDossier>123</cpf:idDossier><cpf:nomTitulaire>A</cpf:nomTitulaire>"
    "<cpf:prenom1Titulaire>B</cpf:prenom1Titulaire></cpf:dossierFormation>"
)
NIR = (
    "<cpf:identifiantNational><cpf:nomNaissance>MARTIN</cpf:nomNaissance>"
    "<cpf:nir>2900431555001</cpf:nir></cpf:identifiantNational>"
)
GOOD = {
    "as it comes": a_passage_xml(),
    "every datum of a person": a_passage_xml(
        identification=a_titulaire(
            prenom2="Ève", prenom3="Zoé", moisNaissance="04", jourNaissance="1", codeInsee="31555"
        )
    ),
    "a training file": a_passage_xml(identification=DOSSIER),
    "other dates": a_passage_xml(
        valid_until="2027-10-31", extra="<cpf:dateDebutExamen>2026-01-01</cpf:dateDebutExamen>"
    ),
    "laid out in lines": a_passage_xml().replace("><", ">\r\n  <"),
    "references": a_passage_xml(
        "A&amp;B&lt;&#32;&#x3c;C&gt;&#62;",
        a_titulaire(nomNaissance="&#x4D;&#65;RTIN&apos;&#128512;"),
    ),
    "characters that Java counts twice": a_passage_xml("🎓", a_titulaire(prenom1="🎓" * 30)),
    "results without a result": a_passage_xml(
        extra="<cpf:niveauNumeriqueEuropeen><cpf:resultats><cpf:resultat></cpf:resultat>"
        "</cpf:resultats></cpf:niveauNumeriqueEuropeen>"
    ),
}
UNKNOWN = {
    "a reference to the end of a line": a_passage_xml("A&#13;&#xA;B"),
    "a line within a value": a_passage_xml("one\ntwo"),
    "a day that not every year has": a_passage_xml(valid_from="2028-02-29"),
}
BAD = {
    "a reference in a tag": a_passage_xml().replace("<cpf:sexe>", "<cpf:sex&#101;>", 1),
    "a reference to no character": a_passage_xml("A&#0;&#xffff;&#xd83d;&#xde00;"),
    "an entity that nobody knows": a_passage_xml("&eacute;"),
    "a name that is too long for Java": a_passage_xml(
        identification=a_titulaire(prenom1="🎓" * 30 + "x")
    ),
    "an empty identifier": a_passage_xml(""),
    "a long identifier": a_passage_xml("x" * 256),
    "a day that no year has": a_passage_xml(valid_from="2026-02-30"),
    "a month that is none": a_passage_xml(identification=a_titulaire(moisNaissance="13")),
    "another sex": a_passage_xml(identification=a_titulaire(sexe="H")),
    "a passage within another": a_passage_xml(extra=a_passage_xml()),
    "a character that XML forbids": a_passage_xml("\uffff"),
    "the same element twice": a_passage_xml(extra="<cpf:idTechnique>T-2</cpf:idTechnique>"),
    "digits that are not ours": a_passage_xml(identification=a_titulaire(anneeNaissance="١٩٩٠")),
}


def run_of(*passages: str, schema: str = "1.1.2", folder: Path) -> tuple[bytes, Frame, Path]:
    path = folder / "flux.xml"
    path.write_bytes(a_flux_xml(*passages))
    with path.open("rb") as file:
        frame = frame_of(file, path.stat().st_size)
    content = path.read_bytes()[len(frame.head) :]
    return content[: content.rindex(frame.end) + len(frame.end)], frame, schema_path(schema)


def the_pattern(run: bytes, frame: Frame, schema: Path) -> PassagePattern:
    found = pattern_for(schema, frame, run)
    assert found is not None
    return found


@pytest.mark.parametrize("passage", GOOD.values(), ids=GOOD.keys())
def test_a_plain_passage_is_recognised_and_read_as_a_parser_reads_it(
    tmp_path: Path, passage: str
) -> None:
    run, frame, schema = run_of(passage, passage, folder=tmp_path)
    pattern = the_pattern(run, frame, schema)

    parts = list(pattern.read(run))

    reader = LeavesReader(pattern.names)
    root = etree.fromstring(frame.root + run + frame.closing)
    assert pattern.rest(run) == []
    assert [reader.passage(one, AWARDED) for one in parts if not isinstance(one, bytes)] == [
        read_passage(element, AWARDED) for element in root
    ]


def test_a_national_identifier_is_read(tmp_path: Path) -> None:
    passages = a_passage_xml(), a_passage_xml(identification=NIR)
    run, frame, schema = run_of(*passages, schema="1.1.5", folder=tmp_path)
    pattern = the_pattern(run, frame, schema)

    parts = list(pattern.read(run))

    reader = LeavesReader(pattern.names)
    root = etree.fromstring(frame.root + run + frame.closing)
    assert [reader.passage(one, AWARDED) for one in parts if not isinstance(one, bytes)] == [
        read_passage(element, AWARDED) for element in root
    ]


def test_elements_may_come_in_the_order_of_the_file(tmp_path: Path) -> None:
    tag = "<cpf:idTechnique>T-1</cpf:idTechnique>"
    end = "</cpf:passageCertification>"
    turned = a_passage_xml().replace(tag, "").replace(end, tag + end)
    run, frame, schema = run_of(turned, turned, folder=tmp_path)

    assert the_pattern(run, frame, schema).rest(run) == []


@pytest.mark.parametrize("passage", [*UNKNOWN.values(), *BAD.values()], ids=[*UNKNOWN, *BAD])
def test_what_is_not_surely_good_is_left_to_others(tmp_path: Path, passage: str) -> None:
    first = a_passage_xml("T-0")
    pattern = the_pattern(*run_of(first, folder=tmp_path))
    run, _, _ = run_of(first, passage, first, folder=tmp_path)

    rest = pattern.rest(run)

    assert rest in ([passage.encode()], [run])


@pytest.mark.parametrize(
    "passage",
    [
        a_passage_xml("x" * 255 + "&#233;"),
        a_passage_xml("one\ntwo&lt;&#128512;&gt;&amp;&#61;&#x7f;&quot;"),
        a_passage_xml("😀" * 128),
        a_passage_xml(" &#32;&#9;"),
    ],
)
def test_what_is_left_to_others_says_what_the_file_says(tmp_path: Path, passage: str) -> None:
    first = a_passage_xml("T-0")
    run, frame, schema = run_of(first, passage, first, folder=tmp_path)

    (rest,) = the_pattern(run, frame, schema).rest(run)

    ours, theirs = (
        etree.canonicalize((frame.root + part + frame.closing).decode())
        for part in (rest, passage.encode())
    )
    assert ours == theirs


@pytest.mark.parametrize("piece_size", [900, PIECE_SIZE])
def test_the_first_control_still_says_of_every_kept_file_what_java_says(
    tmp_path: Path, piece_size: int
) -> None:
    different = [
        (number, ours, java)
        for number, (mutant, java) in enumerate(kept_vectors())
        if not is_same(
            ours := controlled_answer(mutant.document, mutant.version, piece_size, tmp_path), java
        )
    ]

    assert different == []


@given(st.integers(0, 5000), st.integers(0, 5000), st.integers(0, 6000))
def test_a_number_is_matched_where_it_lies_between_its_bounds(a: int, b: int, number: int) -> None:
    least, most = sorted((a, b))
    kind = SimpleType(
        label="number",
        base=None,
        lexical="integer",
        collapses=True,
        min_inclusive=Bound(str(least), Decimal(least)),
        max_inclusive=Bound(str(most), Decimal(most)),
    )

    matched = re.fullmatch(value_pattern(kind), str(number)) is not None

    assert matched == (least <= number <= most)

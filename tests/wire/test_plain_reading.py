"""The fast way to read passages gives what the slow way gives, or leaves them to it."""

from pathlib import Path

import pytest
from lxml import etree

from mockportal.domain.flux import AwardedCertification
from mockportal.wire.cutting import cuts
from mockportal.wire.frames import Frame, frame_of
from mockportal.wire.passages import passage_of, read_passage
from mockportal.wire.plain_reading import plain_leaves
from tests.fluxes import SAMPLES, a_flux_xml, a_passage_xml, a_titulaire

AWARDED = AwardedCertification("RNCP", "RNCP90001")
DOSSIER = (
    "<cpf:dossierFormation><cpf:idDossier>123</cpf:idDossier><cpf:nomTitulaire>A</cpf:nomTitulaire>"
    "<cpf:prenom1Titulaire>B</cpf:prenom1Titulaire></cpf:dossierFormation>"
)
NIR = (
    "<cpf:identifiantNational><cpf:nir>2900431555001</cpf:nir>"
    "<cpf:nomNaissance>MARTIN</cpf:nomNaissance></cpf:identifiantNational>"
)
PLAIN = {
    "as it comes": a_passage_xml(),
    "every datum of a person": a_passage_xml(
        identification=a_titulaire(
            prenom2="Ève", prenom3="Zoé", moisNaissance="04", jourNaissance="1", codeInsee="31555"
        )
    ),
    "a training file": a_passage_xml(identification=DOSSIER),
    "a national identifier": a_passage_xml(identification=NIR),
    "dates with white space": a_passage_xml(
        valid_from="\n 2026-10-01\t",
        valid_until=" 2027-10-01 ",
        extra="<cpf:dateDebutExamen>2026-01-01 </cpf:dateDebutExamen>",
    ),
    "references": a_passage_xml("&lt;a&gt; &amp; &quot;b&apos; &#233;&#xE9;&#x1F600;"),
    "a reference to a reference": a_passage_xml("&amp;lt;"),
    "ends of lines": a_passage_xml("one\r\ntwo\rthree&#13;four"),
    "blanks in tags": a_passage_xml().replace("idTechnique>", "idTechnique >"),
    "results without a result": a_passage_xml(
        extra="<cpf:niveauNumeriqueEuropeen><cpf:resultats><cpf:resultat></cpf:resultat>"
        "</cpf:resultats></cpf:niveauNumeriqueEuropeen>"
    ),
}


def runs_of(folder: Path, flux: bytes) -> tuple[list[bytes], Frame]:
    path = folder / "flux.xml"
    path.write_bytes(flux)
    with path.open("rb") as file:
        frame = frame_of(file, len(flux))
        return [run for cut in cuts(file, frame) for run in cut.runs], frame


@pytest.mark.parametrize("passage", PLAIN.values(), ids=PLAIN.keys())
@pytest.mark.parametrize("prefix", ["cpf:", "x.y-z:", ""])
def test_both_ways_read_alike(tmp_path: Path, passage: str, prefix: str) -> None:
    declares = f"xmlns:{prefix[:-1]}=" if prefix else "xmlns="
    flux = a_flux_xml(passage, passage).decode().replace("xmlns:cpf=", declares)
    runs, frame = runs_of(
        tmp_path, flux.replace("cpf:", prefix).replace(f":{prefix}pc5", ":cpf:pc5").encode()
    )

    for run in runs:
        fast = plain_leaves(run, frame)
        assert fast is not None
        root = etree.fromstring(frame.root + run + frame.closing)
        assert [passage_of(one, AWARDED) for one in fast] == [
            read_passage(element, AWARDED) for element in root
        ]


@pytest.mark.parametrize(
    ("written", "otherwise"),
    [
        ("<cpf:idTechnique>", '<cpf:idTechnique xsi:nil="false">'),
        ('xsi:nil="true"', "xsi:nil='true'"),
        ('xsi:nil="true"', 'xsi:nil="1"'),
        ("cpf:idTechnique>", "other:idTechnique>"),
    ],
)
def test_passages_that_are_not_plain_are_left_to_a_parser(
    tmp_path: Path, written: str, otherwise: str
) -> None:
    flux = a_flux_xml(a_passage_xml().replace(written, otherwise))
    runs, frame = runs_of(tmp_path, flux)

    assert plain_leaves(runs[0], frame) is None


def test_what_real_exporters_write_is_plain(tmp_path: Path) -> None:
    for name in ("csv-exporter-clean", "template-exporter-dossier", "legal-any-order"):
        runs, frame = runs_of(tmp_path, (SAMPLES / f"{name}.xml").read_bytes())

        assert all(plain_leaves(run, frame) is not None for run in runs), name

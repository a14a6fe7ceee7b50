"""The passages that are looked at for doubtful values are all those that hold one."""

from datetime import date
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mockportal.domain.places import Commune, Gazetteer
from mockportal.domain.value_warnings import NO_VALUES
from mockportal.wire.doubtful_values import DoubtfulValues
from mockportal.wire.reading import KeptFile
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

PLACES = Gazetteer({"29019": Commune("29019", "Brest", ("29200",))})
TODAY = date(2026, 11, 30)
_NAMES = st.sampled_from([
    "MARTIN", "D&apos;ARC", "R&D", "B?NARD", "BÃ©NARD", "BÂTARD", "D\u0092ARC", "Â", "Nil",
    "\ufffd", "Ⅷ", *NO_VALUES,
])  # fmt: skip
_CODES = st.sampled_from(["29019", "29200", "2a004", "99100", "99352", "00000", "ABCDE"])
_PAYS = st.sampled_from([None, "100", "352"])
_DATES = st.sampled_from(["2026-11-30", "2026-12-01", "1999-01-01"])
_TRUTHS = st.sampled_from(["true", "1", "false", "0", " true "])
_REFERENCES = {"1": "&#49;", "t": "&#x74;", "N": "&#78;"}


@st.composite
def _passages(draw: st.DrawFn) -> str:
    holder = a_titulaire(
        nomNaissance=escape(draw(_NAMES)),
        nomUsage=escape(draw(_NAMES)),
        codeInsee=draw(_CODES),
        codePaysNaissance=draw(_PAYS),
    )
    extra = draw(
        st.sampled_from([
            "", "<cpf:niveauLangueEuropeen>B1</cpf:niveauLangueEuropeen>",
            "<cpf:codePostalCentreExamen>1310</cpf:codePostalCentreExamen>",
        ])
    )  # fmt: skip
    passage = a_passage_xml("T-1", holder, valid_from=draw(_DATES), extra=extra)
    passage = passage.replace("LangueEuro>false", f"LangueEuro>{draw(_TRUTHS)}")
    passage = passage.replace("NumeriqueEuro>false", f"NumeriqueEuro>{draw(_TRUTHS)}")
    sign = draw(st.sampled_from(["", *_REFERENCES]))
    return passage.replace(f">{sign}", f">{_REFERENCES[sign]}") if sign else passage


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(passages=st.lists(_passages(), min_size=1, max_size=4))
def test_no_passage_with_a_doubtful_value_is_passed_over(
    tmp_path: Path, passages: list[str]
) -> None:
    flux = tmp_path / "flux.xml"
    flux.write_bytes(a_flux_xml(*passages))
    with KeptFile(flux) as kept:
        finder = DoubtfulValues(kept.frame, TODAY, PLACES)

        def doubtful(content: bytes) -> list[object]:
            return list(finder.doubtful(content, kept.values(content)))

        looked_at = finder.passages("".join(passages).encode())

        expected = [one for one in map(doubtful, map(str.encode, passages)) if one]
        assert [one for one in map(doubtful, looked_at) if one] == expected


@pytest.mark.parametrize("content", [b"", b"<cpf:code>None</cpf:code>"])
def test_what_is_in_no_passage_is_not_looked_at(tmp_path: Path, content: bytes) -> None:
    flux = tmp_path / "flux.xml"
    flux.write_bytes(a_flux_xml())
    with KeptFile(flux) as kept:
        assert DoubtfulValues(kept.frame, TODAY, PLACES).passages(content) == []


class _CountedBytes(bytes):
    """Bytes that count how often they are searched."""

    searches = 0

    def find(self, *searched: Any) -> int:
        """Count a search."""
        self.searches += 1
        return super().find(*searched)

    def rfind(self, *searched: Any) -> int:
        """Count a search."""
        self.searches += 1
        return super().rfind(*searched)


@pytest.mark.parametrize("run", ["&#32;", "<!--presenceNiveauLangueEuro>true-->"])
@pytest.mark.parametrize("inside", [False, True])
def test_what_may_be_doubtful_many_times_is_not_searched_around_each_time(
    tmp_path: Path, run: str, inside: bool
) -> None:
    flux = tmp_path / "flux.xml"
    flux.write_bytes(a_flux_xml())
    passage, end = a_passage_xml("T-1"), "</cpf:passageCertification>"
    searches = []
    with KeptFile(flux) as kept:
        for times in (10, 1_000):
            odd = run * times
            odd = passage.replace(end, odd + end) if inside else passage + odd
            content = _CountedBytes((odd * 3).encode())
            looked_at = DoubtfulValues(kept.frame, TODAY, PLACES).passages(content)
            assert looked_at == ([odd.encode()] * 3 if inside else [])
            searches.append(content.searches)

    assert searches[0] == searches[1]

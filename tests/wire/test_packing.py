from io import BytesIO
from pathlib import Path

import pytest

from mockportal.domain.deposits import Piece
from mockportal.resources import schema_path
from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.names import qualified
from mockportal.wire.packing import PackedPieces, packed, packed_before, stubbed
from mockportal.wire.reading import KeptFile
from tests.fluxes import SAMPLES, a_certification_xml, a_flux_xml, a_passage_xml
from tests.packed_files import as_a_file

NASTY = ["T/1?#%", "é à &amp; &lt;x&gt;", "x" * 255, "]]&gt;"]


def controlled(folder: Path, content: bytes) -> tuple[Path, list[Piece]]:
    """Return the regular file of a flux and its pieces."""
    folder.mkdir(exist_ok=True)
    flux, copy = folder / "flux.xml", folder / "regular.xml"
    flux.write_bytes(content)
    with copy.open("w+b") as transcription:
        reading = first_control(flux, schema_path("1.1.2"), transcription)
    assert isinstance(reading, Reading), reading
    return copy if reading.regular_copy else flux, list(reading.pieces)


def ids(kept: KeptFile, pieces: list[Piece], living: set[tuple[int, int]]) -> dict[object, str]:
    return {
        (piece, position): kept.element(pieces[piece], position).findtext(
            qualified("idTechnique"), ""
        )
        for piece, position in living
    }


def left_of(kept: Path, pieces: list[Piece], living: set[tuple[int, int]]) -> dict[int, bytes]:
    with KeptFile(kept) as whole:
        stays = (
            (piece, whole.content(piece), {at for number, at in living if number == piece.number})
            for piece in pieces
        )
        return dict(packed(whole.frame, stays))


def opened(kept: Path, pieces: list[Piece], living: set[tuple[int, int]]) -> KeptFile:
    return KeptFile(PackedPieces(left_of(kept, pieces, living).get))


LARGE = a_flux_xml(
    certifications="".join(
        a_certification_xml(
            "".join(a_passage_xml(f"T-{number}-{n}") + "\n" * 400 for n in range(100)),
            code=f"RNCP9{number:04}",
        )
        for number in range(20)
    )
)


@pytest.mark.parametrize(
    "content",
    [
        a_flux_xml(*map(a_passage_xml, NASTY)),
        LARGE,
        (SAMPLES / "legal-any-order.xml").read_bytes(),
        (SAMPLES / "csv-exporter-clean.xml").read_bytes(),
    ],
    ids=["nasty", "several pieces", "transcribed", "an exporter's"],
)
def test_each_living_passage_is_read_from_a_packed_file_as_from_the_whole_one(
    tmp_path: Path, content: bytes
) -> None:
    whole, pieces = controlled(tmp_path, content)
    every = {(piece.number, at) for piece in pieces for at in range(piece.passages)}
    living = {one for number, one in enumerate(sorted(every)) if number % 3 == 1} or every

    with KeptFile(whole) as before, opened(whole, pieces, living) as after:
        assert ids(after, pieces, living) == ids(before, pieces, living)
        assert after.frame == before.frame


def test_nothing_of_a_dead_passage_is_left(tmp_path: Path) -> None:
    content = a_flux_xml(*(a_passage_xml(f"DEAD-{n}") for n in range(3)), a_passage_xml("ALIVE"))
    whole, pieces = controlled(tmp_path, content)

    with opened(whole, pieces, {(0, 3)}) as after:
        left = after.content(pieces[0])

    assert b"DEAD" not in left
    assert left.count(b"ALIVE") == 1


def test_a_packed_file_is_smaller_than_what_lives_in_it(tmp_path: Path) -> None:
    whole, pieces = controlled(tmp_path, LARGE)
    every = {(piece.number, at) for piece in pieces for at in range(piece.passages)}

    left = left_of(whole, pieces, every)

    assert sum(map(len, left.values())) < whole.stat().st_size / 20


def test_a_piece_without_life_is_left_out(tmp_path: Path) -> None:
    whole, pieces = controlled(tmp_path, LARGE)
    assert len(pieces) > 1

    with (
        opened(whole, pieces, {(1, 0)}) as after,
        pytest.raises(LookupError, match="0"),
    ):
        after.content(pieces[0])


def test_what_tells_certifications_apart_stays_between_the_passages(tmp_path: Path) -> None:
    whole, pieces = controlled(tmp_path, LARGE)

    with KeptFile(whole) as kept:
        content = kept.content(pieces[0])
        left = stubbed(content, kept.frame, set())
        count = [len(kept.frame.certification.findall(one)) for one in (content, left)]

    assert count[0] == count[1] > 1


def test_what_an_older_version_has_packed_into_a_file_is_the_same(tmp_path: Path) -> None:
    whole, pieces = controlled(tmp_path, LARGE)
    left = left_of(whole, pieces, {(0, 1), (1, 2)})

    assert dict(packed_before(BytesIO(as_a_file(left)))) == left


@pytest.mark.parametrize("content", [b"<flux/>", b"mockportal packed 1\n" + b"\0" * 100])
def test_any_other_file_is_no_packed_file(content: bytes) -> None:
    with pytest.raises(ValueError, match="packed file"):
        list(packed_before(BytesIO(content)))


def test_where_nothing_is_kept_there_is_nothing_to_open() -> None:
    with pytest.raises(LookupError, match="nothing is kept"):
        PackedPieces(lambda _number: None)

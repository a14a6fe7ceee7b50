"""Short ways to run the first control, and to read back what it let through."""

from pathlib import Path

from mockportal.domain.deposits import FileError
from mockportal.resources import schema_path
from mockportal.wire.cutting import PIECE_SIZE
from mockportal.wire.first_control import Reading, first_control
from mockportal.wire.reading import KeptFile
from tests.fluxes import a_flux_xml, a_passage_xml

THREE = (a_passage_xml("A"), a_passage_xml("B/é"), a_passage_xml("C&amp;D"))
EXPECTED = [("A", "RNCP90001"), ("B/é", "RNCP90001"), ("C&D", "RNCP90001")]
PLAIN = a_flux_xml(*THREE)


def controlled(
    folder: Path, content: bytes, version: str = "1.1.2", piece_size: int = PIECE_SIZE
) -> Reading | tuple[FileError, ...]:
    """Return the first control's word on ``content``; the kept files stay in ``folder``."""
    (folder / "deposit.xml").write_bytes(content)
    with (folder / "regular.xml").open("w+b") as copy:
        return first_control(folder / "deposit.xml", schema_path(version), copy, piece_size)


def read_back(folder: Path, reading: Reading) -> list[tuple[str, str]]:
    """Return (idTechnique, certification code) of each passage of a file that passed."""
    name = "regular.xml" if reading.regular_copy else "deposit.xml"
    with KeptFile(folder / name) as kept:
        return [
            (one.passage.technical_id, one.passage.certification.code)
            for piece in reading.pieces
            for one in kept.passages(piece, lambda a, b: reading.certifications[a : b + 1])
        ]

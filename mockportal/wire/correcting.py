"""A flux made of some passages of a kept one, ready to be corrected and deposited."""

from collections.abc import Callable, Iterable
from typing import BinaryIO
from xml.sax.saxutils import escape

from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.wire.frames import Frame


def write_flux(
    out: BinaryIO,
    frame: Frame,
    outline: Outline,
    passages: Iterable[tuple[bytes, int]],
    certification: Callable[[int], AwardedCertification],
) -> None:
    """Write a flux with an outline's own values and these passages, as a stream.

    ``passages`` come byte for byte from the file that ``frame`` surrounds, in its order, each with
    the ordinal of its certification; a certification without any passage is left out. The prefix
    and the namespaces are the file's.
    """
    write = _Writer(out, frame.prefix.decode())
    out.write(b'<?xml version="1.0" encoding="UTF-8"?>\n' + frame.root + b"\n")
    write.leaf(1, "idFlux", outline.flux_id)
    write.leaf(1, "horodatage", outline.timestamp)
    if outline.action is not None:
        write.leaf(1, "action", outline.action)
    write.opening(1, "emetteur")
    write.leaf(2, "idClient", outline.sender)
    write.opening(2, "certificateurs")
    write.opening(3, "certificateur")
    write.leaf(4, "idClient", outline.certifier)
    write.leaf(4, "idContrat", outline.contract)
    write.opening(4, "certifications")
    _write_certifications(out, write, passages, certification)
    for depth, name in ((4, "certifications"), (3, "certificateur"), (2, "certificateurs")):
        write.closing(depth, name)
    write.closing(1, "emetteur")
    out.write(frame.closing + b"\n")


def corrections_name(file_name: str) -> str:
    """Return the name of the flux that holds a file's KO passages."""
    return f"{file_name[: -len('.xml')]}-ko.xml"


def _write_certifications(
    out: BinaryIO,
    write: "_Writer",
    passages: Iterable[tuple[bytes, int]],
    certification: Callable[[int], AwardedCertification],
) -> None:
    present: int | None = None
    for passage, ordinal in passages:
        if ordinal != present:
            if present is not None:
                write.certification_end()
            write.certification_start(certification(ordinal))
            present = ordinal
        out.write(b"            " + passage + b"\n")
    if present is not None:
        write.certification_end()


class _Writer:
    """Writes elements under a prefix, each on a line of its own."""

    def __init__(self, out: BinaryIO, prefix: str) -> None:
        self._out = out
        self._prefix = prefix

    def leaf(self, depth: int, name: str, text: str) -> None:
        tag = self._prefix + name
        self._line(depth, f"<{tag}>{escape(text, {chr(13): '&#13;'})}</{tag}>")

    def opening(self, depth: int, name: str) -> None:
        self._line(depth, f"<{self._prefix}{name}>")

    def closing(self, depth: int, name: str) -> None:
        self._line(depth, f"</{self._prefix}{name}>")

    def certification_start(self, awarded: AwardedCertification) -> None:
        self.opening(5, "certification")
        self.leaf(6, "type", awarded.type)
        self.leaf(6, "code", awarded.code)
        if awarded.depositor_nature is not None:
            self.leaf(6, "natureDeposant", awarded.depositor_nature)
        self.opening(6, "passageCertifications")

    def certification_end(self) -> None:
        self.closing(6, "passageCertifications")
        self.closing(5, "certification")

    def _line(self, depth: int, text: str) -> None:
        self._out.write(f"{'  ' * depth}{text}\n".encode())

"""A SAX target that reads a flux's outline, and transcribes the passages where asked."""

import re
from collections.abc import Mapping
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from mockportal.domain.flux import AwardedCertification, Outline
from mockportal.domain.identifiers import ClientId, ContractId, FluxId
from mockportal.wire import names

_PREFIXES = {names.NAMESPACE: "cpf:", names.XSI: "xsi:"}
_AS_REFERENCES = {"\r": "&#13;", "=": "&#61;"}
"""Signs of a text that its bytes do not show: no text of a copy may look like an attribute."""
COPY_HEAD = (
    f'<?xml version="1.0" encoding="UTF-8"?>\n<cpf:flux xmlns:cpf="{names.NAMESPACE}" '
    f'xmlns:xsi="{names.XSI}"><cpf:certification><cpf:passageCertifications>'
)
_END_OF_CERTIFICATION = "</cpf:passageCertifications></cpf:certification>"
COPY_FOOT = f"{_END_OF_CERTIFICATION}</cpf:flux>\n"
_NEXT_CERTIFICATION = f"{_END_OF_CERTIFICATION}<cpf:certification><cpf:passageCertifications>"


_MUCH = 1 << 17
"""No valid text has as many characters, but for white space and zeros that say nothing."""
_BLANKS = re.compile("[ \t\n\r]+")
_ZEROS = re.compile("\\A( ?[+-]?)0+(?=[0-9])")


class _Run:
    """A text as it comes in, in parts; of one of many kilobytes, what it says to the schema."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        if self._length > _MUCH:
            self._squeeze()

    def taken(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        self._length = 0
        return text

    def _squeeze(self) -> None:
        text = _ZEROS.sub(r"\1", _BLANKS.sub(" ", "".join(self._parts)), count=1)
        self._parts = [text]
        self._length = len(text)


class DoctypeFoundError(ValueError):
    """The file has a DOCTYPE, which the portal refuses before it reads on."""


class OutlineTarget:
    """Collects what a flux says outside its passages; give it to an lxml target parser.

    With ``copy``, writes every passage there in the regular shape. ``kept`` texts are small.
    """

    def __init__(self, copy: BinaryIO | None = None) -> None:
        """Start with nothing read."""
        self.certifications: list[AwardedCertification] = []
        self.passages = 0
        self._copy = copy
        self._path: list[str] = []
        self._texts: dict[tuple[str, str], str] = {}
        self._pieces: list[str] = []
        self._interned: dict[AwardedCertification, AwardedCertification] = {}
        self._inside = 0
        self._run = _Run()
        """The text since the last tag within a passage."""
        self._seen_certification = False
        if copy:
            self._write(COPY_HEAD)

    def doctype(self, _name: str, _public: str | None, _system: str | None) -> None:
        """Stop at a DOCTYPE."""
        raise DoctypeFoundError

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take a start tag."""
        self._write_run()
        if self._inside:
            self._inside += 1
        elif tag == names.PASSAGE:
            self._inside = 1
            self.passages += 1
        elif tag == names.CERTIFICATION:
            for name in (names.TYPE, names.CODE, names.DEPOSITOR_NATURE):
                self._texts.pop((names.CERTIFICATION, name), None)
            if self._copy and self._seen_certification:
                self._write(_NEXT_CERTIFICATION)
            self._seen_certification = True
        if self._inside and self._copy:
            # Any other attribute of a valid file says nothing, and a passage's tag is bare.
            nil = attributes.get(names.NIL) if tag != names.PASSAGE else None
            written = f" xsi:nil={quoteattr(nil)}" if nil is not None else ""
            self._write(f"<{_named(tag)}{written}>")
        self._path.append(tag)
        self._pieces.clear()

    def data(self, text: str) -> None:
        """Take a run of text."""
        if not self._inside:
            self._pieces.append(text)
        elif self._copy:
            self._run.add(text)

    def end(self, tag: str) -> None:
        """Take an end tag."""
        self._write_run()
        self._path.pop()
        if self._inside:
            self._inside -= 1
            if self._copy:
                self._write(f"</{_named(tag)}>" + ("" if self._inside else "\n"))
        elif tag == names.CERTIFICATION:
            said = AwardedCertification(
                self._text(names.CERTIFICATION, names.TYPE),
                self._text(names.CERTIFICATION, names.CODE),
                self._texts.get((names.CERTIFICATION, names.DEPOSITOR_NATURE)),
            )
            self.certifications.append(self._interned.setdefault(said, said))
        elif self._path:
            self._texts[(self._path[-1], tag)] = "".join(self._pieces)
        self._pieces.clear()

    def close(self) -> None:
        """End the copy."""
        if self._copy:
            self._write(COPY_FOOT)

    def outline(self, passages: int) -> Outline:
        """Return the outline of a flux that the schema has accepted."""
        return Outline(
            flux_id=FluxId(self._text(names.FLUX, names.FLUX_ID)),
            timestamp=self._text(names.FLUX, names.TIMESTAMP),
            sender=ClientId(self._text(names.SENDER, names.CLIENT_ID)),
            certifier=ClientId(self._text(names.CERTIFIER, names.CLIENT_ID)),
            contract=ContractId(self._text(names.CERTIFIER, names.CONTRACT_ID)),
            action=self._texts.get((names.FLUX, names.ACTION)),
            passages=passages,
            certifications=len(self.certifications),
        )

    def _write_run(self) -> None:
        """Write the text since the last tag."""
        text = self._run.taken()
        if text:
            self._write(escape(text, _AS_REFERENCES))

    def _text(self, parent: str, name: str) -> str:
        return self._texts.get((parent, name), "")

    def _write(self, text: str) -> None:
        assert self._copy is not None  # noqa: S101  # the callers have looked
        self._copy.write(text.encode())


def _named(tag: str) -> str:
    if not tag.startswith("{"):
        return tag
    namespace, _, local = tag[1:].partition("}")
    return _PREFIXES.get(namespace, "") + local

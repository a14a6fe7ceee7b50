"""The receipts (« accusés de traitement »), written as streams, and the accusé de réception.

Both forms are OBSERVED: the unused prefix, the indents and the order are those of real files.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum
from itertools import islice
from typing import BinaryIO
from xml.sax.saxutils import escape

from mockportal.domain.deposits import FileError
from mockportal.domain.identifiers import FluxId, ProcessingId, TechnicalId

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="{}"?>\n'
_ROOT = '<rapport xmlns:ns2="urn:cdc:cpf:pc5:rapport:schema">\n'
_OPENING = _DECLARATION.format("no") + _ROOT
_CLOSING = "</rapport>\n"
_ESCAPED = re.compile("[&<>\r]")
_AT_ONCE = 500
"""Passages that are written at once."""
RECEIPT_TITLE = "Accusé de traitement"
PASSAGE_COLUMNS = ("idTechnique", "statut", "messageErreur", "conseil")
ERROR_COLUMNS = ("ligne", "colonne", "message", "idTechnique", "conseil")
"""The heads of the two forms as tables: the receipt's own tags where it has one."""


class EmptyLists(Enum):
    """What stands in form A where nothing is KO, or nothing OK. ASSUMED: neither was seen."""

    PRESENT = "present"
    ABSENT = "absent"


class ReceiptYear(Enum):
    """The year whose receipts are written. OBSERVED: those of July for 2022.

    That older forms of refused files had ``idDemande`` too is ASSUMED.
    """

    Y2021 = "2021"
    Y2022 = "2022"
    Y2023 = "2023"

    @property
    def opening(self) -> str:
        """Return the XML declaration and the start tag of the root."""
        match self:
            case ReceiptYear.Y2021:
                return _DECLARATION.format("yes") + _ROOT
            case ReceiptYear.Y2022:
                return _DECLARATION.format("yes") + "<rapport>\n"
            case ReceiptYear.Y2023:
                return _OPENING

    @property
    def one_sentence(self) -> bool:
        """Tell whether every holder who is not found gets one and the same sentence."""
        return self is ReceiptYear.Y2022

    def numbers(self, head: "ReceiptHead") -> str:
        """Return the elements that say which flux and which treatment this is."""
        if self is not ReceiptYear.Y2023:
            return _leaf(1, "idDemande", str(head.processing_id))
        flux_id = "" if head.flux_id is None else _leaf(1, "idFlux", head.flux_id)
        return flux_id + _leaf(1, "idTraitement", str(head.processing_id))


@dataclass(frozen=True, slots=True)
class ReceiptHead:
    """What a receipt says of its file; ``flux_id`` is None in form B."""

    file_name: str
    processing_id: ProcessingId
    flux_id: FluxId | None = None


def write_processed(
    out: BinaryIO,
    head: ReceiptHead,
    rejected: Iterable[tuple[TechnicalId, str]],
    accepted: Iterable[TechnicalId],
    empty: EmptyLists = EmptyLists.PRESENT,
    year: ReceiptYear = ReceiptYear.Y2023,
) -> None:
    """Write form A: the file passed the schema. KO with their message first, then OK."""
    _put(out, year.opening, _leaf(1, "nomFichier", head.file_name), year.numbers(head))
    _list(out, "PassagesKO", (_rejection(*one) for one in rejected), empty)
    _list(out, "PassagesOK", (_leaf(2, "idTechnique", one) for one in accepted), empty)
    _put(out, _CLOSING)


def write_refused(
    out: BinaryIO,
    head: ReceiptHead,
    errors: Iterable[FileError],
    year: ReceiptYear = ReceiptYear.Y2023,
) -> None:
    """Write form B: the file failed the first control; it has no ``idFlux``."""
    nameless = replace(head, flux_id=None)
    _put(out, year.opening, _leaf(1, "nomFichier", head.file_name), year.numbers(nameless))
    _put(out, "    <erreurs>\n")
    for error in errors:
        _put(
            out,
            "        <erreur>\n",
            _leaf(3, "type", "XSD"),
            _leaf(3, "message", error.message),
            _leaf(3, "ligne", str(error.line)),
            _leaf(3, "colonne", str(error.column)),
            "        </erreur>\n",
        )
    _put(out, "    </erreurs>\n", _CLOSING)


class FileVerdict(Enum):
    """What the first control says of a file; the last two, which are ours, that it said nothing."""

    ACCEPTED = "OK"
    REFUSED = "KO"
    PENDING = "EN COURS"
    FAILED = "NON TRAITÉ"


def write_acknowledgement(
    out: BinaryIO, head: ReceiptHead, received_at: datetime, verdict: FileVerdict
) -> None:
    """Write the accusé de réception: OK or KO for the file. Its format is ASSUMED."""
    _put(out, _OPENING, _leaf(1, "nomFichier", head.file_name))
    if head.flux_id is not None:
        _put(out, _leaf(1, "idFlux", head.flux_id))
    _put(
        out,
        _leaf(1, "idTraitement", str(head.processing_id)),
        _leaf(1, "dateReception", received_at.isoformat(timespec="seconds")),
        _leaf(1, "statut", verdict.value),
        _CLOSING,
    )


def receipt_name(file_name: str, made_at: datetime) -> str:
    """Return the file name of a receipt, dated by the day of ``made_at`` in its own zone."""
    return f"{RECEIPT_TITLE}_{file_name}_{made_at:%Y%m%d}.xml"


def acknowledgement_name(file_name: str, made_at: datetime) -> str:
    """Return the file name of an accusé de réception. ASSUMED, after that of the receipt."""
    return f"Accusé de réception_{file_name}_{made_at:%Y%m%d}.xml"


def _list(out: BinaryIO, name: str, items: Iterable[str], empty: EmptyLists) -> None:
    waiting = iter(items)
    some = list(islice(waiting, _AT_ONCE))
    if not some:
        if empty is EmptyLists.PRESENT:
            _put(out, f"    <{name}/>\n")
        return
    _put(out, f"    <{name}>\n")
    while some:
        _put(out, *some)
        some = list(islice(waiting, _AT_ONCE))
    _put(out, f"    </{name}>\n")


def _rejection(technical_id: TechnicalId, text: str) -> str:
    return (
        "        <passage>\n"
        + _leaf(3, "idTechnique", technical_id)
        + _leaf(3, "messageErreur", text)
        + "        </passage>\n"
    )


def _leaf(depth: int, name: str, value: str) -> str:
    if _ESCAPED.search(value):
        value = escape(value, {"\r": "&#13;"})
    return f"{'    ' * depth}<{name}>{value}</{name}>\n"


def _put(out: BinaryIO, *texts: str) -> None:
    out.write("".join(texts).encode())

"""A ``passageCertification`` element, read into a Passage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import repeat
from operator import itemgetter
from typing import Any, NamedTuple, TypeVar, cast

from lxml import etree

from mockportal.domain.comparing import Filing, read_filing, read_filings
from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.people import Claim, HolderClaim, NirClaim, TrainingFileClaim
from mockportal.wire import names
from mockportal.wire.integers import integer_of
from mockportal.wire.leaves import FILING

_HOLDER = tuple(names.HOLDER_FIELDS[field] for field in HolderClaim._fields)
_OWN = (
    "idTechnique", "dateDebutValidite", "dateFinValidite", "dateDebutExamen", "dateFinExamen",
    "anneeNaissance",
)  # fmt: skip
_TRAINING_FILE = names.TRAINING_FILE_FIELDS
_NUMBERS = {names.HOLDER_FIELDS[one] for one in ("birth_year", "birth_month", "birth_day")}
T = TypeVar("T")
Record = TypeVar("Record", bound=NamedTuple)
LEAVES = frozenset((*_OWN, *_HOLDER, *_TRAINING_FILE.values(), "nir"))
"""What a passage is read from."""
_BLANKS = "\t\n\r "


def read_passage(element: etree._Element, certification: AwardedCertification) -> Passage:
    """Return what the rules need of a passage element that the schema has accepted."""
    return passage_of(leaves_of(element), certification)


def leaves_of(element: etree._Element) -> dict[str, str]:
    """Return what the leaves of an element say, by their local names; empty ones left out."""
    return {
        local_name(leaf): text
        for leaf in element.iter("*")
        if (text := text_of(leaf)) and next(leaf.iterchildren("*"), None) is None
    }


def passage_of(said: Mapping[str, str], certification: AwardedCertification) -> Passage:
    """Return the passage whose leaves say this, by their local names; nil and empty ones left out.

    No name that is read here stands twice in a passage.
    """
    return Passage(
        TechnicalId(said["idTechnique"]),
        certification,
        date.fromisoformat(said["dateDebutValidite"].strip(_BLANKS)),
        _date(said.get("dateFinValidite")),
        _date(said.get("dateDebutExamen")),
        _date(said.get("dateFinExamen")),
        _claim(said),
    )


def _claim(said: Mapping[str, str]) -> Claim:
    if "anneeNaissance" in said:
        return _holder_claim([said.get(name) for name in _HOLDER])
    if "idDossier" in said:
        return TrainingFileClaim(**{e: said[f] for e, f in _TRAINING_FILE.items()})
    return NirClaim(said["nir"], said["nomNaissance"])


def _holder_claim(said: Sequence[Any]) -> HolderClaim:
    """Return a claim from its texts in the order of its fields, empty or None where not given."""
    birth, usage, first, second, third, year, month, day, sex, code, postal, label, country = said
    return HolderClaim(
        birth,
        usage or None,
        first,
        second or None,
        third or None,
        integer_of(year),
        integer_of(month) if month else None,
        integer_of(day) if day else None,
        sex,
        code or None,
        postal or None,
        label or None,
        country or None,
    )


class LeavesReader:
    """Reads passages whose leaves stand in a tuple, each always at the same place."""

    def __init__(self, leaves: Sequence[str]) -> None:
        """Take the local name of the leaf at each place; one may stand in several branches."""
        self.leaves = tuple(leaves)
        self._places = places = {name: place for place, name in enumerate(leaves)}
        nowhere = len(leaves)
        self._own = itemgetter(*(places.get(name, nowhere) for name in _OWN))
        self._of_holder = itemgetter(*(places.get(name, nowhere) for name in _HOLDER))
        self._filing = places.get(FILING, nowhere)
        self._twice = {name for name in _HOLDER if leaves.count(name) > 1}

    def passage(self, said: tuple[str | None, ...], certification: AwardedCertification) -> Passage:
        """Return the passage whose leaves say this; nothing where they are nil or left out."""
        padded = (*said, None)
        filed = padded[self._filing]
        technical_id, valid_from, valid_until, exam_from, exam_until, year = self._own(padded)
        if not year or self._twice:
            pairs = zip(self.leaves, said, strict=True)
            return passage_of({n: v for n, v in pairs if v}, certification)
        return Passage(
            technical_id,
            certification,
            date.fromisoformat(valid_from),
            _date(valid_until),
            _date(exam_from),
            _date(exam_until),
            _holder_claim(self._of_holder(padded)),
            read_filing(filed) if filed else None,
        )

    def passages(
        self, said: Sequence[tuple[str, ...]], certification: AwardedCertification
    ) -> list[Passage]:
        """Return the passages whose leaves say this, as ``passage`` does: column by column.

        A thousand passages hold few different numbers and dates, each of which is read once.
        """
        columns = list(zip(*said, strict=True))

        def column(name: str) -> Sequence[str]:
            place = self._places.get(name)
            return () if place is None else columns[place]

        if self._twice or not columns or not all(column("anneeNaissance") or ("",)):
            return [self.passage(one, certification) for one in said]
        technical_ids, *days = (column(name) for name in _OWN[:-1])
        person = (
            _values(column(name), integer_of) if name in _NUMBERS else _texts(column(name))
            for name in _HOLDER
        )
        return _records(
            Passage,
            cast("Sequence[TechnicalId]", technical_ids),
            repeat(certification),
            *(_values(day, _date) for day in days),
            _records(HolderClaim, *person),
            _filings(column(FILING)),
        )


def _texts(texts: Sequence[str]) -> Iterable[str | None]:
    """Return what a column says, empty or () where it says nothing."""
    if texts and "" not in texts:
        return texts
    return [text or None for text in texts] if any(texts) else repeat(None)


def _values(texts: Sequence[str], read: Callable[[str], T]) -> Iterable[T | None]:
    """Return the values of a column, likewise."""
    if not any(texts):
        return repeat(None)
    return map({text: read(text) if text else None for text in {*texts}}.__getitem__, texts)


def _filings(texts: Sequence[str]) -> Iterable[Filing | None]:
    if all(texts):
        return read_filings(texts) if texts else repeat(None)
    return [read_filing(text) if text else None for text in texts]


def _records(kind: type[Record], *columns: Iterable[object]) -> list[Record]:
    """Return rows of columns, the longest of which are endless, without Python's help for each."""
    return list(map(tuple.__new__, repeat(kind), zip(*columns, strict=False)))


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def text_of(element: etree._Element) -> str:
    """Return an element's whole text, comments and instructions within it left out."""
    if len(element):
        return (element.text or "") + "".join(child.tail or "" for child in element)
    return element.text or ""


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text.strip(_BLANKS)) if text else None

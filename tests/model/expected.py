"""What a world holds, in the simplest words: what the portal must answer follows from it.

Nothing of the portal's own code is in here, but the texts of messages by which verdicts are told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

CERTIFIERS = {"03TST001": "MCFCER100001", "03TST002": "MCFCER100002"}
DEPOSITOR = "03TST003"
ORGANISATIONS = {"CERT00001": "03TST001", "CERT00002": "03TST002", "DEPO00001": DEPOSITOR}
BEGINNING = datetime.fromisoformat("2026-11-20T10:00:00+01:00")
TEXTS = {
    "SENDER": "ne correspond pas au compte utilisé pour le dépôt",
    "MANDATE": "n'est pas habilité à déposer pour le bcr certificateur",
    "CONTRACT": "n'est pas rattaché au bcr certificateur",
    "DUPLICATE": "existe déjà en base",
    "CERTIFICATION": "Le statut de la certification",
    "VALIDITY": "La date de fin de validité est inférieure",
    "LEVEL1": "Aucun titulaire ne correspond aux critères obligatoires",
    "SEVERAL": "Plusieurs titulaires ont été identifiés",
}
"""A part of each message, by our name of it."""


@dataclass(frozen=True, slots=True)
class Line:
    """A passage as a file says it."""

    technical_id: str
    name: str
    """The birth name of its holder."""
    certification: bool = True
    """Whether its certification is known."""
    dates: bool = True
    """Whether its validity ends after it begins."""
    awarded: date = date(2026, 10, 1)


@dataclass(slots=True)
class Passage:
    """A passage that was accepted."""

    line: Line
    deposit: "Deposit"
    alive: bool = True
    mention: str | None = None
    changes: int = 0


@dataclass(slots=True)
class Deposit:
    """A file that was taken."""

    id: str
    number: int
    file_name: str
    owner: str
    """The matricule of the organisation whose account deposited it."""
    sender: str
    certifier: str
    contract: str
    lines: tuple[Line, ...]
    """None where the first control refuses the file."""
    received: datetime
    due: datetime | None
    """None: it waits to be told."""
    treated: bool = False
    verdicts: list[tuple[str, str]] = field(default_factory=list)
    """Identifier and code of each passage; the code of one that is OK is empty."""
    passages: list[Passage] = field(default_factory=list)

    @property
    def status(self) -> str:
        """Return the API's word for it."""
        if not self.lines:
            return "refused"
        if not self.treated:
            return "processing"
        return "partly_rejected" if any(code for _, code in self.verdicts) else "accepted"

    @property
    def accepted(self) -> list[str]:
        """Return the identifiers that are OK, in the order of the file."""
        return [name for name, code in self.verdicts if not code]

    @property
    def rejected(self) -> list[tuple[str, str]]:
        """Return the identifiers that are KO, each with its code."""
        return [(name, code) for name, code in self.verdicts if code]

    @property
    def late(self) -> int:
        """Return how many of the accepted came too late."""
        return sum(_late(one.line.awarded, self.received.date()) for one in self.passages)


class World:
    """A world: as it is when it was just made, then whatever the steps do to it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.accounts: dict[str, str] = {}
        """The identifiers of its accounts, by those of the seeds."""
        self.names = 0
        """How many names of people were used, those of before a reset included."""
        self.begin()

    def begin(self) -> None:
        """Be as new."""
        self.now = BEGINNING
        self.mode = "immediate"
        self.seconds = 0
        self.deposits: list[Deposit] = []
        self.people: dict[str, int] = {"KERVELLANT": 1}
        """How many people have a name."""
        self.mandates = {(certifier, DEPOSITOR): True for certifier in CERTIFIERS}
        """Those that were ever given, and whether they are in force."""

    def take(self, deposit: Deposit) -> None:
        """Take a deposit in."""
        self.deposits.append(deposit)
        self.treat_due()

    def due(self) -> datetime | None:
        """Return when a deposit that comes in now is treated."""
        return None if self.mode == "manual" else self.now + timedelta(seconds=self.seconds)

    def waiting(self) -> list[Deposit]:
        """Return the deposits that are to be treated, in their order."""
        return [one for one in self.deposits if one.lines and not one.treated]

    def advance(self, seconds: int) -> None:
        """Move the clock on."""
        self.now += timedelta(seconds=seconds)
        self.treat_due()

    def release(self) -> None:
        """Treat what waits to be told."""
        for deposit in self.waiting():
            deposit.due = deposit.due or self.now
        self.treat_due()

    def treat_due(self) -> None:
        """Treat what is due."""
        for deposit in self.waiting():
            if deposit.due is not None and deposit.due <= self.now:
                self._treat(deposit)

    def _treat(self, deposit: Deposit) -> None:
        whole = self._refusal(deposit)
        stored = {
            one.line.technical_id
            for other in self.deposits
            for one in other.passages
            if one.alive and other.sender == deposit.sender
        }
        for line in deposit.lines:
            code = whole or self._code(line, stored)
            deposit.verdicts.append((line.technical_id, code))
            if not code:
                stored.add(line.technical_id)
                deposit.passages.append(Passage(line, deposit))
        deposit.treated = True

    def _refusal(self, deposit: Deposit) -> str:
        if deposit.sender != deposit.owner:
            return "SENDER"
        own = deposit.sender == deposit.certifier
        if not own and not self.mandates.get((deposit.certifier, deposit.sender)):
            return "MANDATE"
        return "" if CERTIFIERS[deposit.certifier] == deposit.contract else "CONTRACT"

    def _code(self, line: Line, stored: set[str]) -> str:
        if line.technical_id in stored:
            return "DUPLICATE"
        if not line.certification:
            return "CERTIFICATION"
        if not line.dates:
            return "VALIDITY"
        count = self.people.get(line.name, 0)
        return "" if count == 1 else "SEVERAL" if count else "LEVEL1"

    def seen_by(self, organisation: str) -> list[Deposit]:
        """Return the deposits that an organisation sees, the newest first."""
        return [one for one in reversed(self.deposits) if self._sees(organisation, one)]

    def _sees(self, organisation: str, deposit: Deposit) -> bool:
        if deposit.owner == organisation:
            return True
        named = bool(deposit.lines) and deposit.certifier == organisation
        return named and (organisation, deposit.owner) in self.mandates

    def passages_seen_by(self, organisation: str) -> Iterator[Passage]:
        """Yield the living passages that an organisation sees, of the newest deposit first."""
        for deposit in self.seen_by(organisation):
            yield from (one for one in deposit.passages if one.alive)

    def may_change(self, organisation: str, passage: Passage) -> bool:
        """Tell whether an organisation may modify and delete a passage that it sees."""
        certifier = passage.deposit.certifier
        return organisation == certifier or self.mandates.get((certifier, organisation), False)


def _late(awarded: date, received: date) -> bool:
    if awarded < date(2021, 7, 1):  # the obligation began that day
        return False
    months = awarded.month - 1 + 3
    return received > awarded.replace(year=awarded.year + months // 12, month=months % 12 + 1)

"""What a portal has acknowledged: what must be there, whatever was killed since."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Lock


@dataclass(frozen=True, slots=True)
class Line:
    """A passage of a file that was sent."""

    technical_id: str
    known: bool
    """Whether the registry knows its holder."""


@dataclass(slots=True)
class Sent:
    """A file that was sent; ``id`` is None as long as nobody has acknowledged it."""

    account: str
    file_name: str
    lines: tuple[Line, ...]
    """None in a file that the first control refuses."""
    id: str | None = None


@dataclass(slots=True)
class Touched:
    """A passage that was modified or deleted, or that somebody tried to."""

    number: int
    account: str
    technical_id: str
    allowed: set[str | None] = field(default_factory=lambda: {None})
    """What its mention may be: the last value acknowledged, and those that were tried since."""
    modified: int = 0
    """How many changes were acknowledged."""
    tried: int = 0
    deletion_tried: bool = False
    deleted: bool = False


class Ledger:
    """All of it, for several clients at once."""

    def __init__(self) -> None:
        self.sent: list[Sent] = []
        self.touched: dict[int, Touched] = {}
        self.broken: list[str] = []
        """What went wrong, in sentences."""
        self._lock = Lock()

    def send(self, sent: Sent) -> Sent:
        """Note that a file leaves."""
        with self._lock:
            self.sent.append(sent)
        return sent

    def touch(self, passage: Touched) -> Touched:
        """Return the entry of a passage, made when it is the first time."""
        with self._lock:
            return self.touched.setdefault(passage.number, passage)

    def complain(self, sentence: str) -> None:
        """Note that something is not as it should be."""
        with self._lock:
            self.broken.append(sentence)

    def sent_by(self, account: str) -> Iterator[Sent]:
        """Yield what an account has sent, in that order."""
        return (sent for sent in list(self.sent) if sent.account == account)

"""One run: what is thrown in which order, and what came of it all."""

import json
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Self

from tests.hostile.calls import Calls
from tests.hostile.commands import Commands
from tests.hostile.files import Files, a_journal
from tests.hostile.fluxes import files_in
from tests.hostile.forms import Forms
from tests.hostile.outcome import Outcome
from tests.hostile.portal import Target
from tests.hostile.uploads import Uploads
from tests.hostile.visitor import Visitor

MOST_MEMORY = 250_000_000
SECONDS_A_MEGABYTE = 2.0
_SLOWEST = 5

Throw = Callable[[Random, int], Outcome]


@dataclass(frozen=True, slots=True)
class Limits:
    """How large what is thrown may be, and how long it may take."""

    most_bytes: int
    least_seconds: float
    patience: float

    def too_slow(self, outcome: Outcome) -> bool:
        """Tell whether something took too long for its size."""
        allowed = SECONDS_A_MEGABYTE * outcome.size / 1_000_000
        return outcome.seconds > max(allowed, self.least_seconds)


@dataclass
class Run:
    """Throws, counts and keeps."""

    target: Target
    folder: Path
    limits: Limits
    seed: int
    thrown: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    remarks: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    restarts: int = 0

    def __post_init__(self) -> None:
        """Prepare who throws."""
        scratch = self.folder / "commands"
        scratch.mkdir(exist_ok=True)
        self._commands = Commands(self.limits.patience)
        self._files = Files(self._commands, scratch, a_journal(scratch / "journal"))
        self._begin()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        self._commands.end()

    @property
    def failed(self) -> bool:
        """Tell whether anything broke."""
        return bool(self.failures) or self.target.highest > MOST_MEMORY

    def _begin(self) -> None:
        patience = self.limits.patience
        self._uploads = Uploads(Visitor(self.target, patience), patience)
        self._calls = Calls(Visitor(self.target, patience))
        self._forms = Forms(Visitor(self.target, patience))

    def _kinds(self) -> dict[str, tuple[Throw, int]]:
        """Return what can be thrown, and how often of a hundred throws."""
        return {
            "upload": (self._uploads.by_program, 46),
            "page-upload": (self._uploads.by_page, 8),
            "form": (self._uploads.odd_form, 6),
            "call": (self._calls.throw, 18),
            "page": (self._forms.throw, 12),
            "replay": (self._files.replay, 3),
            "import": (self._files.import_people, 4),
            "check": (self._files.check, 3),
        }

    def throw(self, first: int, count: int, only: list[str] | None = None) -> None:
        """Throw so many, each drawn from the seed and its own number."""
        for number in range(first, first + count):
            rng = Random(f"{self.seed}:{number}")
            kinds = self._kinds()
            names = [name for name in kinds if not only or name in only]
            (name,) = rng.choices(names, [kinds[one][1] for one in names])
            self._take(f"{self.seed}-{number}", kinds[name][0](rng, self.limits.most_bytes))
            if sys.stderr.isatty() and number % 20 == 0:
                print(f"\r{number} {len(self.failures)}", end="", file=sys.stderr)

    def files(self, folder: Path) -> None:
        """Deposit each file of a folder."""
        for path in files_in(folder):
            self._take(path.stem, self._uploads.deposit(path.read_bytes()))

    def _take(self, name: str, outcome: Outcome) -> None:
        self.thrown[outcome.kind] += 1
        self.ends[f"{outcome.kind}: {outcome.status}"] += 1
        if self.limits.too_slow(outcome):
            outcome.fail(f"{outcome.seconds:.1f} s for {outcome.size} bytes")
        traceback = self.target.traceback()
        if traceback:
            outcome.fail(f"the log of the server: {traceback[-2_000:]}")
        peak = self.target.peak()
        if peak > MOST_MEMORY:
            outcome.fail(f"{peak / 1e6:.0f} MB of memory")
            outcome.fatal = True  # what follows is measured from a new start
        self.slowest = sorted([*self.slowest, (outcome.seconds, f"{name} {outcome.kind}")])[
            -_SLOWEST:
        ]
        if outcome.remark:
            self._keep("remarks", name, outcome, [outcome.remark])
            self.remarks.append(name)
        if outcome.failures:
            self._keep("failures", name, outcome, outcome.failures)
            self.failures.append(f"{name} {outcome.kind}: {outcome.failures[0].strip()[:300]}")
        if outcome.fatal and self.target.restart():
            self.restarts += 1
            self._begin()

    def _keep(self, why: str, name: str, outcome: Outcome, reasons: list[str]) -> None:
        kept = self.folder / why
        kept.mkdir(exist_ok=True)
        file = kept / f"{name}{outcome.suffix}"
        file.write_bytes(outcome.thrown)
        line = {"file": file.name, "kind": outcome.kind, "note": outcome.note, "why": reasons,
                "seconds": round(outcome.seconds, 2), "bytes": outcome.size}  # fmt: skip
        with (self.folder / f"{why}.jsonl").open("a", encoding="utf-8") as out:
            out.write(json.dumps(line, ensure_ascii=True) + "\n")

    def report(self) -> str:
        """Return what came of it all, in words."""
        lines = [f"{self.thrown.total()} thrown, {len(self.failures)} broke something."]
        lines += [f"  {count:6} {end}" for end, count in sorted(self.ends.items())]
        lines += ["The slowest:", *(f"  {s:6.2f} s {what}" for s, what in reversed(self.slowest))]
        if self.target.highest:
            lines.append(f"Highest memory: {self.target.highest / 1e6:.0f} MB.")
        if self.restarts:
            lines.append(f"The portal had to be started anew {self.restarts} times.")
        if self.remarks:
            lines.append(
                f"Refused after changes that XML allows (worth a look): {len(self.remarks)}."
            )
        lines += self.failures[:200]
        return "\n".join(lines)

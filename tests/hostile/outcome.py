"""What came of one throw."""

from dataclasses import dataclass, field

from tests.hostile.visitor import Answer

_LEAST_FAULT = 500
_ON_PURPOSE = "x-mockportal-fault"


@dataclass(slots=True)
class Outcome:
    """What was thrown, what it took, and what is wrong with what came of it."""

    kind: str
    thrown: bytes
    suffix: str = ".txt"
    size: int = 0
    note: str = ""
    status: str = ""
    remark: str = ""
    """Worth a look, no failure: a file that only legal things were done to and that is refused."""
    seconds: float = 0.0
    failures: list[str] = field(default_factory=list)
    fatal: bool = False
    """The portal may not be used any more."""

    def fail(self, why: str, *, fatal: bool = False) -> None:
        """Say what is wrong."""
        self.failures.append(why)
        self.fatal = self.fatal or fatal

    def answered(self, answer: Answer, where: str = "") -> None:
        """Take an answer in: a fault of the portal, and none at all, are failures."""
        self.seconds += answer.seconds
        self.status = self.status if where else str(answer.status)
        at = f" at {where[:200]}" if where else ""
        if answer.status == 0:
            self.fail(f"no answer{at}: {answer.why}", fatal="timed out" in answer.why)
        elif answer.status >= _LEAST_FAULT and _ON_PURPOSE not in answer.headers:
            self.fail(f"{answer.status}{at}: {answer.content[:120]!r}")

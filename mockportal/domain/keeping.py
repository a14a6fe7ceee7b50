"""For how long a portal keeps files and deposits. Passages stay, whatever is chosen here."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mockportal.domain.clocks import after


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept of each world; None: all."""

    days: int | None = None
    """Deposits that ended more than so many days ago go, by the world's clock."""
    deposits: int | None = None
    """Beyond so many deposits, the oldest go."""

    @property
    def everything(self) -> bool:
        """Tell whether nothing ever goes."""
        return self.days is None and self.deposits is None

    def ended_before(self, now: datetime) -> datetime | None:
        """Return the moment before which deposits must have ended to go; None: age matters not."""
        return None if self.days is None else after(now, -timedelta(days=self.days))

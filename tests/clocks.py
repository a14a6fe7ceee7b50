"""Real time that a test moves by hand."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from mockportal.assembly import Portal
from tests.builders import NOON


@dataclass
class RealTime:
    """What time it is outside, until somebody moves it."""

    now: datetime = NOON

    def __call__(self) -> datetime:
        return self.now

    def passes(self, time: timedelta) -> None:
        self.now += time


def by_hand(portal: Portal) -> tuple[Portal, RealTime]:
    """Return the same portal, its real time moved by hand alone."""
    time = RealTime()
    circumstances = replace(portal.desk.circumstances, real=time)
    return replace(portal, desk=replace(portal.desk, circumstances=circumstances)), time

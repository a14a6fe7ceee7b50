"""What journeys may not draw by themselves: time, chance, and who wakes and waits for whom."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from mockportal import pacing
from mockportal.calendars import is_working_day
from mockportal.domain.identifiers import WorldId
from mockportal.drawing import Drawing, secret
from mockportal.journeys.desk import Circumstances
from mockportal.journeys.ports import Stores
from mockportal.journeys.world_ports import Worlds
from mockportal.settings import Settings
from mockportal.storage.failures import is_trouble

ZONE = ZoneInfo("Europe/Paris")


@dataclass(slots=True)
class Bell:
    """Wakes the workers, wherever they are; silent as long as there are none."""

    _rings: list[Callable[[], None]] = field(default_factory=list)

    def hang(self, ring: Callable[[], None]) -> None:
        """Say what wakes workers of this portal, besides what does already."""
        self._rings.append(ring)

    def ring(self) -> None:
        """Wake them."""
        for ring in self._rings:
            ring()


def circumstances_of(
    stores: Stores,
    bell: Bell,
    patience: pacing.Patience,
    beats: pacing.Beats,
    settings: Settings,
) -> Circumstances:
    """Return the circumstances of a portal: its stores count what is drawn and keep the clocks."""
    drawing = Drawing(settings.seed, stores.worlds.drawn)
    return Circumstances(
        real=_real,
        now=clock_reader(stores.worlds),
        in_paris=lambda moment: moment.astimezone(ZONE),
        works=is_working_day,
        new_deposit_id=drawing.deposit_id,
        new_account_id=drawing.account_id,
        new_flux_id=drawing.flux_id,
        new_client_id=drawing.client_id,
        new_contract_id=drawing.contract_id,
        new_world_name=drawing.world_name,
        new_secret=secret,
        wake=bell.ring,
        wait=patience.wait_until,
        ending=lambda: patience.over,
        beating=beats.repeating,
        is_trouble=is_trouble,
    )


def clock_reader(worlds: Worlds) -> Callable[[WorldId], datetime]:
    """Return what tells the time of a world, in Paris."""
    return lambda world: worlds.clock(world).now(_real()).astimezone(ZONE)


def _real() -> datetime:
    return datetime.now(UTC)  # in it, what is reckoned is right whatever clocks are put to

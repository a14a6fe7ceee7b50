"""The settings of the portal, and where they come from: options, else ``MOCKPORTAL_<OPTION>``."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path

ENVIRONMENT_PREFIX = "MOCKPORTAL"
DATABASE_FILE = "portal.db"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator chooses when the portal is put together."""

    data: Path | None = None
    """The data folder; None keeps nothing beyond the process."""
    schema: str = "1.1.2"
    any_sender: bool = False
    open_registry: bool = False
    empty_lists: str = "present"
    max_upload: int = 200_000_000
    processing: str = "immediate"
    """When the second control runs, in the words of ``--processing``."""
    lease: float = 15.0
    """Seconds after which a deposit is taken from a worker that gives no sign of life."""
    seed: int | None = None
    """The same seed draws the same identifiers; None: chance."""
    label: str = ""
    public: bool = False


def default_data_folder() -> Path:
    """Return the user's data folder for this program."""
    return user_data_path("mockportal", appauthor=False)

"""The settings of the portal, and where they come from: options, else ``MOCKPORTAL_<OPTION>``."""

import os
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from platformdirs import user_data_path

ENVIRONMENT_PREFIX = "MOCKPORTAL"
DATABASE_FILE = "portal.db"
TRACEBACK = f"{ENVIRONMENT_PREFIX}_TRACEBACK"
"""What is set in the environment by whoever looks for the cause of what should not happen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the operator chooses when the portal is put together."""

    data: Path | None = None
    """The data folder; None keeps nothing beyond the process."""
    queue: str | None = None
    """The URL of the Redis that calls workers of other processes and machines; None: a pipe."""
    database: str | None = None
    """The URL of a PostgreSQL database; None: SQLite in the data folder, which keeps the files."""
    schema: str = "1.1.2"
    any_sender: bool = False
    open_registry: bool = False
    open_certifications: bool = False
    learn: Path | None = None
    """A folder whose fluxes are learned when the portal starts."""
    empty_lists: str = "present"
    receipts: str = "2023"
    """The year whose receipts are written: 2021, 2022 or 2023."""
    max_upload: int = 200_000_000
    max_passages: int = 200_000
    """A file with more passages is refused."""
    processing: str = "immediate"
    """When the second control runs, in the words of ``--processing``."""
    lease: float = 15.0
    """Seconds after which a deposit is taken from a worker that gives no sign of life."""
    stall: float = 600.0
    """Seconds without progress after which a worker takes its treatment to hang, and ends."""
    busy: float = 30.0
    """Seconds for which a lock that another process has on the database is waited for."""
    seed: int | None = None
    """The same seed draws the same identifiers; None: chance."""
    label: str = ""
    log_requests: bool = False
    """Say each request on stderr."""
    public: bool = False
    keep_days: int | None = None
    """Days after which a deposit and its files go, by its world's clock; None: never."""
    keep_deposits: int | None = None
    """How many deposits each world keeps; None: all."""
    host: str = "127.0.0.1"
    """The address that is listened on, a name under which the portal may be asked for control."""
    allow_hosts: tuple[str, ...] = ()
    """Further names to which the portal answers (the header ``Host``); see ``web.hosts``."""
    control: bool = True
    """Whether ``/coulisses`` and ``/_mock`` exist at all."""
    control_key: str | None = None
    """What opens them to whoever does not ask from this very machine; None: nothing does."""


def default_data_folder() -> Path:
    """Return the user's data folder for this program."""
    return user_data_path("mockportal", appauthor=False)


def environment_with(**options: str | None) -> dict[str, str]:
    """Return this process's environment with options for another command: unseen, unlike words."""
    told = {f"{ENVIRONMENT_PREFIX}_{name.upper()}": value for name, value in options.items()}
    return {**os.environ, **{name: value for name, value in told.items() if value is not None}}


def wants_tracebacks() -> bool:
    """Tell whether whoever runs this looks for the cause of what should not happen."""
    return bool(os.environ.get(TRACEBACK))


def is_loopback(host: str) -> bool:
    """Tell whether an address, or a name, is that of this very machine."""
    if host.lower() == "localhost":
        return True
    try:
        address = ip_address(host.strip("[]"))
    except ValueError:
        return False
    # A socket that listens on both kinds of address names an IPv4 caller in the manner of IPv6.
    return (getattr(address, "ipv4_mapped", None) or address).is_loopback

"""Where the parts meet: settings in, a portal out. The only place that knows them all."""

import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from mockportal import resources
from mockportal.domain.identifiers import AccountId, ClientId, DepositId, WorldId
from mockportal.domain.organisations import Account, Kind
from mockportal.domain.places import Gazetteer
from mockportal.domain.reference import NewAccount
from mockportal.journeys.desk import Desk, Policy
from mockportal.journeys.login import log_in
from mockportal.journeys.ports import Circumstances, Stores
from mockportal.journeys.seeding import DEFAULT_WORLD, DEMO_ACCOUNT, DEMO_PASSWORD, seed
from mockportal.settings import DATABASE_FILE, Settings
from mockportal.storage.database import Database, open_database, open_read_only
from mockportal.storage.deposits import DepositStore
from mockportal.storage.files import FileStore
from mockportal.storage.organisations import OrganisationStore
from mockportal.storage.overlay import OverlayRegistry
from mockportal.storage.passages import PassageStore
from mockportal.storage.references import ReferenceStore
from mockportal.storage.registry import RegistryStore
from mockportal.storage.worlds import WorldStore
from mockportal.wire.receipts import EmptyLists
from mockportal.wire.tables_csv import read_gazetteer

ZONE = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal put together, ready to be served or used from the command line."""

    desk: Desk
    settings: Settings
    secret_key: str
    demo_password: str
    drawn_password: str | None
    """The seeds' password when it was drawn in this very start, to be printed."""

    def log_in(self, account_id: str, password: str) -> Account | None:
        """Return the account, or None when identifier and password do not agree."""
        return log_in(self.desk, account_id, password)


@dataclass(frozen=True, slots=True)
class Trial:
    """A desk at which a deposit leaves no trace, and the scratch account that it is filed under."""

    desk: Desk
    account: Account


@contextmanager
def assemble(settings: Settings) -> Iterator[Portal]:
    """Put a portal together on its data folder, filled with the seeds when it is new."""
    with tempfile.TemporaryDirectory(prefix="mockportal-") as scratch:
        folder = settings.data or Path(scratch)
        folder.mkdir(parents=True, exist_ok=True)
        engine = open_database(folder / DATABASE_FILE)
        try:
            desk = Desk(
                _stores(engine, folder),
                Circumstances(_now, _new_deposit_id),
                _policy(settings),
                _schemas(),
            )
            drawn = _password(desk.stores, settings)
            seed(desk.stores, resources.seeds_folder(), drawn or DEMO_PASSWORD)
            yield Portal(
                desk, settings, _secret_key(folder), _shown_password(desk, settings), drawn
            )
        finally:
            engine.dispose()


@contextmanager
def assemble_check(settings: Settings) -> Iterator[Trial]:
    """Put together what ``check`` needs: the data folder to read, a scratch one to write.

    Without a data folder, or in one that holds no portal yet, it reads the seeds alone.
    """
    with tempfile.TemporaryDirectory(prefix="mockportal-check-") as scratch:
        folder = Path(scratch)
        own = open_database(folder / DATABASE_FILE)
        kept = settings.data / DATABASE_FILE if settings.data else None
        base = open_read_only(kept) if kept and kept.exists() else own
        try:
            mine = _stores(own, folder)
            theirs = mine if base is own else _stores(base, folder)
            if base is own:
                world = seed(mine, resources.seeds_folder())
            else:
                world = mine.worlds.create(DEFAULT_WORLD, theirs.worlds.named(DEFAULT_WORLD))
            yield Trial(
                Desk(
                    Stores(
                        worlds=theirs.worlds,
                        organisations=theirs.organisations,
                        registry=mine.registry
                        if base is own
                        else OverlayRegistry(RegistryStore(base), RegistryStore(own)),
                        references=theirs.references,
                        passages=theirs.passages,
                        deposits=mine.deposits,
                        files=mine.files,
                    ),
                    Circumstances(_now, _new_deposit_id),
                    _policy(settings),
                    _schemas(),
                ),
                _scratch_account(mine, world),
            )
        finally:
            base.dispose()
            own.dispose()


def _scratch_account(stores: Stores, world: WorldId) -> Account:
    organisation = stores.organisations.add(world, Kind.DEPOSITOR, "check", ClientId("--------"))
    made = NewAccount(id=AccountId("---------"), password_hash="")  # nobody logs in with it
    return stores.organisations.add_account(organisation.id, made)


def _stores(engine: Database, folder: Path) -> Stores:
    return Stores(
        worlds=WorldStore(engine),
        organisations=OrganisationStore(engine),
        registry=RegistryStore(engine),
        references=ReferenceStore(engine, _gazetteer()),
        passages=PassageStore(engine),
        deposits=DepositStore(engine),
        files=FileStore(folder / "files"),
    )


def _gazetteer() -> Gazetteer:
    seeds = resources.seeds_folder()
    return read_gazetteer(seeds / "communes.csv", seeds / "countries.csv")


def _policy(settings: Settings) -> Policy:
    return Policy(
        schema=settings.schema,
        any_sender=settings.any_sender,
        open_registry=settings.open_registry,
        most_bytes=settings.max_upload,
        empty_lists=EmptyLists(settings.empty_lists),
    )


def _schemas() -> dict[str, Path]:
    return {version: resources.schema_path(version) for version in resources.schema_versions()}


def _password(stores: Stores, settings: Settings) -> str | None:
    """Return the password to give to the seeds' accounts when it must be drawn."""
    new = stores.worlds.named(DEFAULT_WORLD) is None
    return secrets.token_urlsafe(9) if settings.public and new else None


def _shown_password(desk: Desk, settings: Settings) -> str:
    """Return the seeds' password where it may be shown, and where this folder still has it."""
    right = not settings.public and log_in(desk, DEMO_ACCOUNT, DEMO_PASSWORD) is not None
    return DEMO_PASSWORD if right else ""


def _secret_key(folder: Path) -> str:
    """Return what signs the sessions; kept, so that a restart logs nobody out."""
    path = folder / "secret-key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def _now(_world: WorldId) -> datetime:
    return datetime.now(ZONE)


def _new_deposit_id(_world: WorldId) -> DepositId:
    return DepositId(secrets.token_urlsafe(12))

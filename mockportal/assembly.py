"""Where the parts meet: settings in, a portal out. The only place that knows them all."""

import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path

from mockportal import pacing, resources
from mockportal.circumstances import Bell, circumstances_of
from mockportal.domain.identifiers import AccountId, ClientId, WorldId
from mockportal.domain.journal import Request
from mockportal.domain.keeping import Keeping
from mockportal.domain.organisations import Account, Kind
from mockportal.domain.processing import Processing, processing_of
from mockportal.domain.reference import NewAccount
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.drawing import secret
from mockportal.journeys.desk import Desk, Policy
from mockportal.journeys.login import LoginRefusal, is_open_secret, knock, log_in
from mockportal.journeys.ports import Stores
from mockportal.journeys.seeding import DEMO_ACCOUNT, DEMO_PASSWORD, seed
from mockportal.journeys.work import join, take_over
from mockportal.journeys.worlds import (
    replace_seed_password,
    worlds_with_the_known_password,
)
from mockportal.settings import DATABASE_FILE, Settings, is_loopback
from mockportal.storage.connections import let_no_more_begin
from mockportal.storage.database import (
    Database,
    checkpoint,
    number,
    open_database,
    open_read_only,
)
from mockportal.storage.folder import DataFolder
from mockportal.storage.health import Health
from mockportal.storage.identity import identify
from mockportal.storage.overlay import OverlayPassages, OverlayReferences, OverlayRegistry
from mockportal.storage.passages import PassageStore
from mockportal.storage.postgresql import (
    one_start_at_a_time,
    open_postgresql,
    open_postgresql_read_only,
    without_password,
)
from mockportal.storage.private_folder import make_files_private, make_private
from mockportal.storage.references import ReferenceStore
from mockportal.storage.registry import RegistryStore
from mockportal.stores import process_name, stores_on
from mockportal.temporary import temporary_folder
from mockportal.wire.receipts import EmptyLists, ReceiptYear


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal put together, ready to be served or used from the command line."""

    desk: Desk
    settings: Settings
    secret_key: str
    demo_password: str
    drawn_password: str | None
    """The seeds' password when it was drawn in this very start, to be printed."""
    bell: Bell
    """What wakes the workers; a server hangs its own on it."""
    patience: pacing.Patience
    """What everybody waits with; a process that ends says so here."""
    requests: pacing.Gathering[Request]
    """Takes the requests that are answered to the journal, a moment later."""
    seen: pacing.Gathering[tuple[str, datetime]]
    """Takes likewise that sessions are in use."""
    folder: DataFolder
    health: Health
    """Why the portal may be of no use just now."""

    @property
    def open_to_the_network(self) -> bool:
        """Tell whether other machines can log in with a password that everybody knows."""
        return bool(self.demo_password) and not is_loopback(self.settings.host)

    def begin(self) -> None:
        """Start where an earlier process left off: as the only one, unless others may be there."""
        with self.folder.cleaning() as alone:
            (take_over if alone else join)(self.desk)

    def free(self, process: int) -> None:
        """Let go of what a process of this machine had in hand, which is no more."""
        self.desk.stores.agenda.free_all(process_name(process))

    def log_in(self, account_id: str, password: str) -> Account | None:
        """Return the account, or None when identifier and password do not agree."""
        return log_in(self.desk, account_id, password, self.demo_password)

    def knock(self, account_id: str, password: str, source: str) -> Account | LoginRefusal:
        """Log in as a visitor of the pages does, who may be told to wait."""
        return knock(self.desk, account_id, password, source, self.demo_password)

    def has_demo_password(self, account: Account) -> bool:
        """Tell whether an account has the password that the login page shows."""
        return bool(self.demo_password) and is_open_secret(account, self.demo_password)


@dataclass(frozen=True, slots=True)
class Trial:
    """A desk at which a deposit leaves no trace, and the scratch account that it is filed under."""

    desk: Desk
    account: Account


@contextmanager
def assemble(settings: Settings) -> Iterator[Portal]:
    """Put a portal together on its data folder, filled with the seeds when it is new.

    Raises StorageError, and changes nothing, where folder and database are not in order.
    """
    with ExitStack() as scratch:
        folder = settings.data or scratch.enter_context(temporary_folder())
        kept = settings.data is not None
        data = _data_folder(folder, settings)
        data.prepare()
        make_private(folder)
        engine = _opened(data, settings, durable=kept)
        try:
            stores = stores_on(engine, folder, settings, durable=kept, require=data.require)
            bell, patience, beats = Bell(), pacing.Patience(), _beats(settings)
            health = Health(data, engine)
            desk = _desk(stores, bell, patience, beats, settings)
            desk = replace(
                desk, circumstances=replace(desk.circumstances, require_storage=health.require)
            )
            with data.starting(), one_start_at_a_time(engine):
                new = stores.worlds.named(DEFAULT_WORLD) is None
                known = [] if new or not settings.public else worlds_with_the_known_password(desk)
                drawn = secret() if settings.public and (new or known) else None
                seed(desk.stores, desk.seeds, drawn or DEMO_PASSWORD)
                for world in known:
                    replace_seed_password(desk, world, drawn or secret())
                key = _secret_key(folder)
            make_files_private(folder)
            shown = DEMO_PASSWORD if not settings.public and (new or _is_demo(desk)) else ""
            requests = pacing.Gathering(stores.journal.keep)
            seen = pacing.Gathering(stores.sessions.see)
            try:
                yield Portal(
                    desk, settings, key, shown, drawn, bell, patience, requests, seen, data, health
                )
            finally:
                beats.end()
                requests.end()
                seen.end()
        finally:
            with data.closing() as last:
                let_no_more_begin(engine)
                if last and checkpoint(engine):
                    data.closed()
                engine.dispose()


def _data_folder(folder: Path, settings: Settings) -> DataFolder:
    if settings.database:
        return DataFolder(folder, None, without_password(settings.database))
    return DataFolder(folder, folder / DATABASE_FILE, str(folder / DATABASE_FILE))


def _opened(data: DataFolder, settings: Settings, *, durable: bool) -> Database:
    """Open the database of a folder, when it is the one that belongs with it, and mark both."""
    with data.opening() as alone:
        accept = partial(data.accept, alone=alone)
        engine = (
            open_postgresql(settings.database, accept, busy=settings.busy)
            if settings.database
            else open_database(
                data.path / DATABASE_FILE, durable=durable, busy=settings.busy, accept=accept
            )
        )
        try:
            identity = identify(engine, data.identity)
            opening = 1 + secrets.randbelow(2**31 - 1) if alone and durable else 0
            data.settle(identity, opening=opening)
            if opening and number(engine, opening):
                data.numbered()
        except BaseException:
            engine.dispose()
            raise
    return engine


@contextmanager
def assemble_check(settings: Settings, *, fresh: bool = False) -> Iterator[Trial]:
    """Put together what ``check`` needs: the data folder to read, a scratch one to write.

    Without a data folder, or in one that holds no portal yet, it reads the seeds alone.
    ``fresh`` leaves out the passages that are stored.
    """
    with temporary_folder("mockportal-check-") as scratch:
        folder = scratch
        own = open_database(folder / DATABASE_FILE)
        try:
            base = _to_read(settings) or own
        except OSError:
            own.dispose()
            raise
        beats = _beats(settings)
        try:
            mine = stores_on(own, folder, settings)
            theirs = mine if base is own else stores_on(base, folder, settings)
            if base is own:
                world = seed(mine, resources.seeds_folder())
            else:
                world = mine.worlds.create(DEFAULT_WORLD, theirs.worlds.named(DEFAULT_WORLD))
            gazetteer = theirs.references.gazetteer()
            mixed = replace(
                theirs,
                registry=mine.registry
                if base is own
                else OverlayRegistry(RegistryStore(base), RegistryStore(own)),
                references=mine.references
                if base is own
                else OverlayReferences(
                    ReferenceStore(base, gazetteer), ReferenceStore(own, gazetteer)
                ),
                passages=mine.passages
                if fresh or base is own
                else OverlayPassages(base, PassageStore(own)),
                deposits=mine.deposits,
                agenda=mine.agenda,
                files=mine.files,
                faults=mine.faults,
            )
            yield Trial(
                _desk(mixed, Bell(), pacing.Patience(), beats, settings),
                _scratch_account(mine, world),
            )
        finally:
            beats.end()
            base.dispose()
            own.dispose()


def _to_read(settings: Settings) -> Database | None:
    """Return the database of a portal that is there already, None where there is none."""
    if settings.database:
        return open_postgresql_read_only(settings.database)
    kept = settings.data / DATABASE_FILE if settings.data else None
    return open_read_only(kept) if kept and kept.exists() else None


def _beats(settings: Settings) -> pacing.Beats:
    return pacing.Beats(settings.lease / 4)


def _desk(
    stores: Stores,
    bell: Bell,
    patience: pacing.Patience,
    beats: pacing.Beats,
    settings: Settings,
) -> Desk:
    return Desk(
        stores,
        circumstances_of(stores, bell, patience, beats, settings),
        _policy(settings),
        {version: resources.schema_path(version) for version in resources.schema_versions()},
        resources.seeds_folder(),
    )


def _scratch_account(stores: Stores, world: WorldId) -> Account:
    organisation = stores.organisations.add(world, Kind.DEPOSITOR, "check", ClientId("--------"))
    made = NewAccount(id=AccountId("---------"), password_hash="")  # nobody logs in with it
    return stores.organisations.add_account(organisation.id, made)


def _policy(settings: Settings) -> Policy:
    return Policy(
        schema=settings.schema,
        any_sender=settings.any_sender,
        open_registry=settings.open_registry,
        open_certifications=settings.open_certifications,
        most_bytes=settings.max_upload,
        most_passages=settings.max_passages,
        empty_lists=EmptyLists(settings.empty_lists),
        receipts=ReceiptYear(settings.receipts),
        processing=processing_of(settings.processing) or Processing(),
        keeping=Keeping(settings.keep_days, settings.keep_deposits),
        public=settings.public,
        stall=settings.stall,
    )


def _is_demo(desk: Desk) -> bool:
    """Tell whether the seeds' accounts still have the password that everybody knows."""
    return log_in(desk, DEMO_ACCOUNT, DEMO_PASSWORD) is not None


def _secret_key(folder: Path) -> str:
    """Return what signs the sessions; kept, so that a restart logs nobody out.

    It is there whole or not at all: whoever is killed over it leaves no portal without a key.
    """
    path = folder / "secret-key"
    if not path.exists() or not path.stat().st_size:
        unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.unfinished")
        unfinished.touch(mode=0o600)
        unfinished.write_text(secrets.token_hex(32), encoding="ascii")
        unfinished.replace(path)
    return path.read_text(encoding="ascii")

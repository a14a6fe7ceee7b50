"""Every store there is, on one database and one folder."""

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from mockportal import pacing, resources
from mockportal.circumstances import clock_reader
from mockportal.domain.places import Gazetteer
from mockportal.journeys.ports import Stores
from mockportal.settings import Settings
from mockportal.storage.accounts import AccountStore
from mockportal.storage.agenda import AgendaStore
from mockportal.storage.attempts import AttemptStore
from mockportal.storage.database import Database
from mockportal.storage.declarations import DeclarationStore
from mockportal.storage.deposits import DepositStore
from mockportal.storage.directory import DirectoryStore
from mockportal.storage.exercised import ExercisedStore
from mockportal.storage.faults import FaultStore
from mockportal.storage.figures import FigureStore
from mockportal.storage.files import FileStore
from mockportal.storage.folder import FILES
from mockportal.storage.journal import JournalStore
from mockportal.storage.journalist import Journalist
from mockportal.storage.links import LinkStore
from mockportal.storage.organisations import OrganisationStore
from mockportal.storage.outbox import OutboxStore
from mockportal.storage.passages import PassageStore
from mockportal.storage.passports import PassportStore
from mockportal.storage.recorded import (
    RecordedDeposits,
    RecordedOutbox,
    RecordedPassages,
    RecordedWorlds,
)
from mockportal.storage.recorded_people import (
    RecordedOrganisations,
    RecordedReferences,
    RecordedRegistry,
)
from mockportal.storage.references import ReferenceStore
from mockportal.storage.registry import RegistryStore
from mockportal.storage.retention import RetentionStore
from mockportal.storage.sessions import SessionStore
from mockportal.storage.worlds import WorldStore
from mockportal.wire.tables_csv import read_gazetteer


def process_name(number: int) -> str:
    """Return how a process of this machine is named where it holds a deposit."""
    return f"{socket.gethostname()[:40]}:{number}"


def stores_on(
    engine: Database,
    folder: Path,
    settings: Settings,
    *,
    durable: bool = False,
    require: Callable[[], None] = lambda: None,
) -> Stores:
    """Return all stores on a database; those of a journal's changes note them there.

    ``require`` raises when the folder is not what it was.
    """
    agenda = AgendaStore(
        engine,
        owner=f"{process_name(os.getpid())}/{secrets.token_hex(4)}",
        real=pacing.microseconds,
        lease=int(settings.lease * 1_000_000),
    )
    journal = JournalStore(engine, pacing.microseconds)
    plain = Stores(
        worlds=WorldStore(engine),
        organisations=OrganisationStore(engine),
        registry=RegistryStore(engine),
        references=ReferenceStore(engine, _gazetteer()),
        passages=PassageStore(engine),
        deposits=DepositStore(engine, any_sender=settings.any_sender),
        agenda=agenda,
        files=FileStore(folder / FILES, durable=durable, require=require),
        retention=RetentionStore(engine, agenda.lease, pacing.microseconds),
        accounts=AccountStore(engine),
        links=LinkStore(engine),
        attempts=AttemptStore(engine),
        sessions=SessionStore(engine),
        outbox=OutboxStore(engine),
        figures=FigureStore(engine, any_sender=settings.any_sender),
        passports=PassportStore(engine),
        directory=DirectoryStore(engine),
        faults=FaultStore(engine),
        exercised=ExercisedStore(engine),
        journal=journal,
        declarations=DeclarationStore(engine),
    )
    journalist = Journalist(journal, clock_reader(plain.worlds))
    return replace(
        plain,
        worlds=RecordedWorlds(engine, journalist),
        organisations=RecordedOrganisations(engine, journalist),
        registry=RecordedRegistry(engine, journalist),
        references=RecordedReferences(engine, plain.references.gazetteer(), journalist),
        passages=RecordedPassages(engine, journalist),
        deposits=RecordedDeposits(engine, journalist, any_sender=settings.any_sender),
        outbox=RecordedOutbox(engine, journalist),
        unrecorded=plain,
    )


def _gazetteer() -> Gazetteer:
    seeds = resources.seeds_folder()
    return read_gazetteer(seeds / "communes.csv", seeds / "countries.csv")

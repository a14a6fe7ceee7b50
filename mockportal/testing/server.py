"""A portal served from a thread of this process, with a worker beside it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from mockportal import resources
from mockportal.assembly import Portal, assemble
from mockportal.domain.identifiers import AccountId
from mockportal.domain.worlds import DEFAULT_WORLD, WorldRefusal
from mockportal.journeys.seeding import seeds_in
from mockportal.journeys.worlds import MadeAccount, MadeWorld, create_world, delete_world
from mockportal.settings import Settings
from mockportal.testing.types import Certifications, Registry, SchemaVersion, Sender, check_choice
from mockportal.testing.world import MockPortal, processing_in_words
from mockportal.web.serving import HttpServer
from mockportal.workers import Alarm, WorkerThread

_HOST = "127.0.0.1"
_TO_END = 10.0
"""Seconds after which a thread that does not end is left to the end of the process."""


class PortalServer:
    """A portal on a free port of this machine: a context manager, or ``start`` and ``stop``.

    The parameters are the options of ``mockportal serve``. Without a ``data`` folder it keeps
    nothing. Nobody else may have the folder open. ``open`` is ``registry``, ``sender`` and
    ``certifications`` at once.
    """

    def __init__(  # noqa: PLR0913  # the options of the command, each with its default
        self,
        *,
        data: Path | None = None,
        port: int = 0,
        schema: SchemaVersion = "1.1.2",
        registry: Registry = "strict",
        sender: Sender = "strict",
        certifications: Certifications = "strict",
        open: bool = False,  # noqa: A002  # the option's own name
        processing: str = "immediate",
        seed: int | None = None,
        label: str = "",
    ) -> None:
        """Keep the settings; raise ValueError for one that says nothing."""
        check_choice("schema", schema, resources.schema_versions())
        check_choice("registry", registry, ("strict", "open"))
        check_choice("sender", sender, ("strict", "any"))
        check_choice("certifications", certifications, ("strict", "open"))
        processing_in_words(processing)
        self._settings = Settings(
            data=data,
            schema=schema,
            open_registry=open or registry == "open",
            any_sender=open or sender == "any",
            open_certifications=open or certifications == "open",
            processing=processing,
            seed=seed,
            label=label,
            host=_HOST,
        )
        self._port = port
        self._running = ExitStack()
        self._portal: Portal | None = None
        self._url = ""
        self._numbers = count(1)

    def __repr__(self) -> str:
        """Return where it is served."""
        return f"<PortalServer {self._url or 'not served'}>"

    def __enter__(self) -> Self:
        """Start it."""
        return self.start()

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Stop it."""
        self.stop()

    def start(self) -> Self:
        """Serve; what ``url`` names answers from now on. Raises OSError when a port is taken."""
        if self._portal is not None:
            raise RuntimeError("this portal is served already")
        with ExitStack() as running:
            portal = running.enter_context(assemble(self._settings))
            portal.begin()
            alarm = Alarm()
            alarm.at_the_end = portal.patience.end
            running.enter_context(WorkerThread(portal.desk, alarm))
            portal.bell.hang(alarm.ring)
            server = HttpServer(portal, _HOST, self._port)
            thread = Thread(target=server.run, name="portal", daemon=True)
            thread.start()
            running.callback(thread.join, _TO_END)
            running.callback(server.stop)
            self._portal, self._url = portal, server.url
            self._running = running.pop_all()
        return self

    def stop(self) -> None:
        """End it: its threads are gone, and so is all that it kept if it had no folder."""
        self._portal, self._url = None, ""
        self._running.close()

    @property
    def url(self) -> str:
        """Return where it is served, such as ``http://127.0.0.1:49152``."""
        if not self._url:
            raise RuntimeError("this portal is not served: start it first")
        return self._url

    @property
    def default(self) -> MockPortal:
        """Return the world that is always there, in which the seeds' accounts have their names."""
        desk = self._served.desk
        world = desk.stores.worlds.named(DEFAULT_WORLD)
        if world is None:
            raise LookupError("the default world vanished")
        accounts = (
            desk.stores.organisations.account(AccountId(one))
            for one in seeds_in(desk.seeds).account_ids
        )
        shown = self._served.demo_password
        made = [
            MadeAccount(one.id, one.id, one.organisation, shown or None) for one in accounts if one
        ]
        return MockPortal(self.url, desk, MadeWorld(world, DEFAULT_WORLD, made), self._flush)

    @contextmanager
    def world(
        self, name: str | None = None, *, seeds: bool = True, processing: str | None = None
    ) -> Iterator[MockPortal]:
        """Make a world, a copy of the seeds or empty, which goes when the block ends.

        Raises ValueError when there is one of that name.
        """
        desk = self._served.desk
        named = name or f"test-{next(self._numbers)}"
        made = create_world(desk, named, seeds=seeds)
        if isinstance(made, WorldRefusal):
            raise ValueError(f"world {named!r}: {made.value}")
        try:
            portal = MockPortal(self.url, desk, made, self._flush)
            if processing is not None:
                portal.processing = processing
            yield portal
        finally:
            self._flush()  # what is noted later might fall to a world of the same number
            delete_world(desk, named)

    def _flush(self) -> None:
        """Have all requests that were answered in the journal."""
        self._served.requests.flush()

    @property
    def _served(self) -> Portal:
        if self._portal is None:
            raise RuntimeError("this portal is not served: start it first")
        return self._portal

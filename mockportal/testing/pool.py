"""Portals for a session of tests: one server for each setting that is asked for."""

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from mockportal.testing.server import PortalServer


class ServerPool:
    """Served portals, each started when it is first wanted and stopped at the end."""

    def __init__(self) -> None:
        """Serve none at first."""
        self._running = ExitStack()
        self._servers: dict[tuple[str, ...], PortalServer] = {}

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(
        self, _t: type[BaseException] | None, _e: BaseException | None, _b: TracebackType | None
    ) -> None:
        """Stop them all."""
        self._running.close()

    def of(self, wanted: Mapping[str, Any]) -> PortalServer:
        """Return the portal of these settings: ``schema``, ``registry``, ``sender``, ``seed``.

        When the second control runs is a setting of each world. Raises ValueError for a setting
        that says nothing.
        """
        key = tuple(str(wanted[name]) for name in ("schema", "registry", "sender", "seed"))
        if key not in self._servers:
            schema, registry, sender, seed = key
            server = PortalServer(
                schema=schema,
                registry=registry,  # type: ignore[arg-type]  # the server tells what it does not know
                sender=sender,  # type: ignore[arg-type]  # likewise
                seed=int(seed) if seed else None,
            )
            self._servers[key] = self._running.enter_context(server)
        return self._servers[key]

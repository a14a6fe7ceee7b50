"""Portals for a session of tests: one server for each setting that is asked for."""

from collections.abc import Mapping
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

from mockportal.testing.server import PortalServer

_OF_THE_SERVER = ("schema", "registry", "sender", "seed", "certifications", "open")
_ON, _OFF = ("true", "1", "yes", "on"), ("false", "0", "no", "off", "")


def _is_on(said: str) -> bool:
    """Return what a switch says, given as a bool or in pytest's configuration."""
    if said.lower() not in (*_ON, *_OFF):
        raise ValueError(f"open is {said!r}, neither true nor false")
    return said.lower() in _ON


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
        """Return the portal of these settings: those of ``_OF_THE_SERVER``.

        When the second control runs is a setting of each world. Raises ValueError for a setting
        that says nothing.
        """
        key = tuple(str(wanted[name]) for name in _OF_THE_SERVER)
        if key not in self._servers:
            schema, registry, sender, seed, certifications, open_ = key
            server = PortalServer(
                schema=schema,  # type: ignore[arg-type]  # the server tells what it does not know
                registry=registry,  # type: ignore[arg-type]  # likewise
                sender=sender,  # type: ignore[arg-type]  # likewise
                seed=int(seed) if seed else None,
                certifications=certifications,  # type: ignore[arg-type]  # likewise
                open=_is_on(open_),
            )
            self._servers[key] = self._running.enter_context(server)
        return self._servers[key]

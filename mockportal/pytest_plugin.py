"""A pytest plugin: the fixture ``mock_portal``, a portal of its own for each test.

``mock_portal_module`` and ``mock_portal_session`` are the same for a module and for a session.

pytest imports this before anything is measured and whether or not it is used: all that costs time
is imported by the fixtures.
"""

from collections.abc import Generator, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from mockportal.testing import MockPortal
    from mockportal.testing.pool import ServerPool

_SETTINGS = {
    "schema": ("1.1.2", "the version of the flux's schema"),
    "registry": ("strict", "strict, or open: unknown people are added on first sight"),
    "sender": ("strict", "strict, or any: every émetteur, certificateur and contract is let in"),
    "certifications": ("strict", "strict, or open: unknown ones are added on first sight"),
    "open": ("false", "true: registry, certifications and sender are all open"),
    "processing": ("immediate", "when the second control runs, as 'mockportal serve' takes it"),
    "seed": ("1", "a test draws the same identifiers each time; empty: by chance"),
}
_MARKER = "mock_portal"
_WORLDS = ("seeds", "empty")
_portal = pytest.StashKey["MockPortal"]()
_folder = pytest.StashKey[Path]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option and the settings."""
    parser.getgroup("mockportal").addoption(
        "--mock-portal-artifacts",
        metavar="DIR",
        type=Path,
        help="where a failed test leaves its fluxes, their receipts and what explains them; "
        "else in pytest's own temporary folder",
    )
    for name, (default, said) in _SETTINGS.items():
        parser.addini(f"mock_portal_{name}", f"mock_portal: {said}", default=default)


def pytest_configure(config: pytest.Config) -> None:
    """Say what the marker is for."""
    config.addinivalue_line(
        "markers",
        f"{_MARKER}({'=, '.join(_SETTINGS)}=, world=): how the portal of this test "
        "differs from the settings mock_portal_*; world='empty' begins without the seeds",
    )


@pytest.fixture(scope="session")
def mock_portal_servers() -> Iterator["ServerPool"]:
    """Yield what serves portals: one for each setting that tests ask for, kept for the session."""
    from mockportal.testing.pool import ServerPool  # noqa: PLC0415  # see the top of the file

    with ServerPool() as pool:
        yield pool


@pytest.fixture
def mock_portal(
    request: pytest.FixtureRequest,
    mock_portal_servers: "ServerPool",
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator["MockPortal"]:
    """Yield a portal for this test alone: the seeds' accounts and people, no deposit."""
    yield from _portal_for(request, mock_portal_servers, tmp_path_factory)


@pytest.fixture(scope="module")
def mock_portal_module(
    request: pytest.FixtureRequest,
    mock_portal_servers: "ServerPool",
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator["MockPortal"]:
    """Yield a portal that the tests of a module share; its marker is the module's pytestmark."""
    yield from _portal_for(request, mock_portal_servers, tmp_path_factory)


@pytest.fixture(scope="session")
def mock_portal_session(
    request: pytest.FixtureRequest,
    mock_portal_servers: "ServerPool",
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator["MockPortal"]:
    """Yield a portal that all tests of a session share, as the settings mock_portal_* say."""
    yield from _portal_for(request, mock_portal_servers, tmp_path_factory)


def _portal_for(
    request: pytest.FixtureRequest, servers: "ServerPool", folders: pytest.TempPathFactory
) -> Iterator["MockPortal"]:
    """Yield a portal that lives as long as what asks for it: a test, a module or a session."""
    node: pytest.Item | pytest.Collector = request.node
    wanted = _wanted(request)
    seeds = wanted.pop("world") != "empty"
    try:
        server = servers.of(wanted)
        name = f"test-{blake2b(node.nodeid.encode(), digest_size=8).hexdigest()}"
        made = server.world(name, seeds=seeds, processing=str(wanted["processing"]))
        portal = made.__enter__()
    except ValueError as error:
        raise pytest.UsageError(f"{_MARKER}: {error}") from None
    artifacts: Path | None = request.config.getoption("--mock-portal-artifacts")
    node.stash[_portal] = portal
    node.stash[_folder] = artifacts or folders.getbasetemp() / "mock-portal"
    try:
        yield portal
    finally:
        made.__exit__(None, None, None)


def _wanted(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the settings of a test: its markers', the nearest first, else those of the session."""
    wanted: dict[str, Any] = {
        name: request.config.getini(f"mock_portal_{name}") for name in _SETTINGS
    }
    wanted["world"] = "seeds"
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        names = sorted(marker.kwargs.keys() - wanted.keys())
        unknown = ", ".join([*map(repr, marker.args), *names])
        if unknown:
            raise pytest.UsageError(f"mark {_MARKER} takes {', '.join(wanted)}: not {unknown}")
        wanted |= marker.kwargs
    if wanted["world"] not in _WORLDS:
        raise pytest.UsageError(
            f"{_MARKER}: world is {wanted['world']!r}, none of {', '.join(_WORLDS)}"
        )
    seed = str("" if wanted["seed"] is None else wanted["seed"])
    if seed and not (seed.isascii() and seed.isdigit()):
        raise pytest.UsageError(f"{_MARKER}: seed is {seed!r}, neither a number nor empty")
    wanted["seed"] = seed
    return wanted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave the deposits of a test that failed as files, and say where."""
    report = yield
    if report.failed and call.when == "call":
        folders = [
            folder
            for node in item.listchain()
            if isinstance(node, pytest.Item | pytest.Collector)
            for folder in _left(node, item)
        ]
        if folders:
            report.sections.append(("mock_portal: deposits", "\n".join(folders)))
    return report


def _left(node: pytest.Item | pytest.Collector, item: pytest.Item) -> list[str]:
    """Leave the deposits of the portal of a node, where the test uses it; return their folders."""
    portal = node.stash.get(_portal, None)
    if portal is None or not (node is item or _uses(item, node)):
        return []
    from mockportal.testing.leaving import leave  # noqa: PLC0415  # see the top of the file

    shared = "" if node is item else f"-{type(node).__name__.lower()}"
    left = leave(portal, node.stash[_folder], item.nodeid + shared)
    return [str(folder) for folder in left]


def _uses(item: pytest.Item, node: pytest.Item | pytest.Collector) -> bool:
    name = "mock_portal_module" if isinstance(node, pytest.Module) else "mock_portal_session"
    return name in getattr(item, "fixturenames", ())

"""A pytest plugin: the fixture ``mock_portal``, a portal of its own for each test.

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
    "processing": ("immediate", "when the second control runs, as 'mockportal serve' takes it"),
    "seed": ("1", "a test draws the same identifiers each time; empty: by chance"),
}
_MARKER = "mock_portal"
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
        f"{_MARKER}(schema=, registry=, sender=, processing=, seed=, world=): how the portal of "
        "this test differs from the settings mock_portal_*; world='empty' begins without the seeds",
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
    node: pytest.Item = request.node
    wanted = _wanted(request)
    seeds = wanted.pop("world", "seeds") != "empty"
    server = mock_portal_servers.of(wanted)
    name = f"test-{blake2b(node.nodeid.encode(), digest_size=8).hexdigest()}"
    with server.world(name, seeds=seeds, processing=wanted["processing"]) as portal:
        node.stash[_portal] = portal
        told: Path | None = request.config.getoption("--mock-portal-artifacts")
        node.stash[_folder] = told or tmp_path_factory.getbasetemp() / "mock-portal"
        yield portal


def _wanted(request: pytest.FixtureRequest) -> dict[str, Any]:
    """Return the settings of a test: its markers', the nearest first, else those of the session."""
    wanted: dict[str, Any] = {
        name: request.config.getini(f"mock_portal_{name}") for name in _SETTINGS
    }
    for marker in reversed(list(request.node.iter_markers(_MARKER))):
        unknown = set(marker.kwargs) - set(_SETTINGS) - {"world"}
        if unknown or marker.args:
            raise pytest.UsageError(f"mark {_MARKER} takes {', '.join(_SETTINGS)} and world")
        wanted |= marker.kwargs
    return wanted


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Leave the deposits of a test that failed as files, and say where."""
    report = yield
    portal = item.stash.get(_portal, None)
    if portal is not None and report.failed and call.when == "call":
        from mockportal.testing.leaving import leave  # noqa: PLC0415  # see the top of the file

        left = leave(portal, item.stash[_folder], item.nodeid)
        if left:
            said = "\n".join(str(one) for one in left)
            report.sections.append(("mock_portal: deposits", said))
    return report

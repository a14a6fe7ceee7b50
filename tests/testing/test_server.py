"""A portal served from a thread."""

import socket
import threading
import urllib.request
from pathlib import Path

import pytest

from mockportal.testing import PortalServer, UnreachableError
from tests.fluxes import a_flux_xml


def answer(url: str) -> str:
    with urllib.request.urlopen(f"{url}/readyz", timeout=10) as found:  # noqa: S310  # our own
        return str(found.read().decode())


def test_a_portal_answers_as_long_as_it_is_served() -> None:
    with PortalServer() as server:
        url = server.url
        assert answer(url) == "ready\n"

    with pytest.raises(OSError, match=r"refused|reset"):
        answer(url)


def test_nothing_runs_on_when_it_has_stopped() -> None:
    before = set(threading.enumerate())
    server = PortalServer().start()
    with server.world() as portal:
        portal.deposit(a_flux_xml())

    server.stop()

    assert set(threading.enumerate()) <= before


def test_two_portals_are_served_side_by_side() -> None:
    with PortalServer() as one, PortalServer() as other:
        assert answer(one.url) == answer(other.url) == "ready\n"
        assert one.url != other.url


def test_a_portal_can_be_started_again_but_not_twice() -> None:
    server = PortalServer().start()
    with pytest.raises(RuntimeError, match="already"):
        server.start()
    server.stop()

    with server:
        assert answer(server.url) == "ready\n"


def test_a_portal_that_is_not_started_says_so() -> None:
    with pytest.raises(RuntimeError, match="start it first"):
        _ = PortalServer().url


def test_a_port_that_is_taken_leaves_nothing_behind() -> None:
    before = set(threading.enumerate())
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        PortalServer(port=taken.getsockname()[1]).start()

    assert set(threading.enumerate()) <= before


@pytest.mark.parametrize(
    ("setting", "value"),
    [("schema", "2.0"), ("registry", "shut"), ("sender", "none"), ("processing", "tomorrow")],
)
def test_a_setting_that_says_nothing_is_refused(setting: str, value: str) -> None:
    with pytest.raises(ValueError, match=value):
        PortalServer(**{setting: value})  # type: ignore[arg-type]  # wrong on purpose


def test_what_was_deposited_is_there_when_the_folder_is_served_again(tmp_path: Path) -> None:
    with PortalServer(data=tmp_path) as server:
        receipt = server.default.deposit(a_flux_xml()).receipt

    with PortalServer(data=tmp_path) as server:
        (deposit,) = server.default.deposits

        assert deposit.receipt == receipt


def test_in_the_default_world_the_accounts_have_the_names_of_the_seeds(
    server: PortalServer,
) -> None:
    assert server.default.account.id == "CERT00001"
    assert server.default.depositor.id == "DEPO00001"
    assert server.default.account.contract_id == "MCFCER100001"


def test_a_world_goes_with_its_block(server: PortalServer) -> None:
    with server.world() as portal:
        account, deposit = portal.account, portal.deposit(a_flux_xml())

    with pytest.raises(LookupError, match="went with its world"):
        _ = deposit.status
    with server.world() as other, pytest.raises(Exception, match="401"):
        other.deposit(a_flux_xml(), account=account)


def test_a_world_of_a_name_that_is_taken_is_refused(server: PortalServer) -> None:
    with server.world("one"), pytest.raises(ValueError, match="already"), server.world("one"):
        raise AssertionError("there are two")


def test_a_world_may_begin_without_the_seeds(server: PortalServer) -> None:
    with server.world(seeds=False) as portal:
        assert len(portal.people) == 0
        with pytest.raises(LookupError, match="without the seeds"):
            _ = portal.account


def test_a_deposit_to_a_portal_that_has_stopped_tells_so() -> None:
    server = PortalServer().start()
    portal = server.default
    server.stop()

    with pytest.raises(UnreachableError, match="does not answer"):
        portal.deposit(a_flux_xml())

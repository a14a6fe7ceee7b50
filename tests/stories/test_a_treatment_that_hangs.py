"""A treatment that hangs, or kills its worker, ends as « non traité »; the others go on."""

import json
import os
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.fluxes import a_flux_xml, a_passage_xml
from tests.stories.served import ServedPortal, comes_true
from tests.stories.test_the_end_of_a_portal import ask, deposit

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes")


def failures(portal: ServedPortal) -> list[dict[str, Any]]:
    return list(ask(portal, "GET", "/_mock/state")["failed"])


def counted(data: Path) -> tuple[int, int]:
    """Return the most attempts, and the most ends of the portal, that a deposit has seen."""
    wanted = "SELECT max(attempts), max(interruptions) FROM deposits"
    with closing(sqlite3.connect(data / "portal.db")) as connection:
        attempts, interruptions = connection.execute(wanted).fetchone()
    return int(attempts), int(interruptions)


def tried(data: Path, attempts: int, interruptions: int) -> bool:
    return counted(data) == (attempts, interruptions)


@pytest.mark.slow
def test_a_treatment_that_hangs_ends_and_holds_nobody_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MOCKPORTAL_STALL", "1")
    with ServedPortal(tmp_path, "--processing", "manual") as portal:
        hangs = deposit(portal, a_flux_xml(a_passage_xml("T-1")))
        kept = tmp_path / "files" / hangs / "deposit.xml"
        content = kept.read_bytes()
        kept.unlink()
        os.mkfifo(kept)  # whoever opens it waits for somebody who writes
        behind = deposit(portal, a_flux_xml(a_passage_xml("T-2")))

        ask(portal, "POST", "/_mock/process", b"{}")

        (failed,) = failures(portal)
        assert failed["id"] == hangs
        assert "s'est interrompu" in failed["reason"]
        assert ask(portal, "GET", f"/api/v1/deposits/{behind}")["status"] == "partly_rejected"
        assert ask(portal, "GET", f"/api/v1/deposits/{hangs}")["status"] == "failed"

        kept.unlink()
        kept.write_bytes(content)
        answer = ask(portal, "POST", f"/_mock/deposits/{hangs}/retry", b"{}")
        assert answer == {"status": "partly_rejected", "reason": None}
        assert failures(portal) == []


@pytest.mark.slow
def test_ends_of_the_worker_are_attempts_and_ends_of_the_whole_portal_are_not(
    tmp_path: Path,
) -> None:
    with ServedPortal(tmp_path, "--processing", "manual") as portal:
        hangs = deposit(portal, a_flux_xml(a_passage_xml("T-1")))
        kept = tmp_path / "files" / hangs / "deposit.xml"
        kept.unlink()
        os.mkfifo(kept)
        ask(portal, "PUT", "/_mock/processing", json.dumps({"mode": "immediate"}).encode())
        with closing(sqlite3.connect(tmp_path / "portal.db")) as connection:
            connection.execute("UPDATE deposits SET due_at = 0")
            connection.commit()

        for whole in range(3):
            assert comes_true(partial(tried, tmp_path, 1, whole))
            if whole < 2:
                portal.kill()
                portal.start()
        for number in range(1, 6):
            assert comes_true(partial(tried, tmp_path, number, 2))
            portal.kill_the_worker()

        assert comes_true(lambda: failures(portal) != [])

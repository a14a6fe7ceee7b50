"""SIGTERM in the midst of a first control ends the portal in time; the next start tidies up."""

import time
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from threading import Thread

import pytest

from tests.benchmarks.responsiveness import SHAPES, upload, write
from tests.stories.served import ServedPortal, comes_true
from tests.stories.test_the_end_of_a_portal import SECONDS, ask

pytestmark = pytest.mark.slow
_PATIENCE = 60.0
_KEPT = {"deposit.xml", "receipt.xml", "regular.xml", "places.json", "leaves.txt"}


@pytest.mark.parametrize(("shape", "size"), [("comments", 40_000_000), ("deep", 10_000_000)])
def test_a_portal_ends_in_the_midst_of_a_first_control(
    tmp_path: Path, shape: str, size: int
) -> None:
    data = tmp_path / "data"
    file = tmp_path / f"{shape}.xml"
    write(SHAPES[shape](size), file)

    def send() -> None:
        with suppress(OSError, HTTPException):
            upload(portal, file)

    with ServedPortal(data, "--processing", "manual") as portal:
        sending = Thread(target=send)
        sending.start()
        assert comes_true(lambda: any(data.glob("files/*/deposit.xml")))
        time.sleep(0.3)
        (kept,) = data.glob("files/*/deposit.xml")

        status, seconds = portal.end()

        sending.join(_PATIENCE)
        assert status == 0
        assert seconds < SECONDS
        portal.start()
        number = kept.parent.name

        def over() -> bool:
            deposit = ask(portal, "GET", f"/api/v1/deposits/{number}")
            return deposit["flux_id"] is not None or deposit["status"] != "processing"

        assert comes_true(over)
        assert comes_true(lambda: {path.name for path in data.glob("files/*/*")} <= _KEPT)

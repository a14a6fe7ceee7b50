"""The memory of a real ``mockportal serve`` while it treats a file: the PSS of all its processes.

PSS counts a page that several processes share once, a part for each. Linux only.
"""

import subprocess
import sys
import threading
from json import loads
from pathlib import Path

from mockportal.client import ApiClient
from mockportal.journeys.seeding import DEMO_PASSWORD

_PAUSE = 0.1
_PATIENCE = 60.0


def peak_while_treating(flux: Path, data: Path) -> float:
    """Deposit a file at a portal served on a data folder; return the highest sum in bytes."""
    command = [sys.executable, "-m", "mockportal", "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as portal:
        assert portal.stdout is not None
        url = loads(portal.stdout.readline())["url"]
        over, peaks = threading.Event(), [0.0]

        def watch() -> None:
            while not over.wait(_PAUSE):
                peaks.append(sum(map(pss, family(portal.pid))))

        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            client = ApiClient(url, "CERT00001", DEMO_PASSWORD)
            with flux.open("rb") as content:
                deposit = client.deposit(content, flux.name)
            while deposit["status"] == "processing":
                deposit = client.look(deposit["id"], wait=_PATIENCE)
        finally:
            over.set()
            watcher.join()
            portal.terminate()
            portal.wait(_PATIENCE)
    return max(peaks)


def family(root: int) -> set[int]:
    """Return a process and all that descend from it."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        parents[int(status.parent.name)] = int(fields[1])
    family = {root}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def pss(process: int) -> float:
    """Return the PSS of a process in bytes; 0 when it has just ended."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:  # it has just ended
        return 0
    return sum(float(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))

"""Measures of the first control alone: a good file, one late fault, very many faults.

Time is that of a warm process, from the recorded deposit to its errors and its receipt (for a good
file: to its outline and pieces); memory is the peak resident size of that process.
"""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from mockportal.assembly import assemble
from mockportal.domain.deposits import Refused
from mockportal.domain.identifiers import AccountId
from mockportal.domain.uploads import UploadRefusal
from mockportal.journeys.control import control_file
from mockportal.journeys.deposit import Upload, record
from mockportal.journeys.receipt import end_refused
from mockportal.settings import Settings

_SEX = b"<cpf:sexe>"
_WRONG = _SEX + b"H"


class Case(NamedTuple):
    """A file to measure."""

    name: str
    errors: int
    """How many errors its receipt must hold."""
    make: Callable[[Path, Path], None]
    """Writes the file from a good one."""


def _without_fault(good: Path, flux: Path) -> None:
    shutil.copy(good, flux)


def _with_a_late_fault(good: Path, flux: Path) -> None:
    shutil.copy(good, flux)
    with flux.open("r+b") as file:
        file.seek(-(1 << 16), 2)
        start, tail = file.tell(), file.read()
        file.seek(start + tail.rindex(_SEX))
        file.write(_WRONG)


def _with_many_faults(good: Path, flux: Path) -> None:
    with good.open("rb") as lines, flux.open("wb") as out:
        for line in lines:
            out.write(line.replace(_SEX + b"F", _WRONG))


CASES = (
    Case("first control, all good", 0, _without_fault),
    Case("the last passage wrong: errors, receipt", 2, _with_a_late_fault),
    Case("half of all passages wrong: the same", 100, _with_many_faults),
)


def controlled(flux: Path, data: Path) -> dict[str, float]:
    """Run the first control in this process; return the seconds, the peak in bytes, the errors."""
    with assemble(Settings(data=data)) as portal:
        desk = portal.desk
        account = desk.stores.organisations.account(AccountId("CERT00001"))
        if account is None:
            raise SystemExit("no CERT00001")
        with flux.open("rb") as content:
            deposit = record(desk, account, Upload(flux.name, content))
        if isinstance(deposit, UploadRefusal):
            raise SystemExit(deposit.worded())
        begun = time.perf_counter()
        checked = control_file(desk, deposit)
        errors = 0
        if isinstance(checked, Refused):
            errors = len(checked.errors)
            end_refused(desk, deposit, checked)
        seconds = time.perf_counter() - begun
    return {"seconds": seconds, "peak": peak_of_this_process(), "errors": errors}


def peak_of_this_process() -> float:
    """Return the peak resident size in bytes: Linux's own word, free of what the parent had."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return float(status.split("VmHWM:")[1].split()[0]) * 1024


def measured(case: Case, flux: Path, data: Path) -> dict[str, float]:
    """Measure a case in a process of its own."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks", "--control", flux, "--data", data],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    result: dict[str, float] = json.loads(told)
    if result["errors"] != case.errors:
        raise SystemExit(f"expected {case.errors} errors: {result}")
    return result

"""What a process gives back to the system; measured where glibc is, in processes of their own."""

import platform
import subprocess
import sys

import pytest

pytestmark = pytest.mark.skipif(
    platform.libc_ver()[0] != "glibc", reason="only glibc is told anything"
)
_MEASURE = """
from pathlib import Path
from mockportal.journeys.login import agrees, hashed
from mockportal.memory import give_back, keep_little

def held():
    told = Path("/proc/self/status").read_text()
    return int(told.partition("RssAnon:")[2].split()[0]) * 1024

"""


def bytes_printed_by(code: str) -> int:
    told = subprocess.run(
        [sys.executable, "-c", _MEASURE + code], check=True, capture_output=True, text=True
    )
    return int(told.stdout)


def test_a_login_leaves_nothing_of_its_megabytes_behind() -> None:
    grown = bytes_printed_by(
        "keep_little(); kept = hashed('secret'); before = held()\n"
        "agrees(kept, 'secret'), agrees(kept, 'wrong')\n"
        "print(held() - before)"
    )

    assert grown < 5_000_000


def test_what_is_free_in_pieces_is_given_back() -> None:
    given_back = bytes_printed_by(
        "pieces = [bytes(100_000) for _ in range(400)]; last = pieces[-1]; del pieces\n"
        "before = held(); give_back()\n"
        "print(before - held())"
    )

    assert given_back > 20_000_000

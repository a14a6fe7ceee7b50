"""What a process gives back to the system; measured where glibc is, in processes of their own."""

import platform
import subprocess
import sys

import pytest

from mockportal.memory import TrimSchedule

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


def test_a_class_that_logs_in_at_once_takes_the_memory_of_two_logins() -> None:
    grown = bytes_printed_by(
        "import resource\nfrom concurrent.futures import ThreadPoolExecutor\n"
        "keep_little(); kept = hashed('secret')\n"
        "with ThreadPoolExecutor(16) as pool:\n"
        "    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024\n"
        "    assert all(pool.map(lambda _: agrees(kept, 'secret'), range(32)))\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 - before)"
    )

    assert grown < 60_000_000


def test_what_is_free_in_pieces_is_given_back() -> None:
    given_back = bytes_printed_by(
        "pieces = [bytes(100_000) for _ in range(400)]; last = pieces[-1]; del pieces\n"
        "before = held(); give_back()\n"
        "print(before - held())"
    )

    assert given_back > 20_000_000


def test_many_threads_share_two_arenas() -> None:
    code = (
        "import ctypes\nfrom threading import Barrier, Thread\n"
        "from mockportal.memory import keep_little\n"
        "keep_little(); all_there = Barrier(17)\n"
        "def work():\n"
        "    kept = bytearray(2_000); all_there.wait(); all_there.wait()\n"
        "for _ in range(16): Thread(target=work, daemon=True).start()\n"
        "all_there.wait(); glibc = ctypes.CDLL(None); glibc.fopen.restype = ctypes.c_void_p\n"
        "out = ctypes.c_void_p(glibc.fopen(b'/dev/stdout', b'w'))\n"
        "glibc.malloc_info(0, out); glibc.fclose(out); all_there.wait()\n"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert 1 <= told.stdout.count("<heap nr=") <= 2


def test_memory_is_given_back_once_much_was_worked_on_and_not_too_often() -> None:
    eager, slow = TrimSchedule(much=10, pause=0), TrimSchedule(much=10, pause=3_600)

    assert [eager.worked_on(4) for _ in range(6)] == [False, False, True, False, False, True]
    assert [slow.worked_on(10) for _ in range(3)] == [True, False, False]

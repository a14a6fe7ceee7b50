"""A long-lived JDK that answers what ``javax.xml.validation`` says of a file, in French."""

import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

Answer = list[tuple[int, int, str]]
"""(line, column, message) of each error, 100 at most; (-1, -1, …) where Java gives no place."""
_PROGRAM = Path(__file__).with_name("Oracle.java")


def jdk_is_here() -> bool:
    """Return whether a JDK is installed."""
    return shutil.which("java") is not None and shutil.which("javac") is not None


class Oracle:
    """A running JDK; use it in a ``with`` block."""

    def __init__(self, way: str = "sax") -> None:
        self._way = way
        self._folder = tempfile.TemporaryDirectory()
        self._file = Path(self._folder.name) / "asked.xml"
        classes = self._folder.name
        subprocess.run(["javac", "-d", classes, str(_PROGRAM)], check=True)
        self._java = subprocess.Popen(
            ["java", "-Duser.language=fr", "-Duser.country=FR", "-cp", classes, "Oracle"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )

    def __enter__(self) -> Self:
        """Return the oracle."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop the JDK."""
        assert self._java.stdin is not None
        assert self._java.stdout is not None
        self._java.stdin.close()
        self._java.stdout.close()
        self._java.wait()
        self._folder.cleanup()

    def answer(self, document: bytes, schema: Path) -> Answer:
        """Return Java's errors for these bytes."""
        self._file.write_bytes(document)
        return self.answer_for(self._file, schema)

    def answer_for(self, file: Path, schema: Path) -> Answer:
        """Return Java's errors for a file."""
        assert self._java.stdin is not None
        assert self._java.stdout is not None
        self._java.stdin.write(f"{self._way}\t{schema}\t{file}\n")
        self._java.stdin.flush()
        return [
            (line, column, text) for line, column, text in json.loads(self._java.stdout.readline())
        ]

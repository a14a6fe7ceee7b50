"""JUnit XML, the report that a CI reads; streamed: it is as long as the files have passages."""

import tempfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self
from xml.sax.saxutils import escape, quoteattr

from mockportal.wire.xml_characters import NO_XML

_BLOCK = 1 << 20


class Problem(NamedTuple):
    """Why a test case failed, or (``error``) could not be run."""

    message: str
    kind: str
    text: str = ""
    error: bool = False


class Case(NamedTuple):
    """A test case; without a problem it passed."""

    name: str
    problem: Problem | None = None


class JunitReport:
    """A report that is written when its ``with`` block ends; until then its suites wait on disk."""

    def __init__(
        self, path: Path, opened: Callable[[Path], AbstractContextManager[BinaryIO]]
    ) -> None:
        """Keep where the report shall lie, and how it is ``opened`` to be written."""
        self._path, self._opened = path, opened
        self._cases = tempfile.TemporaryFile()  # noqa: SIM115  # closed by __exit__
        self._times: Counter[str] = Counter()
        self._suites: list[tuple[str, Counter[str], int]] = []

    def __enter__(self) -> Self:
        """Return it."""
        return self

    def __exit__(
        self,
        fault: type[BaseException] | None,
        _exception: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        """Write the report, unless something went wrong."""
        with self._cases:
            if fault is None:
                self._write()

    def add(self, suite: str, cases: Iterable[Case], output: str = "") -> None:
        """Add a suite, its cases as they come, and what else is to be told of it.

        A name that comes again gets a number.
        """
        self._times[suite] += 1
        if self._times[suite] > 1:
            suite = f"{suite} ({self._times[suite]})"
        counts = Counter({"tests": 0, "failures": 0, "errors": 0})
        begun = self._cases.tell()
        of_suite = _attribute(suite)
        for case in cases:
            counts["tests"] += 1
            if case.problem:
                counts["errors" if case.problem.error else "failures"] += 1
            self._cases.write(_case(case, of_suite).encode())
        if output:
            self._cases.write(f"    <system-out>{_text(output)}</system-out>\n".encode())
        self._suites.append((suite, counts, self._cases.tell() - begun))

    def _write(self) -> None:
        cases = self._cases
        cases.seek(0)
        total = sum((counts for _, counts, _ in self._suites), Counter())
        with self._opened(self._path) as out:

            def put(text: str) -> None:
                out.write(text.encode())

            put("<?xml version='1.0' encoding='utf-8'?>\n")
            put(f'<testsuites name="mockportal"{_counts(total)}>\n')
            for name, counts, size in self._suites:
                put(f"  <testsuite name={_attribute(name)}{_counts(counts)}>\n")
                left = size
                while left and (block := cases.read(min(left, _BLOCK))):
                    out.write(block)
                    left -= len(block)
                put("  </testsuite>\n")
            put("</testsuites>\n")


def _counts(counts: Counter[str]) -> str:
    named = ("tests", "failures", "errors")
    return "".join(f' {name}="{counts[name]}"' for name in named) + ' skipped="0"'


def _case(case: Case, of_suite: str) -> str:
    opening = f"    <testcase name={_attribute(case.name)} classname={of_suite}"
    problem = case.problem
    if problem is None:
        return f"{opening}/>\n"
    tag = "error" if problem.error else "failure"
    told = f"message={_attribute(problem.message)} type={_attribute(problem.kind)}"
    return f"{opening}>\n      <{tag} {told}>{_text(problem.text)}</{tag}>\n    </testcase>\n"


def _text(text: str) -> str:
    return escape(NO_XML.sub("\ufffd", text), {"\r": "&#13;"})


def _attribute(text: str) -> str:
    return quoteattr(NO_XML.sub("\ufffd", text))

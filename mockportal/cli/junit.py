"""Reports for a CI: JUnit XML, a passage a test case."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from junitparser import Error, Failure, JUnitXml, TestCase, TestSuite

from mockportal.telling import advice_of, error_lines, reasons_of

Outcomes = Iterable[tuple[str, str | None]]
"""Passages: the identifier of each, and the message of a KO."""


def suite_of_passages(
    file: str, outcomes: Outcomes, passages: Iterable[Mapping[str, Any]]
) -> TestSuite:
    """Return a treated file: what explains a KO stands in its failure.

    ``passages`` are those of an explanation, which may not have all.
    """
    explained: dict[str, list[Mapping[str, Any]]] = {}
    for one in passages:
        explained.setdefault(one["technical_id"], []).append(one)
    suite = TestSuite(file)
    for technical_id, message in outcomes:
        case = TestCase(technical_id, classname=file)
        if message is not None:
            why = explained.get(technical_id)
            case.result = [_failure(message, why.pop(0) if why else None)]
        suite.add_testcase(case)
    return suite


def suite_of_errors(file: str, errors: Iterable[Mapping[str, Any]]) -> TestSuite:
    """Return a file that the first control refused: a failed test case for each error."""
    suite = TestSuite(file)
    for error in errors:
        case = TestCase(f"line {error['line']}, column {error['column']}", classname=file)
        failure = Failure(error["message"], "REFUSED")
        failure.text = "\n".join(error_lines(error))
        case.result = [failure]
        suite.add_testcase(case)
    return suite


def suite_of_fault(file: str, said: str) -> TestSuite:
    """Return a file of which nothing is known: it is no deposit, or there is no answer."""
    case = TestCase("deposit", classname=file)
    case.result = [Error(said, "FAULT")]
    suite = TestSuite(file)
    suite.add_testcase(case)
    return suite


def write_report(path: Path, suites: Iterable[TestSuite]) -> None:
    """Write the report of some files."""
    report = JUnitXml("mockportal")
    for suite in suites:
        report.add_testsuite(suite)
    report.write(str(path), pretty=True)


def _failure(message: str, passage: Mapping[str, Any] | None) -> Failure:
    failure = Failure(message, passage["code"] if passage else "KO")
    if passage:
        failure.text = "\n".join([message, *reasons_of(passage), *advice_of(passage)])
    return failure

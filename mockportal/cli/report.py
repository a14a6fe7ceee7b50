"""What ``check`` prints: a summary for a person, or JSON for a program."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from mockportal.cli.junit import cases_of_fault
from mockportal.cli.options import OTHER_FAILURE
from mockportal.cli.output import JsonPrinter, say
from mockportal.cli.report_errors import print_errors
from mockportal.domain.deposits import Status
from mockportal.domain.messages import OF_ORGANISATIONS
from mockportal.domain.value_warnings import ValueWarning
from mockportal.journeys.check import Checked
from mockportal.journeys.explain import DepositExplanation, Reason
from mockportal.telling import advice_of, error_lines, indented, reasons_of, warning_lines
from mockportal.wire.answers import (
    deposit_json,
    error_json,
    explanation_json,
    warning_json,
)
from mockportal.wire.junit import JunitReport

MOST_SHOWN = 5
"""Passages shown for each reason, unless another number is asked for."""


def checked_json(
    checked: Checked,
    explanation: DepositExplanation,
    warnings: Sequence[ValueWarning],
    most: int,
) -> dict[str, Any]:
    """Return what a check gives, as the API gives a deposit and its explanation.

    At most ``most`` KO are explained.
    """
    explained = [(one, reason) for reason in explanation.reasons for one in reason.passages]
    total = sum(reason.count for reason in explanation.reasons)
    return {
        **deposit_json(checked.deposit),
        "judged": checked.judged,
        "unknown_organisations": list(checked.unknown_organisations),
        "passages": [
            explanation_json(passage, reason.message) for passage, reason in explained[:most]
        ],
        "errors": [error_json(one.error, one.advice) for one in explanation.errors],
        "total": total,
        "truncated": total > min(len(explained), most),
        "value_warnings": [warning_json(one) for one in warnings],
    }


def file_fault(
    file: Path, message: str, as_json: JsonPrinter | None, report: JunitReport | None
) -> int:
    """Tell, wherever it is read, why nothing is known of a file; return the exit status."""
    if as_json:
        as_json.put({"file": str(file), "fault": message})
    say(f"{file}: {message}", err=True)
    if report:
        report.add(str(file), cases_of_fault(message))
    return OTHER_FAILURE


def print_report(
    file: Path,
    checked: Checked,
    explanation: DepositExplanation,
    learn: str,
    warnings: Sequence[ValueWarning],
    length: int | None = None,
) -> None:
    """Print what depositing ``file`` would give, and why; ``learn`` is the command that mends.

    At most ``length`` passages are shown for each reason, and errors of a refused file; None:
    five, and all of them.
    """
    most = length or MOST_SHOWN
    deposit = checked.deposit
    for line in _first_words(checked, explanation, learn):
        say(line, fg="yellow", err=True)
    if not checked.judged:
        say(f"{file}: accepted by the schema {deposit.schema} (first control only)")
        return
    if deposit.status is Status.REFUSED:
        say(f"{file}: REFUSED by the first control, schema {deposit.schema}")
        print_errors(explanation.errors[:length])
        _say_rest(len(explanation.errors), length)
        return
    verdict = "ACCEPTED" if deposit.status is Status.ACCEPTED else "KO passages"
    say(
        f"{file}: {verdict} - {deposit.accepted} OK, {deposit.rejected} KO ({deposit.status.label})"
    )
    if deposit.late:
        say(f"  {deposit.late} accepted more than three months after the award")
    for reason in explanation.reasons:
        _print_reason(reason, most)
    _say_warnings(map(warning_json, warnings), most)


def _say_warnings(warnings: Iterable[Mapping[str, Any]], most: int) -> None:
    for line in warning_lines(warnings, most):
        say(line)


def _say_rest(errors: int, length: int | None) -> None:
    """Say how many errors of a refused file were left out."""
    if length is not None and errors > length:
        say(f"  ... and {errors - length} more: see --all, --limit")


def _first_words(checked: Checked, explanation: DepositExplanation, learn: str) -> list[str]:
    codes = {reason.message.code for reason in explanation.reasons}
    if checked.unknown_organisations and codes & OF_ORGANISATIONS:
        met = ", ".join(checked.unknown_organisations)
        return [
            f"This portal has never met the organisation {met}. To make it known:",
            f"    {learn}",
            "",
        ]
    deposit = checked.deposit
    strangers = sum(
        reason.count
        for reason in explanation.reasons
        if reason.message.code.value in ("LEVEL1", "TRAINING_FILE_UNKNOWN", "NIR_UNKNOWN")
        and not any(passage.nearest or passage.causes for passage in reason.passages)
    )
    if strangers and strangers == deposit.accepted + deposit.rejected:
        return [
            "This portal has never met the people of this file. To make them known:",
            f"    {learn}",
            "",
        ]
    return []


def _print_reason(reason: Reason, most: int) -> None:
    message = reason.message
    say()
    say(f"{message.code.value}: {reason.count} KO", bold=True)
    for passage in reason.passages[:most]:
        _print_passage(explanation_json(passage, message))
    shown = min(most, len(reason.passages))
    if reason.count > shown:
        say(f"  ... and {reason.count - shown} more: see --all, --limit")
    say(f"  {message.happened}")
    say(f"  {message.check}")
    say(f"  {message.mend}")


def _print_passage(passage: Mapping[str, Any]) -> None:
    say(f"  {passage['technical_id']}")
    say(f"      {passage['message']}")
    for line in indented(reasons_of(passage), 6):
        say(line)


def print_deposit(
    file: Path,
    deposit: Mapping[str, Any],
    explained: Mapping[str, Any],
    learn: str,
    length: int | None = None,
) -> None:
    """Print what became of a deposit, from what the API says; the rest is as for a check."""
    most = length or MOST_SHOWN
    if explained["errors"]:
        say(f"{file}: REFUSED by the first control")
        for error in explained["errors"][:length]:
            for line in indented(error_lines(error), 2):
                say(line)
        _say_rest(len(explained["errors"]), length)
        return
    verdict = "KO passages" if deposit["rejected"] else "ACCEPTED"
    counts = f"{deposit['accepted']} OK, {deposit['rejected']} KO"
    say(f"{file}: {verdict} - {counts} ({deposit['status_label']})")
    if {one["code"] for one in explained["passages"]} & {one.value for one in OF_ORGANISATIONS}:
        say(
            "If this portal has never met the organisations of the file, or to learn the account",
            fg="yellow",
            err=True,
        )
        say("to deposit it with:", fg="yellow", err=True)
        say(f"    {learn}", fg="yellow", err=True)
    _print_passages(explained, most)
    unread = explained["total"] - len(explained["passages"])
    if unread > 0:
        say()
        say(f"... and {unread} more KO that were not asked for: see --all, --limit")


def _print_passages(explained: Mapping[str, Any], most: int) -> None:
    by_code: dict[str, list[Mapping[str, Any]]] = {}
    for passage in explained["passages"]:
        by_code.setdefault(passage["code"], []).append(passage)
    for code, passages in by_code.items():
        more = "at least " if explained["truncated"] else ""
        say()
        say(f"{code}: {more}{len(passages)} KO", bold=True)
        for passage in passages[:most]:
            _print_passage(passage)
        if len(passages) > most:
            say(f"  ... and {len(passages) - most} more: see --all, --limit")
        for line in advice_of(passages[0]):
            say(f"  {line}")
    _say_warnings(explained.get("value_warnings", ()), most)

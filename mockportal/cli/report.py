"""What ``check`` prints: a summary for a person, or JSON for a program."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from mockportal.cli.report_errors import print_error
from mockportal.domain.deposits import Status
from mockportal.journeys.check import Checked
from mockportal.journeys.explain import DepositExplanation, Reason
from mockportal.telling import advice_of, error_lines, indented, reasons_of
from mockportal.wire.answers import deposit_json, error_json, explanation_json

_MOST_SHOWN = 5
"""Passages shown for each reason; the JSON and the receipt have them all."""


def checked_json(checked: Checked, explanation: DepositExplanation) -> dict[str, Any]:
    """Return what a check gives, as the API gives a deposit and its explanation."""
    return {
        **deposit_json(checked.deposit),
        "judged": checked.judged,
        "unknown_organisations": list(checked.unknown_organisations),
        "passages": [
            explanation_json(passage, reason.message)
            for reason in explanation.reasons
            for passage in reason.passages
        ],
        "errors": [error_json(one.error, one.advice) for one in explanation.errors],
    }


def print_report(file: Path, checked: Checked, explanation: DepositExplanation, learn: str) -> None:
    """Print what depositing ``file`` would give, and why; ``learn`` is the command that mends."""
    deposit = checked.deposit
    for line in _first_words(checked, explanation, learn):
        click.secho(line, fg="yellow", err=True)
    if not checked.judged:
        click.echo(f"{file}: accepted by the schema {deposit.schema} (first control only)")
        return
    if deposit.status is Status.REFUSED:
        click.echo(f"{file}: REFUSED by the first control, schema {deposit.schema}")
        for one in explanation.errors:
            print_error(one)
        return
    verdict = "ACCEPTED" if deposit.status is Status.ACCEPTED else "KO passages"
    click.echo(
        f"{file}: {verdict} - {deposit.accepted} OK, {deposit.rejected} KO ({deposit.status.label})"
    )
    if deposit.late:
        click.echo(f"  {deposit.late} accepted more than three months after the award")
    for reason in explanation.reasons:
        _print_reason(reason)


def _first_words(checked: Checked, explanation: DepositExplanation, learn: str) -> list[str]:
    if checked.unknown_organisations:
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
        and not any(one.nearest for one in reason.passages)
    )
    if strangers and strangers == deposit.accepted + deposit.rejected:
        return [
            "This portal has never met the people of this file. To make them known:",
            f"    {learn}",
            "",
        ]
    return []


def _print_reason(reason: Reason) -> None:
    message = reason.message
    click.echo()
    click.secho(f"{message.code.value}: {reason.count} KO", bold=True)
    for passage in reason.passages[:_MOST_SHOWN]:
        _print_passage(explanation_json(passage, message))
    if reason.count > _MOST_SHOWN:
        click.echo(f"  ... and {reason.count - _MOST_SHOWN} more")
    click.echo(f"  {message.happened}")
    click.echo(f"  {message.check}")
    click.echo(f"  {message.mend}")


def _print_passage(passage: Mapping[str, Any]) -> None:
    click.echo(f"  {passage['technical_id']}")
    click.echo(f"      {passage['message']}")
    for line in indented(reasons_of(passage), 6):
        click.echo(line)


def print_deposit(file: Path, deposit: Mapping[str, Any], explained: Mapping[str, Any]) -> None:
    """Print what became of a deposit, from what the API says of it."""
    if explained["errors"]:
        click.echo(f"{file}: REFUSED by the first control")
        for error in explained["errors"]:
            for line in indented(error_lines(error), 2):
                click.echo(line)
        return
    verdict = "KO passages" if deposit["rejected"] else "ACCEPTED"
    counts = f"{deposit['accepted']} OK, {deposit['rejected']} KO"
    click.echo(f"{file}: {verdict} - {counts} ({deposit['status_label']})")
    by_code: dict[str, list[Mapping[str, Any]]] = {}
    for passage in explained["passages"]:
        by_code.setdefault(passage["code"], []).append(passage)
    for code, passages in by_code.items():
        more = "at least " if explained["truncated"] else ""
        click.echo()
        click.secho(f"{code}: {more}{len(passages)} KO", bold=True)
        for passage in passages[:_MOST_SHOWN]:
            _print_passage(passage)
        if len(passages) > _MOST_SHOWN:
            click.echo(f"  ... and {len(passages) - _MOST_SHOWN} more")
        for line in advice_of(passages[0]):
            click.echo(f"  {line}")

"""``mockportal check``: a deposit without a server and without a trace."""

import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from contextlib import nullcontext
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

import click
from click.core import ParameterSource

from mockportal.assembly import Trial, assemble_check
from mockportal.cli.junit import cases_of_errors, cases_of_passages
from mockportal.cli.options import (
    ALL_ACCEPTED,
    REFUSED,
    SOME_REJECTED,
    data_option,
    database_option,
    junit_option,
    length_options,
    option,
    outcome_options,
    policy_options,
    require_folder,
    require_several,
    settings_of,
)
from mockportal.cli.output import JsonPrinter, replaced
from mockportal.cli.progress import watching
from mockportal.cli.report import checked_json, file_fault, print_report
from mockportal.domain.causes import ACCEPTED_BEFORE
from mockportal.domain.deposits import Status
from mockportal.domain.messages import Code, message_of
from mockportal.domain.uploads import UploadRefusal
from mockportal.domain.verdicts import Rejected
from mockportal.journeys.check import Checked, check_file
from mockportal.journeys.deposit import Upload
from mockportal.journeys.desk import Desk
from mockportal.journeys.explain import (
    MOST_EXPLAINED,
    DepositExplanation,
    explained,
    explanations,
)
from mockportal.journeys.receipt import receipt_file_name
from mockportal.journeys.value_warnings import value_warnings
from mockportal.telling import warning_lines
from mockportal.wire.answers import explanation_json
from mockportal.wire.junit import Case, JunitReport
from mockportal.workers import collect_rarely

_STANDARD_INPUT_NAME = "flux.xml"


@click.command()
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@outcome_options
@data_option
@database_option
@policy_options
@option(
    "--fresh",
    is_flag=True,
    help="Leave out the passages that are stored; people and certifications stay.",
)
@length_options
@option("--schema-only", is_flag=True, help="Run the first control only.")
@junit_option
def check(
    files: tuple[Path, ...], receipt: Path | None, as_json_: bool, data: Path,
    database: str | None,
    schema_only: bool, junit: Path | None,
    fresh: bool, limit: int | None, all_: bool, **policy: Any,
) -> int:  # fmt: skip
    """Tell what depositing each FILE (- for standard input) would give, and why.

    Exit status: 0 all passages accepted, 1 at least one KO, 2 a file refused by the first
    control, 3 anything else.
    """
    require_several(receipt, files, "--receipt")
    require_folder(receipt, "--receipt")
    require_folder(junit, "--junit")
    settings = settings_of(data if data.exists() else None, database=database, **policy)
    collect_rarely()
    worst = ALL_ACCEPTED
    length = sys.maxsize if all_ else limit
    with (
        JunitReport(junit, replaced) if junit else nullcontext() as report,
        assemble_check(settings, fresh=fresh) as trial,
        JsonPrinter(listed=len(files) > 1) if as_json_ else nullcontext() as as_json,
    ):
        for file in files:
            status = _check(trial, file, receipt, as_json, schema_only, report, length)
            worst = max(worst, status)
    return worst


def _check(
    trial: Trial,
    file: Path,
    receipt: Path | None,
    as_json: JsonPrinter | None,
    schema_only: bool,
    report: JunitReport | None,
    length: int | None,
) -> int:
    try:
        opened = click.open_file(str(file), "rb")
    except OSError as fault:
        why = (
            "no such file"
            if isinstance(fault, FileNotFoundError)
            else os.strerror(fault.errno or 0)
        )
        return file_fault(file, why.lower(), as_json, report)
    with opened as content, watching(trial.desk, file.name):
        name = _STANDARD_INPUT_NAME if str(file) == "-" else file.name
        checked = check_file(
            trial.desk,
            trial.account,
            Upload(name, cast("BinaryIO", content)),
            schema_only=schema_only,
        )
    if isinstance(checked, UploadRefusal):
        return file_fault(file, checked.worded(trial.desk.policy.most_bytes), as_json, report)
    deposit = checked.deposit
    most = MOST_EXPLAINED if length is None else length
    reasons = explained(trial.desk, deposit, most if as_json else max(most, MOST_EXPLAINED))
    warnings = value_warnings(trial.desk, deposit, most) if checked.judged else []
    as_api = checked_json(checked, reasons, warnings, most) if as_json or report else {}
    if as_json:
        as_json.put({"file": str(file), **as_api})
    else:
        print_report(file, checked, reasons, _learn_command(file), warnings, length)
        _name_fresh(reasons)
    if report:
        output = "\n".join(warning_lines(as_api["value_warnings"], most)).strip()
        report.add(str(file), _cases(trial.desk, checked, as_api), output)
    if receipt and checked.judged:
        made = trial.desk.stores.files.receipt(deposit.id)
        target = receipt / str(receipt_file_name(deposit)) if receipt.is_dir() else receipt
        with made.open("rb") as content, replaced(target) as out:
            shutil.copyfileobj(content, out)
    return _STATUS[deposit.status] if checked.judged else ALL_ACCEPTED


def _cases(desk: Desk, checked: Checked, as_api: dict[str, Any]) -> Iterable[Case]:
    """Return a checked file as a CI reads it."""
    deposit = checked.deposit
    if not checked.judged:
        return [Case("first control")]
    if deposit.status is Status.REFUSED:
        return cases_of_errors(as_api["errors"])
    deposits = desk.stores.deposits
    rejected = deposits.rejected_ids(deposit.id)
    accepted = ((str(one), None) for one in deposits.accepted_ids(deposit.id))
    why = explanations(desk, deposit, deposits.rejections(deposit.id))
    passages = (
        explanation_json(one, message_of(one.verdict.code))
        for one in why
        if isinstance(one.verdict, Rejected)
    )
    return cases_of_passages(chain(rejected, accepted), passages)


def _name_fresh(explanation: DepositExplanation) -> None:
    """Name the option that leaves out what was deposited before, where that is a cause."""
    if any(
        cause.startswith(ACCEPTED_BEFORE)
        for reason in explanation.reasons
        if reason.message.code is Code.DUPLICATE
        for passage in reason.passages
        for cause in passage.causes
    ):
        click.echo("  check --fresh leaves the passages of earlier deposits out.")


def _learn_command(file: Path) -> str:
    """Return the command that makes the portal know a file, with this command's own options."""
    context = click.get_current_context()
    words = ["mockportal", "registry", "learn"]
    for name in ("data", "schema"):
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            words += [f"--{name}", str(context.params[name])]
    return shlex.join([*words, str(file)])


_STATUS = {
    Status.ACCEPTED: ALL_ACCEPTED,
    Status.PARTLY_REJECTED: SOME_REJECTED,
    Status.REFUSED: REFUSED,
}

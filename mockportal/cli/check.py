"""``mockportal check``: a deposit without a server and without a trace."""

import json
import shlex
import shutil
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, cast

import click
from click.core import ParameterSource
from junitparser import TestSuite

from mockportal.assembly import Trial, assemble_check
from mockportal.cli.junit import (
    suite_of_errors,
    suite_of_fault,
    suite_of_passages,
    write_report,
)
from mockportal.cli.options import (
    ALL_ACCEPTED,
    OTHER_FAILURE,
    REFUSED,
    SOME_REJECTED,
    data_option,
    database_option,
    junit_option,
    option,
    policy_options,
    settings_of,
)
from mockportal.cli.progress import watching
from mockportal.cli.report import checked_json, print_report
from mockportal.domain.deposits import Status
from mockportal.domain.uploads import UploadRefusal
from mockportal.journeys.check import Checked, check_file
from mockportal.journeys.deposit import Upload
from mockportal.journeys.desk import Desk
from mockportal.journeys.explain import explained
from mockportal.journeys.receipt import receipt_file_name

_STANDARD_INPUT_NAME = "flux.xml"


@click.command()
@click.argument(
    "files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
@option(
    "--receipt",
    type=click.Path(path_type=Path),
    help="Write the receipt there: a file, or a folder for several FILEs.",
)
@option("--json", "as_json_", is_flag=True, help="Print JSON, an object for each FILE.")
@data_option
@database_option
@policy_options
@option("--schema-only", is_flag=True, help="Run the first control only.")
@junit_option
def check(
    files: tuple[Path, ...], receipt: Path | None, as_json_: bool, data: Path,
    database: str | None,
    schema: str, registry: str, sender: str, schema_only: bool, junit: Path | None,
) -> int:  # fmt: skip
    """Tell what depositing each FILE (- for standard input) would give, and why.

    Exit status: 0 all passages accepted, 1 at least one KO, 2 a file refused by the first
    control, 3 anything else.
    """
    if receipt and len(files) > 1 and not receipt.is_dir():
        raise click.BadParameter(
            "must be a folder that exists, with several files", param_hint="--receipt"
        )
    settings = settings_of(
        data if data.exists() else None, schema, registry, sender, database=database
    )
    worst, suites = ALL_ACCEPTED, []
    for file in files:
        with assemble_check(settings) as trial:
            try:
                status, suite = _check(trial, file, receipt, as_json_, schema_only)
            except FileNotFoundError:
                status, suite = _fault(file, "no such file")
            worst = max(worst, status)
            suites.append(suite)
    if junit:
        write_report(junit, suites)
    return worst


def _fault(file: Path, said: str) -> tuple[int, TestSuite]:
    click.echo(f"{file}: {said}", err=True)
    return OTHER_FAILURE, suite_of_fault(str(file), said)


def _check(
    trial: Trial, file: Path, receipt: Path | None, as_json_: bool, schema_only: bool
) -> tuple[int, TestSuite]:
    with click.open_file(str(file), "rb") as content, watching(trial.desk, file.name):
        name = _STANDARD_INPUT_NAME if str(file) == "-" else file.name
        checked = check_file(
            trial.desk,
            trial.account,
            Upload(name, cast("BinaryIO", content)),
            schema_only=schema_only,
        )
    if isinstance(checked, UploadRefusal):
        return _fault(file, checked.worded(trial.desk.policy.most_bytes))
    deposit = checked.deposit
    reasons = explained(trial.desk, deposit)
    report = {"file": str(file), **checked_json(checked, reasons)}
    if as_json_:
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    else:
        print_report(file, checked, reasons, _learn_command(file))
    if receipt and checked.judged:
        made = trial.desk.stores.files.receipt(deposit.id)
        target = receipt / str(receipt_file_name(deposit)) if receipt.is_dir() else receipt
        shutil.copyfile(made, target)
    status = _STATUS[deposit.status] if checked.judged else ALL_ACCEPTED
    return status, _suite(trial.desk, file, checked, report)


def _suite(desk: Desk, file: Path, checked: Checked, report: dict[str, Any]) -> TestSuite:
    """Return a checked file as a CI reads it."""
    deposit = checked.deposit
    if not checked.judged:
        return suite_of_passages(str(file), [("first control", None)], [])
    if deposit.status is Status.REFUSED:
        return suite_of_errors(str(file), report["errors"])
    deposits = desk.stores.deposits
    rejected = deposits.rejected_ids(deposit.id)
    accepted = ((str(one), None) for one in deposits.accepted_ids(deposit.id))
    return suite_of_passages(str(file), chain(rejected, accepted), report["passages"])


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

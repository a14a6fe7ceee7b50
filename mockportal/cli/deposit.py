"""``mockportal deposit``: files sent to a portal that is served, as a program sends them."""

import shlex
import sys
import time
from collections.abc import Iterator
from contextlib import nullcontext
from http import HTTPStatus
from itertools import islice
from pathlib import Path
from typing import Any

import click

from mockportal.cli.junit import cases_of_errors, cases_of_passages
from mockportal.cli.options import (
    ALL_ACCEPTED,
    REFUSED,
    SOME_REJECTED,
    junit_option,
    length_options,
    option,
    outcome_options,
    require_folder,
    require_several,
)
from mockportal.cli.output import JsonPrinter, replaced
from mockportal.cli.progress import uploading, waiting
from mockportal.cli.report import file_fault, print_deposit
from mockportal.client import ApiClient, RefusedError, UnreachableError
from mockportal.wire.junit import JunitReport
from mockportal.wire.receipt_reading import outcomes

_STATUS = {"accepted": ALL_ACCEPTED, "partly_rejected": SOME_REJECTED, "refused": REFUSED}
_UNKNOWN = (
    "the portal knows no such account with this password: see --account and --password, or "
    "MOCKPORTAL_ACCOUNT and MOCKPORTAL_PASSWORD"
)
_LOOK = 2.0
"""Seconds that one look waits, so that a terminal shows that something goes on."""


@click.command()
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where the portal is.")
@option("--account", required=True, metavar="ID", help="The 9-character identifier.")
@option("--password", required=True, help="Better in the environment than on a command line.")
@option(
    "--wait",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    help="How many seconds each receipt is waited for.",
)
@outcome_options
@length_options
@junit_option
def deposit(
    files: tuple[Path, ...], url: str, account: str, password: str, wait: float,
    receipt: Path | None, as_json_: bool, junit: Path | None,
    limit: int | None, all_: bool,
) -> int:  # fmt: skip
    """Deposit each FILE at a portal in turn, wait for its receipt, and tell what became of it.

    Exit status: 0 all passages accepted, 1 at least one KO, 2 a file refused by the first
    control, 3 anything else: a receipt that does not come in time included.
    """
    require_several(receipt, files, "--receipt")
    require_folder(receipt, "--receipt")
    require_folder(junit, "--junit")
    try:
        client = ApiClient(url, account, password)
    except ValueError as fault:
        raise click.BadParameter(str(fault), param_hint="--url") from fault
    worst = ALL_ACCEPTED
    length = sys.maxsize if all_ else limit
    with (
        JunitReport(junit, replaced) if junit else nullcontext() as report,
        JsonPrinter(listed=len(files) > 1) if as_json_ else nullcontext() as as_json,
    ):
        for file in files:
            worst = max(worst, _deposit(client, file, wait, length, receipt, as_json, report))
    return worst


def _deposit(
    client: ApiClient,
    file: Path,
    wait: float,
    length: int | None,
    receipt: Path | None,
    as_json: JsonPrinter | None,
    report: JunitReport | None,
) -> int:
    try:
        made = _deposited(client, file, wait)
        if made["status"] == "processing":
            raise UnreachableError(f"no receipt after {wait:g} s: deposit {made['id']} goes on")
        if made["status"] == "failed":
            raise UnreachableError(f"the portal failed at deposit {made['id']}: it is not treated")
        explained = _explained(client, made["id"], length)
        download = client.receipt(made["id"]) if receipt or report else None
    except (UnreachableError, RefusedError) as fault:
        unknown = isinstance(fault, RefusedError) and fault.status == HTTPStatus.UNAUTHORIZED
        return file_fault(file, _UNKNOWN if unknown else str(fault), as_json, report)
    if as_json:
        as_json.put({"file": str(file), **made, **explained})
    else:
        print_deposit(file, made, explained, _learn_command(file), length)
    if download and receipt:
        target = receipt / download.name if receipt.is_dir() else receipt
        with replaced(target) as out:
            out.write(download.content)
    if download and report:
        if explained["errors"]:
            cases = cases_of_errors(explained["errors"])
        else:
            passages = _every_passage(client, made["id"])
            cases = cases_of_passages(outcomes(download.opened()), passages)
        report.add(str(file), cases)
    return _STATUS[made["status"]]


def _learn_command(file: Path) -> str:
    """Return the command that makes the portal know a file."""
    url = click.get_current_context().params["url"]
    return shlex.join(["mockportal", "registry", "learn", "--url", url, str(file)])


def _every_passage(client: ApiClient, deposit: str) -> Iterator[dict[str, Any]]:
    """Yield the explanation of each KO, page by page."""
    page, more = 1, True
    while more:
        explained = client.explanation(deposit, page)
        yield from explained["passages"]
        page, more = page + 1, explained["truncated"]


def _explained(client: ApiClient, deposit: str, most: int | None) -> dict[str, Any]:
    """Return an explanation with so many KO at most; by default, those of its first page."""
    explained = client.explanation(deposit)
    if most is None or not explained["passages"]:
        return explained
    passages = explained["passages"]
    if len(passages) < most and explained["truncated"]:
        passages = _every_passage(client, deposit)
    shown = list(islice(passages, most))
    return {**explained, "passages": shown, "truncated": len(shown) < explained["total"]}


def _deposited(client: ApiClient, file: Path, seconds: float) -> dict[str, Any]:
    """Return a deposit as it is once it is treated, or after so many seconds."""
    with file.open("rb") as content, uploading(file.name, file.stat().st_size) as sent:
        made = client.deposit(content, file.name, sent)
    end = time.monotonic() + seconds
    with waiting(file.name) as seen:
        while made["status"] == "processing" and (left := end - time.monotonic()) > 0:
            made = client.look(made["id"], min(left, _LOOK))
            seen(made)
    return made

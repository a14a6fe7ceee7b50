"""``mockportal deposit``: a file sent to a portal that is served, as a program sends it."""

import json
import time
from pathlib import Path
from typing import Any

import click

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
    junit_option,
    option,
)
from mockportal.cli.progress import uploading, waiting
from mockportal.cli.report import print_deposit
from mockportal.client import ApiClient, Download, RefusedError, UnreachableError
from mockportal.wire.receipt_reading import outcomes

_STATUS = {"accepted": ALL_ACCEPTED, "partly_rejected": SOME_REJECTED, "refused": REFUSED}
_LOOK = 2.0
"""Seconds that one look waits, so that a terminal shows that something goes on."""


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where the portal is.")
@option("--account", required=True, metavar="ID", help="The 9-character identifier.")
@option("--password", required=True, help="Better in the environment than on a command line.")
@option(
    "--wait",
    type=click.FloatRange(0),
    default=60.0,
    show_default=True,
    help="How many seconds the receipt is waited for.",
)
@option(
    "--receipt",
    type=click.Path(path_type=Path),
    help="Write the receipt there: a file, or a folder.",
)
@option("--json", "as_json", is_flag=True, help="Print JSON.")
@junit_option
def deposit(
    file: Path, url: str, account: str, password: str, wait: float,
    receipt: Path | None, as_json: bool, junit: Path | None,
) -> int:  # fmt: skip
    """Deposit FILE at a portal, wait for its receipt, and tell what became of it.

    Exit status: 0 all passages accepted, 1 at least one KO, 2 the file refused by the first
    control, 3 anything else: a receipt that does not come in time included.
    """
    try:
        client = ApiClient(url, account, password)
        made = _deposited(client, file, wait)
        if made["status"] == "processing":
            raise UnreachableError(f"no receipt after {wait:g} s: deposit {made['id']} goes on")
        explained = client.explanation(made["id"])
        download = client.receipt(made["id"])
    except ValueError as fault:
        raise click.BadParameter(str(fault), param_hint="--url") from fault
    except (UnreachableError, RefusedError) as fault:
        click.echo(f"{file}: {fault}", err=True)
        if junit:
            write_report(junit, [suite_of_fault(str(file), str(fault))])
        return OTHER_FAILURE
    if as_json:
        told = {"file": str(file), **made, **explained}
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print_deposit(file, made, explained)
    _keep(download, receipt, file, explained, junit)
    return _STATUS[made["status"]]


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


def _keep(
    download: Download,
    receipt: Path | None,
    file: Path,
    explained: dict[str, Any],
    junit: Path | None,
) -> None:
    if receipt:
        target = receipt / download.name if receipt.is_dir() else receipt
        target.write_bytes(download.content)
    if not junit:
        return
    if explained["errors"]:
        suite = suite_of_errors(str(file), explained["errors"])
    else:
        found = outcomes(download.opened())
        suite = suite_of_passages(str(file), found, explained["passages"])
    write_report(junit, [suite])

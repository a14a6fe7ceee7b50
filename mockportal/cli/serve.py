"""``mockportal serve`` and ``mockportal ready``."""

import json
import os
import signal
import sys
import tempfile
from contextlib import ExitStack
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

import click

from mockportal.assembly import Portal, assemble, process_name
from mockportal.cli.options import (
    ALL_ACCEPTED,
    OTHER_FAILURE,
    control_options,
    data_option,
    drawn_control_key,
    keeping_options,
    option,
    policy_options,
    processing_option,
    settings_of,
)
from mockportal.journeys.work import take_over
from mockportal.pacing import Patience
from mockportal.workers import Alarm, WorkerProcess, WorkerThread


@click.command()
@option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: a free one."
)
@data_option
@option("--ephemeral", is_flag=True, help="Keep nothing; wins over --data.")
@processing_option
@policy_options
@option("--seed", type=int, help="The same seed draws the same identifiers; not the secrets.")
@option("--label", default="", help="A text for the banner of every page.")
@option(
    "--max-upload",
    default=200_000_000,
    show_default=True,
    type=click.IntRange(1),
    help="The largest file, in bytes.",
)
@option(
    "--public",
    is_flag=True,
    help="Draw the seeds' password anew and print it; a word less on the login page.",
)
@keeping_options
@control_options
def serve(
    host: str, port: int, data: Path, ephemeral: bool, processing: str, schema: str,
    registry: str, sender: str, seed: int | None, label: str, max_upload: int, public: bool,
    keep_days: int | None, keep_deposits: int | None, control_key: str | None, no_control: bool,
) -> int:  # fmt: skip
    """Serve the portal; prints one line of JSON on stdout when it is ready."""
    with tempfile.TemporaryDirectory(prefix="mockportal-") as scratch:
        folder = Path(scratch) if ephemeral else data
        drawn = drawn_control_key(host) if control_key is None and not no_control else None
        settings = settings_of(
            folder, schema, registry, sender,
            processing=processing, seed=seed, label=label, max_upload=max_upload, public=public,
            keep_days=keep_days, keep_deposits=keep_deposits,
            host=host, control=not no_control, control_key=control_key or drawn,
        )  # fmt: skip
        signal.signal(signal.SIGTERM, partial(_end, None))
        signal.signal(signal.SIGINT, partial(_end, None))
        if drawn:
            click.echo(f"Control key of /coulisses and /_mock: {drawn}", err=True)
        with assemble(settings) as portal, ExitStack() as workers:
            take_over(portal.desk)
            if ephemeral:
                alarm = Alarm()
                alarm.at_the_end = portal.patience.end
                workers.enter_context(WorkerThread(portal.desk, alarm))
                portal.bell.hang(alarm.ring)
            else:
                options = (
                    "schema", "registry", "sender", "processing", "keep-days", "keep-deposits",
                )  # fmt: skip
                agenda = portal.desk.stores.agenda
                beside = WorkerProcess(
                    ["worker", "--attached", *_repeated("data", *options)],
                    died=lambda process: agenda.free_all(process_name(process)),
                )
                workers.enter_context(beside)
                portal.bell.hang(beside.ring)
            _serve(portal, host, port, "none (ephemeral)" if ephemeral else str(folder))
    return ALL_ACCEPTED


def _repeated(*names: str) -> list[str]:
    """Return options of this command that have a value, to give them to another one."""
    given = click.get_current_context().params
    values = {name: given[name.replace("-", "_")] for name in names}
    return [w for name, v in values.items() if v is not None for w in (f"--{name}", str(v))]


def _serve(portal: Portal, host: str, port: int, folder: str) -> None:
    from mockportal.web.serving import (  # noqa: PLC0415  # the other commands start without Flask
        HttpServer,
    )

    server = HttpServer(portal, host, port)
    if portal.drawn_password:
        click.echo(f"Password of the seeds' accounts: {portal.drawn_password}", err=True)
    click.echo(f"Data folder: {folder}", err=True)
    click.echo(json.dumps({"url": server.url, "pid": os.getpid()}))
    sys.stdout.flush()
    signal.signal(signal.SIGTERM, partial(_end, portal.patience))
    signal.signal(signal.SIGINT, partial(_end, portal.patience))
    server.run()


def _end(patience: Patience | None, _signal: int, _frame: FrameType | None) -> NoReturn:
    """End the process; whoever waits for something is let go first."""
    if patience:
        patience.end()
    raise SystemExit(ALL_ACCEPTED)


@click.command()
@option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where the portal is.")
def ready(url: str) -> int:
    """Exit with 0 when the portal answers that it is ready."""
    parts = urlsplit(url)
    if parts.scheme != "http" or not parts.hostname:
        raise click.BadParameter(f"{url!r} is not an http address", param_hint="--url")
    connection = HTTPConnection(parts.hostname, parts.port or 80, timeout=5)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        if answer.status == 200:
            return ALL_ACCEPTED
        click.echo(f"{url} answers {answer.status}, not ready", err=True)
    except (OSError, HTTPException) as fault:
        click.echo(f"{url} does not answer: {fault}", err=True)
    finally:
        connection.close()
    return OTHER_FAILURE

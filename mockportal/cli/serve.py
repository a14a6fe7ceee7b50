"""``mockportal serve`` and ``mockportal ready``."""

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import FrameType
from typing import NoReturn
from urllib.parse import urlsplit

import click

from mockportal.assembly import Portal, assemble
from mockportal.calling import Exchange
from mockportal.cli.options import (
    ALL_ACCEPTED,
    OTHER_FAILURE,
    control_options,
    data_option,
    database_option,
    drawn_control_key,
    keeping_options,
    option,
    policy_options,
    processing_option,
    queue_option,
    settings_of,
)
from mockportal.memory import keep_little
from mockportal.pacing import Patience
from mockportal.settings import Settings, environment_with
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
@database_option
@queue_option
@option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many processes answer; more than one needs gunicorn, so not on Windows.",
)
@option("--no-worker", is_flag=True, help="Treat nothing here: 'mockportal worker' does elsewhere.")
def serve(
    host: str, port: int, data: Path, ephemeral: bool, processing: str, schema: str,
    registry: str, sender: str, seed: int | None, label: str, max_upload: int, public: bool,
    keep_days: int | None, keep_deposits: int | None, control_key: str | None, no_control: bool,
    database: str | None, queue: str | None, processes: int, no_worker: bool,
) -> int:  # fmt: skip
    """Serve the portal; prints one line of JSON on stdout when it is ready."""
    keep_little()
    with tempfile.TemporaryDirectory(prefix="mockportal-") as scratch, ExitStack() as beside:
        folder = Path(scratch) if ephemeral else data
        drawn = drawn_control_key(host) if control_key is None and not no_control else None
        settings = settings_of(
            folder, schema, registry, sender,
            processing=processing, seed=seed, label=label, max_upload=max_upload, public=public,
            keep_days=keep_days, keep_deposits=keep_deposits,
            host=host, control=not no_control, control_key=control_key or drawn,
            database=None if ephemeral else database, queue=queue,
        )  # fmt: skip
        signal.signal(signal.SIGTERM, partial(_end, None))
        signal.signal(signal.SIGINT, partial(_end, None))
        if drawn:
            click.echo(f"Control key of /coulisses and /_mock: {drawn}", err=True)
        if processes > 1:
            _serve_by_many(settings, port, processes, beside, alone=no_worker)
        with assemble(settings) as portal:
            portal.begin()
            if ephemeral:
                _work_here(portal, beside)
            elif not no_worker:
                keeper = beside.enter_context(_worker_of(settings, portal.free))
                portal.bell.hang(keeper.ring)
            if queue:
                portal.bell.hang(Exchange(queue, portal.secret_key).call)
            _serve(portal, port, "none (ephemeral)" if ephemeral else str(folder))
    return ALL_ACCEPTED


def _work_here(portal: Portal, beside: ExitStack) -> None:
    """Let a thread of this process treat what is deposited."""
    alarm = Alarm()
    alarm.at_the_end = portal.patience.end
    beside.enter_context(WorkerThread(portal.desk, alarm))
    portal.bell.hang(alarm.ring)


def _worker_of(settings: Settings, died: Callable[[int], None]) -> WorkerProcess:
    """Return a worker beside this process, with the options of this command."""
    options = ("schema", "registry", "sender", "processing", "keep-days", "keep-deposits")
    return WorkerProcess(
        ["worker", "--attached", "--data", str(settings.data), *_repeated(*options)],
        died,
        environment_with(database=settings.database, queue=settings.queue),
    )


def _repeated(*names: str) -> list[str]:
    """Return options of this command that have a value, to give them to another one."""
    given = click.get_current_context().params
    values = {name: given[name.replace("-", "_")] for name in names}
    return [w for name, v in values.items() if v is not None for w in (f"--{name}", str(v))]


def _serve_by_many(
    settings: Settings, port: int, processes: int, beside: ExitStack, *, alone: bool
) -> NoReturn:
    """Serve by several processes; the database is made, filled and taken over before any begins.

    ``alone`` leaves out the worker beside them.
    """
    try:
        from mockportal.web.processes import (  # noqa: PLC0415  # an extra, and not for Windows
            Processes,
        )
    except ImportError as fault:
        raise click.ClickException(
            "--processes needs gunicorn, which does not run on Windows: "
            "pip install 'mockportal[processes]'"
        ) from fault
    with assemble(settings) as portal:
        portal.begin()
        _tell(portal, str(settings.data))
    keeper = None if alone else beside.enter_context(_worker_of(settings, partial(_free, settings)))
    Processes(settings, port, processes, keeper.ring if keeper else None, _ready).run()
    raise SystemExit(ALL_ACCEPTED)


def _free(settings: Settings, process: int) -> None:
    """Let go of what a worker that died had in hand."""
    with assemble(settings) as portal:
        portal.free(process)


def _serve(portal: Portal, port: int, folder: str) -> None:
    from mockportal.web.serving import (  # noqa: PLC0415  # the other commands start without Flask
        HttpServer,
    )

    server = HttpServer(portal, portal.settings.host, port)
    _tell(portal, folder)
    _ready(server.url)
    signal.signal(signal.SIGTERM, partial(_end, portal.patience))
    signal.signal(signal.SIGINT, partial(_end, portal.patience))
    server.run()


def _tell(portal: Portal, folder: str) -> None:
    """Say what the operator may need to know."""
    if portal.drawn_password:
        click.echo(f"Password of the seeds' accounts: {portal.drawn_password}", err=True)
    click.echo(f"Data folder: {folder}", err=True)


def _ready(url: str) -> None:
    click.echo(json.dumps({"url": url, "pid": os.getpid()}))
    sys.stdout.flush()


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

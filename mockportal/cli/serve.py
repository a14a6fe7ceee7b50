"""``mockportal serve`` and ``mockportal ready``."""

import errno
import json
import os
import socket
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from http.client import HTTPException
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import click

from mockportal.assembly import Portal, assemble
from mockportal.calling import Exchange
from mockportal.cli.asking import connection_to
from mockportal.cli.learn import learn_folder
from mockportal.cli.options import (
    ALL_ACCEPTED,
    OTHER_FAILURE,
    PRIVATE,
    allow_host_option,
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
from mockportal.cli.scratch import scratch_folder
from mockportal.memory import keep_little
from mockportal.pacing import Patience
from mockportal.settings import Settings, environment_with
from mockportal.shutdown import end_at_a_signal
from mockportal.workers import Alarm, WorkerProcess, WorkerThread

_WORKER = ("worker", "--attached")
_LOOK = 0.2
"""Seconds between two looks at a portal that is not ready yet."""
_BUSY = 5.0
"""Seconds for which who asks waits for a lock that another process has on the database."""


@click.command()
@option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="0: a free one."
)
@allow_host_option
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
@option(
    "--learn",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Learn the fluxes (.xml) that lie there, before anybody is answered.",
)
@option(
    "--log-requests",
    is_flag=True,
    help="Say on stderr what is asked and how it is answered, a line each; never a secret.",
)
@option("--no-worker", is_flag=True, help="Treat nothing here: 'mockportal worker' does elsewhere.")
def serve(
    host: str, allow_hosts: tuple[tuple[str, ...], ...], port: int, data: Path, ephemeral: bool,
    processing: str, seed: int | None, label: str, max_upload: int, public: bool,
    keep_days: int | None, keep_deposits: int | None, control_key: str | None, no_control: bool,
    database: str | None, queue: str | None, processes: int, no_worker: bool,
    learn: Path | None, log_requests: bool, **policy: Any,
) -> int:  # fmt: skip
    """Serve the portal; prints one line of JSON on stdout when it is ready."""
    keep_little()
    os.umask(PRIVATE)
    with ExitStack() as beside:
        folder = beside.enter_context(scratch_folder()) if ephemeral else data
        drawn = drawn_control_key(host) if control_key is None and not no_control else None
        settings = settings_of(
            folder, **policy, learn=learn, log_requests=log_requests,
            processing=processing, seed=seed, label=label, max_upload=max_upload, public=public,
            keep_days=keep_days, keep_deposits=keep_deposits,
            host=host, allow_hosts=tuple(chain.from_iterable(allow_hosts)),
            control=not no_control, control_key=control_key or drawn,
            database=None if ephemeral else database, queue=queue, busy=_BUSY,
        )  # fmt: skip
        end_at_a_signal(_end)
        if drawn:
            click.echo(f"Control key of /coulisses and /_mock: {drawn}", err=True)
        if processes > 1:
            _serve_by_many(settings, port, processes, beside, alone=no_worker)
        with assemble(settings) as portal:
            portal.begin()
            learned = learn_folder(portal, learn) if learn else None
            _patience.append(portal.patience)
            if ephemeral:
                _work_here(portal, beside)
            elif not no_worker:
                keeper = beside.enter_context(_worker_of(settings, portal.free))
                portal.bell.hang(keeper.ring)
                portal.health.add(keeper.trouble)
            if queue:
                portal.bell.hang(Exchange(queue, portal.secret_key).call)
            _serve(portal, port, "none (ephemeral)" if ephemeral else str(folder), learned)
    return ALL_ACCEPTED


def _work_here(portal: Portal, beside: ExitStack) -> None:
    """Let a thread of this process treat what is deposited."""
    alarm = Alarm()
    alarm.at_the_end = portal.patience.end
    beside.enter_context(WorkerThread(portal.desk, alarm))
    portal.bell.hang(alarm.ring)


def _worker_of(settings: Settings, died: Callable[[int], None]) -> WorkerProcess:
    """Return a worker beside this process, with the options of this command."""
    options = (
        *("schema", "registry", "sender", "certifications", "empty-lists", "receipts"),
        *("max-passages", "processing", "keep-days", "keep-deposits"),
    )
    return WorkerProcess(
        [*_WORKER, "--data", str(settings.data), *_repeated(*options), *_flags("open_")],
        died,
        environment_with(database=settings.database, queue=settings.queue),
    )


def _flags(*names: str) -> list[str]:
    """Return the flags of this command that are up, to put up those of another one."""
    given = click.get_current_context().params
    return [f"--{name.strip('_')}" for name in names if given[name]]


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
    _check_listening(settings.host, port)
    with assemble(settings) as portal:
        portal.begin()
        learned = learn_folder(portal, settings.learn) if settings.learn else None
        _tell(portal, str(settings.data))
    keeper = None if alone else beside.enter_context(_worker_of(settings, partial(_free, settings)))
    Processes(settings, port, processes, keeper, partial(_ready, learned=learned)).run()
    raise SystemExit(ALL_ACCEPTED)


def _free(settings: Settings, process: int) -> None:
    """Let go of what a worker that died had in hand."""
    with assemble(settings) as portal:
        portal.free(process)


def _serve(portal: Portal, port: int, folder: str, learned: list[dict[str, Any]] | None) -> None:
    from mockportal.web.serving import (  # noqa: PLC0415  # the other commands start without Flask
        HttpServer,
    )

    host = portal.settings.host
    try:
        server = HttpServer(portal, host, port)
    except (OSError, ValueError, UnicodeError) as fault:
        raise click.ClickException(_why_not_listening(host, port, fault)) from fault
    _tell(portal, folder)
    _ready(server.url, learned)
    server.run()


def _check_listening(host: str, port: int) -> None:
    """Raise ClickException when nobody can listen there: gunicorn ends with 1, after a while."""
    try:
        kind, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(kind, socket.SOCK_STREAM) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            trial.listen(1)
    except (OSError, UnicodeError) as fault:
        raise click.ClickException(_why_not_listening(host, port, fault)) from fault


def _why_not_listening(host: str, port: int, fault: Exception) -> str:
    """Return why nobody can listen there, with what to do."""
    if isinstance(fault, OSError) and fault.errno == errno.EADDRINUSE:
        return f"port {port} of {host} is taken by another program: choose another with --port"
    if isinstance(fault, OSError) and fault.errno == errno.EACCES:
        return f"port {port} of {host} is not for everybody: choose one above 1023 with --port"
    return f"{host!r} is no address of this machine that can be listened on, with --host: {fault}"


def _tell(portal: Portal, folder: str) -> None:
    """Say what the operator may need to know."""
    if portal.drawn_password:
        click.echo(f"Password of the seeds' accounts: {portal.drawn_password}", err=True)
    click.echo(f"Data folder: {folder}", err=True)
    if portal.open_to_the_network:
        click.echo(
            f"Open to the network: whoever reaches {portal.settings.host} can log in with the "
            f"password {portal.demo_password!r}, which everybody knows. Give --public to draw "
            "another one, or --host 127.0.0.1 to stay on this machine.",
            err=True,
        )


def _ready(url: str, learned: list[dict[str, Any]] | None = None) -> None:
    more = {} if learned is None else {"learned": learned}
    click.echo(json.dumps({"url": url, "pid": os.getpid(), **more}, ensure_ascii=False))
    sys.stdout.flush()


_patience: list[Patience] = []
"""What those wait with who ask this process."""


def _end() -> NoReturn:
    """End the process; whoever waits for something is let go first."""
    for patience in _patience:
        patience.end()
    raise SystemExit(ALL_ACCEPTED)


@click.command()
@option("--url", default="http://127.0.0.1:8000", show_default=True, help="Where the portal is.")
@option(
    "--wait",
    type=click.FloatRange(0),
    default=0.0,
    show_default=True,
    help="How many seconds it is given to become ready.",
)
def ready(url: str, wait: float) -> int:
    """Exit with 0 when the portal answers that it is ready."""
    end = time.monotonic() + wait
    while trouble := _trouble(url):
        left = end - time.monotonic()
        if left <= 0:
            click.echo(f"{url} {trouble}", err=True)
            return OTHER_FAILURE
        time.sleep(min(_LOOK, left))
    return ALL_ACCEPTED


def _trouble(url: str) -> str | None:
    """Return why a portal is not ready, None for one that is."""
    connection, prefix = connection_to(url, 5)
    try:
        connection.request("GET", f"{prefix}/readyz")
        answer = connection.getresponse()
        return None if answer.status == 200 else f"answers {answer.status}, not ready"
    except (OSError, HTTPException, UnicodeError) as fault:
        return f"does not answer: {fault}"
    finally:
        connection.close()

"""``mockportal worker``: brings deposits on, outside the process that serves the pages."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from mockportal.assembly import assemble
from mockportal.calling import CalledAlarm, Exchange
from mockportal.cli.options import (
    ALL_ACCEPTED,
    data_option,
    database_option,
    keeping_options,
    option,
    policy_options,
    processing_option,
    queue_option,
    settings_of,
)
from mockportal.workers import Alarm, listen, work

_POLITE = 10


@click.command()
@data_option
@processing_option
@policy_options
@keeping_options
@database_option
@queue_option
@option(
    "--lease",
    default=15.0,
    show_default=True,
    metavar="SECONDS",
    type=click.FloatRange(0.5),
    help="After so long without a sign of life, others take over what this worker had in hand.",
)
@click.option(
    "--attached",
    is_flag=True,
    help="End with the standard input; each line that comes in says that there is work.",
)
def worker(
    data: Path, processing: str, schema: str, registry: str, sender: str,
    keep_days: int | None, keep_deposits: int | None, database: str | None,
    queue: str | None, lease: float, attached: bool,
) -> int:  # fmt: skip
    """Treat what is deposited on the data folder, until told to end.

    ``serve`` starts one by itself.
    """
    settings = settings_of(
        data, schema, registry, sender,
        processing=processing, keep_days=keep_days, keep_deposits=keep_deposits,
        database=database, queue=queue, lease=lease,
    )  # fmt: skip
    if attached:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started it ends it
    if hasattr(os, "nice"):
        os.nice(_POLITE)  # the pages come first
    with assemble(settings) as portal:
        alarm = CalledAlarm(Exchange(queue, portal.secret_key)) if queue else Alarm()
        alarm.at_the_end = portal.patience.end

        def end(_signal: int, _frame: FrameType | None) -> None:
            alarm.end()

        signal.signal(signal.SIGTERM, end)
        if attached:
            listen(alarm, sys.stdin.buffer.readline)
        else:
            signal.signal(signal.SIGINT, end)
        work(portal.desk, alarm)
    return ALL_ACCEPTED

"""``mockportal worker``: brings deposits on, outside the process that serves the pages."""

import os
import sys
from functools import partial
from pathlib import Path
from threading import Thread
from typing import Any

import click

from mockportal.assembly import assemble
from mockportal.calling import CalledAlarm, Exchange
from mockportal.cli.options import (
    ALL_ACCEPTED,
    PRIVATE,
    data_option,
    database_option,
    keeping_options,
    option,
    policy_options,
    processing_option,
    queue_option,
    settings_of,
)
from mockportal.memory import keep_little
from mockportal.shutdown import end_at_a_signal, ignore_signals, must_end
from mockportal.workers import Alarm, Watchdog, listen, work

_POLITE = 10
_CALLS = 4096
"""Bytes of calls that are read at once: however many, there is work."""
_BETWEEN_LOOKS = 0.25
"""Seconds after which a signal is heard that the system has told another thread of."""


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
@option(
    "--stall",
    default=600.0,
    show_default=True,
    metavar="SECONDS",
    type=click.FloatRange(0.5),
    help="After so long without progress in a file (and 10 s more for each MB), the worker takes "
    "it to hang: it ends, which counts as an attempt.",
)
@click.option(
    "--attached",
    is_flag=True,
    help="End with the standard input; each line that comes in says that there is work.",
)
def worker(
    data: Path, processing: str, keep_days: int | None, keep_deposits: int | None,
    database: str | None, queue: str | None, lease: float, stall: float, attached: bool,
    **policy: Any,
) -> int:  # fmt: skip
    """Treat what is deposited on the data folder, until told to end.

    ``serve`` starts one by itself.
    """
    keep_little()
    settings = settings_of(
        data, processing=processing, keep_days=keep_days, keep_deposits=keep_deposits,
        database=database, queue=queue, lease=lease, stall=stall, **policy,
    )  # fmt: skip
    if attached:
        ignore_signals()  # whoever started it ends it
    if hasattr(os, "nice"):
        os.nice(_POLITE)  # the pages come first
    os.umask(PRIVATE)
    with assemble(settings) as portal:
        alarm = CalledAlarm(Exchange(queue, portal.secret_key)) if queue else Alarm()

        def end() -> None:
            must_end()
            portal.patience.end()

        alarm.at_the_end = end
        end_at_a_signal(alarm.end)
        if attached:
            # Not by sys.stdin: who is in the midst of reading that keeps Python from ending.
            listen(alarm, partial(os.read, sys.stdin.fileno(), _CALLS))
        # Signals are heard by the first thread alone, and not while C code is at something there.
        worker = Thread(target=work, args=(portal.desk, alarm, Watchdog()), daemon=True)
        worker.start()
        while worker.is_alive():
            worker.join(_BETWEEN_LOOKS)
    return ALL_ACCEPTED

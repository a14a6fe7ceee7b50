"""``mockportal worker``: brings deposits on, outside the process that serves the pages."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

import click

from mockportal.assembly import assemble
from mockportal.cli.options import (
    ALL_ACCEPTED,
    data_option,
    keeping_options,
    policy_options,
    processing_option,
    settings_of,
)
from mockportal.workers import Alarm, listen, work

_POLITE = 10


@click.command()
@data_option
@processing_option
@policy_options
@keeping_options
@click.option(
    "--attached",
    is_flag=True,
    help="End with the standard input; each line that comes in says that there is work.",
)
def worker(
    data: Path, processing: str, schema: str, registry: str, sender: str,
    keep_days: int | None, keep_deposits: int | None, attached: bool,
) -> int:  # fmt: skip
    """Treat what is deposited on the data folder, until told to end.

    ``serve`` starts one by itself.
    """
    alarm = Alarm()

    def end(_signal: int, _frame: FrameType | None) -> None:
        alarm.end()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, signal.SIG_IGN if attached else end)
    if hasattr(os, "nice"):
        os.nice(_POLITE)  # the pages come first
    settings = settings_of(
        data, schema, registry, sender,
        processing=processing, keep_days=keep_days, keep_deposits=keep_deposits,
    )  # fmt: skip
    with assemble(settings) as portal:
        alarm.at_the_end = portal.patience.end
        if attached:
            listen(alarm, sys.stdin.buffer.readline)
        work(portal.desk, alarm)
    return ALL_ACCEPTED

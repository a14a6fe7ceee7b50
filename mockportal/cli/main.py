"""The group of commands, and the options that several of them share."""

import gc
import os
import sys
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from mockportal import __version__
from mockportal.cli.options import INTERRUPTED, OTHER_FAILURE
from mockportal.settings import ENVIRONMENT_PREFIX, TRACEBACK, wants_tracebacks
from mockportal.shutdown import leave_at_a_signal, status_of_signal

_LONGEST_SENTENCE = 500
_NOBODY_READS = 1
"""What click and rich end with when nobody reads what they print any more; commands never do."""
_MODULES = {
    "check": "check",
    "coverage": "coverage",
    "deposit": "deposit",
    "example": "example",
    "journal": "journal",
    "ready": "serve",
    "registry": "registry",
    "rules": "rules",
    "schema": "example",
    "serve": "serve",
    "worker": "worker",
    "world": "world",
}
"""The module of each command, which is imported by whoever asks for that command."""


class _Commands(click.Group):
    """The commands, each of which pays for its own imports alone."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # as click calls it
        """Return their names."""
        return sorted(_MODULES)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return one of them, None where there is none of that name."""
        if cmd_name not in _MODULES:
            return None
        gc.disable()  # what is imported stays: there is no garbage to look for, again and again
        try:
            module = import_module(f"mockportal.cli.{_MODULES[cmd_name]}")
        finally:
            gc.enable()
        command: click.Command = getattr(module, cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"auto_envvar_prefix": ENVIRONMENT_PREFIX})
@click.version_option(__version__, prog_name="mockportal")
def commands() -> None:
    """Run a test double of the French certifying bodies' deposit portal.

    Each option can also be given in the environment, as MOCKPORTAL_<OPTION>.
    """


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line, that of the process by default.

    Misuse exits with 3, since 2 says that a file was refused; so does whatever else goes wrong,
    with a sentence: 1 would say that passages are KO.
    """
    if arguments is None:
        leave_at_a_signal()
    try:
        status = commands.main(arguments, prog_name="mockportal", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as fault:
        if status_of_signal() is None:
            fault.show()
        sys.exit(status_of_signal() or OTHER_FAILURE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("Interrupted.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # of the flush: click knows those that come earlier
        _say_no_more()
        sys.exit(OTHER_FAILURE)
    except SystemExit as end:
        if end.code == _NOBODY_READS:
            sys.exit(OTHER_FAILURE)
        raise
    except OSError as fault:
        _end_with(fault, str(fault) or type(fault).__name__)
    except Exception as fault:  # noqa: BLE001  # the last resort: 1 would mean « some KO »
        _end_with(fault, f"{type(fault).__name__}: {fault}", unexpected=True)
    sys.exit(status if isinstance(status, int) else 0)


def _end_with(fault: Exception, sentence: str, *, unexpected: bool = False) -> NoReturn:
    """Say what went wrong on one line, and end; whoever looks for the cause gets the traceback."""
    ended = status_of_signal()  # which interrupts whatever it meets
    if ended is not None:
        sys.exit(ended)
    if unexpected and wants_tracebacks():
        raise fault
    words = " ".join(sentence.split())
    shown = words if len(words) <= _LONGEST_SENTENCE else f"{words[:_LONGEST_SENTENCE]}…"
    click.echo(f"Error: {shown}", err=True)
    if unexpected:
        click.echo(
            f"That should not happen. With {TRACEBACK}=1 in the environment, the same command "
            "tells where it happened: please report it.",
            err=True,
        )
    sys.exit(OTHER_FAILURE)


def _say_no_more() -> None:
    """Keep Python from complaining, as it ends, that nobody reads what is left to be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

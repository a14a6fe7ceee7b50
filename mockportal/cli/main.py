"""The group of commands, and the options that several of them share."""

import sys
from typing import NoReturn

import click

from mockportal import __version__
from mockportal.cli.check import check
from mockportal.cli.coverage import coverage
from mockportal.cli.deposit import deposit
from mockportal.cli.journal import journal
from mockportal.cli.options import OTHER_FAILURE
from mockportal.cli.registry import registry
from mockportal.cli.rules import rules
from mockportal.cli.serve import ready, serve
from mockportal.cli.worker import worker
from mockportal.settings import ENVIRONMENT_PREFIX


@click.group(context_settings={"auto_envvar_prefix": ENVIRONMENT_PREFIX})
@click.version_option(__version__, prog_name="mockportal")
def commands() -> None:
    """Run a test double of the French certifying bodies' deposit portal.

    Each option can also be given in the environment, as MOCKPORTAL_<OPTION>.
    """


for command in (check, coverage, deposit, journal, ready, registry, rules, serve, worker):
    commands.add_command(command)


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run the command line, that of the process by default.

    Misuse exits with 3, since 2 says that a file was refused.
    """
    try:
        status = commands.main(arguments, prog_name="mockportal", standalone_mode=False)
    except click.ClickException as fault:
        fault.show()
        sys.exit(OTHER_FAILURE)
    except click.Abort:
        click.echo("Aborted.", err=True)
        sys.exit(OTHER_FAILURE)
    except OSError as fault:
        click.echo(f"Error: {fault}", err=True)
        sys.exit(OTHER_FAILURE)
    sys.exit(status if isinstance(status, int) else 0)

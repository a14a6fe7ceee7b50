"""``mockportal example`` and ``mockportal schema``: files to begin with, on standard output."""

import sys

import click

from mockportal import resources
from mockportal.cli.options import ALL_ACCEPTED
from mockportal.journeys.demonstrations import DEMONSTRATION


@click.command()
def example() -> int:
    """Print a valid flux: with every message that a passage can get under the default schema."""
    _print((resources.seeds_folder() / DEMONSTRATION).read_bytes())
    return ALL_ACCEPTED


@click.command()
@click.argument("version", type=click.Choice(resources.schema_versions()), default="1.1.2")
def schema(version: str) -> int:
    """Print the schema of a VERSION of the flux (1.1.2 unless another is named)."""
    _print(resources.schema_path(version).read_bytes())
    return ALL_ACCEPTED


def _print(content: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    sys.stdout.buffer.flush()

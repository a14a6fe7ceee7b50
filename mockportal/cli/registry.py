"""``mockportal registry``: the people of the portal."""

import json
import sys
import tempfile
from pathlib import Path
from random import Random
from typing import TextIO

import click

from mockportal.assembly import Portal, assemble
from mockportal.cli.options import (
    ALL_ACCEPTED,
    OTHER_FAILURE,
    REFUSED,
    data_option,
    database_option,
    option,
    policy_options,
    settings_of,
)
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.learn import Learned, learn
from mockportal.journeys.register import generate_people, import_people
from mockportal.settings import Settings
from mockportal.wire.tables_csv import write_people

_MOST_ROWS_SHOWN = 20
world_option = option("--world", default="default", show_default=True, help="The world.")


@click.group()
def registry() -> None:
    """Manage the people of the portal."""


def _world(portal: Portal, name: str) -> WorldId:
    world = portal.desk.stores.worlds.named(name)
    if world is None:
        raise click.ClickException(f"there is no world {name!r}")
    return world


@registry.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8-sig"))
@data_option
@database_option
@world_option
def import_(file: TextIO, data: Path, database: str | None, world: str) -> int:
    """Add the people of a CSV FILE; its header holds the flux's own names."""
    with (
        assemble(Settings(data=data, database=database)) as portal,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as copy,
    ):
        for line in file:
            copy.write(line)
        outcome = import_people(portal.desk, _world(portal, world), copy)
    if isinstance(outcome, int):
        click.echo(f"{outcome} people added to the world {world!r}.")
        return ALL_ACCEPTED
    for row in outcome[:_MOST_ROWS_SHOWN]:
        click.echo(f"line {row.line}: {row.reason}", err=True)
    if len(outcome) > _MOST_ROWS_SHOWN:
        click.echo("... and more", err=True)
    click.echo("Nothing was imported.", err=True)
    return OTHER_FAILURE


@registry.command("learn")
@click.argument(
    "fluxes",
    metavar="FLUX...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@data_option
@database_option
@world_option
@policy_options
def learn_(
    fluxes: tuple[Path, ...],
    data: Path,
    database: str | None,
    world: str,
    schema: str,
    registry: str,
    sender: str,
) -> int:
    """Add what each FLUX needs to be accepted: account, contract, certifications, people.

    Prints a JSON object for each file; the password is there when the account is new.
    """
    status = ALL_ACCEPTED
    with (
        assemble(settings_of(data, schema, registry, sender, database=database)) as portal,
        tempfile.TemporaryDirectory(prefix="mockportal-") as scratch,
    ):
        number = _world(portal, world)
        for flux in fluxes:
            learned = learn(portal.desk, number, flux, Path(scratch) / "regular.xml")
            if isinstance(learned, Learned):
                click.echo(json.dumps(_described(flux, learned), ensure_ascii=False))
                continue
            click.echo(f"{flux}: refused by the first control, nothing learned", err=True)
            for error in learned:
                click.echo(f"  line {error.line}, column {error.column}: {error.message}", err=True)
            status = REFUSED
    return status


def _described(flux: Path, learned: Learned) -> dict[str, object]:
    return {
        "file": str(flux),
        "account": learned.account,
        "password": learned.password,
        "sender": learned.sender,
        "certifier": learned.certifier,
        "contract": learned.contract,
        "certifications_added": learned.certifications,
        "people_added": learned.people,
        "remarks": list(learned.remarks),
    }


@registry.command()
@option("--holders", required=True, type=click.IntRange(1, 100_000_000), help="How many people.")
@option("--seed", default=0, show_default=True, help="The same seed invents the same people.")
@data_option
@database_option
@world_option
def generate(holders: int, seed: int, data: Path, database: str | None, world: str) -> int:
    """Invent people and add them."""
    with assemble(Settings(data=data, database=database)) as portal:
        people = generate_people(portal.desk, _world(portal, world), Random(seed), holders)  # noqa: S311  # invented people, no secret
        from rich.console import Console  # noqa: PLC0415  # the other commands start without it
        from rich.progress import track  # noqa: PLC0415  # likewise

        shown = track(
            people,
            total=holders,
            description="Inventing people",
            console=Console(stderr=True),
            disable=not sys.stderr.isatty(),
        )
        added = portal.desk.stores.registry.add(_world(portal, world), shown)
    click.echo(f"{added} people added to the world {world!r}.")
    return ALL_ACCEPTED


@registry.command()
@click.argument("file", type=click.File("w", encoding="utf-8", atomic=True))
@data_option
@database_option
@world_option
def export(file: TextIO, data: Path, database: str | None, world: str) -> int:
    """Write all people to a CSV FILE (``-`` for standard output)."""
    with assemble(Settings(data=data, database=database)) as portal:
        people = portal.desk.stores.registry.everyone(_world(portal, world))
        count = write_people(file, people)
    click.echo(f"{count} people written.", err=True)
    return ALL_ACCEPTED

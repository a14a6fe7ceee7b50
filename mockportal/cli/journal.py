"""``mockportal journal``: a world as one file, and the same things done again."""

import json
from pathlib import Path
from typing import Any

import click

from mockportal import resources
from mockportal.assembly import assemble
from mockportal.cli.asking import ControlClient
from mockportal.cli.options import (
    ALL_ACCEPTED,
    OTHER_FAILURE,
    SOME_REJECTED,
    control_key_option,
    data_option,
    database_option,
    option,
    policy_options,
    require_portal,
    settings_of,
)
from mockportal.cli.output import counted, replaced
from mockportal.cli.world import world_of, world_option
from mockportal.domain.uploads import MOST_PASSAGES
from mockportal.domain.worlds import WorldRefusal
from mockportal.journeys.journal import ExportRefusal, export_journal
from mockportal.journeys.redo import ReplayError
from mockportal.journeys.replay import replay
from mockportal.settings import Settings
from mockportal.wire.journal_archive import JournalReader

SAME, DIFFERENT = ALL_ACCEPTED, SOME_REJECTED


@click.group()
def journal() -> None:
    """Write a world to one file, and do the same things again."""


@journal.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@option("--url", help="A portal that is being served; without it, the data folder is read.")
@data_option
@database_option
@world_option
@control_key_option
@option("--seed", type=int, help="The seed that the portal is served with, to be noted.")
@policy_options
def export_(
    file: Path, url: str | None, data: Path, database: str | None, world: str,
    control_key: str | None,
    seed: int | None, **policy: Any,
) -> int:  # fmt: skip
    """Write deposits, clock, seed, people, accounts, changes and receipts of a world to FILE.

    From a data folder, say --schema, --registry, --sender and --seed as the portal was served; a
    portal that is asked by --url knows them. Passwords are in it as hashes.
    """
    if url:
        content = ControlClient(url, control_key).get("/_mock/journal", world=world)
        with replaced(file) as out:
            out.write(content)
        click.echo(f"The world {world!r} is in {file}.", err=True)
        return ALL_ACCEPTED
    require_portal(data, database)
    with assemble(settings_of(data, database=database, **policy)) as portal:
        number = world_of(portal, world)
        with replaced(file) as out:
            outcome = export_journal(portal.desk, number, world, seed, out)
            if isinstance(outcome, ExportRefusal):
                raise click.ClickException(outcome.value)
    click.echo(
        f"The world {world!r} is in {file}: {counted(outcome.deposits, 'deposit')}, "
        f"{counted(outcome.changes, 'change')}.",
        err=True,
    )
    return ALL_ACCEPTED


@journal.command("replay")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Restore the world in this data folder; without it, nothing is kept.",
)
@option("--world", help="The name that it gets; without it, the one that it had.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def replay_(file: Path, data: Path | None, world: str | None, as_json: bool) -> int:
    """Do again what FILE says, and tell whether the receipts are the same, byte for byte.

    Exits with 0 when they are, with 1 when some differ.
    """
    with JournalReader(file) as archive:
        archive.check(resources.schema_versions())
        head = archive.head
        settings = Settings(
            data=data,
            seed=head["seed"],
            empty_lists=head["empty_lists"],
            receipts=head.get("receipts", "2023"),
            max_passages=head.get("max_passages", MOST_PASSAGES),
        )
        name = world or head["world"]
        try:
            with assemble(settings) as portal:
                outcome = replay(portal.desk, archive, name)
        except ReplayError as fault:
            click.echo(f"Error: the replay cannot go on: {fault}", err=True)
            return OTHER_FAILURE
    if isinstance(outcome, WorldRefusal):
        raise click.ClickException(f"{name}: {outcome.value}")
    if as_json:
        click.echo(
            json.dumps(
                {
                    "world": outcome.world,
                    "deposits": outcome.deposits,
                    "receipts": outcome.receipts,
                    "differences": outcome.differences,
                    "accounts": outcome.accounts,
                },
                ensure_ascii=False,
                indent=2,
            )
        )
    else:
        for one in outcome.differences:
            click.echo(one)
        click.echo(
            f"{counted(outcome.deposits, 'deposit')} replayed, "
            f"{counted(outcome.receipts, 'receipt')} compared, "
            f"{len(outcome.differences)} different."
        )
        for before, now in outcome.accounts.items():
            if before != now:
                click.echo(f"The account {before} is {now} here.")
    return DIFFERENT if outcome.differences else SAME

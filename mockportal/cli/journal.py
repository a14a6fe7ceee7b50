"""``mockportal journal``: a world as one file, and the same things done again."""

import json
from pathlib import Path

import click

from mockportal.assembly import assemble
from mockportal.cli.asking import ask
from mockportal.cli.options import (
    ALL_ACCEPTED,
    OTHER_FAILURE,
    SOME_REJECTED,
    data_option,
    database_option,
    option,
    policy_options,
    settings_of,
)
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
@option("--world", default="default", show_default=True, help="The world.")
@option("--control-key", metavar="KEY", help="What opens the portal from another machine.")
@option("--seed", type=int, help="The seed that the portal is served with, to be noted.")
@policy_options
def export_(
    file: Path, url: str | None, data: Path, database: str | None, world: str,
    control_key: str | None,
    seed: int | None, schema: str, registry: str, sender: str,
) -> int:  # fmt: skip
    """Write deposits, clock, seed, people, accounts, changes and receipts of a world to FILE.

    From a data folder, say --schema, --registry, --sender and --seed as the portal was served; a
    portal that is asked by --url knows them. Passwords are in it as hashes.
    """
    if url:
        file.write_bytes(ask(url, "/_mock/journal", control_key, world=world))
        click.echo(f"The world {world!r} is in {file}.", err=True)
        return ALL_ACCEPTED
    with assemble(settings_of(data, schema, registry, sender, database=database)) as portal:
        number = portal.desk.stores.worlds.named(world)
        if number is None:
            raise click.ClickException(f"there is no world {world!r}")
        with file.open("wb") as out:
            outcome = export_journal(portal.desk, number, world, seed, out)
    if isinstance(outcome, ExportRefusal):
        file.unlink()
        raise click.ClickException(outcome.value)
    click.echo(
        f"The world {world!r} is in {file}: {outcome.deposits} deposits, "
        f"{outcome.changes} changes.",
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
        head = archive.head
        settings = Settings(data=data, seed=head["seed"], empty_lists=head["empty_lists"])
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
            f"{outcome.deposits} deposits replayed, {outcome.receipts} receipts compared, "
            f"{len(outcome.differences)} different."
        )
        for before, now in outcome.accounts.items():
            if before != now:
                click.echo(f"The account {before} is {now} here.")
    return DIFFERENT if outcome.differences else SAME

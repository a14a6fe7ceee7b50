"""``mockportal registry``: the people of the portal."""

import sys
import tempfile
from io import TextIOWrapper
from itertools import islice, starmap
from pathlib import Path
from random import Random
from typing import Any, BinaryIO, TextIO, cast

import click

from mockportal.assembly import assemble
from mockportal.cli.asking import ControlClient, ProblemError
from mockportal.cli.learn import learned_json, print_learned, report_not_learned
from mockportal.cli.options import (
    ALL_ACCEPTED,
    OTHER_FAILURE,
    REFUSED,
    control_key_option,
    data_option,
    database_option,
    option,
    policy_options,
    require_folder,
    require_portal,
    rows_options,
    settings_of,
    url_option,
)
from mockportal.cli.output import people_of, replaced
from mockportal.cli.world import world_of, world_option
from mockportal.domain.deposits import FileError
from mockportal.journeys.learn import Learned, learn
from mockportal.journeys.register import count_known_people, generate_people, import_people
from mockportal.settings import Settings
from mockportal.temporary import temporary_folder
from mockportal.wire.table_text import FALLBACK, copied_as_text
from mockportal.wire.tables_csv import write_people
from mockportal.workers import collect_rarely

_XML = "application/xml"


@click.group()
def registry() -> None:
    """Manage the people of the portal."""
    collect_rarely()  # they come by the hundred thousand


@registry.command("import")
@click.argument("file", type=click.File("rb"))
@data_option
@database_option
@world_option
@rows_options
def import_(
    file: BinaryIO, data: Path, database: str | None, world: str, limit: int, all_: bool
) -> int:
    """Add the people of a CSV FILE; its header holds the flux's own names."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", newline="") as copy:
        try:
            encoding = copied_as_text(file, copy)
        except ValueError as fault:
            click.echo(f"{file.name}: {fault}", err=True)
            click.echo("Nothing was imported.", err=True)
            return OTHER_FAILURE
        if encoding == FALLBACK:
            click.echo(f"{file.name} is not UTF-8: it was read as Windows-1252.", err=True)
        with assemble(Settings(data=data, database=database)) as portal:
            most = None if all_ else limit + 1
            number = world_of(portal, world)
            known = count_known_people(portal.desk, number, copy)
            outcome = import_people(portal.desk, number, copy, most)
    if isinstance(outcome, int):
        click.echo(f"{people_of(outcome)} added to the world {world!r}.")
        if known:
            click.echo(
                f"Already there with the same data: {people_of(known)}. A file that names them "
                "now finds several.",
                err=True,
            )
        return ALL_ACCEPTED
    for row in islice(outcome, None if all_ else limit):
        click.echo(f"line {row.line}: {row.reason}", err=True)
    if not all_ and len(outcome) > limit:
        click.echo("... and more: see --all, --limit", err=True)
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
@url_option
@control_key_option
@data_option
@database_option
@world_option
@policy_options
def learn_(
    fluxes: tuple[Path, ...],
    url: str | None,
    control_key: str | None,
    data: Path,
    database: str | None,
    world: str,
    **policy: Any,
) -> int:
    """Add what each FLUX needs to be accepted: account, contract, certifications, people.

    Prints a JSON object for each file; the password is there when the account is new. An account
    that was there keeps the password that it has.
    """
    if url:
        client = ControlClient(url, control_key)
        return max(_learn_there(client, world, flux) for flux in fluxes)
    status = ALL_ACCEPTED
    with (
        assemble(settings_of(data, database=database, **policy)) as portal,
        temporary_folder() as scratch,
    ):
        number = world_of(portal, world)
        for flux in fluxes:
            learned = learn(portal.desk, number, flux, scratch / "regular.xml")
            if isinstance(learned, Learned):
                print_learned(learned_json(flux, learned))
                continue
            report_not_learned(flux, learned)
            status = REFUSED
    return status


def _learn_there(client: ControlClient, world: str, flux: Path) -> int:
    """Have a portal that is served learn a flux."""
    try:
        with flux.open("rb") as content:
            learned = client.send("POST", "/_mock/learn", content, _XML, world=world)
    except ProblemError as fault:
        if "flux_errors" not in fault.problem:
            raise
        errors = [
            (one["line"], one["column"], one["message"]) for one in fault.problem["flux_errors"]
        ]
        report_not_learned(flux, starmap(FileError, errors))
        return REFUSED
    known = {name: value for name, value in learned.items() if value is not None}
    print_learned({"file": str(flux), **known})
    return ALL_ACCEPTED


@registry.command()
@option("--holders", required=True, type=click.IntRange(1, 100_000_000), help="How many people.")
@option("--seed", default=0, show_default=True, help="The same seed invents the same people.")
@data_option
@database_option
@world_option
def generate(holders: int, seed: int, data: Path, database: str | None, world: str) -> int:
    """Invent people and add them."""
    with assemble(Settings(data=data, database=database)) as portal:
        people = generate_people(portal.desk, world_of(portal, world), Random(seed), holders)  # noqa: S311  # invented people, no secret
        from rich.console import Console  # noqa: PLC0415  # the other commands start without it
        from rich.progress import track  # noqa: PLC0415  # likewise

        shown = track(
            people,
            total=holders,
            description="Inventing people",
            console=Console(stderr=True, quiet=not sys.stderr.isatty()),
            disable=not sys.stderr.isatty(),
        )
        added = portal.desk.stores.registry.add(world_of(portal, world), shown)
    click.echo(f"{people_of(added)} added to the world {world!r}.")
    return ALL_ACCEPTED


@registry.command()
@click.argument("file", type=click.Path(dir_okay=False, allow_dash=True, path_type=Path))
@data_option
@database_option
@world_option
def export(file: Path, data: Path, database: str | None, world: str) -> int:
    """Write all people to a CSV FILE (``-`` for standard output)."""
    require_portal(data, database)
    require_folder(None if str(file) == "-" else file, "FILE")
    with assemble(Settings(data=data, database=database)) as portal:
        people = portal.desk.stores.registry.everyone(world_of(portal, world))
        if str(file) == "-":
            with click.open_file("-", "w", encoding="utf-8") as stream:
                count = write_people(cast("TextIO", stream), people)
        else:
            with replaced(file) as kept:
                out = TextIOWrapper(kept, encoding="utf-8", newline="")
                count = write_people(out, people)
                out.flush()
                out.detach()  # the file beneath is not ours to close
    click.echo(f"{people_of(count)} written.", err=True)
    return ALL_ACCEPTED

"""``mockportal coverage``: what the deposits of a world have exercised."""

import json
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from mockportal import resources
from mockportal.assembly import assemble
from mockportal.cli.asking import ControlClient
from mockportal.cli.options import (
    ALL_ACCEPTED,
    SOME_REJECTED,
    control_key_option,
    data_option,
    database_option,
    option,
    require_portal,
)
from mockportal.cli.world import world_of, world_option
from mockportal.journeys.coverage import coverage_of
from mockportal.settings import Settings
from mockportal.wire.coverage_answers import coverage_json

BELOW = SOME_REJECTED
_STEPS_SHOWN = 3


@click.command()
@option("--url", help="A portal that is being served; without it, the data folder is read.")
@data_option
@database_option
@world_option
@option(
    "--schema",
    type=click.Choice(resources.schema_versions()),
    default="1.1.2",
    show_default=True,
    help="The version of the flux's schema that is measured on.",
)
@control_key_option
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    metavar="N",
    help="Exit with 1 when less than N percent were exercised.",
)
def coverage(
    url: str | None, data: Path, database: str | None, world: str, schema: str,
    control_key: str | None,
    as_json: bool, fail_under: float | None,
) -> int:  # fmt: skip
    """Tell which elements, branches, values, messages and levels the deposits have exercised."""
    if url:
        client = ControlClient(url, control_key)
        found = json.loads(client.get("/_mock/coverage", world=world, schema=schema))
    else:
        require_portal(data, database)
        found = _read(Settings(data=data, database=database, schema=schema), world)
    if as_json:
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(found)
    if fail_under is not None and found["percent"] < fail_under:
        click.echo(f"{found['percent']} % is less than {fail_under} %.", err=True)
        return BELOW
    return ALL_ACCEPTED


def _read(settings: Settings, world: str) -> dict[str, Any]:
    with assemble(settings) as portal:
        number = world_of(portal, world)
        return coverage_json(world, coverage_of(portal.desk, number))


def _show(found: dict[str, Any]) -> None:
    console = Console(highlight=False)
    table = Table(
        title=f"Schema {found['schema']}, deposits: {found['deposits']}", title_justify="left"
    )
    table.add_column("what")
    for head in ("exercised", "of", "%"):
        table.add_column(head, justify="right")
    for one in found["parts"]:
        table.add_row(
            one["part"].replace("_", " "), *(str(one[n]) for n in ("covered", "total", "percent"))
        )
    table.add_section()
    table.add_row("all", "", "", str(found["percent"]))
    console.print(table)
    for one in found["parts"]:
        if one["missing"]:
            console.print(f"\n[bold]Not exercised: {one['part'].replace('_', ' ')}[/bold]")
            for item in one["missing"]:
                console.print(f"  {escape(_short(item))}", soft_wrap=True)


def _short(item: str) -> str:
    """Return an item with the end of its path; those of the flux are long, and begin alike."""
    if not item.startswith("/"):
        return item
    path, blank, rest = item.partition(" ")
    steps = path.split("/")[1:]
    shown = "/".join(steps[-_STEPS_SHOWN:])
    return f"{'…/' if len(steps) > _STEPS_SHOWN else '/'}{shown}{blank}{rest}"

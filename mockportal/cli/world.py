"""``mockportal world``: portals within the portal, each for a test or a class."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click

from mockportal.assembly import Portal, assemble
from mockportal.cli.asking import ControlClient
from mockportal.cli.options import (
    ALL_ACCEPTED,
    control_key_option,
    data_option,
    database_option,
    option,
    require_portal,
    url_option,
)
from mockportal.domain.identifiers import WorldId
from mockportal.domain.worlds import DEFAULT_WORLD, WorldRefusal
from mockportal.journeys.worlds import MadeWorld, create_world, delete_world, reset_world, worlds
from mockportal.settings import Settings

_WORLDS = "/_mock/worlds"
world_option = option("--world", default=DEFAULT_WORLD, show_default=True, help="The world.")


def world_of(portal: Portal, name: str) -> WorldId:
    """Return the world of that name; raises ClickException where there is none."""
    found = portal.desk.stores.worlds.named(name)
    if found is None:
        raise click.ClickException(f"there is no world {name!r}")
    return found


@click.group()
def world() -> None:
    """Manage worlds: portals within the portal, each for a test or a class.

    With --url, those of a portal that is served; else those of the data folder.
    """


def _place_options(command: Callable[..., int]) -> Callable[..., int]:
    """Add where the world is: at a portal that is served, or in a data folder."""
    for add in (database_option, data_option, control_key_option, url_option):
        command = add(command)
    return command


@world.command("list")
@_place_options
def list_(url: str | None, control_key: str | None, data: Path, database: str | None) -> int:
    """Print the names of the worlds, one a line."""
    names: Iterable[str]
    if url:
        names = names_of(ControlClient(url, control_key))
    else:
        require_portal(data, database)
        with _portal(data, database) as portal:
            names = worlds(portal.desk)
    for name in names:
        click.echo(name)
    return ALL_ACCEPTED


def names_of(client: ControlClient) -> Iterator[str]:
    """Yield the names of the worlds of a portal that is served, page after page."""
    for page in count(1):
        told = json.loads(client.get(_WORLDS, page=str(page)))
        yield from told["items"]
        if page * told["size"] >= told["total"]:
            return


@world.command()
@click.argument("name", required=False)
@click.option("--empty", is_flag=True, help="Without the accounts and people of the seeds.")
@_place_options
def create(
    name: str | None, empty: bool, url: str | None, control_key: str | None, data: Path,
    database: str | None,
) -> int:  # fmt: skip
    """Make a world, and print it as JSON, with its accounts; a NAME that is not given is drawn."""
    if url:
        wanted = {"seeds": not empty, **({} if name is None else {"name": name})}
        _print(ControlClient(url, control_key).send("POST", _WORLDS, json.dumps(wanted).encode()))
        return ALL_ACCEPTED
    with _portal(data, database) as portal:
        drawn = name or portal.desk.circumstances.new_world_name(world_of(portal, DEFAULT_WORLD))
        _print(_made(drawn, create_world(portal.desk, drawn, seeds=not empty)))
    return ALL_ACCEPTED


@world.command()
@click.argument("name")
@_place_options
def reset(
    name: str, url: str | None, control_key: str | None, data: Path, database: str | None
) -> int:
    """Set a world back to what it was when it was made, and print it as JSON."""
    if url:
        _print(ControlClient(url, control_key).send("POST", "/_mock/reset", world=name))
        return ALL_ACCEPTED
    require_portal(data, database)
    with _portal(data, database) as portal:
        _print(_made(name, reset_world(portal.desk, name)))
    return ALL_ACCEPTED


@world.command()
@click.argument("name")
@_place_options
def delete(
    name: str, url: str | None, control_key: str | None, data: Path, database: str | None
) -> int:
    """Delete a world with all that it holds."""
    if url:
        ControlClient(url, control_key).send("DELETE", f"{_WORLDS}/{quote(name, safe='')}")
        return ALL_ACCEPTED
    require_portal(data, database)
    with _portal(data, database) as portal:
        refusal = delete_world(portal.desk, name)
    if refusal:
        raise click.ClickException(f"{name}: {refusal.value}")
    return ALL_ACCEPTED


@contextmanager
def _portal(data: Path, database: str | None) -> Iterator[Portal]:
    with assemble(Settings(data=data, database=database)) as portal:
        yield portal


def _made(name: str, outcome: MadeWorld | WorldRefusal) -> dict[str, Any]:
    """Return a world as the API tells it."""
    if isinstance(outcome, WorldRefusal):
        raise click.ClickException(f"{name}: {outcome.value}")
    from mockportal.web.mock.outcomes import (  # noqa: PLC0415  # the other commands start without Flask
        world_json,
    )

    return world_json(outcome)


def _print(made: dict[str, Any]) -> None:
    click.echo(json.dumps(made, ensure_ascii=False, indent=2))

"""What learning a flux gives, for the commands that do it: one flux, or a whole folder at start."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click

from mockportal.assembly import Portal
from mockportal.cli.output import say
from mockportal.domain.deposits import FileError
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.learn import Learned, learn
from mockportal.temporary import temporary_folder


def learned_json(flux: Path, learned: Learned) -> dict[str, Any]:
    """Return what learning has added; the password is there when the account is new."""
    return {
        "file": str(flux),
        "account": learned.account,
        **({"password": learned.password} if learned.password is not None else {}),
        "sender": learned.sender,
        "certifier": learned.certifier,
        "contract": learned.contract,
        "certifications_added": learned.certifications,
        "people_added": learned.people,
        "remarks": list(learned.remarks),
    }


def print_learned(learned: Mapping[str, Any]) -> None:
    """Print what learning has added as a line of JSON; say beside it why a password is missing."""
    click.echo(json.dumps(learned, ensure_ascii=False))
    if "password" not in learned:
        click.echo(
            f"The account {learned['account']} was there already, and keeps its password.", err=True
        )


def report_not_learned(flux: Path, errors: Iterable[FileError]) -> None:
    """Say that the first control refuses a flux, and why."""
    click.echo(f"{flux}: refused by the first control, nothing learned", err=True)
    for error in errors:
        say(f"  line {error.line}, column {error.column}: {error.message}", err=True)


def learn_folder(portal: Portal, folder: Path) -> list[dict[str, Any]]:
    """Learn the fluxes that lie in a folder, by name; return what each has added.

    A file that cannot be learned is said on stderr, and does not keep the portal from starting.
    The accounts that are made have the password of the seeds where that one is known to all.
    """
    world = portal.desk.stores.worlds.named(DEFAULT_WORLD)
    if world is None:
        raise LookupError("the default world vanished")
    added = []
    fluxes = sorted(file for file in folder.iterdir() if file.suffix.lower() == ".xml")
    if not fluxes:
        click.echo(f"{folder}: no .xml file to learn", err=True)
    with temporary_folder() as scratch:
        regular = scratch / "regular.xml"
        for flux in fluxes:
            try:
                learned = learn(
                    portal.desk, world, flux, regular, password=portal.demo_password or None
                )
            except OSError as fault:
                click.echo(f"{flux}: not learned: {fault.strerror or fault}", err=True)
                continue
            if isinstance(learned, Learned):
                added.append(learned_json(flux, learned))
                continue
            first = learned[0]
            say(
                f"{flux}: not learned, refused by the first control: line {first.line}, "
                f"column {first.column}: {first.message}",
                err=True,
            )
    return added

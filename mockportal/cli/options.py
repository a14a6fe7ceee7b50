"""Options that several commands take, and the exit statuses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from mockportal import resources
from mockportal.domain.processing import processing_of
from mockportal.drawing import secret
from mockportal.settings import ENVIRONMENT_PREFIX, Settings, default_data_folder, is_loopback

ALL_ACCEPTED, SOME_REJECTED, REFUSED, OTHER_FAILURE = 0, 1, 2, 3

F = TypeVar("F", bound=Callable[..., Any])


def option(name: str, *python_name: str, **attributes: Any) -> Callable[[F], F]:
    """Add an option that can also be given in the environment."""
    variable = f"{ENVIRONMENT_PREFIX}_{name.strip('-').replace('-', '_').upper()}"
    return click.option(name, *python_name, envvar=variable, show_envvar=True, **attributes)


def data_option(command: F) -> F:
    """Add ``--data``."""
    return option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        help="The data folder.",
        default=default_data_folder,
        show_default="the user's data folder",
    )(command)


def database_option(command: F) -> F:
    """Add ``--database``."""
    return option(
        "--database",
        metavar="URL",
        help="A PostgreSQL database, postgresql://USER:PASSWORD@HOST/NAME; the data folder keeps "
        "the files.",
        show_default="SQLite in the data folder",
    )(command)


def queue_option(command: F) -> F:
    """Add ``--queue``."""
    return option(
        "--queue",
        metavar="URL",
        help="The Redis through which workers on other machines are called, redis://HOST; without "
        "it they look by themselves.",
        show_default="none",
    )(command)


def policy_options(command: F) -> F:
    """Add the options that say how deposits are judged."""
    for add in (
        option(
            "--sender",
            type=click.Choice(["strict", "any"]),
            default="strict",
            show_default=True,
            help="any: let every émetteur, certificateur and contract through.",
        ),
        option(
            "--registry",
            type=click.Choice(["strict", "open"]),
            default="strict",
            show_default=True,
            help="open: people whom the registry does not know are added on first sight.",
        ),
        option(
            "--schema",
            type=click.Choice(resources.schema_versions()),
            default="1.1.2",
            show_default=True,
            help="The version of the flux's schema.",
        ),
    ):
        command = add(command)
    return command


class ProcessingWords(click.ParamType[str]):
    """The words of ``--processing``."""

    name = "immediate|delay=SECONDS|working_days=N|polls=N|manual"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the words when they say something."""
        if processing_of(str(value)) is None:
            self.fail(f"{value!r} is none of {self.name}", param, ctx)
        return str(value)


def processing_option(command: F) -> F:
    """Add ``--processing``."""
    return option(
        "--processing",
        type=ProcessingWords(),
        default="immediate",
        show_default=True,
        help="When the second control runs: at once, after SECONDS, after N working days, after N "
        "looks at the deposit, or when told.",
    )(command)


def keeping_options(command: F) -> F:
    """Add the options that say for how long deposits are kept."""
    for add in (
        option(
            "--keep-deposits",
            type=click.IntRange(0),
            metavar="N",
            help="Keep the newest N deposits of each world; their passages stay in any case.",
            show_default="all",
        ),
        option(
            "--keep-days",
            type=click.IntRange(0),
            metavar="N",
            help="Keep deposits for N days, by their world's clock; likewise.",
            show_default="for ever",
        ),
    ):
        command = add(command)
    return command


def junit_option(command: F) -> F:
    """Add ``--junit``."""
    return option(
        "--junit",
        metavar="OUT",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write JUnit XML there, a passage a test case, for a CI to read.",
    )(command)


def control_options(command: F) -> F:
    """Add the options of what stands behind the scenes: ``/coulisses`` and ``/_mock``."""
    for add in (
        option(
            "--no-control",
            is_flag=True,
            help="Leave out /coulisses and /_mock, which move the clock and show the mails.",
        ),
        option(
            "--control-key",
            metavar="KEY",
            help="What opens /coulisses and /_mock from another machine; without it, drawn and "
            "printed where --host is not this machine alone.",
        ),
    ):
        command = add(command)
    return command


def drawn_control_key(host: str) -> str | None:
    """Return a new control key for an address that other machines reach, None for loopback."""
    return None if is_loopback(host) else secret()


def settings_of(
    data: Path | None, schema: str, registry: str, sender: str, **more: Any
) -> Settings:
    """Return the settings that the shared options say."""
    return Settings(
        data=data,
        schema=schema,
        open_registry=registry == "open",
        any_sender=sender == "any",
        **more,
    )

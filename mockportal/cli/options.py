"""Options that several commands take, and the exit statuses."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mockportal import resources
from mockportal.domain.processing import processing_of
from mockportal.domain.uploads import MOST_PASSAGES
from mockportal.drawing import secret
from mockportal.settings import (
    DATABASE_FILE,
    ENVIRONMENT_PREFIX,
    Settings,
    default_data_folder,
    is_loopback,
)

ALL_ACCEPTED, SOME_REJECTED, REFUSED, OTHER_FAILURE = 0, 1, 2, 3
INTERRUPTED = 130
"""What a shell says of whom Ctrl-C has ended."""

PRIVATE = 0o077
"""The umask of what keeps a data folder: nobody else reads what lies there."""
_HOST_NAME = re.compile(r"[A-Za-z0-9._-]+|\[?[0-9A-Fa-f:.]+\]?")

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


def require_portal(data: Path, database: str | None) -> None:
    """Raise BadParameter where no portal is kept: what only reads makes none of a slip."""
    if not database and not (data / DATABASE_FILE).exists():
        raise click.BadParameter(f"there is no portal in {str(data)!r}", param_hint="--data")


def require_folder(path: Path | None, name: str) -> None:
    """Raise BadParameter where the file of an option could not be written, before any work."""
    if path and not path.is_dir() and not path.parent.is_dir():
        raise click.BadParameter(
            f"there is no folder {str(path.parent)!r} to write it to", param_hint=name
        )


def require_several(path: Path | None, files: Sequence[Path], name: str) -> None:
    """Raise BadParameter where what is written of several files would go to a single one."""
    if path and len(files) > 1 and not path.is_dir():
        raise click.BadParameter(
            "must be a folder that exists, with several files", param_hint=name
        )


def control_key_option(command: F) -> F:
    """Add ``--control-key`` to a command that asks a portal."""
    return option(
        "--control-key", metavar="KEY", help="What opens the portal from another machine."
    )(command)


def url_option(command: F) -> F:
    """Add ``--url`` to a command that asks a portal, or else works on the data folder."""
    return option("--url", help="A portal that is being served; without it, the data folder.")(
        command
    )


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
            "--open",
            "open_",
            is_flag=True,
            help="All three: --registry open --sender any --certifications open.",
        ),
        option(
            "--receipts",
            type=click.Choice(["2021", "2022", "2023"]),
            default="2023",
            show_default=True,
            help="The form of the receipts: that of today, or of an earlier year.",
        ),
        option(
            "--empty-lists",
            type=click.Choice(["present", "absent"]),
            default="present",
            show_default=True,
            help="absent: a receipt has no PassagesKO (or OK) where nothing is KO (or OK).",
        ),
        option(
            "--max-passages",
            default=MOST_PASSAGES,
            show_default=True,
            type=click.IntRange(1),
            help="A file with more passages is refused.",
        ),
        option(
            "--certifications",
            type=click.Choice(["strict", "open"]),
            default="strict",
            show_default=True,
            help="open: certifications that the list does not know are added on first sight.",
        ),
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


if TYPE_CHECKING:
    _Parameter = click.ParamType[str]
    _HostNamesParameter = click.ParamType[tuple[str, ...]]
else:
    _Parameter = _HostNamesParameter = click.ParamType  # no generic before click 8.3


class HostNames(_HostNamesParameter):
    """Names of hosts, comma separated."""

    name = "NAME,…"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """Return the names, each without a port."""
        names = tuple(name for name in (part.strip() for part in str(value).split(",")) if name)
        for name in names:
            if not _HOST_NAME.fullmatch(name):
                self.fail(f"{name!r} is no name: leave http:// and the port out", param, ctx)
        return tuple(name.strip("[]") for name in names)


def allow_host_option(command: F) -> F:
    """Add ``--allow-host``."""
    return option(
        "--allow-host",
        "allow_hosts",
        type=HostNames(),
        multiple=True,
        metavar="NAME",
        help="Answer to this name too (the header Host), as a proxy passes it on; several are "
        "comma separated.",
        show_default="this machine's names where --host is loopback, else any",
    )(command)


class ProcessingWords(_Parameter):
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


def outcome_options(command: F) -> F:
    """Add ``--receipt`` and ``--json``: what becomes of one FILE or several, for programs."""
    for add in (
        option(
            "--json",
            "as_json_",
            is_flag=True,
            help="Print JSON: an object, or a list of them for several FILEs.",
        ),
        option(
            "--receipt",
            type=click.Path(path_type=Path),
            help="Write the receipt there: a file, or a folder for several FILEs.",
        ),
    ):
        command = add(command)
    return command


def rows_options(command: F) -> F:
    """Add ``--limit`` and ``--all``: how many rows of a table are told that are wrong."""
    for add in (
        option("--all", "all_", is_flag=True, help="Tell every row that is wrong."),
        option(
            "--limit",
            type=click.IntRange(1),
            metavar="N",
            default=20,
            show_default=True,
            help="Tell N rows that are wrong.",
        ),
    ):
        command = add(command)
    return command


def length_options(command: F) -> F:
    """Add ``--limit`` and ``--all``: how much of a list of KO is told."""
    for add in (
        option("--all", "all_", is_flag=True, help="Tell every KO and every error, however many."),
        option(
            "--limit",
            type=click.IntRange(1),
            metavar="N",
            help="Tell N KO of each reason, or N errors of a refused file; in JSON, N KO in all.",
            show_default="5, and all errors; in JSON 200",
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
    data: Path | None,
    *,
    schema: str,
    registry: str,
    sender: str,
    certifications: str,
    open_: bool,
    empty_lists: str,
    receipts: str,
    **more: Any,
) -> Settings:
    """Return the settings that the shared options say."""
    return Settings(
        data=data,
        schema=schema,
        open_registry=open_ or registry == "open",
        any_sender=open_ or sender == "any",
        open_certifications=open_ or certifications == "open",
        empty_lists=empty_lists,
        receipts=receipts,
        **more,
    )

"""Where the schemas and the seeds are: beside the package in a checkout, inside it in a wheel."""

import re
from pathlib import Path

_PACKAGE = Path(__file__).parent
_IN_A_WHEEL = _PACKAGE / "_data"
_FLUX_SCHEMA = re.compile(r"flux-(\d+(?:\.\d+)*)\.xsd")


class MissingResourceError(LookupError):
    """A file that comes with the program is not where it should be."""


def xsd_folder() -> Path:
    """Return the folder of the schemas; raise MissingResourceError where there is none."""
    return _folder("xsd")


def seeds_folder() -> Path:
    """Return the folder of the seeds; raise MissingResourceError where there is none."""
    return _folder("seeds")


def schema_versions() -> tuple[str, ...]:
    """Return the versions of the flux's schema that are there, oldest first.

    Every ``flux-<version>.xsd`` is one: a new version is added by adding its file.
    """
    found = (_FLUX_SCHEMA.fullmatch(path.name) for path in xsd_folder().iterdir())
    versions = [match[1] for match in found if match]
    return tuple(sorted(versions, key=_as_numbers))


def schema_path(version: str) -> Path:
    """Return the file of that version's schema, such as ``1.1.2``.

    Raises MissingResourceError, with the versions that are there, for any other.
    """
    versions = schema_versions()
    if version not in versions:
        there = ", ".join(versions) or "none at all"
        raise MissingResourceError(f"no schema of version {version!r}; there are: {there}")
    return xsd_folder() / f"flux-{version}.xsd"


def _folder(name: str) -> Path:
    for parent in (_IN_A_WHEEL, _PACKAGE.parent):
        if (parent / name).is_dir():
            return parent / name
    raise MissingResourceError(
        f"the folder {name!r} is neither in {_IN_A_WHEEL} (an installed package) "
        f"nor in {_PACKAGE.parent} (a checkout)"
    )


def _as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))

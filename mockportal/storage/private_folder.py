"""The data folder for its owner's eyes: it holds names, secrets, and mails with live links."""

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_FILES, _ASIDE = "files", "files-aside"
_SECRET = ("portal.db", "portal.lock", "portal.mark", "secret-key")
"""How the names begin of what lies in the folder beside the files of deposits."""
_PROBE = "portal.probe"


def make_private(folder: Path) -> None:
    """Make a data folder that nobody else opens, or take others' rights in one that is ours.

    Nothing else is touched where the folder holds more than a portal: somebody's home, say.
    """
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=stat.S_IRWXU)
    if os.name != "posix":
        return
    if _is_ours(folder) and _open_to_others(folder):
        _close(folder)
        for path in _below(folder / _FILES):
            _close(path)
    make_files_private(folder)


def make_files_private(folder: Path) -> None:
    """Take others' rights in the database and the key, as soon as they are there."""
    if os.name != "posix":
        return
    for path in folder.iterdir():
        if _is_secret(path.name):
            _close(path)


def _is_ours(folder: Path) -> bool:
    """Tell whether a folder is a portal's alone, or empty."""
    if folder.stat().st_mode & stat.S_ISVTX or folder.resolve() in {Path.home(), Path.cwd()}:
        return False
    names = (path.name for path in folder.iterdir())
    return all(_is_secret(name) or name.startswith(_PROBE) for name in names)


def _is_secret(name: str) -> bool:
    return name.startswith(_SECRET) or name in {_FILES, _ASIDE}


def _below(folder: Path) -> Iterator[Path]:
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))


def _open_to_others(path: Path) -> bool:
    return bool(path.lstat().st_mode & _OTHERS)


def _close(path: Path) -> None:
    """Take others' rights; what belongs to somebody else, or is a link, is left as it is."""
    with suppress(OSError):  # it may have gone, or be somebody else's
        if not path.is_symlink() and _open_to_others(path):
            path.chmod(stat.S_IMODE(path.stat().st_mode) & ~_OTHERS)

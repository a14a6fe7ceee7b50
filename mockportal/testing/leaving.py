"""Leaving the deposits of a test as files, for whoever reads why it failed."""

import json
import re
from pathlib import Path

from mockportal.testing.deposits import Deposit
from mockportal.testing.world import MockPortal

_LONGEST_FILE = 80
"""Characters of a file's name: some take three bytes, and a name has 255."""
_LONGEST = 100
"""Characters of a folder's name that tell a test; Windows counts those of the whole path."""


def leave(portal: MockPortal, folder: Path, test: str) -> list[Path]:
    """Write the deposits of a portal below ``folder``, and return the folder of each.

    A deposit is its file, its receipt if there is one, and what explains it as JSON.
    """
    mine = folder / re.sub(r"[^\w.-]+", "-", test)[-_LONGEST:].strip("-")
    return [_leave(one, mine / str(one.processing_id)) for one in portal.deposits]


def _leave(deposit: Deposit, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / _fitting(deposit.file_name)).write_bytes(deposit.content)
    (folder / "deposit.json").write_text(_json(deposit.as_json()), encoding="utf-8")
    if deposit.receipt_name:
        (folder / _fitting(deposit.receipt_name)).write_bytes(deposit.receipt)
        (folder / "explanation.json").write_text(_json(deposit.explanation), encoding="utf-8")
    return folder


def _fitting(name: str) -> str:
    """Return a name that every file system takes, its end kept: exporters choose what they like."""
    return re.sub(r"[^\w. -]+", "-", name)[-_LONGEST_FILE:]


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

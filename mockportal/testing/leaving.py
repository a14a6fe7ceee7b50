"""Leaving the deposits of a test as files, for whoever reads why it failed."""

import json
import re
from pathlib import Path

from mockportal.testing.deposits import Deposit
from mockportal.testing.world import MockPortal

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
    (folder / Path(deposit.file_name).name).write_bytes(deposit.content)
    (folder / "deposit.json").write_text(_json(deposit.as_json()), encoding="utf-8")
    if deposit.receipt_name:
        (folder / deposit.receipt_name).write_bytes(deposit.receipt)
        (folder / "explanation.json").write_text(_json(deposit.explanation), encoding="utf-8")
    return folder


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

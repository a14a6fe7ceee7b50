"""The examples: each folder has a ``deposit.xml``, the ``receipt.xml`` it brings, and ``how.json``.

``how.json`` says which account deposits, under which schema. Each example has a portal of its own,
fresh from the seeds; ``suppression-1.1.5`` comes after ``demonstration-1.1.5`` there.
"""

import json
import tempfile
from pathlib import Path

from mockportal.assembly import assemble
from mockportal.domain.identifiers import AccountId
from mockportal.resources import seeds_folder
from mockportal.settings import Settings
from tests.working import deposited

FOLDER = Path(__file__).parent
BEFORE = {"seeds-suppression-1.1.5": "flux-demonstration-1.1.5.xml"}


def folders() -> list[Path]:
    """Return the folders of the examples."""
    return sorted(path.parent for path in FOLDER.glob("*/deposit.xml"))


def receipt_of(folder: Path, empty_lists: str = "present") -> bytes:
    """Return the receipt that a fresh portal gives for an example's deposit."""
    how = json.loads((folder / "how.json").read_text(encoding="utf-8"))
    files = [folder / "deposit.xml"]
    if folder.name in BEFORE:
        files.insert(0, seeds_folder() / BEFORE[folder.name])
    receipt = b""
    with tempfile.TemporaryDirectory() as data:
        settings = Settings(data=Path(data), schema=how["schema"], empty_lists=empty_lists)
        with assemble(settings) as portal:
            account = portal.desk.stores.organisations.account(AccountId(how["account"]))
            assert account is not None
            for file in files:
                with file.open("rb") as content:
                    deposit = deposited(portal.desk, account, file.name, content)
                receipt = portal.desk.stores.files.receipt(deposit.id).read_bytes()
    return receipt

"""Whether a portal can be used now, and if not, why: its folder, its disk, its database."""

import logging
from collections.abc import Callable
from typing import NamedTuple

from sqlalchemy import Engine

from mockportal.domain.storage_failures import StorageError, StorageFailure
from mockportal.storage.folder import DataFolder
from mockportal.storage.identity import can_be_written

log = logging.getLogger(__name__)


class Reason(NamedTuple):
    """Why a portal is of no use: for anybody, and for its operator with the machine's paths."""

    sentence: str
    detail: str


class Health:
    """What has to be well for deposits to be taken and treated."""

    def __init__(self, folder: DataFolder, engine: Engine) -> None:
        """Keep what is looked at."""
        self._folder = folder
        self._engine = engine
        self._others: list[Callable[[], str | None]] = []
        self._logged: list[Reason] = []

    def add(self, check: Callable[[], str | None]) -> None:
        """Have something else looked at, too: it returns what is wrong, in a sentence, or None.

        The sentence is for anybody: it names no path.
        """
        self._others.append(check)

    def reasons(self) -> list[Reason]:
        """Return why the portal is of no use now; none when all is well."""
        kept = [
            Reason(sentence, detail)
            for sentence, detail in (
                ("the data folder is not what it was at the start", self._folder.trouble()),
                ("no file can be kept in the data folder", self._folder.room()),
            )
            if detail
        ]
        self._log(kept)
        database = self._database()  # which logs its failures itself, and so does the worker
        used = [Reason("the database cannot be used", database)] if database else []
        others = [Reason(told, told) for told in (check() for check in self._others) if told]
        return [*kept, *used, *others]

    def _log(self, reasons: list[Reason]) -> None:
        """Log what is not well, once: whoever asks for it does so every few seconds."""
        if reasons != self._logged and reasons:
            log.warning("not ready: %s", "; ".join(reason.detail for reason in reasons))
        self._logged = reasons

    def require(self) -> None:
        """Raise StorageError where files or rows cannot be kept."""
        self._folder.require()
        reason = self._folder.room()
        if reason:
            raise StorageError(StorageFailure.FULL, reason)
        can_be_written(self._engine)

    def _database(self) -> str | None:
        try:
            return can_be_written(self._engine)
        except StorageError as fault:
            return str(fault)

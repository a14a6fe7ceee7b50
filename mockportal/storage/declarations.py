"""The forms that declare one passage: drafts, and those that were sent."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Engine, Select, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from mockportal.domain.declarations import Declaration
from mockportal.domain.identifiers import AccountId, DepositId, WorldId
from mockportal.storage.account_tables import declarations
from mockportal.storage.deposit_rows import microseconds

MOST_DECLARATIONS = 200
"""How many forms of an account are kept."""
_UNSENT = declarations.c.deposit.is_(None)


class DeclarationStore:
    """The declarations of all worlds."""

    def __init__(self, engine: Engine) -> None:
        """Keep the engine."""
        self._engine = engine
        self._writer = engine.execution_options(writes=True)

    def begin(self, declaration: Declaration) -> None:
        """Keep a new form; one of that number is left alone. The oldest of very many go."""
        mine = declarations.c.account_id == declaration.account
        newest = select(declarations.c.id).where(mine).order_by(declarations.c.id.desc())
        try:
            with self._writer.begin() as connection:
                connection.execute(insert(declarations).values(_values(declaration)))
                oldest = connection.scalar(newest.offset(MOST_DECLARATIONS - 1).limit(1))
                if oldest is not None:
                    connection.execute(delete(declarations).where(mine, declarations.c.id < oldest))
        except IntegrityError:
            return

    def get(self, account: AccountId, number: str) -> Declaration | None:
        """Return an account's form, or None."""
        mine = declarations.c.account_id == account
        return self._one(select(declarations).where(mine, declarations.c.number == number))

    def drafts(self, account: AccountId) -> list[Declaration]:
        """Return the forms of an account that were not sent, newest first."""
        wanted = select(declarations).where(declarations.c.account_id == account, _UNSENT)
        with self._engine.connect() as connection:
            rows = connection.execute(wanted.order_by(declarations.c.id.desc())).all()
        return [_declaration(row) for row in rows]

    def keep(self, number: str, values: Mapping[str, str]) -> None:
        """Keep what a form is filled in with; one that was sent stays as it was."""
        self._change(number, content=_written(values))

    def remove(self, account: AccountId, number: str) -> None:
        """Forget a form that was not sent."""
        theirs = (declarations.c.account_id == account) & (declarations.c.number == number)
        with self._writer.begin() as connection:
            connection.execute(delete(declarations).where(theirs, _UNSENT))

    def claim(self, number: str, real: datetime, stale: datetime) -> bool:
        """Tell whether it is the caller's to send a form: of two, one is told so."""
        free = declarations.c.claimed_at.is_(None) | (
            declarations.c.claimed_at < microseconds(stale)
        )
        with self._writer.begin() as connection:
            claimed = connection.execute(
                update(declarations)
                .where(declarations.c.number == number, _UNSENT, free)
                .values(claimed_at=microseconds(real))
            )
        return bool(claimed.rowcount)

    def release(self, number: str) -> None:
        """Let a form be sent after all that could not be."""
        self._change(number, claimed_at=None)

    def sent(self, number: str, deposit: DepositId) -> None:
        """Remember the deposit that a form became."""
        self._change(number, deposit=deposit)

    def of_deposit(self, world: WorldId, deposit: DepositId) -> Declaration | None:
        """Return the form that became a deposit, or None."""
        here = declarations.c.world_id == world
        return self._one(select(declarations).where(here, declarations.c.deposit == deposit))

    def _change(self, number: str, **values: object) -> None:
        with self._writer.begin() as connection:
            connection.execute(
                update(declarations).where(declarations.c.number == number, _UNSENT).values(values)
            )

    def _one(self, wanted: Select[Any]) -> Declaration | None:
        with self._engine.connect() as connection:
            row = connection.execute(wanted).first()
        return None if row is None else _declaration(row)


def _values(declaration: Declaration) -> dict[str, object]:
    return {
        "number": declaration.number,
        "world_id": declaration.world,
        "account_id": declaration.account,
        "content": _written(declaration.values),
        "begun_at": declaration.begun_at.isoformat(),
        "corrects": declaration.corrects,
        "deposit": declaration.deposit,
    }


def _written(values: Mapping[str, str]) -> str:
    return json.dumps(dict(values))  # in ASCII: a lone surrogate that was typed stays storable


def _declaration(row: Any) -> Declaration:
    return Declaration(
        number=row.number,
        world=WorldId(row.world_id),
        account=AccountId(row.account_id),
        values=json.loads(row.content),
        begun_at=datetime.fromisoformat(row.begun_at),
        corrects=DepositId(row.corrects) if row.corrects else None,
        deposit=DepositId(row.deposit) if row.deposit else None,
    )

"""What pages list: deposits narrowed by a filter, and the accepted passages of one."""

from sqlalchemy import ColumnElement, Engine, and_, func, select

from mockportal.domain.deposits import AcceptedPassage, DepositFilter, DepositPage
from mockportal.domain.identifiers import DepositId, HolderId, TechnicalId
from mockportal.domain.organisations import Organisation
from mockportal.storage.deposit_rows import deposit_of
from mockportal.storage.deposit_scopes import seen_by
from mockportal.storage.staging import levels_of
from mockportal.storage.tables import deposits, passages


def accepted_of(engine: Engine, deposit: DepositId, page: int, size: int) -> list[AcceptedPassage]:
    """Return a page of the accepted passages of a deposit in the order of the file."""
    number = select(deposits.c.id).where(deposits.c.public_id == deposit).scalar_subquery()
    wanted = (
        select(passages)
        .where(passages.c.deposit_id == number)
        .order_by(passages.c.piece, passages.c.position)
        .limit(size)
        .offset((page - 1) * size)
    )
    with engine.connect() as connection:
        return [
            AcceptedPassage(
                technical_id=TechnicalId(row.technical_id),
                levels=levels_of(row.levels),
                holder=None if row.holder_id is None else HolderId(row.holder_id),
                piece=row.piece,
                position=row.position,
                alive=row.alive,
            )
            for row in connection.execute(wanted)
        ]


def page_of(
    engine: Engine,
    organisation: Organisation,
    page: int,
    size: int,
    wanted: DepositFilter,
    *,
    any_sender: bool,
) -> DepositPage:
    """Return those wanted of the deposits that an organisation may see, newest first."""
    mine = seen_by(organisation, any_sender=any_sender)
    seen = and_(mine, deposits.c.removed_at.is_(None), *_conditions(wanted))
    listed = (
        select(deposits).where(seen).order_by(deposits.c.id.desc())
        .limit(size).offset((page - 1) * size)
    )  # fmt: skip
    with engine.connect() as connection:
        rows = connection.execute(listed).all()
        total = connection.scalar(select(func.count()).select_from(deposits).where(seen))
    return DepositPage([deposit_of(row) for row in rows], total or 0)


def _conditions(wanted: DepositFilter) -> list[ColumnElement[bool]]:
    """Return what a filter asks; moments are kept as text that begins with the day in Paris."""
    asked: list[ColumnElement[bool]] = []
    if wanted.status:
        asked.append(deposits.c.status == wanted.status.value)
    if wanted.since:
        asked.append(deposits.c.received_at >= wanted.since.isoformat())
    if wanted.until:
        asked.append(func.substr(deposits.c.received_at, 1, 10) <= wanted.until.isoformat())
    return asked

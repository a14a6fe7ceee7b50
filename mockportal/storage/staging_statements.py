"""What is asked and written of the verdicts under a deposit, put together once.

SQLAlchemy takes longer over a statement than the database does.
"""

from sqlalchemy import bindparam, select, update

from mockportal.storage.tables import (
    deposit_certifications,
    deposits,
    passages,
    pieces,
    rejections,
)

PENDING_AT_ONCE = 100
THIS = select(deposits.c.id).where(deposits.c.public_id == bindparam("deposit")).scalar_subquery()
PENDING = (
    select(pieces)
    .where(
        pieces.c.deposit_id == THIS,
        pieces.c.judged.is_(False),
        pieces.c.number > bindparam("after"),
    )
    .order_by(pieces.c.number)
    .limit(PENDING_AT_ONCE)
)
CERTIFICATIONS = (
    select(
        deposit_certifications.c.type,
        deposit_certifications.c.code,
        deposit_certifications.c.depositor_nature,
    )
    .where(
        deposit_certifications.c.deposit_id == THIS,
        deposit_certifications.c.ordinal.between(bindparam("first"), bindparam("last")),
    )
    .order_by(deposit_certifications.c.ordinal)
)
JUDGE = (
    update(pieces)
    .where(
        pieces.c.deposit_id == bindparam("number_of"),
        pieces.c.number.in_(bindparam("judged_now", expanding=True)),
        pieces.c.judged.is_(False),
    )
    .values(judged=True)
    .returning(pieces.c.number)
)
COUNT = (
    update(deposits)
    .where(deposits.c.id == bindparam("number_of"))
    .values(
        accepted=deposits.c.accepted + bindparam("ok"),
        rejected=deposits.c.rejected + bindparam("ko"),
        late=deposits.c.late + bindparam("too_late"),
        attempts=1,
        interruptions=0,
    )
)
REJECTIONS = (
    select(rejections)
    .where(rejections.c.deposit_id == THIS)
    .order_by(rejections.c.piece, rejections.c.position)
)
REJECTED_IDS = REJECTIONS.with_only_columns(rejections.c.technical_id, rejections.c.text)
ACCEPTED_IDS = (
    select(passages.c.technical_id)
    .where(passages.c.deposit_id == THIS)
    .order_by(passages.c.piece, passages.c.position)
)

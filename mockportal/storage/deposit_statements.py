"""What deposits are written and found by, put together once.

SQLAlchemy takes longer over a statement than the database does.
"""

from sqlalchemy import bindparam, insert, select, update

from mockportal.storage.tables import accounts, deposit_certifications, deposits, pieces, worlds

BY_ID = select(deposits).where(deposits.c.public_id == bindparam("deposit"))
HELD = BY_ID.with_for_update()
STATUS = select(deposits.c.status).where(deposits.c.public_id == bindparam("deposit"))
ACCOUNT = select(accounts.c.number).where(
    accounts.c.id == bindparam("account"), accounts.c.organisation_id == bindparam("organisation")
)
NEXT_NUMBER = (
    update(worlds)
    .where(worlds.c.id == bindparam("world"))
    .values(next_processing_id=worlds.c.next_processing_id + 1)
    .returning((worlds.c.next_processing_id - 1).label("number"), worlds.c.origin)
)
SAME_FLUX = (
    select(deposits.c.id)
    .where(
        deposits.c.organisation_id == bindparam("organisation"),
        deposits.c.flux_id == bindparam("flux"),
        deposits.c.id < bindparam("before"),
    )
    .limit(1)
)
INSERT = insert(deposits).returning(*deposits.c)
INSERT_PIECES = insert(pieces)
INSERT_CERTIFICATIONS = insert(deposit_certifications)
UPDATE = update(deposits).where(deposits.c.id == bindparam("changed")).returning(*deposits.c)

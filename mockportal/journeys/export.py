"""Exporting passages: all that an account sees, or what a search finds."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import islice

from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import DepositId
from mockportal.domain.organisations import Account
from mockportal.domain.passage_sheet import yes_no
from mockportal.domain.passages import PassageSearch
from mockportal.journeys.desk import Desk
from mockportal.journeys.passages import Listed, listed

_BATCH = 500


def exported(desk: Desk, account: Account, search: PassageSearch) -> Iterator[list[str]]:
    """Yield a row for each passage, as ``domain.passage_sheet`` heads them, streaming."""
    deposit_of = lru_cache(maxsize=1_000)(desk.stores.deposits.get)
    found = desk.stores.passages.matching(account.organisation, search)
    while batch := list(islice(found, _BATCH)):
        for one in listed(desk, batch):
            yield _row(one, deposit_of(DepositId(one.passage.deposit)))


def _row(one: Listed, deposit: Deposit | None) -> list[str]:
    passage, holder, certification = one.passage, one.holder, one.certification
    return [
        passage.technical_id,
        holder.birth_name if holder else "",
        holder.first_name if holder else "",
        certification.code if certification else "",
        certification.label if certification else "",
        passage.valid_from.isoformat(),
        yes_no(passage.late),
        passage.sender,
        passage.certifier_client,
        deposit.file_name if deposit else "",
        _moment(deposit.received_at) if deposit else "",
        _moment(passage.modified_at) if passage.modified_at else "",
    ]


def _moment(moment: datetime) -> str:
    return moment.isoformat(sep=" ", timespec="minutes")[:16]

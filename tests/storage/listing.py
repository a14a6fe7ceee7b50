"""Passages for tests of lists and searches."""

from datetime import date

from mockportal.domain.deposits import Staged
from mockportal.domain.organisations import Organisation
from mockportal.domain.passages import PassagePage, PassageSearch, StoredPassage
from mockportal.journeys.ports import Stores
from tests.builders import (
    an_accepted_passage,
)

NASTY = [
    "ESSAI_03/11/2023_3",
    "a?b=c&d#e",
    "100% _sûr_",
    "  deux  espaces ",
    "é" * 255,
    "<b>gras</b> & \"'`",
    "'; DROP TABLE passages; --",
    "🎓\u202e\\",
]


def a_passage(
    technical_id: str,
    position: int = 0,
    *,
    name: str = "MARTIN LEA",
    certification: int | None = 1,
    awarded: date = date(2026, 10, 1),
) -> Staged:
    return an_accepted_passage(technical_id, position)._replace(
        name_key=name,
        certification_id=certification,
        valid_from=awarded,
    )


def ids(page: PassagePage[StoredPassage]) -> list[str]:
    return [one.technical_id for one in page]


def listed(
    stores: Stores, seer: Organisation, search: PassageSearch | None = None, number: int = 1
) -> list[str]:
    return ids(stores.passages.page(seer, search or PassageSearch(), number, 25))

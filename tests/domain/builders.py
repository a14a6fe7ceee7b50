"""Builders of the domain's tests, beside those of ``tests.builders``: valid by default."""

from datetime import date

from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.domain.identifiers import TechnicalId, WorldId
from mockportal.domain.people import Claim
from mockportal.domain.places import Commune, Gazetteer
from tests.builders import a_claim, a_holder, an_outline

__all__ = ["PLACES", "WORLD", "a_claim", "a_holder", "a_passage", "an_outline"]

WORLD = WorldId(1)
"""Any world: the domain does not care which."""

PLACES = Gazetteer(
    communes={
        one.code: one
        for one in (
            Commune("75056", "Paris", ("75001", "75015")),
            Commune("75101", "Paris 1er", ("75001",), "75056"),
            Commune("75115", "Paris 15e", ("75015",), "75056"),
            Commune("69123", "Lyon", ("69001",)),
            Commune("69383", "Lyon 3e", ("69003",), "69123"),
            Commune("31555", "Toulouse", ("31000", "31500")),
            Commune("2A004", "Ajaccio", ("20000",)),
        )
    },
    countries={"99109": "Allemagne", "99352": "Algérie"},
)


def a_passage(
    claim: Claim | None = None,
    *,
    technical_id: str = "T-1",
    type: str = "RS",  # noqa: A002  # the field's own name
    code: str = "RS1710",
    valid_from: date = date(2026, 9, 1),
    valid_until: date | None = None,
    exam_from: date | None = None,
    exam_until: date | None = None,
) -> Passage:
    """Return a passage that breaks no rule."""
    return Passage(
        technical_id=TechnicalId(technical_id),
        certification=AwardedCertification(type=type, code=code),
        valid_from=valid_from,
        valid_until=valid_until,
        exam_from=exam_from,
        exam_until=exam_until,
        claim=claim or a_claim(),
    )

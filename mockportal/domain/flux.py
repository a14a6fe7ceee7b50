"""A flux as the second control sees it: its outline, and its passages."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mockportal.domain.comparing import Filing
from mockportal.domain.identifiers import ClientId, ContractId, FluxId, TechnicalId
from mockportal.domain.people import Claim

SUPPRESSION = "SUPPRESSION"
"""The action that deletes passages (schema 1.1.5)."""


@dataclass(frozen=True, slots=True)
class AwardedCertification:
    """A ``certification`` element of a flux: what its passages award."""

    type: str
    code: str
    depositor_nature: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """What a flux says once for all its passages, wherever it says it in the file."""

    flux_id: FluxId
    timestamp: str
    sender: ClientId
    certifier: ClientId
    contract: ContractId
    action: str | None
    """``CREATION``, ``SUPPRESSION`` (schema 1.1.5) or None, which means CREATION."""
    passages: int
    certifications: int

    @property
    def suppresses(self) -> bool:
        """Tell whether the flux deletes its passages; without an action it creates them."""
        return self.action == SUPPRESSION


class Passage(NamedTuple):
    """What the rules need of one ``passageCertification``; the kept file holds the rest."""

    technical_id: TechnicalId
    certification: AwardedCertification
    valid_from: date
    valid_until: date | None
    exam_from: date | None
    exam_until: date | None
    claim: Claim
    filing: Filing | None = None
    """How the holder is filed in the passage's world, where that was seen to in advance."""

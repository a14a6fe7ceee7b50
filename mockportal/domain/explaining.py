"""Why a passage has its verdict: the criteria tried, who is near, and what differs."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mockportal.domain.differences import differences
from mockportal.domain.flux import AwardedCertification, Passage
from mockportal.domain.identifiers import TechnicalId
from mockportal.domain.people import Claim, Holder, HolderClaim
from mockportal.domain.places import Gazetteer
from mockportal.domain.recognition import Unrecognised
from mockportal.domain.resembling import Nearest, claim_of, nearest
from mockportal.domain.verdicts import Verdict

__all__ = ["ExplainedLevel", "Explanation", "Nearest", "explain", "nearest"]

_CRITERIA = {
    1: ("birth_name", "first_name", "sex", "birth_year"),
    2: ("birth_month", "birth_day"),
    3: ("commune", "postal_code", "country", "second_name", "third_name", "usage_name"),
}


@dataclass(frozen=True, slots=True)
class ExplainedLevel:
    """A level of the funnel: its criteria, and who was left; ``matches`` is None if not tried."""

    level: int
    criteria: tuple[str, ...]
    matches: int | None
    searched: tuple[tuple[str, str], ...] = ()
    """The criteria that the claim gives, with the values that were searched."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a passage has its verdict."""

    technical_id: TechnicalId
    claim: Claim
    awarded: AwardedCertification
    verdict: Verdict
    text: str | None
    levels: tuple[ExplainedLevel, ...]
    nearest: tuple[Nearest, ...]
    found: Nearest | None = None
    """For an accepted passage: its holder, and what differs without harm."""
    unrecognised: Unrecognised | None = None
    """Where the certification is the reason: what is wrong with it."""
    causes: tuple[str, ...] = ()
    """What probably lies behind a KO, in French."""


def explain(  # noqa: PLR0913  # all that bears on it
    passage: Passage,
    verdict: Verdict,
    *,
    text: str | None,
    candidates: Iterable[Holder],
    found: Holder | None,
    places: Gazetteer,
    unrecognised: Unrecognised | None = None,
    causes: Iterable[str] = (),
) -> Explanation:
    """Return the explanation of a verdict. ``candidates`` are people who might be meant."""
    claim = passage.claim
    counts = {one.level: one.matches for one in verdict.levels}
    levels = tuple(
        ExplainedLevel(
            level,
            _criteria(claim, level, level in counts),
            counts.get(level),
            _searched(claim, level),
        )
        for level in _CRITERIA
    )
    reached = max(counts, default=1)
    return Explanation(
        technical_id=passage.technical_id,
        claim=claim,
        awarded=passage.certification,
        verdict=verdict,
        text=text,
        levels=levels if counts else (),
        nearest=tuple(
            _weighed(one, reached)
            for one in nearest(claim, candidates, places, fitting=reached - 1)
            if found is None
        ),
        found=_weighed(Nearest(found, differences(claim_of(claim, found), found, places)), reached)
        if found
        else None,
        unrecognised=unrecognised,
        causes=tuple(causes),
    )


def _criteria(claim: Claim, level: int, tried: bool) -> tuple[str, ...]:
    """Return what a level compares: all that it may, or what the claim gives where it was tried."""
    whole = tuple(name for name in _CRITERIA[level] if name != "postal_code")
    if not tried or not isinstance(claim, HolderClaim):
        return whole
    given = tuple(name for name in _CRITERIA[level] if getattr(claim, name) is not None)
    return given or whole


def _searched(claim: Claim, level: int) -> tuple[tuple[str, str], ...]:
    """Return the values of a claim that a level compares."""
    if not isinstance(claim, HolderClaim):
        return ()
    values = ((name, getattr(claim, name)) for name in _CRITERIA[level])
    return tuple((name, str(value)) for name, value in values if value is not None)


def _weighed(near: Nearest, reached: int) -> Nearest:
    """Return ``near`` with what the levels not reached compare told as harmless."""
    beyond = {name for level in _CRITERIA if level > reached for name in _CRITERIA[level]}
    return replace(
        near,
        differences=tuple(
            replace(one, matters=one.matters and one.field not in beyond)
            for one in near.differences
        ),
    )

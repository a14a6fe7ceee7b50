"""Runs of the differential test: many files of one seed, or one file of its own."""

from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.differential.comparison import Case, Compared, compared
from tests.differential.generator import Generated, damaged, generated

_ENOUGH = 20
"""Differences after which a run goes on no more."""
_DAMAGED = 150_000
"""Bytes of a file, at most, that is also looked at with faults in it."""


class Outcome(NamedTuple):
    """What a run has compared, and what differs: the seed of each file, and how."""

    passages: int = 0
    good: int = 0
    quick: int = 0
    """Good files that were cut as they are."""
    refused: int = 0
    differences: tuple[tuple[int, str], ...] = ()

    def plus(self, other: "Outcome") -> "Outcome":
        """Return both together."""
        return Outcome(
            self.passages + other.passages,
            self.good + other.good,
            self.quick + other.quick,
            self.refused + other.refused,
            self.differences + other.differences,
        )

    def with_compared(self, seed: int, result: Compared) -> "Outcome":
        """Return this with one more file."""
        differences = tuple((seed, difference) for difference in result.differences)
        return self.plus(
            Outcome(result.passages, result.good, result.quick, int(not result.good), differences)
        )


def run(task: tuple[int, int, int]) -> Outcome:
    """Compare files until so many passages are compared: a seed, how many, and the most a file."""
    seed, passages, most = task
    outcome, number = Outcome(), 0
    with TemporaryDirectory(prefix="mockportal-") as folder:
        while outcome.passages < passages and len(outcome.differences) < _ENOUGH:
            outcome = outcome.plus(run_file(seed * 10_000 + number, most, Path(folder)))
            number += 1
    return outcome


def run_file(seed: int, most: int, folder: Path, keep: Path | None = None) -> Outcome:
    """Compare the file of a seed, and most often the same with faults."""
    random = Random(-seed)
    good = generated(seed, most)
    if keep is not None:
        keep.write_bytes(good.document)
    case = _case(good, random)._replace(surely_good=True)
    outcome = Outcome().with_compared(seed, _compared(case, folder, seed))
    if outcome.passages != good.passages:
        told = f"{outcome.passages} passages were compared instead of {good.passages}"
        outcome = outcome._replace(differences=(*outcome.differences, (seed, told)))
    if len(good.document) > _DAMAGED:
        return outcome
    for fault in range(random.choice((0, 1, 2))):
        document = damaged(good.document, seed * 10 + fault)
        faulty = _case(good._replace(document=document), random)
        outcome = outcome.with_compared(seed, _compared(faulty, folder, seed))
    return outcome


def _compared(case: Case, folder: Path, seed: int) -> Compared:
    try:
        return compared(case, folder, seed)
    except Exception as raised:  # noqa: BLE001  # a fault of the portal's is a difference
        return Compared(0, False, False, [f"raised: {raised!r}"])


def _case(flux: Generated, random: Random) -> Case:
    return Case(
        flux.document,
        flux.version,
        flux.piece_size,
        keeps_leaves=random.random() < 0.6,
        knows_schema=random.random() < 0.8,
        apart=random.random() < 0.01,
    )

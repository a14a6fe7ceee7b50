"""What the deposits of a world have exercised; worked out when somebody asks, once a deposit."""

from collections.abc import Mapping

from mockportal.domain.coverage import (
    ACCEPTED,
    Coverage,
    Items,
    Part,
    covered,
    levels_exercised,
    levels_there_are,
    messages_there_are,
)
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import WorldId
from mockportal.journeys.desk import Desk
from mockportal.wire.exercising import error_code, error_codes, exercisable, exercised

_AT_ONCE = 50


def coverage_of(desk: Desk, world: WorldId, schema: str | None = None) -> Coverage:
    """Return what the treated deposits of a world have exercised of a schema version.

    Raises KeyError for a version that there is not. A treatment never waits for this: files are
    read when somebody asks, each once, and what they exercised is kept.
    """
    version = schema or desk.policy.schema
    there_is = exercisable_in(desk, version)
    kept = desk.stores.exercised
    while uncovered := kept.uncovered(world, _AT_ONCE):
        for deposit_id in uncovered:
            deposit = desk.stores.deposits.get(deposit_id)
            if deposit is not None:
                kept.keep(deposit, _exercised_by(desk, deposit))
    found = kept.of_world(world)
    return Coverage(version, kept.deposits(world), covered(there_is, found))


def exercisable_in(desk: Desk, version: str) -> Items:
    """Return all that deposits of a schema version can exercise."""
    return {
        **exercisable(desk.schemas[version]),
        Part.MESSAGES: messages_there_are(),
        Part.FILE_ERRORS: error_codes(desk.schemas[version]),
        Part.LEVELS: levels_there_are(),
    }


def _exercised_by(desk: Desk, deposit: Deposit) -> Mapping[Part, set[str]]:
    """Return what one deposit has exercised; of one cleaned away meanwhile, what was judged."""
    errors = desk.stores.deposits.errors(deposit.id)
    if errors:
        return {Part.FILE_ERRORS: {error_code(one.message) for one in errors}}
    codes, levels = desk.stores.exercised.verdicts(deposit.id)
    found: dict[Part, set[str]] = {
        Part.MESSAGES: {code.value for code in codes},
        Part.LEVELS: {one for tried in levels for one in levels_exercised(tried)},
    }
    if deposit.accepted:
        found[Part.MESSAGES].add(ACCEPTED)
    files = desk.stores.files
    path = files.regular(deposit.id) if deposit.regular_copy else files.original(deposit.id)
    if path.exists():
        with path.open("rb") as flux:
            found |= exercised(flux, desk.schemas[deposit.schema])
    return found

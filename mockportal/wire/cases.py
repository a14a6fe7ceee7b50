"""Reading the table of cases of the seeds."""

import json
from functools import lru_cache
from pathlib import Path

from mockportal.domain.cases import Case
from mockportal.domain.messages import Code

_ACCEPTED = "ACCEPTED"
_IDENTIFIER = "idTechnique"


@lru_cache(maxsize=4)
def read_cases(path: Path) -> tuple[Case, ...]:
    """Return the cases of a file, in its order."""
    return tuple(
        Case(
            id=one["id"],
            whole_file=one["where"] == "file",
            schema=one["schema"],
            deposit_as=one["deposit_as"],
            write={name: value for name, value in one["write"].items() if name != _IDENTIFIER},
            code=None if one["code"] == _ACCEPTED else Code(one["code"]),
            why=one["why"],
            technical_id=one["write"].get(_IDENTIFIER),
        )
        for one in json.loads(path.read_text(encoding="utf-8"))
    )

"""What a world was made from, as JSON in its row, and back."""

import json
from datetime import datetime

from mockportal.domain.identifiers import AccountId
from mockportal.domain.worlds import Origin, Step


def written(origin: Origin) -> str:
    """Return the JSON that keeps an origin."""
    return json.dumps(
        {
            "seeds": origin.seeds,
            "password_hash": origin.password_hash,
            "accounts": dict(origin.accounts),
            "drawn": origin.drawn,
            "step": origin.step.value if origin.step else None,
            "until": origin.until.isoformat() if origin.until else None,
            "emptied": origin.emptied,
        }
    )


def origin_of(text: str | None) -> Origin:
    """Return the origin that a row keeps; a row of an older version keeps none."""
    if text is None:
        return Origin()
    kept = json.loads(text)
    return Origin(
        seeds=kept["seeds"],
        password_hash=kept["password_hash"],
        accounts={seeded: AccountId(own) for seeded, own in kept["accounts"].items()},
        drawn=kept["drawn"],
        step=Step(kept["step"]) if kept["step"] else None,
        until=datetime.fromisoformat(kept["until"]) if kept.get("until") else None,
        emptied=kept.get("emptied", 0),
    )

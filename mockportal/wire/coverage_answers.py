"""Coverage as JSON: the same for the command line and for programs."""

from typing import Any

from mockportal.domain.coverage import Coverage, percent


def coverage_json(world: str, coverage: Coverage) -> dict[str, Any]:
    """Return what the deposits of a world have exercised, and what they have not."""
    return {
        "world": world,
        "schema": coverage.schema,
        "deposits": coverage.deposits,
        "percent": coverage.percent,
        "parts": [
            {
                "part": one.part.value,
                "total": one.total,
                "covered": len(one.exercised),
                "percent": percent(len(one.exercised), one.total),
                "exercised": list(one.exercised),
                "missing": list(one.missing),
            }
            for one in coverage.parts
        ],
    }

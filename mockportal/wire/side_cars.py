"""The places and the facts of a refused file's errors, kept beside it as JSON."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, BinaryIO

from mockportal.domain.deposits import FileError
from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import (
    ContextLine,
    Expected,
    Facts,
    Fault,
    Form,
    Place,
    Resembling,
)


def write_places(out: BinaryIO, errors: Iterable[FileError]) -> None:
    """Write the place and the facts of each error, in their order."""
    places = [
        {**_place_json(error.place or Place()), "facts": _facts_json(error.facts)}
        for error in errors
    ]
    out.write(json.dumps(places, ensure_ascii=False).encode(errors="replace"))


def read_places(content: bytes) -> list[tuple[Place, Facts | None]]:
    """Return what was written; no facts where an older version, or another kind of fault, wrote."""
    return [(_place(error), _facts(error.get("facts"))) for error in json.loads(content)]


def context_json(context: Iterable[ContextLine]) -> list[dict[str, Any]]:
    """Return lines near a fault as the API gives them."""
    return [
        {
            "line": line.number,
            "text": line.text,
            "mark": list(line.mark) if line.mark else None,
            "cut_before": line.cut_before,
            "cut_after": line.cut_after,
        }
        for line in context
    ]


def _place_json(place: Place) -> dict[str, Any]:
    expected = place.expected
    return {
        "path": place.path,
        "tag": place.tag,
        "technical_id": place.technical_id,
        "expected": {
            "form": expected.form.value,
            "optional": expected.optional,
            "nillable": expected.nillable,
        }
        if expected
        else None,
        "home": place.home,
        "missing": place.missing,
        "content": place.content,
        "prefix": place.prefix,
        "xsi": place.xsi,
        "resembles": place.resembles.value if place.resembles else None,
        "cause": place.cause.value if place.cause else None,
        "words": dict(place.words),
        "context": context_json(place.context),
    }


def _place(kept: dict[str, Any]) -> Place:
    expected, resembles, cause = kept["expected"], kept["resembles"], kept.get("cause")
    return Place(
        path=kept["path"],
        tag=kept["tag"],
        technical_id=kept["technical_id"],
        expected=Expected(Form(expected["form"]), expected["optional"], expected["nillable"])
        if expected
        else None,
        home=kept["home"],
        missing=tuple(kept["missing"]),
        content=kept.get("content", ""),
        prefix=kept.get("prefix", "cpf"),
        xsi=kept.get("xsi", "xsi"),
        resembles=Resembling(resembles) if resembles else None,
        cause=Cause(cause) if cause else None,
        words=kept.get("words", {}),
        context=tuple(_line(line) for line in kept["context"]),
    )


def _facts_json(facts: Facts | None) -> dict[str, Any] | None:
    return {**asdict(facts), "fault": facts.fault.name} if facts else None


def _facts(kept: dict[str, Any] | None) -> Facts | None:
    fault = Fault.__members__.get(kept["fault"]) if kept else None
    if kept is None or fault is None:
        return None
    return Facts(**{**kept, "fault": fault, "allowed": tuple(kept["allowed"])})


def _line(kept: dict[str, Any]) -> ContextLine:
    mark = kept["mark"]
    return ContextLine(
        kept["line"],
        kept["text"],
        (mark[0], mark[1]) if mark else None,
        cut_before=kept["cut_before"],
        cut_after=kept["cut_after"],
    )

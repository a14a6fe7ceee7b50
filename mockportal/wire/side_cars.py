"""The places of a refused file's errors, kept beside it as JSON."""

import json
from collections.abc import Iterable
from typing import Any, BinaryIO

from mockportal.domain.deposits import FileError
from mockportal.domain.file_errors import ContextLine, Expected, Form, Place, Resembling


def write_places(out: BinaryIO, errors: Iterable[FileError]) -> None:
    """Write the place of each error, in their order."""
    places = [_place_json(error.place or Place()) for error in errors]
    out.write(json.dumps(places, ensure_ascii=False).encode())


def read_places(content: bytes) -> list[Place]:
    """Return what was written."""
    return [_place(one) for one in json.loads(content)]


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
        "resembles": place.resembles.value if place.resembles else None,
        "context": context_json(place.context),
    }


def _place(said: dict[str, Any]) -> Place:
    expected, resembles = said["expected"], said["resembles"]
    return Place(
        path=said["path"],
        tag=said["tag"],
        technical_id=said["technical_id"],
        expected=Expected(Form(expected["form"]), expected["optional"], expected["nillable"])
        if expected
        else None,
        home=said["home"],
        missing=tuple(said["missing"]),
        resembles=Resembling(resembles) if resembles else None,
        context=tuple(_line(line) for line in said["context"]),
    )


def _line(said: dict[str, Any]) -> ContextLine:
    mark = said["mark"]
    return ContextLine(
        said["line"],
        said["text"],
        (mark[0], mark[1]) if mark else None,
        cut_before=said["cut_before"],
        cut_after=said["cut_after"],
    )

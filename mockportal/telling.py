"""Why a passage is KO, in lines for a terminal and for the reports of a CI, in English."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mockportal.wire.names import HOLDER_FIELDS

_BIRTH = ("birth_day", "birth_month", "birth_year")


def reasons_of(passage: Mapping[str, Any]) -> list[str]:
    """Return what led to a verdict: how many people were left, who comes nearest, what differs.

    ``passage`` is one of the passages of an explanation, as the API gives it.
    """
    tried = [one for one in passage["levels"] if one["matches"] is not None]
    lines = list(passage["causes"])
    if tried:
        left = ", ".join(f"level {one['level']}: {one['matches']}" for one in tried)
        lines.append(f"people left: {left}")
        lines += [
            f"  level {one['level']} searched {', '.join(map(_searched, one['searched'].items()))}"
            for one in tried
            if one["searched"]
        ]
    if passage["nearest"]:
        nearest = passage["nearest"][0]
        lines.append(f"nearest: {person(nearest['holder'])}")
        lines += [f"  {difference(one)}" for one in nearest["differences"]]
    return lines


def _searched(criterion: tuple[str, str]) -> str:
    name, value = criterion
    return f"{name} {value!r}"


def advice_of(passage: Mapping[str, Any]) -> list[str]:
    """Return what happened and how to mend it: the sentences of the catalogue, in French."""
    advice = passage["advice"]
    return [one for one in (advice["happened"], advice["check"], advice["mend"]) if one]


def person(holder: Mapping[str, Any]) -> str:
    """Return a person of the registry on one line."""
    said = {english: holder.get(french) for english, french in HOLDER_FIELDS.items()}
    born = "/".join("??" if said[part] is None else f"{said[part]:02}" for part in _BIRTH)
    place = said["commune_label"] or said["commune"] or ""
    names = f"{said['birth_name']} {said['first_name']}"
    return f"{names}, {said['sex']}, {born} {place}".rstrip()


def difference(one: Mapping[str, Any]) -> str:
    """Return a differing field on one line."""
    remark = one["kind"].replace("_", " ") + ("" if one["matters"] else ", harmless")
    return f"{one['field']}: {one['given']!r} in the file, {one['found']!r} there ({remark})"


def error_line(error: Mapping[str, Any]) -> str:
    """Return an error of the first control on one line."""
    return f"line {error['line']}, column {error['column']}: {error['message']}"


def error_lines(error: Mapping[str, Any]) -> list[str]:
    """Return an error of the first control: its words, its place, what it means, the cure."""
    lines = [error_line(error)]
    if error["path"]:
        passage = f", idTechnique {error['technical_id']}" if error["technical_id"] else ""
        lines.append(f"  in {error['path']}{passage}")
    return lines + indented([one for one in (error["meaning"], error["advice"]) if one], 2)


def warning_lines(warnings: Iterable[Mapping[str, Any]], most: int) -> list[str]:
    """Return what is doubtful in a file, with ``most`` passages of each kind at most."""
    lines: list[str] = []
    for warning in warnings:
        kind, count = warning["kind"].upper(), warning["count"]
        passages = f"{count} passage" + ("" if count == 1 else "s")
        lines += ["", f"Warning {kind}, {warning['field']}: {passages}; no verdict depends on it"]
        shown = warning["passages"][:most]
        for passage in shown:
            read = "absent" if passage["value"] is None else repr(passage["value"])
            meant = f", probably {passage['suggestion']!r}" if passage["suggestion"] else ""
            lines.append(f"  {passage['technical_id']}: {read}{meant}")
            reason = passage["reason"]
            if reason and f"      {reason}" not in lines:
                lines.append(f"      {reason}")
        if count > len(shown):
            lines.append(f"  ... and {count - len(shown)} more: see --all, --limit")
        lines += indented([warning["message"], warning["advice"]], 2)
    return lines


def indented(lines: Sequence[str], by: int) -> list[str]:
    """Return lines further to the right."""
    return [" " * by + line for line in lines]

"""What Pydantic finds wrong with a request, as fields of a problem that say what is allowed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, RootModel

Models = tuple[type[BaseModel], ...]
"""The shapes of which one was meant: several, where there are alternatives."""


def fields_of(errors: list[Any], part: str, shape: type[BaseModel]) -> list[dict[str, str]]:
    """Return what Pydantic found in a part of a request, with what may stand there instead.

    ``shape`` is what the part should have been.
    """
    return [
        {"part": part, "field": _path(one["loc"]), "detail": _detail(one, shape)} for one in errors
    ]


def _detail(error: Any, shape: type[BaseModel]) -> str:
    kind, steps = error["type"], list(error["loc"])
    message = str(error["msg"])
    if kind == "extra_forbidden":
        return f"There is no such key; allowed are {_list(_keys(_models_at(shape, steps[:-1])))}"
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        keys = _keys(_models_at(shape, steps))
        return f"{message} with the keys {_list(keys)}" if keys else message
    if kind == "missing":
        models = _models_at(shape, steps[:-1])
        meant = tuple(model for model in models if steps[-1] in _keys((model,)))
        others = [key for key in _keys(models) if key not in _keys(meant)]
        return f"{message}; or else one of {_list(others)}" if others else message
    if kind == "literal_error":
        values = _values(_models_at(shape, steps[:-1]), str(steps[-1]))
        return f"Input should be one of {_list(values)}" if values else message
    return message


def _models_at(shape: type[BaseModel], steps: Sequence[object]) -> Models:
    """Return the shapes that may stand at a path; names of alternatives lead nowhere further."""
    models = _unrooted(shape)
    for step in steps:
        inner = [
            field.annotation
            for model in models
            for name, field in model.model_fields.items()
            if step in (name, field.alias)
        ]
        if inner:
            models = tuple(dict.fromkeys(_models_in(inner)))
    return models


def _models_in(annotations: Iterable[Any]) -> Iterator[type[BaseModel]]:
    """Yield the shapes that types are made of: lists, alternatives and roots are looked into."""
    for annotation in annotations:
        if isinstance(annotation, type) and issubclass(annotation, RootModel):
            yield from _models_in([annotation.model_fields["root"].annotation])
        elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        elif get_origin(annotation) is not Literal:
            yield from _models_in(get_args(annotation))


def _unrooted(shape: type[BaseModel]) -> Models:
    return tuple(dict.fromkeys(_models_in([shape])))


def _keys(models: Models) -> list[str]:
    names = (field.alias or name for model in models for name, field in model.model_fields.items())
    return list(dict.fromkeys(names))


def _values(models: Models, key: str) -> list[object]:
    """Return the words that may stand for a key, in whichever of these shapes."""
    fields = (model.model_fields[key] for model in models if key in model.model_fields)
    words = [word for field in fields for word in _literals(field.annotation)]
    return list(dict.fromkeys(words))


def _literals(annotation: Any) -> Iterator[object]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif annotation is type(None) or annotation is None:
        yield None
    else:
        for part in get_args(annotation):
            yield from _literals(part)


def _list(things: Sequence[object]) -> str:
    """Return things as JSON writes them, words without quotes."""
    return ", ".join(one if isinstance(one, str) else json.dumps(one) for one in things)


def _path(steps: Sequence[object]) -> str:
    """Return the path of a field, without Pydantic's word for the alternative that was meant."""
    return ".".join(str(step) for step in steps if not str(step).startswith("("))

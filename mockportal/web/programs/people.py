"""People as JSON: shapes made from the keys of the wire, so that their names stay there."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, create_model

from mockportal.web.programs.shapes import Shape
from mockportal.wire.person_keys import ENGLISH, NEAR_KEYS, PERSON_KEYS, PersonKey

_INVENTED = {
    "birth_name": "EXEMPLAIRE",
    "first_name": "Maëlys",
    "birth_year": 1991,
    "birth_month": 4,
    "birth_day": 17,
    "sex": "F",
}


def _type_of(key: PersonKey) -> Any:
    if key.numbers:
        low, high = key.numbers
        return Annotated[int, Field(strict=True, ge=low, le=high)]
    if key.choices:
        return Literal[key.choices]
    return Annotated[str, Field(strict=True, min_length=key.shortest, max_length=key.longest)]


def _field(key: PersonKey, *, required: bool, default: Any = ...) -> Any:
    """Return the type and the field of a key, with what an invented person has there."""
    kind = _type_of(key) if required else _type_of(key) | None
    value = _INVENTED.get(ENGLISH[key.name])
    told = value is not None or (default is ... and not required)  # an answer has every key
    return (kind, Field(default, examples=[value] if told else None))


def _shape(name: str, doc: str, fields: dict[str, Any]) -> type[BaseModel]:
    return create_model(name, __base__=Shape, __doc__=doc, __module__=__name__, **fields)


PersonGiven = _shape(
    "PersonGiven",
    "A person to add. Without a NIR, one is made; one that is given is checked.",
    {
        key.name: _field(key, required=key.required, default=... if key.required else None)
        for key in PERSON_KEYS
    },
)
PersonMade = _shape(
    "PersonMade",
    "A person that was added.",
    {key.name: _field(key, required=key.required) for key in PERSON_KEYS},
)
PersonNear = _shape(
    "PersonNear",
    "A person whom a passage may mean.",
    {key.name: (int | None if key.numbers else str | None, ...) for key in NEAR_KEYS},
)

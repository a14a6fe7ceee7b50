"""What may be said of a person, in CSV and in JSON: the flux's own names, and their limits."""

from dataclasses import dataclass

from mockportal.wire.names import HOLDER_FIELDS

NIR_PLACE = "lieuNir"
"""The one key that no flux has: the place that a NIR names, where it is not that of birth."""
ENGLISH = {**{french: english for english, french in HOLDER_FIELDS.items()}, NIR_PLACE: "nir_place"}
REQUIRED = ("birth_name", "first_name", "birth_year", "sex")
NUMBERS = {"birth_year": (1900, 2099), "birth_month": (1, 12), "birth_day": (1, 31)}
LENGTHS = {"commune": 5, "nir_place": 5, "country": 3, "nir": 15}
LONGEST = {"training_file": 13}
LONGEST_OF_OTHERS = 60
SEXES = ("M", "F")


@dataclass(frozen=True, slots=True)
class PersonKey:
    """One key: a number of a range, one of some choices, or a text of so many characters."""

    name: str
    required: bool
    numbers: tuple[int, int] | None = None
    choices: tuple[str, ...] = ()
    shortest: int = 1
    longest: int = LONGEST_OF_OTHERS


def _key(english: str) -> PersonKey:
    length = LENGTHS.get(english)
    return PersonKey(
        NIR_PLACE if english == "nir_place" else HOLDER_FIELDS[english],
        english in REQUIRED,
        NUMBERS.get(english),
        SEXES if english == "sex" else (),
        length or 1,
        length or LONGEST.get(english, LONGEST_OF_OTHERS),
    )


PERSON_KEYS = (
    *(_key(english) for english in HOLDER_FIELDS if english != "postal_code"),
    _key("nir_place"),
)
"""What people are added with; the registry knows communes by their code."""
NEAR_KEYS = tuple(
    one
    for one in PERSON_KEYS
    if one.name not in (HOLDER_FIELDS["nir"], NIR_PLACE, HOLDER_FIELDS["training_file"])
)
"""What is told of the people who come near: never their NIR."""

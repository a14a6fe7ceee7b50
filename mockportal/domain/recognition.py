"""Why a certification is not recognised, and which one was probably meant."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from string import ascii_uppercase, digits

from mockportal.domain.flux import AwardedCertification
from mockportal.domain.reference import Certification

_SIGNS = digits + ascii_uppercase
_LONGEST = 20
"""Signs of a code: of a longer one, the neighbours are not worth a search."""


class Cause(Enum):
    """The causes of the one message that a certification can bring."""

    UNKNOWN = "unknown"
    MISSPELT = "misspelt"
    BAD_FORM = "bad_form"
    OTHER_TYPE = "other_type"
    INACTIVE = "inactive"
    LISTED_SINCE = "listed_since"


@dataclass(frozen=True, slots=True)
class Unrecognised:
    """A certification that was refused: why, and the listed one that was probably meant."""

    given: AwardedCertification
    cause: Cause
    near: Certification | None = None
    form: str = ""
    """How the code is written, where it is in no list and not written as codes are."""


class CodeList:
    """The reference list, ready for being asked about many certifications."""

    def __init__(self, listed: Iterable[Certification]) -> None:
        """File the list by code."""
        self._by_code: dict[str, list[Certification]] = {}
        for one in listed:
            self._by_code.setdefault(one.code, []).append(one)

    def unrecognised(self, given: AwardedCertification) -> Unrecognised:
        """Return why a certification was refused, by what the list says now."""
        same = self._by_code.get(given.code, [])
        of_type = next((one for one in same if one.type == given.type), None)
        if of_type:
            if not given.code.startswith(given.type):
                return Unrecognised(given, Cause.OTHER_TYPE)
            cause = Cause.LISTED_SINCE if of_type.active else Cause.INACTIVE
            return Unrecognised(given, cause, of_type)
        if same:
            return Unrecognised(given, Cause.OTHER_TYPE, same[0])
        tidy = "".join(given.code.split()).upper()
        for meant in (tidy, given.type + tidy):
            if meant in self._by_code:
                return Unrecognised(given, Cause.MISSPELT, self._by_code[meant][0])
        if not given.code.startswith(given.type):
            form = given.type + tidy if tidy.isdecimal() else tidy
            if form.startswith(given.type):
                return Unrecognised(given, Cause.BAD_FORM, form=form)
            return Unrecognised(given, Cause.OTHER_TYPE)
        near = next((one for one in _one_edit_away(tidy) if one in self._by_code), None)
        return Unrecognised(given, Cause.UNKNOWN, self._by_code[near][0] if near else None)


def _one_edit_away(code: str) -> Iterator[str]:
    """Yield what differs by one sign: swapped, dropped, another, added."""
    if len(code) > _LONGEST:
        return
    cuts = [(code[:at], code[at:]) for at in range(len(code) + 1)]
    yield from (head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1)
    yield from (head + tail[1:] for head, tail in cuts if tail)
    yield from (head + sign + tail[1:] for head, tail in cuts if tail for sign in _SIGNS)
    yield from (head + sign + tail for head, tail in cuts for sign in _SIGNS)

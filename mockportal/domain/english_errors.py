"""What the first control finds in one field, in English: for programs that change a passage."""

from mockportal.domain.ellipsis import abridged
from mockportal.domain.file_errors import Facts, Fault

_LONGEST = 200
"""Characters of a value that are repeated."""
_SENTENCES = {
    Fault.ENUMERATION: "{value} is none of the values that the schema allows: {allowed}.",
    Fault.PATTERN: "{value} is not written as the schema wants it: {limit}.",
    Fault.DATATYPE: "{value} is not of the type that the schema wants: {limit}.",
    Fault.TOO_SHORT: "{value} is shorter than the schema allows: {limit} characters.",
    Fault.TOO_LONG: "{value} is longer than the schema allows: {limit} characters.",
    Fault.WRONG_LENGTH: "{value} is not of the length that the schema wants: {limit} characters.",
    Fault.TOO_SMALL: "{value} is less than the schema allows: {limit}.",
    Fault.TOO_LARGE: "{value} is more than the schema allows: {limit}.",
    Fault.SAME_AS_BEFORE: "The value is not valid, as was said before.",
    Fault.UNEXPECTED: "{element} may not stand there; the schema expects {allowed}.",
    Fault.INCOMPLETE: "The content of {element} is incomplete; the schema expects {allowed}.",
    Fault.NOTHING_MORE: "{element} may not stand there; the schema expects nothing more.",
    Fault.NOT_NILLABLE: "{element} must have a value.",
    Fault.CONTROL_CHARACTER: "The value holds a character that XML does not take.",
}
_OTHER = "The schema does not take this value."


def in_english(facts: Facts) -> str:
    """Return what is wrong in a sentence; `portal_message` beside it has the portal's own words."""
    return _SENTENCES.get(facts.fault, _OTHER).format(
        value=repr(abridged(facts.value, _LONGEST)),
        element=facts.element or "The passage",
        limit=facts.limit,
        allowed=", ".join(facts.allowed) or "nothing",
    )

"""Which kind of error a message of Java's is, and the facts that it tells."""

import re
from string import Formatter

from mockportal.domain.file_errors import Facts, Fault
from mockportal.wire.names import NAMESPACE
from mockportal.wire.validation import faults, messages

_TEMPLATES: tuple[tuple[str, Fault], ...] = (
    (messages.ENUMERATION, Fault.ENUMERATION),
    (messages.PATTERN, Fault.PATTERN),
    (messages.DATATYPE, Fault.DATATYPE),
    (messages.SIMPLE_VALUE, Fault.SAME_AS_BEFORE),
    (messages.ATTRIBUTE_VALUE, Fault.SAME_AS_BEFORE),
    (messages.SIMPLE_CHILDREN, Fault.CHILD_IN_VALUE),
    (messages.SIMPLE_ATTRIBUTE, Fault.ATTRIBUTE),
    (messages.ATTRIBUTE_NOT_ALLOWED, Fault.ATTRIBUTE),
    (messages.EMPTY_CONTENT, Fault.CONTENT_IN_EMPTY),
    (messages.TEXT_BETWEEN, Fault.TEXT_BETWEEN),
    (messages.UNEXPECTED, Fault.UNEXPECTED),
    (messages.INCOMPLETE, Fault.INCOMPLETE),
    (messages.NOTHING_EXPECTED, Fault.NOTHING_MORE),
    (messages.ROOT_UNKNOWN, Fault.ROOT),
    (messages.NOT_NILLABLE, Fault.NOT_NILLABLE),
    (messages.NIL_WITH_CONTENT, Fault.NIL_WITH_CONTENT),
    (messages.TYPE_NOT_QNAME, Fault.XSI_TYPE),
    (messages.TYPE_UNKNOWN, Fault.XSI_TYPE),
    (messages.TYPE_NOT_DERIVED, Fault.XSI_TYPE),
    (messages.UNDECLARED_PREFIX, Fault.XSI_TYPE),
    (faults.PREMATURE_END, Fault.NOTHING),
    (faults.BYTE_INVALID, Fault.NO_TEXT),
    (faults.BYTE_EXPECTED, Fault.NO_TEXT),
    (faults.HIGH_SURROGATE, Fault.NO_TEXT),
    (faults.NOT_ASCII, Fault.NO_TEXT),
    (faults.CUT_SHORT, Fault.CUT_SHORT),
    (faults.NOT_IN_PROLOG, Fault.BEFORE_ROOT),
    (faults.REFERENCE_IN_PROLOG, Fault.BEFORE_ROOT),
    (faults.MARKUP_IN_PROLOG, Fault.BEFORE_ROOT),
    (faults.NOT_AFTER_ROOT, Fault.AFTER_ROOT),
    (faults.MARKUP_AFTER_ROOT, Fault.AFTER_ROOT),
    (faults.DOCTYPE, Fault.DOCTYPE),
    (faults.DOCTYPE_IN_CONTENT, Fault.DOCTYPE),
    (faults.REFERENCE_NAME, Fault.AMPERSAND),
    (faults.REFERENCE_UNTERMINATED, Fault.AMPERSAND),
    (faults.ENTITY_UNKNOWN, Fault.ENTITY),
    (faults.MARKUP_IN_CONTENT, Fault.LESS_THAN),
    (faults.END_TAG_REQUIRED, Fault.END_TAG),
    (faults.END_TAG_UNTERMINATED, Fault.TAG_NOT_CLOSED),
    (faults.ELEMENT_UNTERMINATED, Fault.TAG_NOT_CLOSED),
    (faults.EQUALS_REQUIRED, Fault.ATTRIBUTE_FORM),
    (faults.QUOTE_REQUIRED, Fault.ATTRIBUTE_FORM),
    (faults.LESS_THAN_IN_VALUE, Fault.ATTRIBUTE_FORM),
    (faults.ATTRIBUTE_TWICE, Fault.ATTRIBUTE_TWICE),
    (faults.ATTRIBUTE_TWICE_IN_SPACE, Fault.ATTRIBUTE_TWICE),
    (faults.ATTRIBUTE_PREFIX, Fault.PREFIX),
    (faults.ELEMENT_PREFIX, Fault.PREFIX),
    (faults.ELEMENT_XMLNS, Fault.NAMESPACE),
    (faults.EMPTY_BINDING, Fault.NAMESPACE),
    (faults.XML_BINDING, Fault.NAMESPACE),
    (faults.XMLNS_BINDING, Fault.NAMESPACE),
    (faults.COMMENT_START, Fault.COMMENT),
    (faults.DASHES_IN_COMMENT, Fault.COMMENT),
    (faults.CDATA_END_IN_TEXT, Fault.CDATA_END),
    (faults.INSTRUCTION_TARGET, Fault.INSTRUCTION),
    (faults.INSTRUCTION_SPACE, Fault.INSTRUCTION),
    (faults.RESERVED_TARGET, Fault.INSTRUCTION),
    (faults.CHARACTER_IN_TEXT, Fault.CONTROL_CHARACTER),
    (faults.CHARACTER_IN_COMMENT, Fault.CONTROL_CHARACTER),
    (faults.CHARACTER_IN_CDATA, Fault.CONTROL_CHARACTER),
    (faults.CHARACTER_IN_INSTRUCTION, Fault.CONTROL_CHARACTER),
    (faults.CHARACTER_IN_VALUE, Fault.CONTROL_CHARACTER),
    (faults.CHARACTER_IN_DECLARATION, Fault.CONTROL_CHARACTER),
    (faults.DIGIT_REQUIRED, Fault.CHARACTER_REFERENCE),
    (faults.HEX_DIGIT_REQUIRED, Fault.CHARACTER_REFERENCE),
    (faults.CHARACTER_UNTERMINATED, Fault.CHARACTER_REFERENCE),
    (faults.CHARACTER_INVALID, Fault.CHARACTER_REFERENCE),
    (faults.VERSION_UNKNOWN, Fault.VERSION),
    (faults.VERSION_REQUIRED, Fault.DECLARATION),
    (faults.SPACE_BEFORE_PART, Fault.DECLARATION),
    (faults.EQUALS_IN_DECLARATION, Fault.DECLARATION),
    (faults.QUOTE_IN_DECLARATION, Fault.DECLARATION),
    (faults.PART_EXPECTED, Fault.DECLARATION),
    (faults.ENCODING_REQUIRED, Fault.DECLARATION),
    (faults.NO_MORE_PARTS, Fault.DECLARATION),
    (faults.STANDALONE_MISSPELT, Fault.DECLARATION),
    (faults.STANDALONE_INVALID, Fault.DECLARATION),
    (faults.DECLARATION_UNTERMINATED, Fault.DECLARATION),
    (faults.ENCODING_INVALID, Fault.ENCODING_NAME),
    (faults.BYTE_ORDER_UNKNOWN, Fault.ENCODING_NAME),
    (faults.NOT_A_QNAME, Fault.NAME),
    (faults.NAME_TOO_LONG, Fault.LIMIT),
    (faults.TOO_MANY_ATTRIBUTES, Fault.LIMIT),
    (faults.TOO_DEEP, Fault.LIMIT),
)
_FACETS = {
    "length": Fault.WRONG_LENGTH,
    "minLength": Fault.TOO_SHORT,
    "maxLength": Fault.TOO_LONG,
    "minInclusive": Fault.TOO_SMALL,
    "minExclusive": Fault.TOO_SMALL,
    "maxInclusive": Fault.TOO_LARGE,
    "maxExclusive": Fault.TOO_LARGE,
}
_NAME = re.compile(r'(?:"(?P<space>[^"]*)":)?(?P<local>[^\s,{}"]+)')
_BARE_WORD = re.compile(r"[\w.:-]+")


def _expression(template: str) -> re.Pattern[str]:
    """Return what matches the messages of a template, a group for each of its facts."""
    parts: list[str] = []
    seen: set[str] = set()
    for literal, fact, _, _ in Formatter().parse(template):
        parts.append(re.escape(literal))
        if fact is not None:
            parts.append(f"(?P={fact})" if fact in seen else f"(?P<{fact}>.*)")
            seen.add(fact)
    return re.compile("".join(parts), re.DOTALL)


_EXPRESSIONS = [
    *((_expression(template), fault) for template, fault in _TEMPLATES),
    (_expression(messages.LENGTHS), None),
    (_expression(messages.BOUNDS), None),
]


def texts_of_faults() -> dict[Fault, tuple[str, ...]]:
    """Return the messages of each kind of error, with an ellipsis for each fact that they tell."""
    found: dict[Fault, list[str]] = {}
    for template, fault in _TEMPLATES:
        found.setdefault(fault, []).append(_with_ellipses(template))
    for facet, fault in _FACETS.items():
        template = messages.LENGTHS if facet.casefold().endswith("length") else messages.BOUNDS
        worded = template.replace("{facet}", facet)
        found.setdefault(fault, []).append(_with_ellipses(worded))
    return {fault: tuple(texts) for fault, texts in found.items()}


def _with_ellipses(template: str) -> str:
    parts = Formatter().parse(template)
    return "".join(literal + ("" if fact is None else "…") for literal, fact, _, _ in parts)


def recognised(message: str) -> Facts:
    """Return the kind of a message, and what it says; ``Fault.OTHER`` for one of no known form."""
    for expression, fault in _EXPRESSIONS:
        match = expression.fullmatch(message)
        if match:
            said = match.groupdict()
            return _facts(fault or _FACETS[said["facet"]], said)
    # Java gives the name alone of an encoding that it does not know.
    return Facts(Fault.ENCODING_NAME if _BARE_WORD.fullmatch(message) else Fault.OTHER)


def _facts(fault: Fault, said: dict[str, str]) -> Facts:
    written = said.get("element", "")
    name = _NAME.search(written) if written.startswith("{") else None
    prefix, _, local = written.rpartition(":")
    if name:
        prefix, local = "", name["local"]
    allowed: tuple[str, ...] = ()
    if "values" in said:
        allowed = tuple(said["values"].split(", "))
    elif "expected" in said:
        allowed = tuple(one["local"] for one in _NAME.finditer(said["expected"]))
    elif fault is Fault.ROOT:
        allowed = ("flux",)
    namespace = (name["space"] or "") if name else ""
    return Facts(
        fault,
        value=said.get("value", ""),
        element=local,
        prefix=said.get("prefix", prefix),
        attribute=said.get("attribute", ""),
        entity=said.get("entity", ""),
        limit=said.get("limit") or said.get("pattern") or said.get("type", ""),
        length=said.get("length", ""),
        allowed=allowed,
        namespace=namespace,
        wanted=NAMESPACE,
    )

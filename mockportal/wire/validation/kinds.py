"""Which kind of error each of Java's messages is, and the facts that the advice speaks of."""

from collections.abc import Mapping

from mockportal.domain.ellipsis import abridged
from mockportal.domain.file_errors import Facts, Fault
from mockportal.wire.names import NAMESPACE
from mockportal.wire.validation import faults, messages
from mockportal.wire.validation.messages import Message

TEMPLATES: tuple[tuple[str, Fault], ...] = (
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
    (faults.ENCODING_UNKNOWN, Fault.ENCODING_NAME),
    (faults.BYTE_ORDER_UNKNOWN, Fault.ENCODING_NAME),
    (faults.NOT_A_QNAME, Fault.NAME),
    (faults.NAME_TOO_LONG, Fault.LIMIT),
    (faults.TOO_MANY_ATTRIBUTES, Fault.LIMIT),
    (faults.TOO_DEEP, Fault.LIMIT),
    (faults.TOO_MANY_NAMESPACES, Fault.LIMIT),
    (faults.PASSAGE_TOO_LARGE, Fault.LIMIT),
    (faults.TOO_MANY_PASSAGES, Fault.TOO_MANY),
)
FACETS = {
    "length": Fault.WRONG_LENGTH,
    "minLength": Fault.TOO_SHORT,
    "maxLength": Fault.TOO_LONG,
    "minInclusive": Fault.TOO_SMALL,
    "minExclusive": Fault.TOO_SMALL,
    "maxInclusive": Fault.TOO_LARGE,
    "maxExclusive": Fault.TOO_LARGE,
}
_KINDS = dict(TEMPLATES)
_LONGEST = 500
"""Characters of a fact that are kept: more than the schema accepts of any value."""
_LIMITS = ("limit", "pattern", "type")
ROOTS = ("flux",)
"""What may be the outermost element."""


def facts_of(message: Message) -> Facts:
    """Return the kind of a message, and what it says, long facts without their middle."""
    facet = message.facts.get("facet", "")
    fault = FACETS[facet] if facet else _KINDS[message.template]
    namespace, local = message.name or ("", "")
    prefix, _, written = message.facts.get("element", "").rpartition(":")
    return Facts(
        fault,
        value=_fact(message.facts, "value"),
        element=abridged(local or written, _LONGEST),
        prefix=_fact(message.facts, "prefix")
        or ("" if message.name else abridged(prefix, _LONGEST)),
        attribute=_fact(message.facts, "attribute"),
        entity=_fact(message.facts, "entity"),
        limit=next((_fact(message.facts, one) for one in _LIMITS if one in message.facts), ""),
        length=_fact(message.facts, "length"),
        allowed=ROOTS if fault is Fault.ROOT else message.allowed,
        namespace=abridged(namespace, _LONGEST),
        wanted=NAMESPACE,
    )


def _fact(facts: Mapping[str, str], name: str) -> str:
    return abridged(facts.get(name, ""), _LONGEST)

"""Attributes: those of ``xsi`` are known everywhere, any other nowhere in the schema."""

import re
from typing import NamedTuple

from mockportal.wire.validation import messages
from mockportal.wire.validation.built_in import ANY_TYPE, ANY_URI, BOOLEAN, QNAME
from mockportal.wire.validation.components import CompiledSchema, ComplexType, SimpleType
from mockportal.wire.validation.messages import Message, worded
from mockportal.wire.validation.namespaces import Scope
from mockportal.wire.validation.simple_types import collapsed, fault_of

_PARTS = re.compile("[^ \t\n\r]+")
_CUT_ESCAPE = re.compile("%[0-9A-Fa-f]?\\Z")
_LONGEST_LIST = 1_000
_TYPES = {"nil": BOOLEAN, "type": QNAME, "noNamespaceSchemaLocation": ANY_URI}


class Attribute(NamedTuple):
    """An attribute of a start tag; declarations of namespaces are none of them."""

    raw: str
    space: str
    local: str
    value: str


def xsi_value(attributes: list[Attribute], local: str) -> str | None:
    """Return the value of ``xsi:nil`` or ``xsi:type``, None when it is absent."""
    for attribute in attributes:
        if attribute.local == local and attribute.space == messages.XSI:
            return attribute.value
    return None


def is_true(value: str) -> bool:
    """Return whether ``xsi:nil`` says yes."""
    return value.strip(" \t\n\r") in ("true", "1")


def given_type(
    element: str,
    value: str,
    declared: SimpleType | ComplexType | None,
    scope: Scope,
    schema: CompiledSchema,
) -> tuple[list[Message], SimpleType | ComplexType | None]:
    """Return what is wrong with an ``xsi:type``, and the type that it names when there is one."""
    fault = _qname_fault(value, scope)
    if fault:
        return [fault, worded(messages.TYPE_NOT_QNAME, value=value, element=element)], None
    prefix, _, local = collapsed(value).rpartition(":")
    kind = schema.types.get((scope.space(prefix) or "", local))
    if kind is None:
        return [worded(messages.TYPE_UNKNOWN, value=value, element=element)], None
    if declared is None or _derives(kind, declared):
        return [], kind
    wrong = worded(messages.TYPE_NOT_DERIVED, value=value, type=declared.label, element=element)
    return [wrong], kind


def attribute_faults(
    element: str,
    kind: SimpleType | ComplexType,
    attributes: list[Attribute],
    scope: Scope,
) -> list[Message]:
    """Return what is wrong with the attributes of a start tag, in their order."""
    faults: list[Message] = []
    for raw, space, local, value in attributes:
        if space == messages.XSI and (local in _TYPES or local == "schemaLocation"):
            faults.extend(_value_faults(element, raw, local, value, scope))
        elif isinstance(kind, SimpleType):
            faults.append(worded(messages.SIMPLE_ATTRIBUTE, element=element, attribute=raw))
        elif kind is not ANY_TYPE:
            faults.append(worded(messages.ATTRIBUTE_NOT_ALLOWED, element=element, attribute=raw))
    return faults


def _value_faults(element: str, raw: str, local: str, value: str, scope: Scope) -> list[Message]:
    if local == "schemaLocation":
        # One that is as long as what is kept of it may end within an escape.
        addresses = value if len(value) < _LONGEST_LIST else _CUT_ESCAPE.sub("", value)
        wrong = (fault_of(ANY_URI, part[0]) for part in _PARTS.finditer(addresses))
        fault, label = next((one for one in wrong if one), None), "#AnonType_schemaLocation"
    elif local == "type":
        fault, label = _qname_fault(value, scope), QNAME.label
    else:
        fault, label = fault_of(_TYPES[local], value), _TYPES[local].label
    if not fault:
        return []
    whole = worded(
        messages.ATTRIBUTE_VALUE, value=value, attribute=raw, element=element, type=label
    )
    return [fault, whole]


def _qname_fault(value: str, scope: Scope) -> Message | None:
    fault = fault_of(QNAME, value)
    name = collapsed(value)
    prefix, colon, _ = name.rpartition(":")
    if fault or not colon or scope.space(prefix) is not None:
        return fault
    return worded(messages.UNDECLARED_PREFIX, value=name, prefix=prefix)


def _derives(kind: SimpleType | ComplexType, declared: SimpleType | ComplexType) -> bool:
    if kind is declared or declared is ANY_TYPE:
        return True
    base = kind.base if isinstance(kind, SimpleType) else None
    while base is not None:
        if base is declared:
            return True
        base = base.base
    return False

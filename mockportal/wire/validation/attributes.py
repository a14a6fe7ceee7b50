"""Attributes: those of ``xsi`` are known everywhere, any other nowhere in the schema."""

from typing import NamedTuple

from mockportal.wire.validation import messages
from mockportal.wire.validation.built_in import ANY_TYPE, ANY_URI, BOOLEAN, QNAME
from mockportal.wire.validation.components import CompiledSchema, ComplexType, SimpleType
from mockportal.wire.validation.namespaces import Scope
from mockportal.wire.validation.simple_types import collapsed, fault_of

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
) -> tuple[list[str], SimpleType | ComplexType | None]:
    """Return what is wrong with an ``xsi:type``, and the type that it names when there is one."""
    fault = _qname_fault(value, scope)
    if fault:
        return [fault, messages.TYPE_NOT_QNAME.format(value=value, element=element)], None
    prefix, _, local = collapsed(value).rpartition(":")
    kind = schema.types.get((scope.space(prefix) or "", local))
    if kind is None:
        return [messages.TYPE_UNKNOWN.format(value=value, element=element)], None
    if declared is None or _derives(kind, declared):
        return [], kind
    wrong = messages.TYPE_NOT_DERIVED.format(value=value, type=declared.label, element=element)
    return [wrong], kind


def attribute_faults(
    element: str,
    kind: SimpleType | ComplexType,
    attributes: list[Attribute],
    scope: Scope,
) -> list[str]:
    """Return what is wrong with the attributes of a start tag, in their order."""
    faults: list[str] = []
    for raw, space, local, value in attributes:
        if space == messages.XSI and (local in _TYPES or local == "schemaLocation"):
            faults.extend(_value_faults(element, raw, local, value, scope))
        elif isinstance(kind, SimpleType):
            faults.append(messages.SIMPLE_ATTRIBUTE.format(element=element, attribute=raw))
        elif kind is not ANY_TYPE:
            faults.append(messages.ATTRIBUTE_NOT_ALLOWED.format(element=element, attribute=raw))
    return faults


def _value_faults(element: str, raw: str, local: str, value: str, scope: Scope) -> list[str]:
    if local == "schemaLocation":
        wrong = (fault_of(ANY_URI, part) for part in value.split())
        fault, label = next((one for one in wrong if one), None), "#AnonType_schemaLocation"
    elif local == "type":
        fault, label = _qname_fault(value, scope), QNAME.label
    else:
        fault, label = fault_of(_TYPES[local], value), _TYPES[local].label
    if not fault:
        return []
    whole = messages.ATTRIBUTE_VALUE.format(value=value, attribute=raw, element=element, type=label)
    return [fault, whole]


def _qname_fault(value: str, scope: Scope) -> str | None:
    fault = fault_of(QNAME, value)
    name = collapsed(value)
    prefix, colon, _ = name.rpartition(":")
    if fault or not colon or scope.space(prefix) is not None:
        return fault
    return messages.UNDECLARED_PREFIX.format(value=name, prefix=prefix)


def _derives(kind: SimpleType | ComplexType, declared: SimpleType | ComplexType) -> bool:
    if kind is declared or declared is ANY_TYPE:
        return True
    base = kind.base if isinstance(kind, SimpleType) else None
    while base is not None:
        if base is declared:
            return True
        base = base.base
    return False

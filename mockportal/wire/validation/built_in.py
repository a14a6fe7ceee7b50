"""The built-in types that a schema may start from, and what an unknown element is."""

from decimal import Decimal

from mockportal.wire.validation.components import Bound, ComplexType, Name, SimpleType

XS = "http://www.w3.org/2001/XMLSchema"

_ANY = SimpleType(label="anySimpleType", base=None, lexical="anySimpleType")
_STRING = SimpleType(label="string", base=_ANY, lexical="string")
_NORMALIZED = SimpleType(label="normalizedString", base=_STRING, lexical="string", replaces=True)
_TOKEN = SimpleType(label="token", base=_NORMALIZED, lexical="string", collapses=True)


def _plain(label: str) -> SimpleType:
    return SimpleType(label=label, base=_ANY, lexical=label, collapses=True)


_DECIMAL = _plain("decimal")
_INTEGER = SimpleType(label="integer", base=_DECIMAL, lexical="integer", collapses=True)


def _whole(label: str, base: SimpleType, least: int | None, most: int | None) -> SimpleType:
    return SimpleType(
        label=label,
        base=base,
        lexical="integer",
        collapses=True,
        min_inclusive=Bound(str(least), Decimal(least))
        if least is not None
        else base.min_inclusive,
        max_inclusive=Bound(str(most), Decimal(most)) if most is not None else base.max_inclusive,
    )


_LONG = _whole("long", _INTEGER, -(2**63), 2**63 - 1)
_INT = _whole("int", _LONG, -(2**31), 2**31 - 1)
_SHORT = _whole("short", _INT, -(2**15), 2**15 - 1)
_NON_NEGATIVE = _whole("nonNegativeInteger", _INTEGER, 0, None)
_UNSIGNED_LONG = _whole("unsignedLong", _NON_NEGATIVE, None, 2**64 - 1)
_UNSIGNED_INT = _whole("unsignedInt", _UNSIGNED_LONG, None, 2**32 - 1)
_UNSIGNED_SHORT = _whole("unsignedShort", _UNSIGNED_INT, None, 2**16 - 1)
_NON_POSITIVE = _whole("nonPositiveInteger", _INTEGER, None, 0)

BOOLEAN = _plain("boolean")
QNAME = _plain("QName")
ANY_URI = _plain("anyURI")

_ALL = (
    _ANY,
    _STRING,
    _NORMALIZED,
    _TOKEN,
    _DECIMAL,
    _INTEGER,
    _LONG,
    _INT,
    _SHORT,
    _whole("byte", _SHORT, -(2**7), 2**7 - 1),
    _NON_NEGATIVE,
    _whole("positiveInteger", _NON_NEGATIVE, 1, None),
    _UNSIGNED_LONG,
    _UNSIGNED_INT,
    _UNSIGNED_SHORT,
    _whole("unsignedByte", _UNSIGNED_SHORT, None, 2**8 - 1),
    _NON_POSITIVE,
    _whole("negativeInteger", _NON_POSITIVE, None, -1),
    BOOLEAN,
    QNAME,
    ANY_URI,
    _plain("date"),
    _plain("dateTime"),
    _plain("time"),
)
ANY_TYPE = ComplexType("anyType", mixed=True)
"""What an element that the schema does not know is checked against: anything goes."""

BUILT_IN: dict[Name, SimpleType | ComplexType] = {
    (XS, "anyType"): ANY_TYPE,
    **{(XS, kind.label): kind for kind in _ALL},
}

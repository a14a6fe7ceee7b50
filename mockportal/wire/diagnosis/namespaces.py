"""Elements out of the namespace of the flux, and attributes that ought to be xsi:nil."""

import re

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.domain.suggesting import closest
from mockportal.wire.diagnosis.documents import namespaces_of, prefix_of
from mockportal.wire.diagnosis.view import Diagnosis, View, local, quoted
from mockportal.wire.names import NAMESPACE, XSI

_NIL = ("nil", "nill", "nul", "null", "nillable", "none", "vide")
_FALSE = ("false", "0", "non", "no")


def namespace_cause(view: View) -> Diagnosis | None:
    """Return why an element is in no namespace."""
    if view.facts.fault is not Fault.UNEXPECTED or view.facts.namespace:
        return None
    element = view.facts.element
    at = view.before.rfind(f"<{element}")
    tag = view.before[at:].partition(">")[0] + ">" if at >= 0 else ""
    if namespaces_of(tag).get("") == "":
        words = {"written": 'xmlns=""', "instead": f'xmlns="{NAMESPACE}"'}
        return Diagnosis(Cause.EMPTY_XMLNS, words)
    _, attributes = view.root
    prefix = prefix_of(NAMESPACE, namespaces_of(attributes))
    if not prefix or view.place.tag != element or element not in view.names:
        return None
    words = {
        "written": f"<{element}",
        "instead": f"<{prefix}:{element}",
        "declaration": f'xmlns="{NAMESPACE}"',
    }
    return Diagnosis(Cause.UNPREFIXED, words)


def nil_cause(view: View) -> Diagnosis | None:
    """Return what is wrong with an attribute that is meant to say nil."""
    attribute = view.facts.attribute
    if view.facts.fault is not Fault.ATTRIBUTE or not _is_nil(attribute):
        return None
    _, attributes = view.root
    declared = namespaces_of(attributes)
    prefix = attribute.rpartition(":")[0]
    space = declared.get(prefix, "")
    if prefix and local(attribute) == "nil" and space not in (XSI, NAMESPACE):
        words = {
            "prefix": prefix,
            "attribute": attribute,
            "written": f'xmlns:{prefix}="{quoted(space)}"',
            "instead": f'xmlns:{prefix}="{XSI}"',
        }
        return Diagnosis(Cause.XSI_MISSPELT, words)
    expected, tag = view.place.expected, view.place.tag
    at = view.before.rfind(f"<{tag}")
    written = view.before[at:] if at >= 0 else f"<{tag} {attribute}"
    if expected and (expected.nillable or expected.optional):
        if _has_value(written, attribute, view.after):
            return _beside_value(written, attribute, tag)
        written += _end_of_empty(written, tag, view.after)
    right = prefix_of(XSI, declared)
    words = {
        "attribute": attribute,
        "written": quoted(written),
        "nil": f'{right or "xsi"}:nil="true"',
        "instead": f'<{tag} {right or "xsi"}:nil="true"/>',
        "declare": "" if right else f', et ajoutez xmlns:xsi="{XSI}" dans la première balise',
    }
    if expected and expected.nillable:
        return Diagnosis(Cause.NIL_MISSPELT, words)
    if expected and expected.optional:
        return Diagnosis(Cause.NIL_ON_OPTIONAL, words)
    return Diagnosis(Cause.NIL_ON_MANDATORY, words)


def _has_value(written: str, attribute: str, after: str) -> bool:
    """Tell whether an element holds something, as far as shows; if not, whether it is said to."""
    if written.endswith("/>"):
        return False
    content = after.lstrip()
    if content:
        return not content.startswith("</")
    value = _attribute(attribute).search(written)
    return value is not None and value[1].strip("\"' ").casefold() in _FALSE


def _beside_value(written: str, attribute: str, tag: str) -> Diagnosis:
    instead, removed = _attribute(attribute).subn("", written, count=1)
    words = {
        "attribute": attribute,
        "written": quoted(written),
        "instead": quoted(instead) if removed else f"<{tag}>",
    }
    return Diagnosis(Cause.NIL_BESIDE_VALUE, words)


def _attribute(name: str) -> re.Pattern[str]:
    return re.compile(rf"""\s{re.escape(name)}\s*=\s*("[^"]*"|'[^']*')""")


def _end_of_empty(written: str, tag: str, after: str) -> str:
    """Return what follows the start tag of an empty element up to its end, which goes with it."""
    end = re.match(rf"\s*</{re.escape(tag)}\s*>", after)
    return end[0] if end and written.endswith(">") and not written.endswith("/>") else ""


def _is_nil(attribute: str) -> bool:
    name = local(attribute).casefold()
    return name in _NIL or bool(closest(name, ("nil",)))

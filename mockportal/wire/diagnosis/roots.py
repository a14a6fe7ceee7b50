"""Roots that are not quite that of a flux, and prefixes that are not declared."""

import re
from typing import NamedTuple

from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Fault
from mockportal.domain.suggesting import closest
from mockportal.wire.diagnosis.documents import ENVELOPE, namespaces_of, prefix_of
from mockportal.wire.diagnosis.nearest_tags import nearest_tag
from mockportal.wire.diagnosis.view import Diagnosis, View, local, quoted
from mockportal.wire.names import NAMESPACE, XSI

_FLUX = "flux"
_VALUES = {
    _FLUX: (("idFlux", "IDENTIFIANT-UNIQUE"), ("horodatage", "2026-03-30T09:00:00+02:00")),
    "emetteur": (("idClient", "MATRICUL"),),
    "certificateur": (("idClient", "MATRICUL"), ("idContrat", "CONTRAT")),
    "certification": (("type", "RNCP"), ("code", "RNCP00000")),
}
"""What stands beside the next one of the envelope, in the schema's form."""
_LISTS = {
    "certifications": "certification",
    "passageCertifications": "passageCertification",
}
_FIRST = ("idFlux", "horodatage", "emetteur", "action")
"""What the first element of a flux may be."""
_WITHIN = {
    "emetteur": _FLUX,
    "certificateurs": "emetteur",
    "certificateur": "certificateurs",
    "certifications": "certificateur",
    "passageCertifications": "certification",
}
_TAG = re.compile(r"<([^\s<>/!?]++)([^<>]*+)>")


class RootTag(NamedTuple):
    """The start tag of a root as it is written, and as it ought to be."""

    name: str
    written: str
    right_name: str
    right: str


def root_cause(view: View) -> Diagnosis | None:
    """Return what is wrong with a root that the schema does not know."""
    root, _ = view.root
    if not root:
        return None
    name = local(root)
    if name in ENVELOPE[1:]:
        return _list_alone(root)
    start = view.head.find(f"<{root}")
    inside = _TAG.search(view.head, view.head.find(">", start))
    if name == _FLUX or closest(name, (_FLUX,)) or (inside and local(inside[1]) in _FIRST):
        tag = right_tag(view.head, start)
        cause = Cause.ROOT_TAG if name == _FLUX else Cause.ROOT_NAME
        return Diagnosis(cause, {**_words(tag), "root": root}) if tag else None
    inner = re.search(r"<((?:[\w.-]+:)?flux)[\s>]", view.head)
    tag = right_tag(view.head, inner.start()) if inner else None
    if inner is None or tag is None:
        return None
    words = {
        "root": quoted(root),
        "flux": inner[1],
        "line": str(view.head.count("\n", 0, inner.start()) + 1),
        "instead": tag.right,
    }
    body = re.search(r"<((?:[\w.-]+:)?Body)[\s>]", view.head)
    if name == "Envelope" and body:
        return Diagnosis(Cause.IN_SOAP, {**words, "body": body[1]})
    return Diagnosis(Cause.WRAPPED, words)


def right_tag(head: str, start: int) -> RootTag | None:
    """Return the tag of a flux that begins at ``start`` as it ought to be, by what it holds."""
    match = _TAG.match(head, start)
    if match is None:
        return None
    root, attributes = match[1], match[2]
    child = _TAG.search(head, match.end())
    own = root.rpartition(":")[0]
    inner = child[1].rpartition(":")[0] if child else own
    spaces = {inner: NAMESPACE}
    right_name = f"{inner}:{_FLUX}" if inner else _FLUX
    if own and not inner:
        spaces[own] = NAMESPACE
        right_name = f"{own}:{_FLUX}"
    declared = namespaces_of(attributes)
    spaces |= {prefix: XSI for prefix, space in declared.items() if prefix and space == XSI}
    spaces["xsi"] = XSI
    written = "".join(
        f' xmlns:{prefix}="{space}"' if prefix else f' xmlns="{space}"'
        for prefix, space in spaces.items()
    )
    return RootTag(root, match[0], right_name, f"<{right_name}{written}>")


def list_cause(view: View) -> Diagnosis | None:
    """Return what is wrong with a list of the envelope that is empty, or comes twice."""
    element, place = view.facts.element, view.place
    prefix = place.tag.rpartition(":")[0]
    colon = f"{prefix}:" if prefix else ""
    if view.facts.fault is Fault.INCOMPLETE and view.facts.allowed == (_LISTS.get(element),):
        if element == "certifications":
            return Diagnosis(Cause.NO_CERTIFICATION, {})
        return Diagnosis(Cause.EMPTY_LIST, {"tag": f"{colon}certification"})
    parents = view.parents
    if view.facts.fault not in (Fault.UNEXPECTED, Fault.NOTHING_MORE) or len(parents) < 2:
        return None
    if parents[-2] != _WITHIN.get(element):
        return None
    words = {"parent": parents[-2], "tag": place.tag}
    return Diagnosis(Cause.LIST_TWICE if element in _LISTS else Cause.TWO_CERTIFIERS, words)


def prefix_cause(view: View) -> Diagnosis | None:
    """Return what is wrong where a prefix is not declared, or a namespace badly."""
    root, attributes = view.root
    prefix, element = view.facts.prefix, view.facts.element
    declared = namespaces_of(attributes)
    if not view.place.path and local(root) in ENVELOPE[1:]:
        return _list_alone(root)
    right = prefix_of(NAMESPACE, declared)
    start = view.before[view.before.rfind("<") :]
    if view.facts.attribute and local(view.facts.attribute).casefold() in ("nil", "nill", "null"):
        if prefix != "xsi" and XSI in declared.values():
            return _other_prefix(view, "xsi")
        near = nearest_tag(view, max(view.before.rfind("<"), 0))
        if near and prefix != "xsi":
            return near
    elif view.place.path and element not in view.names:
        return nearest_tag(view, max(view.before.rfind("<"), 0))
    elif right and prefix != right and view.place.path and element in view.names:
        words = {
            "prefix": prefix,
            "right": right,
            "written": quoted(start.partition(" ")[0].rstrip(">/")),
            "instead": f"<{right}:{element}",
        }
        return Diagnosis(Cause.PREFIX_MISSPELT, words)
    at = view.head.find(f"<{root}")
    tag = right_tag(view.head, at) if root and local(root) == _FLUX else None
    if tag is None or (view.facts.fault is Fault.NAMESPACE and view.place.path):
        return None
    cause = Cause.PREFIX_UNDECLARED if prefix else Cause.ROOT_TAG
    return Diagnosis(cause, _words(tag))


def _other_prefix(view: View, right: str) -> Diagnosis:
    words = {
        "prefix": view.facts.prefix,
        "right": right,
        "written": view.facts.attribute,
        "instead": f"{right}:nil",
    }
    return Diagnosis(Cause.PREFIX_MISSPELT, words)


def _list_alone(root: str) -> Diagnosis:
    prefix, _, name = root.rpartition(":")
    colon = f"{prefix}:" if prefix else ""
    before, after = "", ""
    for element in ENVELOPE[: ENVELOPE.index(name)]:
        spaces = ""
        if element == _FLUX:
            spaces = f' xmlns{f":{prefix}" if prefix else ""}="{NAMESPACE}" xmlns:xsi="{XSI}"'
        before += f"<{colon}{element}{spaces}>" + "".join(
            f"<{colon}{leaf}>{value}</{colon}{leaf}>" for leaf, value in _VALUES.get(element, ())
        )
        after = f"</{colon}{element}>{after}"
    words = {"root": name, "tag": root, "before": before, "after": after}
    return Diagnosis(Cause.LIST_ALONE, words)


def _words(tag: RootTag) -> dict[str, str]:
    end = ""
    if tag.right_name != tag.name:
        end = f", et </{tag.right_name}> à la place de </{tag.name}> à la fin du fichier"
    return {"written": quoted(tag.written), "instead": tag.right, "end": end}

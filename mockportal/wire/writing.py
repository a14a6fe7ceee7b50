"""One passage, written as a flux of its own: what a modification or a form would deposit."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.sax.saxutils import escape

from mockportal.domain.dictionary import Group
from mockportal.domain.dictionary_rules import way_of
from mockportal.domain.flux import Outline
from mockportal.wire.names import NAMESPACE, XSI
from mockportal.wire.passage_fields import (
    CERTIFICATION_LEAVES,
    HOLDER_BRANCH,
    NATIONAL_ID_BRANCH,
    OUR_NAMES,
    PASSAGE_BRANCH,
    RESULT,
    RESULT_PARTS,
    RESULTS,
    TRAINING_FILE_BRANCH,
    Branch,
    Leaf,
)

Values = Mapping[str, str | None]
_SPACES = f'xmlns:cpf="{NAMESPACE}" xmlns:xsi="{XSI}"'
_RESULT = re.compile(r"([^.]+)\.([^:]+):(.+)")
_NOTHING = "-"
_INSEE, _POSTAL = "codeInseeNaissance", "codePostalNaissance"


@dataclass(slots=True)
class Lines:
    """Lines of XML, and the field, by our name of it, that each of them comes from."""

    written: list[str] = field(default_factory=list)
    fields: dict[int, str] = field(default_factory=dict)
    _at: int = 1

    def add(self, line: str, of: str | None = None) -> None:
        """Add a line, which may break within a value."""
        last = self._at + line.count("\n")
        if of:
            self.fields.update(dict.fromkeys(range(self._at, last + 1), of))
        self.written.append(line)
        self._at = last + 1

    def text(self) -> str:
        """Return the whole."""
        return "\n".join(self.written)


def one_passage_flux(outline: Outline, values: Values) -> Lines:
    """Return a flux of one passage; where a mandatory value is missing, its element is empty."""
    lines = Lines()
    lines.add('<?xml version="1.0" encoding="UTF-8"?>')
    lines.add(f"<cpf:flux {_SPACES}>")
    lines.add(_leaf("idFlux", outline.flux_id))
    lines.add(_leaf("horodatage", outline.timestamp))
    lines.add(f"<cpf:emetteur>{_leaf('idClient', outline.sender)}<cpf:certificateurs>")
    lines.add(f"<cpf:certificateur>{_leaf('idClient', outline.certifier)}")
    lines.add(f"{_leaf('idContrat', outline.contract)}<cpf:certifications>")
    _add_certification(lines, values, "")
    lines.add("</cpf:certifications></cpf:certificateur></cpf:certificateurs></cpf:emetteur>")
    lines.add("</cpf:flux>")
    return lines


def content_to_keep(values: Values) -> str:
    """Return the certification element with its one passage, as ``contents`` reads it back."""
    lines = Lines()
    _add_certification(lines, values, f" {_SPACES}")
    return lines.text()


def _add_certification(lines: Lines, values: Values, declared: str) -> None:
    lines.add(f"<cpf:certification{declared}>")
    for name in CERTIFICATION_LEAVES:
        value = values.get(OUR_NAMES[name])
        if value is not None or name != CERTIFICATION_LEAVES[-1]:
            lines.add(_leaf(name, value or ""), OUR_NAMES[name])
    lines.add("<cpf:passageCertifications>")
    _add_branch(lines, PASSAGE_BRANCH, values)
    lines.add("</cpf:passageCertifications>")
    lines.add("</cpf:certification>")


def _add_branch(lines: Lines, branch: Branch, values: Values) -> None:
    lines.add(f"<cpf:{branch.name}>", _first_field(branch))
    for one in branch.children:
        if isinstance(one, Branch):
            if not one.optional or _chosen(one, values):
                _add_branch(lines, one, values)
        else:
            _add_leaf(lines, one, values.get(OUR_NAMES[one.name]))
    lines.add(f"</cpf:{branch.name}>", _first_field(branch))


def _chosen(branch: Branch, values: Values) -> bool:
    """Tell whether a branch that may be left out is written."""
    if branch in (HOLDER_BRANCH, TRAINING_FILE_BRANCH, NATIONAL_ID_BRANCH):
        return branch in _identifications(values)
    if branch.name == _POSTAL and not values.get(OUR_NAMES["codeInsee"]):
        return True
    return _says_something(branch, values)


def _identifications(values: Values) -> list[Branch]:
    """Return the ways to name the holder that are used; more than one is for the schema to say."""
    shared = "nomNaissance"
    used = [one for one in (TRAINING_FILE_BRANCH,) if _says_something(one, values)]
    if values.get(OUR_NAMES["nir"]):
        used.append(NATIONAL_ID_BRANCH)
    own = tuple(c for c in HOLDER_BRANCH.children if c.name != shared)
    alone = _says_something(Branch("", own), values)
    named = values.get(OUR_NAMES[shared]) and NATIONAL_ID_BRANCH not in used
    if alone or named or (not used and way_of(values) is Group.HOLDER):
        used.insert(0, HOLDER_BRANCH)
    return used


def _says_something(branch: Branch, values: Values) -> bool:
    return any(
        _says_something(one, values)
        if isinstance(one, Branch)
        else values.get(OUR_NAMES[one.name]) is not None
        for one in branch.children
    )


def _add_leaf(lines: Lines, leaf: Leaf, value: str | None) -> None:
    field_name = OUR_NAMES[leaf.name]
    if value is None and leaf.optional:
        return
    if value is None and leaf.nillable:
        lines.add(f'<cpf:{leaf.name} xsi:nil="true"/>', field_name)
    elif leaf.name == RESULTS:
        lines.add(f"<cpf:{RESULTS}>{_results(value or '')}</cpf:{RESULTS}>", field_name)
    else:
        lines.add(_leaf(leaf.name, value or ""), field_name)


def _results(text: str) -> str:
    read = [one for one in map(_RESULT.fullmatch, text.split()) if one]
    return "".join(f"<cpf:{RESULT}>{_result(one)}</cpf:{RESULT}>" for one in read)


def _result(read: re.Match[str]) -> str:
    parts = zip(RESULT_PARTS, read.groups(), strict=True)
    return "".join(_leaf(name, text) for name, text in parts if text != _NOTHING)


def _leaf(name: str, value: str) -> str:
    return f"<cpf:{name}>{escape(value, {chr(13): '&#13;'})}</cpf:{name}>"


def _first_field(branch: Branch) -> str | None:
    first = branch.children[0]
    return OUR_NAMES[first.name] if isinstance(first, Leaf) else _first_field(first)

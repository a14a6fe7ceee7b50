"""Whole deposits beside their receipts, byte for byte, and read as programs in the field do."""

from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from lxml import etree

from mockportal.domain.messages import Code, message_of
from mockportal.resources import xsd_folder
from tests.examples.cases import folders, receipt_of

FOLDERS = folders()
RECEIPTS = [pytest.param(f / "receipt.xml", id=f.name) for f in FOLDERS]


@pytest.mark.parametrize("folder", [pytest.param(f, id=f.name) for f in FOLDERS])
def test_a_deposit_brings_its_receipt_to_the_byte(folder: Path) -> None:
    assert receipt_of(folder) == (folder / "receipt.xml").read_bytes()


@pytest.mark.parametrize("receipt", RECEIPTS)
def test_a_receipt_is_valid_against_the_schema_of_its_form(receipt: Path) -> None:
    content = receipt.read_bytes()
    form = "refused" if b"<erreurs>" in content else "processed"
    schema = etree.XMLSchema(etree.parse(xsd_folder() / f"receipt-{form}.xsd"))
    schema.assertValid(etree.fromstring(content))


def test_the_examples_hold_every_message_of_the_second_control() -> None:
    every = "\n".join(p.values[0].read_text(encoding="utf-8") for p in RECEIPTS)  # type: ignore[union-attr]
    for code in Code:
        fixed = max(message_of(code).text.replace("}", "{").split("{")[::2], key=len)
        assert fixed.strip() in every, code


def test_the_examples_hold_both_forms_and_the_nine_counts_but_none_by_none() -> None:
    counts = set()
    for parameter in RECEIPTS:
        root = ET.fromstring(parameter.values[0].read_bytes())  # type: ignore[union-attr]  # noqa: S314  # our own file
        if root.find("erreurs") is None:
            ko, ok = len(root.findall("PassagesKO/*")), len(root.findall("PassagesOK/*"))
            counts.add((min(ko, 2), min(ok, 2)))
        else:
            counts.add((-1, -1))
    assert counts == {(a, b) for a in range(3) for b in range(3)} - {(0, 0)} | {(-1, -1)}


def by_exact_names(content: bytes) -> tuple[str, list[str], list[tuple[str, str]], int, int]:
    """Read as the first reader: exact paths and case, and two phrases in the messages."""
    root = ET.fromstring(content)  # noqa: S314  # our own file
    name = root.findtext("nomFichier")
    assert root.tag == "rapport"
    assert name is not None
    accepted = [e.text or "" for e in root.findall(".//PassagesOK/idTechnique")]
    rejected = [
        (p.findtext("idTechnique") or "", p.findtext("messageErreur") or "")
        for p in root.findall(".//passage")
    ]
    stored = sum("existe déjà en base" in m for _, m in rejected)
    nobody = sum("Aucun titulaire" in m for _, m in rejected)
    return name, accepted, rejected, stored, nobody


def by_local_names(content: bytes) -> list[tuple[str, str]]:
    """Read as the second: local names in any case; refuses a passage without message."""
    found = []
    for element in ET.fromstring(content).iter():  # noqa: S314  # our own file
        if element.tag.rpartition("}")[2].lower() == "passage":
            said = {c.tag.rpartition("}")[2].lower(): (c.text or "").strip() for c in element}
            if not said.get("messageerreur"):
                raise ValueError(f"a passage without message: {said}")
            found.append((said["idtechnique"], said["messageerreur"]))
    return found


def as_dictionary(element: ET.Element) -> Any:
    """Turn a file into a dictionary as common libraries do: one child is no list of one."""
    if not len(element):
        return element.text
    made: dict[str, Any] = {}
    for child in element:
        value = as_dictionary(child)
        if child.tag in made:
            before = made[child.tag]
            made[child.tag] = [*before, value] if isinstance(before, list) else [before, value]
        else:
            made[child.tag] = value
    return made


def by_dictionary(content: bytes) -> tuple[list[Any], list[Any]]:
    """Read as the third: indexes both lists without asking whether they exist."""
    report = as_dictionary(ET.fromstring(content))  # noqa: S314  # our own file
    rejected = report["PassagesKO"]
    accepted = report["PassagesOK"]
    return (
        _listed(rejected["passage"]) if rejected else [],
        _listed(accepted["idTechnique"]) if accepted else [],
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@pytest.mark.parametrize("receipt", RECEIPTS)
def test_the_three_readers_of_the_field_read_every_receipt_alike(receipt: Path) -> None:
    content = receipt.read_bytes()
    name, accepted, rejected, stored, nobody = by_exact_names(content)
    assert name == "deposit.xml"
    assert by_local_names(content) == rejected
    assert stored + nobody <= len(rejected)
    if b"<erreurs>" in content:
        assert (accepted, rejected) == ([], [])
        return
    ko, ok = by_dictionary(content)
    assert ok == accepted
    assert [(one["idTechnique"], one["messageErreur"]) for one in ko] == rejected
    assert rejected or accepted


@pytest.mark.parametrize("name", ["counts-0-ko-1-ok", "counts-1-ko-0-ok"])
def test_a_setting_leaves_empty_lists_out(name: str) -> None:
    folder = next(f for f in FOLDERS if f.name == name)
    whole = receipt_of(folder)
    bare = receipt_of(folder, empty_lists="absent")
    empty = b"    <PassagesKO/>\n" if b"PassagesKO/" in whole else b"    <PassagesOK/>\n"
    assert bare == whole.replace(empty, b"")
    assert bare != whole

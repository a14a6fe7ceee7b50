"""A seeded generator of faulty fluxes: what people, exporters and accidents do to a file."""

import copy
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from tests.oracle.breaking import break_bytes, break_text
from tests.oracle.builder import Layout, Node, a_flux, a_leaf

VERSIONS = ("1.1.1", "1.1.2", "1.1.5")
_VALUES = (
    "", " ", "\n  \n", "x", "0", "-1", "13", "99999999999", "1.5", "+", "abc", " M ", "m", "F\n",
    "2023-02-30", "2023-13-01", "1823-01-01", "2023-1-1", "2023-01-01Z", "01/02/2023", "0000-01-01",
    "2026-11-23T06:12:28+15:00", "2026-11-23T06:12:28+20:00", "2026-11-23T06:12:28Z",
    "2026-11-23T24:00:00+01:00", "2026-02-30T06:12:28+01:00", "2026-11-23T06:12:28.5+01:00",
    " 2026-11-23T06:12:28+:23:00", "true", "TRUE", "oui", "2099", "1899", "MENTION_INCONNUE",
    "MENTION_TRES_BIEN_AVEC_FELICITATIONS_DU_JURY", "VAE", "é" * 61, "😀" * 30, "x" * 256,
    "x" * 1001, "1234567", "123456789", "00", "007", "1e3", "{}", "'", "{0}", "&lt;", "]]",
    "\u00a0", "\ufeff",
)  # fmt: skip
_ATTRIBUTES = (
    'foo="1"', 'xml:lang="fr"', 'xsi:nil="true"', 'xsi:nil="1"', 'xsi:nil="false"',
    'xsi:nil=" true"', 'xsi:nil="oui"', 'xsi:nil=""', 'xsi:type="cpf:genre"', 'xsi:type="genre"',
    'xsi:type="x:y"', 'xsi:type=""', 'xsi:schemaLocation="urn:a a.xsd"',
    'xsi:noNamespaceSchemaLocation="a.xsd"', 'xsi:other="1"', 'é="à"', 'xmlns:z="urn:z" z:a="1"',
    "b='\"' c=\"'\"", 'a="&lt;&#10;"',
)  # fmt: skip
_STRANGE_NAMES = (
    "coucou",
    "Flux",
    "idclient",
    "nomNaissance",
    "sexe",
    "certification",
    "flux",
    "é",
)
_LAYOUTS = (
    Layout(),
    Layout(odd=0.3),
    Layout(indent="", end=""),
    Layout(prefix="", indent="\t"),
    Layout(prefix="ns0", odd=0.1),
    Layout(prefix="é-1._x", odd=0.1),
    Layout(declaration=""),
    Layout(declaration="<?xml version='1.0' encoding='utf-8' standalone='yes' ?>\n<!-- à -->"),
    Layout(declaration='<?xml version="1.0"?>', indent="        "),
    Layout(declaration='<?xml version="1.0" encoding="ISO-8859-1"?>', encoding="latin-1"),
    Layout(declaration='<?xml version="1.0" encoding="windows-1252"?>', encoding="cp1252"),
    Layout(declaration='<?xml version="1.0" encoding="UTF-16"?>', encoding="utf-16"),
    Layout(declaration="\ufeff"),
    Layout(declaration='\ufeff<?xml version="1.0" encoding="UTF-8"?>'),
)
_LINE_ENDS = ("\n", "\n", "\n", "\r\n", "\r\n", "\r")


class Mutant(NamedTuple):
    """A file, and the schema version to check it by."""

    version: str
    document: bytes


def mutants(seed: int, count: int) -> Iterator[Mutant]:
    """Yield ``count`` files; the same ones for the same seed."""
    for number in range(count):
        random = Random(f"{seed}/{number}")
        version = random.choice(VERSIONS)
        yield Mutant(version, _a_document(random, version))


def _a_document(random: Random, version: str) -> bytes:
    root = a_flux(random, version, passages=random.choice((1, 2, 2, 3, 40)))
    if random.random() < 0.3:
        _shuffle(random, root)
    fatal = random.random() < 0.45
    faults = random.choice((0, 1)) if fatal else random.choice((0, 1, 1, 1, 2, 3, 8, 40, 120))
    for _ in range(faults):
        _break_tree(random, root)
    layout = random.choice(_LAYOUTS)
    text = layout.written(root, random)
    if fatal and random.random() < 0.9:
        text = break_text(random, text)
    if layout.end:
        text = text.replace("\n", random.choice(_LINE_ENDS))
    document = text.encode(layout.encoding, "xmlcharrefreplace")
    if fatal and random.random() < 0.15:
        document = break_bytes(random, document)
    return document


def _shuffle(random: Random, root: Node) -> None:
    for node in root.walk():
        if node.name != "titulaire" or random.random() < 0.5:
            random.shuffle(node.children)


def _break_tree(random: Random, root: Node) -> None:  # noqa: C901, PLR0912  # a fault each
    nodes = root.walk()
    parents = [node for node in nodes if node.children]
    parent = random.choice(parents) if parents else root
    at = random.randrange(len(parent.children)) if parent.children else 0
    leaves = [node for node in nodes if not node.children] or [root]
    kind = random.randrange(15)
    if kind == 0 and parent.children:
        del parent.children[at]
    elif kind == 1 and parent.children:
        parent.children.insert(at, copy.deepcopy(random.choice(parent.children)))
    elif kind == 2:
        random.shuffle(parent.children)
    elif kind == 3:
        random.choice(nodes).name = random.choice(_STRANGE_NAMES)
    elif kind == 4:
        random.choice(nodes).foreign = True
    elif kind == 5:
        emptied = random.choice(nodes)
        emptied.children, emptied.text = [], ""
    elif kind == 6:
        random.choice(nodes).attributes.append(random.choice(_ATTRIBUTES))
    elif kind == 7:
        parent.children.insert(at, a_leaf(random.choice(_STRANGE_NAMES), random.choice(_VALUES)))
    elif kind == 8:
        parent.text = random.choice(_VALUES)
    elif kind == 9:
        parent.children.insert(at, copy.deepcopy(random.choice(nodes)))
    elif kind == 10:
        leaf = random.choice(leaves)
        leaf.children = [a_leaf(random.choice(_STRANGE_NAMES), "x")]
    elif kind == 11:
        leaf = random.choice(leaves)
        leaf.text, leaf.attributes = "", ['xsi:nil="true"']
    else:
        leaf = random.choice(leaves)
        leaf.text, leaf.attributes = random.choice(_VALUES), []

"""Transcribing a flux to the regular shape (``cutting``), whatever legal shape it has.

One pass of expat over the file: comments, CDATA sections, instructions, references, prefixes, white
space in tags and other encodings leave no trace in the copy, and elements that may come in any
order come in that of the schema where a file mixes orders. Nothing else is changed, so that a copy
that is good is the copy of a good file: ``transcribe`` gives up where expat and Java may see
different things, or where what is left out of the copy may be a fault.
"""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO
from xml.parsers import expat

from mockportal.wire.cutting import LONGEST_PASSAGE
from mockportal.wire.frames import PLAIN_ADDRESS
from mockportal.wire.names import FLUX, NAMESPACE, PASSAGE_LOCAL_NAME, XSI
from mockportal.wire.passage_patterns import children_in_any_order, declared_names
from mockportal.wire.validation.opening import opened
from mockportal.wire.validation.source import MalformedError, UnreadableError

_SPACE = " "
"""Expat writes it between a namespace and a name; it gives up where a namespace holds one."""
_PREFIX = "cpf:"
_LESS, _GREATER, _EQUALS = "\x01", "\x02", "\x03"
"""Stand for what tags are made of until texts are escaped: XML forbids them in texts."""
_ESCAPES = (
    ("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"), ("=", "&#61;"),
    (_LESS, "<"), (_GREATER, ">"), (_EQUALS, "="),
)  # fmt: skip
"""No text of a copy may look like an attribute."""
_FIRST = b"<!---->"
"""What follows the XML declaration is not at the start of the file: no mark, no declaration."""
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,799}")
"""Prefixes and targets that all parsers take, and shorter than Java's limit."""
_PLACE = re.compile(r"[A-Za-z0-9:/._#-]{1,800}")
"""A namespace that nobody reads otherwise."""
_ADDRESS = re.compile(PLAIN_ADDRESS.decode())
_NIL = f"{XSI}{_SPACE}nil"
_LOCATION, _OTHER_LOCATION = (
    f"{XSI}{_SPACE}schemaLocation",
    f"{XSI}{_SPACE}noNamespaceSchemaLocation",
)
_TRUTHS = {"true": "true", "1": "true", "false": "false", "0": "false"}
_XML_BLANKS = " \t\n\r"
_MOST_NAMESPACES, _MOST_ATTRIBUTES = 100, 10
"""At once, and of an element: no exporter writes more, and Java has limits."""
_LONGEST_TAG = 1 << 19
"""Bytes of what expat must have whole, a comment or a tag: it reads it anew with each block."""


_ENOUGH = 20
"""Passages in the order of the schema after which the others are taken to be so, too."""
_UNKNOWN = "an element that the schema does not know"
_PASSAGE = f"{NAMESPACE}{_SPACE}{PASSAGE_LOCAL_NAME}"
_Handlers = tuple[Callable[[str, list[str]], None], Callable[[str], None]]


class _DoubtfulError(Exception):
    """Expat and Java may see different things."""


def transcribe(file: BinaryIO, copy: BinaryIO, schema: Path) -> bool:
    """Write what a file says to ``copy``, which is empty; tell whether that is surely the same.

    Memory does not grow with the file, and time grows with its length alone.
    """
    try:
        _transcribe(file, copy, schema)
    except (MalformedError, UnreadableError, UnicodeEncodeError, expat.ExpatError, _DoubtfulError):
        return False
    return True


def _transcribe(file: BinaryIO, copy: BinaryIO, schema: Path) -> None:
    file.seek(0)
    source = opened(file)
    if source.newer:
        raise _DoubtfulError("XML 1.1")
    parts: list[str] = ['\x01?xml version\x03"1.0" encoding\x03"UTF-8"?\x02\n']
    in_order = _PassagesInOrder(parts, schema)
    order: _PassagesInOrder | None = in_order
    parser = _parser(parts, in_order.handlers())
    parser.Parse(_FIRST, False)
    given = len(_FIRST)
    for piece in source.text:
        if not isinstance(piece, str):
            raise _DoubtfulError("a part is left out")
        content = piece.encode()
        given += len(content)
        parser.Parse(content, False)
        if given - parser.CurrentByteIndex > _LONGEST_TAG + len(content):
            raise _DoubtfulError("a tag of many kilobytes")
        if order is None:
            _write(parts, copy)
            continue
        _write(order.taken(len(content)), copy)
        if order.is_as_in_schema:
            parser.StartElementHandler, parser.EndElementHandler = _handlers(parts, schema)
            order = None
    parser.Parse(b"", True)
    if order is not None:
        _write(order.taken(0), copy)
    parts.append("\n")
    _write(parts, copy)
    copy.flush()


def _write(parts: list[str], copy: BinaryIO) -> None:
    """Write parts, and forget them."""
    text = "".join(parts)
    parts.clear()
    for sign, written in _ESCAPES:
        if sign in text:
            text = text.replace(sign, written)
    copy.write(text.encode())


def _handlers(parts: list[str], schema: Path) -> _Handlers:
    """Return what appends tags to ``parts``."""
    starts, ends = _tags(schema)
    append = parts.append

    def start(name: str, attributes: list[str]) -> None:
        tag = starts.get(name)
        if tag is None:
            raise _DoubtfulError(_UNKNOWN)
        append(_with(tag, attributes) if attributes else tag)

    def end(name: str) -> None:
        append(ends[name])

    return start, end


class _PassagesInOrder:
    """Takes events, and has the elements of each passage in the order of the schema."""

    def __init__(self, parts: list[str], schema: Path) -> None:
        self._parts = parts
        self._schema = schema
        self._places = _places(schema)
        self._done: list[str] = []
        """What comes before the passage whose parts are at hand."""
        self._open: list[tuple[int, int]] = []
        """Where each open element of a passage begins in the parts, and its children in those."""
        self._ended: list[tuple[str, int]] = []
        """The children of open elements: each with where it begins in the parts."""
        self._passages = self._held = 0
        self._mixed = False

    @property
    def is_as_in_schema(self) -> bool:
        """Tell whether so many passages were in order that the others may well be."""
        return self._passages >= _ENOUGH and not self._mixed

    def taken(self, read: int) -> list[str]:
        """Return the parts that are in order; ``read`` bytes have come since this was asked."""
        if not self._open or self.is_as_in_schema:
            self._finish()
        self._held = self._held + read if self._open else 0
        if self._held > LONGEST_PASSAGE:
            raise _DoubtfulError("a passage of many megabytes")
        return self._done

    def handlers(self) -> _Handlers:
        """Return what takes tags; it knows no parser, so that both go when they are not needed."""
        starts, ends = _tags(self._schema)
        parts, opened, ended, places = self._parts, self._open, self._ended, self._places

        def start(name: str, attributes: list[str]) -> None:
            tag = starts.get(name)
            if tag is None:
                raise _DoubtfulError(_UNKNOWN)
            if opened:
                opened.append((len(parts), len(ended)))
            elif name == _PASSAGE:
                self._finish()
                opened.append((0, 0))
            parts.append(_with(tag, attributes) if attributes else tag)

        def end(name: str) -> None:
            parts.append(ends[name])
            if not opened:
                return
            begins, first = opened.pop()
            if len(ended) > first:
                if name in places:
                    self._sort(ended[first:], places[name])
                del ended[first:]
            if opened:
                ended.append((name, begins))
            else:
                self._passages += 1
                self._held = 0
                self._finish()

        return start, end

    def _finish(self) -> None:
        self._done += self._parts
        self._parts.clear()

    def _sort(self, children: list[tuple[str, int]], places: Mapping[str, int]) -> None:
        """Bring the children of the element that has just ended into order."""
        last = len(places)
        order = [places.get(name, last) for name, _ in children]
        if order == sorted(order):
            return
        self._mixed = True
        parts = self._parts
        bounds = [begins for _, begins in children] + [len(parts) - 1]
        ordered = []
        for number in sorted(range(len(children)), key=order.__getitem__):
            ordered += parts[bounds[number] : bounds[number + 1]]
        parts[bounds[0] : -1] = ordered


def _parser(parts: list[str], handlers: _Handlers) -> expat.XMLParserType:
    """Return a parser that appends texts to ``parts``."""
    parser = expat.ParserCreate("utf-8", _SPACE)
    parser.buffer_text = True
    parser.ordered_attributes = True
    parser.StartElementHandler, parser.EndElementHandler = handlers
    parser.CharacterDataHandler = parts.append
    parser.ProcessingInstructionHandler = _check_instruction
    parser.StartDoctypeDeclHandler = _refuse
    parser.StartNamespaceDeclHandler, parser.EndNamespaceDeclHandler = _namespace_checks()
    return parser


@lru_cache(maxsize=8)
def _tags(schema: Path) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Return the start tags and the end tags of all elements of a schema, by expat's names."""
    names = {f"{NAMESPACE}{_SPACE}{local}": _PREFIX + local for local in declared_names(schema)}
    starts = {name: f"{_LESS}{tag}{_GREATER}" for name, tag in names.items()}
    root = FLUX.removeprefix(f"{{{NAMESPACE}}}")
    starts[f"{NAMESPACE}{_SPACE}{root}"] = (
        f'{_LESS}{_PREFIX}{root} xmlns:cpf{_EQUALS}"{NAMESPACE}"'
        f' xmlns:xsi{_EQUALS}"{XSI}"{_GREATER}'
    )
    return starts, {name: f"{_LESS}/{tag}{_GREATER}" for name, tag in names.items()}


@lru_cache(maxsize=8)
def _places(schema: Path) -> Mapping[str, Mapping[str, int]]:
    """Return the place of each child in the schema, where any order is right."""

    def full(local: str) -> str:
        return f"{NAMESPACE}{_SPACE}{local}"

    return {
        full(parent): {full(child): place for place, child in enumerate(children)}
        for parent, children in children_in_any_order(schema).items()
    }


def _with(tag: str, attributes: list[str]) -> str:
    """Return a start tag with the one attribute that says anything, if it is there."""
    if len(attributes) > 2 * _MOST_ATTRIBUTES:
        raise _DoubtfulError("many attributes")
    for name, value in zip(attributes[::2], attributes[1::2], strict=True):
        if name == _NIL:
            truth = _TRUTHS.get(value.strip(_XML_BLANKS))
            if truth is None:
                raise _DoubtfulError("xsi:nil that is neither true nor false")
            tag = f'{tag.removesuffix(_GREATER)} xsi:nil{_EQUALS}"{truth}"{_GREATER}'
        elif not _is_plain_location(name, value):
            raise _DoubtfulError("an attribute that may be a fault")
    return tag


def _is_plain_location(name: str, value: str) -> bool:
    """Tell whether an attribute gives places of schemas, which nobody follows."""
    addresses = value.split()
    if name == _OTHER_LOCATION and len(addresses) > 1:
        return False
    known = name in (_LOCATION, _OTHER_LOCATION)
    return known and value.isascii() and all(map(_ADDRESS.fullmatch, addresses))


def _namespace_checks() -> tuple[Callable[[Any, Any], None], Callable[[Any], None]]:
    """Return what checks a declaration of a namespace, and what notes that it is over."""
    in_scope = 0

    def begin(prefix: str | None, namespace: str | None) -> None:
        nonlocal in_scope
        in_scope += 1
        plain = prefix is None or (_NAME.fullmatch(prefix) and not prefix.lower().startswith("xml"))
        if in_scope > _MOST_NAMESPACES or not plain or not _PLACE.fullmatch(namespace or ""):
            raise _DoubtfulError("an odd namespace")

    def end(_prefix: str | None) -> None:
        nonlocal in_scope
        in_scope -= 1

    return begin, end


def _check_instruction(target: str, _content: str) -> None:
    if not _NAME.fullmatch(target) or target.lower() == "xml":
        raise _DoubtfulError("an instruction of an odd name")


def _refuse(*_doctype: object) -> None:
    raise _DoubtfulError("a DOCTYPE")

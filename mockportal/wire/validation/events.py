"""What a good file says, as events for a target, of XML 1.1 as well: libxml2 reads none."""

from collections.abc import Mapping
from typing import Any, BinaryIO, Protocol

from mockportal.wire.validation.attributes import Attribute
from mockportal.wire.validation.checking import Checker
from mockportal.wire.validation.components import CompiledSchema, Name
from mockportal.wire.validation.namespaces import Scope
from mockportal.wire.validation.opening import opened
from mockportal.wire.validation.reading import Reader
from mockportal.wire.xml_characters import NO_XML


class Target(Protocol):
    """What is told of a file, as by lxml's parsers; names are ``{namespace}local``."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take a start tag."""

    def data(self, text: str) -> None:
        """Take a run of text, whole or in part."""

    def end(self, tag: str) -> None:
        """Take an end tag."""

    def close(self) -> None:
        """Take the end of the file."""


def is_newer(file: BinaryIO) -> bool:
    """Return whether a file that is well-formed declares XML 1.1."""
    file.seek(0)
    return opened(file).newer


def tell(file: BinaryIO, schema: CompiledSchema, target: Target) -> None:
    """Tell a target what a file says that ``validate`` has found good.

    What XML 1.0 cannot hold, which its receipt is written in, is told as U+FFFD.
    """
    file.seek(0)
    source = opened(file)
    Reader(source.text, source.place, _Teller(schema, target), newer=source.newer).document()
    target.close()


class _Teller(Checker):
    """A checker whose target is told of all tags and of all text."""

    def __init__(self, schema: CompiledSchema, target: Target) -> None:
        super().__init__(schema, lambda *_: None)
        self._target = target
        self._tags: list[str] = []

    def start(
        self, raw: str, name: Name, attributes: list[Attribute], scope: Scope, at: int
    ) -> None:
        super().start(raw, name, attributes, scope, at)
        self._tags.append(_tag(*name))
        self._target.start(
            self._tags[-1],
            {_tag(attribute.space, attribute.local): attribute.value for attribute in attributes},
        )

    def leaf(self, *_element: Any) -> bool:
        return False  # it is taken in parts

    def text(self, text: str) -> None:
        super().text(text)
        self._target.data(NO_XML.sub("\ufffd", text))

    def end(self, at: int) -> None:
        super().end(at)
        self._target.end(self._tags.pop())


def _tag(space: str, local: str) -> str:
    return f"{{{space}}}{local}" if space else local

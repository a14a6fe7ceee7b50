"""The namespaces that hold at a place of a document."""

from collections.abc import Mapping

from mockportal.wire.validation.components import Name

XML = "http://www.w3.org/XML/1998/namespace"
XMLNS = "http://www.w3.org/2000/xmlns/"
_MOST_NAMES = 4096
_EACH = 100
MOST_WEIGHT = 20_000_000
"""No file that the schema accepts has more: thirteen elements deep, 10 000 attributes each."""


class Scope:
    """Prefixes and their namespaces; those of the elements around hold as well.

    All scopes of a document share one stack of namespaces for each prefix, so that a look-up
    costs the same however deep it is. Only the innermost scope may be asked.
    """

    __slots__ = ("_declared", "_spaces", "names", "outer", "weight")

    def __init__(self, declared: Mapping[str, str], outer: "Scope | None" = None) -> None:
        """Take what a start tag declares; the empty prefix is that of names without prefix."""
        self.outer = outer
        self.names: dict[str, Name] = {}
        """Element names already resolved here, by what tags write."""
        self.weight: int = (outer.weight if outer else 0) + sum(
            _EACH + len(prefix) + len(space) for prefix, space in declared.items()
        )
        """Characters, about, of all declarations that hold here, hidden ones too."""
        self._declared = tuple(declared)
        self._spaces: dict[str, list[str]] = outer._spaces if outer else {}  # noqa: SLF001  # another scope's
        for prefix, space in declared.items():
            self._spaces.setdefault(prefix, []).append(space)
        if outer:
            outer.names.clear()  # those of many scopes together would take much memory

    def left(self) -> "Scope":
        """Return the scope around, which holds again from here on; this one is over."""
        for prefix in self._declared:
            spaces = self._spaces[prefix]
            spaces.pop()
            if not spaces:
                del self._spaces[prefix]
        if self.outer is None:
            raise LookupError("nothing is around the outermost scope")
        return self.outer

    def space(self, prefix: str) -> str | None:
        """Return the namespace of a prefix, None when it is not declared.

        XML 1.1 lets an empty one take back the declaration of a prefix.
        """
        spaces = self._spaces.get(prefix)
        if not spaces:
            return None
        return spaces[-1] or (None if prefix else "")

    def prefix_of(self, space: str) -> str:
        """Return a prefix of a namespace; empty where none is declared."""
        return next((prefix for prefix, spaces in self._spaces.items() if spaces[-1] == space), "")

    def remember(self, raw: str, name: Name) -> None:
        """Keep a resolved name at hand."""
        if len(self.names) >= _MOST_NAMES:
            self.names.clear()
        self.names[raw] = name


def outermost() -> Scope:
    """Return what holds before the root element."""
    return Scope({"": "", "xml": XML})

"""The namespaces that hold at a place of a document."""

from collections.abc import Mapping

from mockportal.wire.validation.components import Name

XML = "http://www.w3.org/XML/1998/namespace"
XMLNS = "http://www.w3.org/2000/xmlns/"
_MOST_NAMES = 4096


class Scope:
    """Prefixes and their namespaces; those of the elements around hold as well."""

    __slots__ = ("known", "names", "outer")

    def __init__(self, declared: Mapping[str, str], outer: "Scope | None" = None) -> None:
        """Take what a start tag declares; the empty prefix is that of names without prefix."""
        self.known = dict(declared)
        self.outer = outer
        self.names: dict[str, Name] = {}
        """Element names already resolved here, by what tags write."""

    def space(self, prefix: str) -> str | None:
        """Return the namespace of a prefix, None when it is not declared."""
        scope: Scope | None = self
        while scope is not None:
            space = scope.known.get(prefix)
            if space is not None:
                self.known[prefix] = space
                return space
            scope = scope.outer
        return None

    def remember(self, raw: str, name: Name) -> None:
        """Keep a resolved name at hand."""
        if len(self.names) >= _MOST_NAMES:
            self.names.clear()
        self.names[raw] = name


def outermost() -> Scope:
    """Return what holds before the root element."""
    return Scope({"": "", "xml": XML})

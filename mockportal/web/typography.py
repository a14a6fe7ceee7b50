"""The typography of French in what the templates themselves say."""

from collections.abc import Iterator
from typing import ClassVar

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

from mockportal.web.display import spaced


class FrenchSpaces(Extension):
    """Keeps a sign with its word (« », : ; ? !), once, when a template is compiled.

    What comes from elsewhere, a name or a file, is shown as it is: ``spaced`` is for the sentences
    of the catalogue and the domain.
    """

    _SAYING: ClassVar = frozenset({"data", "string"})

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """Return the tokens of a template, its spaces before such signs unbreakable."""
        for token in stream:
            if token.type in self._SAYING:
                yield Token(token.lineno, token.type, spaced(token.value))
            else:
                yield token

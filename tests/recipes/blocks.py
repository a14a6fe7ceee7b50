"""The blocks of code of the README and of the documents, by their language."""

from pathlib import Path

from markdown_it import MarkdownIt

SERVED = "http://127.0.0.1:8000"
"""Where the recipes expect the portal."""
README = Path(__file__).parents[2] / "README.md"
DOCUMENTS = README.parent / "mockportal" / "docs"


def blocks(language: str, document: str = "tests.md") -> list[str]:
    """Return the blocks of a language in a document, or in ``README.md``."""
    path = README if document == README.name else DOCUMENTS / document
    tokens = MarkdownIt().parse(path.read_text(encoding="utf-8"))
    return [token.content for token in tokens if token.type == "fence" and token.info == language]

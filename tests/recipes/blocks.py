"""The blocks of code of the README, by their language."""

from markdown_it import MarkdownIt

from tests.tools.readme_cases import README

SERVED = "http://127.0.0.1:8000"
"""Where the recipes expect the portal."""


def blocks(
    language: str, after: str = "## In your tests", before: str = "## For programs"
) -> list[str]:
    """Return the blocks of a language between two headings of the README."""
    text = README.read_text(encoding="utf-8")
    part = text[text.index(f"\n{after}\n") : text.index(f"\n{before}\n")]
    tokens = MarkdownIt().parse(part)
    return [one.content for one in tokens if one.type == "fence" and one.info == language]

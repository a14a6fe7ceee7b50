"""« /docs »: the documents of ``mockportal/docs``, for developers and operators, with a search.

They are Markdown in English, as they are read in a checkout; here they are HTML, and the links from
one to another lead to its page. All can be read by anyone who reaches the portal.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from flask import Blueprint, render_template, request, url_for
from markupsafe import Markup

from mockportal.web.outcomes import found

if TYPE_CHECKING:
    from markdown_it.token import Token

blueprint = Blueprint("documentation", __name__, url_prefix="/docs")

_ORDER = (
    "tests", "ci", "commands", "programs", "faults", "journal", "data-folder", "many-people",
    "fidelity", "facts", "messages", "performance", "security", "asvs", "contributing",
)  # fmt: skip
_USUAL_ADDRESS = "http://127.0.0.1:8000"
"""Where the documents expect the portal."""
_MOST_RESULTS = 40
_EXCERPT = 200
"""Characters of a section that are shown around what was searched."""


@dataclass(frozen=True)
class Section:
    """What stands under a heading of a document, as plain text; ``anchor`` leads to it."""

    heading: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Document:
    """A document: its name in the address, its title, its HTML, and its sections in their order."""

    name: str
    title: str
    content: Markup
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Result:
    """A section that holds all the words of a search, and the text around the first of them."""

    document: Document
    section: Section
    excerpt: str


@blueprint.get("")
def contents() -> str:
    """List the documents, or the sections that hold all the words of ``?q=``."""
    query = request.args.get("q", "").strip()
    return render_template(
        "documentation/contents.html",
        documents=[document(name) for name in names()],
        query=query,
        results=search(query)[:_MOST_RESULTS],
    )


@blueprint.get("/<name>")
def show(name: str) -> str:
    """Show a document."""
    known = found(name if name in names() else None)
    return render_template("documentation/document.html", document=document(known))


@cache
def names() -> tuple[str, ...]:
    """Return the names of all documents, in the order in which they are listed."""
    listed = (
        path.name.removesuffix(".md")
        for path in (files("mockportal") / "docs").iterdir()
        if path.name.endswith(".md")
    )
    rank = {name: number for number, name in enumerate(_ORDER)}
    return tuple(sorted(listed, key=lambda name: (rank.get(name, len(rank)), name)))


@cache
def document(name: str) -> Document:
    """Return the document of a name, one of ``names``."""
    from markdown_it import MarkdownIt  # noqa: PLC0415  # no start needs it

    path = files("mockportal") / "docs" / f"{name}.md"
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = markdown.parse(path.read_text(encoding="utf-8"))
    headings = [number for number, token in enumerate(tokens) if token.type == "heading_open"]
    sections = []
    for start, end in pairwise([*headings, len(tokens)]):
        heading = _text(tokens[start + 1 : start + 2])
        anchor = _anchor(heading)
        tokens[start].attrSet("id", anchor)
        sections.append(Section(heading, anchor, _text(tokens[start + 3 : end])))
    for token in tokens:
        _link_to_pages(token)
    # A table wider than its screen is moved in a frame, by keys too.
    renderer = markdown.renderer
    rules = renderer.rules | {  # type: ignore[attr-defined]  # that of HTML has them
        "table_open": lambda *_: '<div class="frame" tabindex="0"><table>\n',
        "table_close": lambda *_: "</table></div>\n",
    }
    renderer.rules = rules  # type: ignore[attr-defined]  # likewise
    # Our own files, not anything that is sent.
    html = Markup(renderer.render(tokens, markdown.options, {}))  # noqa: S704  # nosec B704
    return Document(name, sections[0].heading, html, tuple(sections))


def search(query: str) -> list[Result]:
    """Return the sections that hold all the words; those with one in their heading come first."""
    words = query.casefold().split()
    if not words:
        return []
    results = [
        Result(read, section, _excerpt(section.text, words))
        for read in map(document, names())
        for section in read.sections
        if all(word in f"{section.heading} {section.text}".casefold() for word in words)
    ]
    return sorted(
        results,
        key=lambda result: not any(word in result.section.heading.casefold() for word in words),
    )


def _excerpt(text: str, words: Sequence[str]) -> str:
    """Return the part of a text around the longest of the words, cut between words."""
    place = text.casefold().find(max(words, key=len))
    start = text.find(" ", place - _EXCERPT // 2) + 1 if place > _EXCERPT // 2 else 0
    end = text.rfind(" ", start, start + _EXCERPT) if start + _EXCERPT < len(text) else len(text)
    return f"{'… ' if start else ''}{text[start:end]}{' …' if end < len(text) else ''}"


def _text(tokens: Sequence["Token"]) -> str:
    return " ".join(" ".join(_words(tokens)).split())


def _words(tokens: Sequence["Token"]) -> Iterator[str]:
    for token in tokens:
        if token.children:
            yield "".join(
                " " if child.type in ("softbreak", "hardbreak") else child.content
                for child in token.children
            )
        elif token.type in ("fence", "code_block"):
            yield token.content


def _anchor(heading: str) -> str:
    """Return the anchor that a heading has wherever Markdown is shown: its words, hyphenated."""
    kept = "".join(sign for sign in heading.lower() if sign.isalnum() or sign in " -_")
    return kept.replace(" ", "-")


def _link_to_pages(token: "Token") -> None:
    """Make a link to the file of another document, or to a portal, one to a page of this portal."""
    for child in token.children or ():
        target, mark, anchor = str(child.attrGet("href") or "").partition("#")
        name = target.removesuffix(".md")
        if target.endswith(".md") and name in names():
            child.attrSet("href", f"{url_for('documentation.show', name=name)}{mark}{anchor}")
        elif target.startswith(_USUAL_ADDRESS):
            child.attrSet("href", target.removeprefix(_USUAL_ADDRESS) + mark + anchor)

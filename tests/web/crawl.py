"""Following every link of the pages, as somebody who looks at all of them."""

from collections.abc import Iterator
from urllib.parse import urljoin

from lxml import html

from tests.web.visitor import Visitor, tree


def pages_from(visitor: Visitor, start: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield each page that links lead to, and check that each link leads somewhere."""
    waiting, seen = [start], {start}
    while waiting:
        path = waiting.pop()
        answer = visitor.get(path)
        assert answer.status_code in (200, 302, 303, 410), path  # 410: in a mail, a link long used
        if answer.status_code != 200 or answer.mimetype != "text/html":
            continue
        page = tree(answer)
        yield path, page
        for link in page.xpath("//@href"):
            target, _, part = link.partition("#")
            if part and not target:
                assert page.xpath("//*[@id=$part]", part=part), (path, link)
            address = urljoin(path, target)
            if target and address not in seen:
                seen.add(address)
                waiting.append(address)


def french_pages_from(visitor: Visitor, start: str) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield those of them that speak French: all but the documents for programmers."""
    for path, page in pages_from(visitor, start):
        if page.get("lang") == "fr":
            yield path, page

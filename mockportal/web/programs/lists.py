"""Lists as both doors answer them: one envelope."""

from collections.abc import Iterable
from typing import Any, Protocol

from flask import jsonify
from werkzeug.wrappers import Response


class Page(Protocol):
    """Which page was asked for: `Paging` and its like."""

    page: int
    size: int


def list_answer(items: Iterable[Any], total: int, asked: Page, **more: Any) -> Response:
    """Answer with a page of a list; ``more`` is what this list says besides."""
    return jsonify(items=list(items), total=total, page=asked.page, size=asked.size, **more)


def whole_list(items: list[Any]) -> dict[str, Any]:
    """Return a list that is on one page."""
    return {"items": items, "total": len(items), "page": 1, "size": len(items)}

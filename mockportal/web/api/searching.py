"""Passages as a program looks for them."""

from mockportal.domain.pages import Turn
from mockportal.domain.passages import PassagePage
from mockportal.journeys.passages import (
    Listed,
    SearchWords,
    passages_named,
    passages_of,
    search_for,
)
from mockportal.web.api.callers import caller
from mockportal.web.api.passage_shapes import PassageQuery
from mockportal.web.served import desk


def sought(query: PassageQuery) -> PassagePage[Listed]:
    """Return the page that is asked for.

    An identifier gives a list too: a déposant and a certificateur may both have sent it.
    """
    if query.technical_id is not None:
        named = passages_named(desk(), caller(), query.technical_id)
        first = (query.page - 1) * query.size
        return PassagePage(named[first : first + query.size], len(named))
    if not query.q:
        return _page(query, "", "")
    by_identifier = _page(query, query.q, "")
    return by_identifier if by_identifier.total else _page(query, "", query.q)


def _page(query: PassageQuery, identifier: str, name: str) -> PassagePage[Listed]:
    words = SearchWords(
        identifier=identifier,
        name=name,
        code=query.certification,
        awarded_from=query.awarded_from,
        awarded_until=query.awarded_until,
        deposit=query.deposit,
    )
    search = search_for(desk(), caller(), words)
    turn = None if query.after is None else Turn(query.after)
    return passages_of(desk(), caller(), search, query.page, query.size, turn)

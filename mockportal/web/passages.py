"""« Passages de certification » : the list, the search, one passage, modified or deleted."""

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from mockportal.domain.dictionary import DICTIONARY, words_of
from mockportal.domain.passages import (
    FARTHEST,
    FEW,
    PassagePage,
    PassageSearch,
    Sort,
    StoredPassage,
)
from mockportal.journeys.delete import delete
from mockportal.journeys.modify import ChangeRefusal, modify
from mockportal.journeys.passages import (
    PAGE,
    Listed,
    deposit_of,
    history_of,
    listed,
    looked_up,
    passage_seen_by,
    passages_of,
    said_by,
    search_for,
)
from mockportal.web.filters import turned_to
from mockportal.web.outcomes import found
from mockportal.web.passage_display import changes_typed, parts, typed_search
from mockportal.web.passage_outcomes import (
    answer_to_deletion,
    answer_to_lookup,
    answer_to_modification,
    changeable,
    codes,
    form_page,
    page_of_gone,
)
from mockportal.web.served import desk
from mockportal.web.session import current_account

blueprint = Blueprint("passages", __name__, url_prefix="/passages")
_LAST = 1_000_000_000


@blueprint.get("")
def index() -> str:
    """Show the passages that the account sees, all or those of a search."""
    typed = typed_search(request.args)
    number = min(max(request.args.get("page", 1, type=int), 1), _LAST)
    search = search_for(desk(), current_account(), typed.words)
    page = turned_to(
        request.args,
        lambda turn: passages_of(desk(), current_account(), search, number, turn=turn),
    )
    found(page if page.items or number == 1 else None)
    return render_template(
        "passages/index.html",
        page=page,
        number=number,
        last=_last(page, number),
        ends=_ends(page, search),
        typed=typed,
        search=search,
        few=FEW,
        codes=codes(current_account().organisation.world),
    )


@blueprint.get("/acces")
def look_up() -> ResponseReturnValue:
    """Lead to the passage of an identifier, which may hold any character."""
    typed = request.args.get("identifiant", "")
    return answer_to_lookup(looked_up(desk(), current_account(), typed), typed)


@blueprint.get("/<int:passage_id>")
def show(passage_id: int) -> str:
    """Show all that a passage says, and what became of it."""
    passage = _visible(passage_id)
    refused = request.args.get("refus", "").upper()
    return render_template(
        "passages/show.html",
        one=listed(desk(), [passage])[0],
        parts=parts(said_by(desk(), passage)),
        deposit=deposit_of(desk(), passage),
        history=history_of(desk(), passage),
        changeable=changeable(passage),
        done=request.args.get("fait", ""),
        refusal=ChangeRefusal[refused].value if refused in ChangeRefusal.__members__ else "",
        organisations=desk().stores.organisations,
    )


@blueprint.get("/<int:passage_id>/modifier")
def ask_for_changes(passage_id: int) -> ResponseReturnValue:
    """Show the form that modifies a passage."""
    passage = _visible(passage_id)
    return page_of_gone(passage) or form_page(_changeable(passage), said_by(desk(), passage))


@blueprint.post("/<int:passage_id>/modifier")
def change(passage_id: int) -> ResponseReturnValue:
    """Modify a passage; what cannot be stays in the form with its reason."""
    passage = _visible(passage_id)
    seen = request.form.get("version", type=int)
    changes = changes_typed(said_by(desk(), passage))
    return answer_to_modification(
        passage, modify(desk(), current_account(), passage_id, changes, seen)
    )


@blueprint.get("/<int:passage_id>/supprimer")
def confirm_deletion(passage_id: int) -> ResponseReturnValue:
    """Ask whether a passage is to be deleted."""
    passage = _visible(passage_id)
    if gone := page_of_gone(passage):
        return gone
    (one,) = listed(desk(), [_changeable(passage)])
    return render_template("passages/delete.html", one=one)


@blueprint.post("/<int:passage_id>/supprimer")
def remove(passage_id: int) -> ResponseReturnValue:
    """Delete a passage."""
    _visible(passage_id)
    return answer_to_deletion(passage_id, delete(desk(), current_account(), passage_id))


@blueprint.app_template_global()
def field_label(name: str) -> str:
    """Return the dictionary's label of a field."""
    return DICTIONARY[name].label


blueprint.add_app_template_global(words_of, "field_words")


def _visible(passage_id: int) -> StoredPassage:
    return found(passage_seen_by(desk(), current_account(), passage_id))


def _changeable(passage: StoredPassage) -> StoredPassage:
    if not changeable(passage):
        abort(403)
    return passage


def _ends(page: PassagePage[Listed], search: PassageSearch) -> tuple[int, int] | None:
    """Return the first and the last passage of a page that others are turned to from."""
    if not page.items or search.sifts or search.sort not in (None, Sort.NEWEST):
        return None
    return page.items[0].passage.id, page.items[-1].passage.id


def _last(page: PassagePage[Listed], number: int) -> int | None:
    """Return the number of the last page; None when it is not known and there is a next one."""
    if page.reach is not None:
        return max(1, -(-page.reach // PAGE))
    return number if number * PAGE >= FARTHEST or len(page.items) < PAGE else None

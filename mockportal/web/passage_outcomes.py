"""The outcomes of journeys with passages, turned into HTTP."""

from collections.abc import Mapping

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.identifiers import WorldId
from mockportal.domain.passages import StoredPassage, may_change
from mockportal.journeys.modify import ChangeRefusal, Faulty, Modified, NotRecognised, Outcome
from mockportal.journeys.passages import Listed, in_another_case, said_by
from mockportal.web.outcomes import GONE, UNPROCESSABLE, found, go_to
from mockportal.web.passage_display import form_parts
from mockportal.web.passage_forms import wrong
from mockportal.web.served import desk
from mockportal.web.session import current_account
from mockportal.wire.one_passage import knows_national_ids

CONFLICT, NOT_FOUND = 409, 404


def answer_to_lookup(results: list[Listed], typed: str) -> ResponseReturnValue:
    """Lead to the one passage of an identifier, or show the several, or say that there is none."""
    if not typed.strip():
        return render_template("passages/found.html", results=[], typed=""), UNPROCESSABLE
    if len(results) == 1:
        return go_to(url_for("passages.show", passage_id=results[0].passage.id))
    other = "" if results else in_another_case(desk(), current_account(), typed)
    page = render_template("passages/found.html", results=results, typed=typed, other=other)
    return page if results else (page, NOT_FOUND)


def answer_to_modification(passage: StoredPassage, outcome: Outcome) -> ResponseReturnValue:
    """Lead back to the passage, or show the form again with what was typed and what is wrong."""
    if isinstance(outcome, Modified):
        done = "modifie" if outcome.changes else "inchange"
        return go_to(url_for("passages.show", passage_id=passage.id, fait=done))
    said = said_by(desk(), passage)
    draft = {name: request.form.get(name, value) for name, value in said.items()}
    return form_page(passage, draft, outcome), (
        CONFLICT if isinstance(outcome, ChangeRefusal) else UNPROCESSABLE
    )


def answer_to_deletion(passage_id: int, outcome: StoredPassage | ChangeRefusal) -> (
    ResponseReturnValue
):  # fmt: skip
    """Lead to what is left of a passage, or say why it stays."""
    if isinstance(outcome, StoredPassage):
        return go_to(url_for("passages.show", passage_id=passage_id, fait="supprime"))
    return go_to(url_for("passages.show", passage_id=passage_id, refus=outcome.name.lower()))


def page_of_gone(passage: StoredPassage) -> ResponseReturnValue | None:
    """Say that a passage has been deleted, where one asks to change it; None: it is there."""
    if passage.alive:
        return None
    return render_template("passages/gone.html", passage=passage), GONE


def form_page(
    passage: StoredPassage, values: Mapping[str, str | None], outcome: Outcome | None = None
) -> str:
    """Return the form that modifies a passage, with what is wrong."""
    deposit = found(desk().stores.deposits.get(passage.deposit))
    parts = form_parts(
        values, passage.world, national_ids=knows_national_ids(desk().schemas[deposit.schema])
    )
    return render_template(
        "passages/modify.html",
        passage=passage,
        seen=request.form.get("version", passage.version),
        parts=parts,
        wrong=wrong(outcome.faults if isinstance(outcome, Faulty) else ()),
        refusal=outcome.value if isinstance(outcome, ChangeRefusal) else "",
        unknown=outcome if isinstance(outcome, NotRecognised) else None,
    )


def codes(world: WorldId) -> list[tuple[str, str]]:
    """Return the codes of the certifications, each with its label."""
    listed = desk().stores.references.certifications(world)
    return [(one.code, one.label) for one in listed]


def changeable(passage: StoredPassage) -> bool:
    """Tell whether the visitor may change a passage that they see."""
    return passage.alive and may_change(current_account().organisation, passage)

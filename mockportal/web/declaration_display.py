"""The pages of a declaration, and where each leads."""

from collections.abc import Sequence
from dataclasses import replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.declarations import (
    FOR_WHOM,
    STEPS,
    WAY,
    WAYS,
    Declaration,
    Page,
    fields_asked,
    is_mandatory,
    page_of,
    pages_asked,
    said,
)
from mockportal.domain.deposits import Deposit
from mockportal.domain.dictionary import Group
from mockportal.domain.dictionary_rules import FieldFault
from mockportal.domain.uploads import UploadRefusal
from mockportal.journeys.declare import knows_nirs, mandates_open_to
from mockportal.web.outcomes import UNPROCESSABLE, go_to
from mockportal.web.passage_display import parts
from mockportal.web.passage_forms import FOUND, Wrong, as_typed, asked, wrong
from mockportal.web.served import desk
from mockportal.web.session import current_account
from mockportal.wire.passage_fields import FLUX_NAMES

CONFLICT = 409
_FORM_NAMES = {FOR_WHOM: "pour", WAY: "titulaire_par"}
_LABELS = {"pour": "Certificateur et contrat", "titulaire_par": "Titulaire"}


def name_in_form(field: str) -> str:
    """Return the name of a field in the form: the flux's own, where it has one."""
    return _FORM_NAMES.get(field) or FLUX_NAMES[field]


def typed(declaration: Declaration, page: Page) -> dict[str, str]:
    """Return what was typed into a page, by our names; one that was found and chosen wins."""
    sent = {}
    for field in fields_asked(page, declaration.values):
        name = name_in_form(field)
        if name in request.form:
            text = request.form.get(name + FOUND) or request.form[name]
            sent[field] = as_typed(text)
    return sent


def form_page(
    declaration: Declaration, page: Page, faults: Sequence[FieldFault]
) -> ResponseReturnValue:
    """Return a page of the form; one that was filled in wrongly comes with what is wrong."""
    names = [n for n in fields_asked(page, declaration.values) if n not in _FORM_NAMES]
    shown = render_template(
        f"declaration/{page.value}.html",
        declaration=declaration,
        step=_step(page),
        fields={n: asked(n, declaration.value(n), declaration.world) for n in names},
        must={n for n in names if is_mandatory(n)},
        wrong=wrong_in_form(faults),
        mandates=mandates_open_to(desk(), current_account().organisation),
        ways=_ways_open(),
    )
    return (shown, UNPROCESSABLE) if faults else shown


def summary_page(
    declaration: Declaration, faults: Sequence[FieldFault], refusal: str = ""
) -> ResponseReturnValue:
    """Return the last page: all that will be said, and what keeps it from being sent."""
    told = {FLUX_NAMES[name]: value for name, value in said(declaration.values).items()}
    places = {
        name_in_form(one.field): page_of(one.field, declaration.values).value
        for one in faults
        if one.field
    }
    shown = render_template(
        "declaration/recapitulatif.html",
        declaration=declaration,
        step=_step(Page.SUMMARY),
        parts=[one for one in parts(told) if one.fields],
        pages={one.value: _page_of_group(one).value for one in Group},
        mandate=declaration.value(FOR_WHOM).partition("/"),
        wrong=wrong_in_form(faults),
        places=places,
        refusal=refusal,
    )
    return (shown, UNPROCESSABLE) if refusal or (faults and request.method == "POST") else shown


def answer_to_sending(
    declaration: Declaration, outcome: Deposit | UploadRefusal | None
) -> ResponseReturnValue:
    """Lead to the deposit, or say why there is none."""
    if isinstance(outcome, Deposit):
        return go_to(url_for("deposits.show", deposit_id=outcome.id))
    if outcome is None:
        return go_to(url_for("deposits.history"))
    return summary_page(declaration, [], outcome.worded(desk().policy.most_bytes))


def page_after(declaration: Declaration, page: Page) -> str:
    """Return the address of the page that follows."""
    return _address(declaration, page, 1)


def page_before(declaration: Declaration, page: Page) -> str:
    """Return the address of the page before; that of the start before the first."""
    if page is pages_asked(declaration.values)[0]:
        return url_for("declaration.start")
    return _address(declaration, page, -1)


def wrong_in_form(faults: Sequence[FieldFault]) -> Wrong:
    """Return faults as the pages show them, under the names of the form."""
    named = [replace(one, field=name_in_form(one.field) if one.field else "") for one in faults]
    return wrong(named, _LABELS)


def _address(declaration: Declaration, page: Page, by: int) -> str:
    order = list(Page)
    asked_for = set(pages_asked(declaration.values))
    at = order.index(page) + by
    while order[at] not in asked_for:
        at += by
    return url_for("declaration.ask", number=declaration.number, name=order[at].value)


def _step(page: Page) -> int:
    return next(n for n, (_, pages) in enumerate(STEPS, 1) if page in pages)


def _page_of_group(group: Group) -> Page:
    if group in WAYS.values():
        return Page.HOLDER
    by_group = {Group.AWARD: Page.AWARD, Group.EXAM: Page.AWARD, Group.LEVELS: Page.TERMS,
                Group.ENROLMENT: Page.TERMS}  # fmt: skip
    return by_group.get(group, Page.CERTIFICATION)


def _ways_open() -> list[str]:
    nirs = knows_nirs(desk(), current_account())
    return [name for name, way in WAYS.items() if nirs or way is not Group.NATIONAL_ID]

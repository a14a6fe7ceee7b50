"""« Coulisses » : the page of trainers and testers. The mails, the clock, the processing."""

from dataclasses import asdict
from typing import cast

from flask import Blueprint, flash, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.clocks import WorldClock, days_after
from mockportal.domain.faults import FaultId
from mockportal.domain.identifiers import DepositId, WorldId
from mockportal.domain.messages import CATALOGUE
from mockportal.domain.processing import Processing
from mockportal.domain.processing_choices import MODES, UNITS, Choice, choice_of, chosen_processing
from mockportal.journeys.assistance import shown_by_demonstration
from mockportal.journeys.clock import advance, freeze, set_clock, unfreeze
from mockportal.journeys.demonstrations import DEMONSTRATED
from mockportal.journeys.failure import failed_deposits, try_again
from mockportal.journeys.faults import faults_in, remove_faults
from mockportal.journeys.login import LoginRefusal, knock_with_key
from mockportal.journeys.registration import world_of_newcomers
from mockportal.journeys.worlds import moved_accounts, restore_passwords
from mockportal.web.control_guard import is_control_key, mark_of_key, refusal_of_control
from mockportal.web.converters import LARGEST_OF_SMALL_TABLES
from mockportal.web.forms import Form, typed, typed_secret
from mockportal.web.outcomes import FORBIDDEN, TOO_MANY, form_page, found, go_to
from mockportal.web.served import desk, served_portal
from mockportal.web.session import current_account, someone_is_logged_in
from mockportal.web.session_cookies import CONTROL, PortalSession

blueprint = Blueprint("backstage", __name__, url_prefix="/coulisses")
_NEWEST = 10
"""How many mails stand beside the clock; the others have pages of their own."""
_MAILS, _PEOPLE = 50, 100
"""How many a page shows."""
_MOST_PAGES = 100
"""Further in, a name finds people sooner, and a database walks less."""
_LONGEST_NAME = 121
"""A birth name, a space and a first name."""
_STEPS = {"un-jour": 1, "deux-jours": 2}
_PATIENCE = 20.0
"""Real seconds that a visitor waits for what falls due; the worker goes on behind them."""


@blueprint.before_request
def keep_out() -> ResponseReturnValue | None:
    """Let those in who ask from this machine or have given the key; others are asked for it."""
    settings = served_portal().settings
    found(settings.control or None)
    if settings.control_key and session.get(CONTROL) == mark_of_key(settings):
        return None
    if request.endpoint == "backstage.take_key":
        return None
    refusal = refusal_of_control()
    return _asked_for_key(refusal, Form()) if refusal else None


@blueprint.post("/cle")
def take_key() -> ResponseReturnValue:
    """Open the pages for this session, if the key is right."""
    settings = served_portal().settings
    right = is_control_key(settings, typed_secret("key"))
    refusal = knock_with_key(desk(), right, request.remote_addr or "")
    if refusal:
        return _asked_for_key(refusal, Form({}, {"key": refusal.value}))
    session[CONTROL] = mark_of_key(settings)
    cast("PortalSession", session).renewed = True
    return go_to(url_for("backstage.show"))


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Show the outbox, the clock and the processing of a world."""
    return _page(Form(asdict(choice_of(_processing()))))


@blueprint.get("/messages")
def mails() -> str:
    """Show all mails that are kept, newest first, in pages."""
    outbox = desk().stores.outbox
    number, last = _page_of(outbox.count(_world()), _MAILS)
    some = outbox.of_world(_world(), _MAILS, skip=_MAILS * (number - 1))
    return render_template("backstage/mails.html", mails=some, number=number, last=last)


@blueprint.get(f"/messages/<int(max={LARGEST_OF_SMALL_TABLES}):number>")
def mail(number: int) -> str:
    """Show one mail, its links ready to be followed."""
    letter = found(desk().stores.outbox.mail(_world(), number))
    return render_template("backstage/mail.html", mail=letter)


@blueprint.get("/personnes")
def people() -> str:
    """Show people of the registry by name, as names to try."""
    typed = request.args.get("nom", "").strip()[:_LONGEST_NAME]
    directory = desk().stores.directory
    count = directory.count(_world(), typed)
    number, last = _page_of(count, _PEOPLE)
    some = directory.page(_world(), typed, _PEOPLE, skip=_PEOPLE * (number - 1))
    return render_template(
        "backstage/people.html",
        people=some,
        count=count,
        typed=typed,
        number=number,
        last=last,
        beyond=count > _PEOPLE * _MOST_PAGES,
    )


@blueprint.post("/horloge/<any('un-jour', 'deux-jours', echeance):step>")
def advance_clock(step: str) -> ResponseReturnValue:
    """Move the clock on; what falls due on the way is treated at its own time."""
    world, now = _world(), desk().circumstances.now(_world())
    due = desk().stores.agenda.next_due(world) or now
    settled = advance(
        desk(), world, days_after(now, _STEPS[step]) if step in _STEPS else due, _PATIENCE
    )
    return _back("advanced" if settled else "advancing")


@blueprint.post("/horloge/<any(figer, reprendre, reelle):state>")
def set_state(state: str) -> ResponseReturnValue:
    """Freeze the clock, let it go on, or bring it back to real time."""
    if state == "figer":
        freeze(desk(), _world())
    elif state == "reprendre":
        unfreeze(desk(), _world())
    else:
        set_clock(desk(), _world(), WorldClock())
    return _back("clock")


@blueprint.post("/traitement")
def set_processing() -> ResponseReturnValue:
    """Say what the treatment of the next deposits waits for."""
    values = typed("mode", "amount", "unit")
    wanted = chosen_processing(Choice(**values))
    if not isinstance(wanted, Processing):
        return _page(Form(values, wanted))
    desk().stores.worlds.set_processing(_world(), wanted)
    return _back("processing")


@blueprint.post("/mots-de-passe")
def restore() -> ResponseReturnValue:
    """Give the demonstration accounts their first password back, whoever has changed it."""
    restore_passwords(desk(), _world())
    return _back("restored")


@blueprint.post("/liberer")
def release() -> ResponseReturnValue:
    """Have all deposits treated that wait, in whatever mode; the page says how many."""
    released = desk().stores.agenda.release(_world(), desk().circumstances.now(_world()))
    desk().circumstances.wake()
    sentence = {0: "released_none", 1: "released_one"}.get(released, "released")
    return _back(sentence, released)


@blueprint.post("/depots/<deposit_id>/essayer")
def retry(deposit_id: str) -> ResponseReturnValue:
    """Have a deposit treated once more at which the portal had failed."""
    found(try_again(desk(), _world(), DepositId(deposit_id)))
    return _back("retried")


@blueprint.post(f"/pannes/<int(max={LARGEST_OF_SMALL_TABLES}):number>/retirer")
def remove_fault(number: int) -> ResponseReturnValue:
    """Remove a fault; what it had stuck goes on."""
    remove_faults(desk(), _world(), FaultId(number))
    return _back("fault_removed")


def _asked_for_key(refusal: LoginRefusal, form: Form) -> ResponseReturnValue:
    page = render_template("backstage/key.html", form=form)
    return page, TOO_MANY if refusal is LoginRefusal.WAIT else FORBIDDEN


def _page(form: Form) -> ResponseReturnValue:
    world, stores = _world(), desk().stores
    return form_page(
        "backstage/backstage.html",
        form,
        unready=served_portal().health.reasons(),
        exposed=served_portal().open_to_the_network,
        moved=moved_accounts(desk(), world),
        mails=stores.outbox.of_world(world, _NEWEST),
        kept=stores.outbox.count(world),
        now=desk().circumstances.now(world),
        clock=stores.worlds.clock(world),
        due=stores.agenda.next_due(world),
        modes=[mode.value for mode in MODES],
        units=list(UNITS),
        faults=faults_in(desk(), world),
        failed=failed_deposits(desk(), world),
        shown=len(shown_by_demonstration(desk())),
        messages=len(CATALOGUE),
        demonstrated=DEMONSTRATED,
    )


def _page_of(total: int, size: int) -> tuple[int, int]:
    """Return the number of the page that the address asks for, and of the last one."""
    last = min(max(1, -(-total // size)), _MOST_PAGES)
    number = max(request.args.get("page", 1, type=int), 1)
    return found(number if number <= last else None), last


def _processing() -> Processing:
    return desk().stores.worlds.processing(_world()) or desk().policy.processing


def _back(done: str, count: int = 0) -> ResponseReturnValue:
    """Return to the page, which says what was done, and to how many."""
    flash(done, str(count))
    return go_to(url_for("backstage.show", world=request.args.get("world") or None))


def _world() -> WorldId:
    """Return the world that is named, else that of whoever is logged in, else the default one."""
    name = request.args.get("world")
    if name:
        return found(desk().stores.worlds.named(name))
    if someone_is_logged_in():
        return current_account().organisation.world
    return world_of_newcomers(desk())


@blueprint.app_template_global()
def world_asked_for() -> dict[str, str]:
    """Return what an address must say to stay in the world that this one names."""
    name = request.args.get("world")
    return {"world": name} if name else {}

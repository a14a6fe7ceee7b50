"""« Utilisateurs » : an administrateur adds users, changes their roles, removes them."""

from flask import Blueprint, flash, request, url_for
from flask.typing import ResponseReturnValue

from mockportal.domain.organisations import Account, Role
from mockportal.domain.registrations import ROLE_MISSING
from mockportal.journeys.colleagues import (
    add_user,
    change_role,
    colleague,
    invite,
    remove_user,
    users_of,
)
from mockportal.web.drafts import person
from mockportal.web.forms import FIELD_NAMES, Form, typed
from mockportal.web.outcomes import form_page, found, go_to
from mockportal.web.recovery import link_to_password
from mockportal.web.served import desk
from mockportal.web.session import administrator, current_account

blueprint = Blueprint("users", __name__, url_prefix="/compte/utilisateurs")
_ROLES = {role.value: role for role in Role}


@blueprint.get("")
def show() -> ResponseReturnValue:
    """Show the users of the organisation."""
    account = administrator()
    users = users_of(desk(), account)
    return form_page("users/users.html", Form(), account=account, users=users)


@blueprint.get("/ajouter")
def ask() -> ResponseReturnValue:
    """Ask whom to add."""
    administrator()
    return form_page("users/add.html", Form({"role": Role.USER.value}), roles=list(_ROLES))


@blueprint.post("/ajouter")
def add() -> ResponseReturnValue:
    """Add a user, who is told by mail."""
    account = administrator()
    values = typed("last_name", "first_name", "email", "role")
    role = _ROLES.get(values["role"])
    if role is None:
        form = Form(values, {"role": ROLE_MISSING})
        return form_page("users/add.html", form, roles=list(_ROLES))
    outcome = add_user(desk(), account, person(values), role, link_to_password)
    if not isinstance(outcome, Account):
        return form_page("users/add.html", Form(values, outcome), roles=list(_ROLES))
    flash("added")
    return go_to(url_for("users.show"))


@blueprint.get("/<account_id>")
def show_one(account_id: str) -> ResponseReturnValue:
    """Show one user, and what can be done."""
    account, user = administrator(), _user(account_id)
    return form_page("users/user.html", Form(), account=account, user=user, roles=list(_ROLES))


@blueprint.post("/<account_id>/role")
def take_role(account_id: str) -> ResponseReturnValue:
    """Change the role of a user."""
    user = _user(account_id)
    role = found(_ROLES.get(request.form.get(FIELD_NAMES["role"], "")))
    flash("role" if change_role(desk(), user, role) else "last_administrator")
    return go_to(_after(user))


@blueprint.post("/<account_id>/retirer")
def remove(account_id: str) -> ResponseReturnValue:
    """Close the account of a user."""
    user = _user(account_id)
    flash("removed" if remove_user(desk(), user) else "last_administrator")
    return go_to(_after(user))


@blueprint.post("/<account_id>/inviter")
def invite_again(account_id: str) -> ResponseReturnValue:
    """Send the link that chooses the password once more."""
    user = _user(account_id)
    invite(desk(), administrator(), found(user if user.invited else None), link_to_password)
    flash("invited")
    return go_to(url_for("users.show"))


def _user(account_id: str) -> Account:
    return found(colleague(desk(), administrator(), account_id))


def _after(user: Account) -> str:
    """Return where to go on: one's own rights may have shrunk."""
    return url_for("account.show" if user.id == current_account().id else "users.show")

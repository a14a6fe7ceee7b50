"""« Passeport » : whoever is logged in plays an invented holder, and sees what they would see."""

from flask import Blueprint, render_template, request

from mockportal.domain.dictionary import words_of
from mockportal.journeys.passport import passport_of, passports_named
from mockportal.web.outcomes import found
from mockportal.web.served import desk
from mockportal.web.session import current_account

blueprint = Blueprint("passport", __name__, url_prefix="/passeport")


@blueprint.get("")
def search() -> str:
    """Show people by name; first those whose passport was fed lately."""
    typed = request.args.get("nom", "").strip()
    people = passports_named(desk(), current_account(), typed)
    return render_template("passport/search.html", typed=typed, people=people)


@blueprint.get("/<int:holder>")
def show(holder: int) -> str:
    """Show what a holder sees."""
    passport = found(passport_of(desk(), current_account(), holder))
    return render_template("passport/passport.html", passport=passport, words_of=words_of)

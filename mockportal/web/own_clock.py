"""The clock of the visitor's world, on every page as soon as it is not the real one."""

from flask import request

from mockportal.journeys.clock import ClockReading, moved_clock
from mockportal.journeys.registration import world_of_newcomers
from mockportal.web.served import desk
from mockportal.web.session import current_account, someone_is_logged_in


def clock_of_ours() -> ClockReading | None:
    """Return what the visitor's clock shows where that is not real time.

    It costs a page one look at the row of a world. « Coulisses » shows the clock of the world
    that it acts on by itself, so there is none here.
    """
    if request.blueprint == "backstage":
        return None
    if someone_is_logged_in():
        return moved_clock(desk(), current_account().organisation.world)
    return moved_clock(desk(), world_of_newcomers(desk()))

"""Waiting for a receipt, in the place of asking again and again."""

from threading import BoundedSemaphore

from mockportal.domain.deposits import Deposit
from mockportal.journeys.work import wait_for
from mockportal.web.served import desk

MOST_WAITING = 24
"""Each who waits holds a thread of the server; some must be left to bring about what is awaited."""
_places = BoundedSemaphore(MOST_WAITING)


def once_treated(deposit: Deposit, seconds: float) -> Deposit:
    """Return a deposit as soon as it is treated, or as it is after so many real seconds.

    One that waits for looks is returned at once: waiting brings it no further. So is any when too
    many wait already.
    """
    if not seconds or deposit.looks_left or not _places.acquire(blocking=False):
        return deposit
    try:
        return wait_for(desk(), deposit, seconds)
    finally:
        _places.release()

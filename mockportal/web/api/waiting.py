"""Waiting for a receipt, in the place of asking again and again."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from threading import BoundedSemaphore
from typing import NamedTuple

from flask import Flask, current_app

from mockportal.domain.deposits import Deposit
from mockportal.journeys.work import wait_for
from mockportal.web.served import desk

_FEW = 24
"""Where the server has no more threads than it has: some must be left to bring the receipts."""
_EXTENSION = "mockportal-waiting"


class _Places(NamedTuple):
    """How many may wait at once, and what a server does while one more does."""

    free: BoundedSemaphore
    one_more: Callable[[], AbstractContextManager[None]]


_few = _Places(BoundedSemaphore(_FEW), nullcontext)


def let_wait_with(
    app: Flask, one_more: Callable[[], AbstractContextManager[None]], most: int
) -> None:
    """Have so many wait at once: the server makes room for each in the block of ``one_more``."""
    app.extensions[_EXTENSION] = _Places(BoundedSemaphore(most), one_more)


def once_treated(deposit: Deposit, seconds: float) -> Deposit:
    """Return a deposit as soon as it is treated, or as it is after so many real seconds.

    One that waits for looks is returned at once: waiting brings it no further. So is any when too
    many wait already.
    """
    places: _Places = current_app.extensions.get(_EXTENSION, _few)
    if not seconds or deposit.looks_left or not places.free.acquire(blocking=False):
        return deposit
    try:
        with places.one_more():
            return wait_for(desk(), deposit, seconds)
    finally:
        places.free.release()

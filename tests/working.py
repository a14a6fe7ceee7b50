"""Workers for tests: one that works in the background, and one that does all at once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO

from mockportal.assembly import Portal
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import DepositId
from mockportal.domain.organisations import Account
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.work import work_once
from mockportal.workers import Alarm, WorkerThread


@contextmanager
def at_work(portal: Portal) -> Iterator[Portal]:
    """Have a worker in the background while the block runs."""
    alarm = Alarm()
    portal.bell.hang(alarm.ring)
    with WorkerThread(portal.desk, alarm):
        yield portal


def work_off(desk: Desk) -> None:
    """Do all that falls due, here and now."""
    while work_once(desk):
        pass


def deposited(desk: Desk, account: Account, name: str, content: BinaryIO) -> Deposit:
    """Deposit a file that is taken, do all that falls due, and return what became of it."""
    made = deposit_file(desk, account, Upload(name, content))
    assert isinstance(made, Deposit), made
    work_off(desk)
    return seen(desk, made.id)


def seen(desk: Desk, deposit: DepositId) -> Deposit:
    """Return a deposit as it is now."""
    found = desk.stores.deposits.get(deposit)
    assert found is not None
    return found

"""A portal for test suites: served from a thread, a world of its own for each test.

>>> from mockportal.testing import PortalServer
>>> with PortalServer() as server, server.world() as portal:
...     portal.people.add(nomNaissance="MARTIN", prenom1="Léa", anneeNaissance=1990, sexe="F")
...     deposit = portal.deposit("flux.xml")
...     deposit.assert_all_accepted()

With pytest, the fixture ``mock_portal`` of the plugin that comes with the package is all this.
"""

from mockportal.client import RefusedError, UnreachableError
from mockportal.testing.accounts import Account
from mockportal.testing.clock import Clock
from mockportal.testing.deposits import Deposit, Rejection
from mockportal.testing.registry import Certifications, People
from mockportal.testing.requests import Request
from mockportal.testing.server import PortalServer
from mockportal.testing.world import MockPortal

__all__ = [
    "Account",
    "Certifications",
    "Clock",
    "Deposit",
    "MockPortal",
    "People",
    "PortalServer",
    "RefusedError",
    "Rejection",
    "Request",
    "UnreachableError",
]

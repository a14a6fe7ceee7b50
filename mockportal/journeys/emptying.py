"""What is done in a world that is emptied meanwhile is about nothing: no fault of anybody's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from mockportal.domain.deposits import VanishedError
from mockportal.domain.identifiers import WorldId
from mockportal.domain.organisations import Account
from mockportal.domain.worlds import Step
from mockportal.journeys.desk import Desk

P = ParamSpec("P")
T = TypeVar("T")
Where = TypeVar("Where", bound=int | Account)
_GOING = (Step.RESETTING, Step.DELETING)


def unless_emptied(
    do: Callable[Concatenate[Desk, Where, P], T],
) -> Callable[Concatenate[Desk, Where, P], T]:
    """Have a journey in a world, or by an account of it, raise VanishedError when that is emptied.

    So it does for whatever fault comes of it; while the world is being emptied, nothing begins.
    """

    @wraps(do)
    def done(desk: Desk, where: Where, /, *args: P.args, **kwargs: P.kwargs) -> T:
        world = where.organisation.world if isinstance(where, Account) else WorldId(where)
        before = desk.stores.worlds.origin(world)
        if before.step in _GOING:
            raise VanishedError(f"world {world} is being emptied")
        try:
            return do(desk, where, *args, **kwargs)
        except VanishedError:
            raise
        except Exception as fault:
            desk.stores.worlds.clock(world)  # raises VanishedError where it is gone
            after = desk.stores.worlds.origin(world)
            if after.emptied == before.emptied:
                raise
            raise VanishedError(f"world {world} was emptied meanwhile") from fault

    return done

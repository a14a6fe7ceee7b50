"""Who makes a world of its own, deposits there, and sets it back to its beginning now and then."""

from random import Random

from tests.kills.clients import Caller, Client, Reply, flux_of
from tests.kills.ledger import Ledger, Line, Sent
from tests.stories.served import ServedPortal

WORLD = "classe"
_SEED = "CERT00001"


class Trainer(Client):
    """A client of a second world; only what was sent since the last reset must be there."""

    def __init__(self, portal: ServedPortal, ledger: Ledger, chance: Random) -> None:
        super().__init__(portal, ledger, _SEED, chance)
        self.there: Caller | None = None
        """The account of its world, as soon as there is one."""
        self.since: list[Sent] = []
        """What was sent since the last reset."""
        self.gone: list[Sent] = []
        """What a reset that was acknowledged has taken away."""
        self._resetting = False
        self._files = 0

    def act(self) -> None:
        """Make the world, deposit in it, or reset it."""
        if self.there is None:
            self._make()
        elif self._resetting or self._chance.random() < 0.1:
            self._reset()
        else:
            self._deposit(self.there)

    def _make(self) -> None:
        self.doing = "world"
        body = f'{{"name": "{WORLD}"}}'.encode()
        reply = self.caller.ask("POST", "/_mock/worlds", body, "application/json")
        if isinstance(reply, Reply) and reply.status == 409:  # made, and killed before it said so
            reply = self.caller.ask("POST", f"/_mock/reset?world={WORLD}")
        if isinstance(reply, Reply) and not _is_busy(reply):
            self._take_over(reply)

    def _reset(self) -> None:
        """Ask again until it is acknowledged: before that, nobody can say what is left."""
        self.doing = "reset"
        self._resetting = True
        reply = self.caller.ask("POST", f"/_mock/reset?world={WORLD}")
        if isinstance(reply, Reply) and not _is_busy(reply):
            self._take_over(reply)
            self._resetting = False
            self.gone, self.since = self.gone + self.since, []

    def _take_over(self, reply: Reply) -> None:
        if reply.status not in (200, 201):
            self._ledger.complain(f"the world {WORLD!r} answered {reply.status}: {reply.content!r}")
            return
        (account,) = [
            one["account_id"] for one in reply.json["accounts"] if one["seed_id"] == _SEED
        ]
        self.there = Caller(self._portal, self._ledger, account)

    def _deposit(self, there: Caller) -> None:
        self.doing = "deposit"
        self._files += 1
        size = self._chance.choice((1, 3, 200, 3_000))
        lines = [Line(f"T-{n}", known=True) for n in range(size)]
        sent = Sent(there.account, f"{WORLD}-{self._files}.xml", tuple(lines))
        self.since.append(sent)
        there.deposit(sent, flux_of(_SEED, f"{WORLD}-{self._files}", lines))

    @property
    def settled(self) -> bool:
        """Tell whether no reset is under way of which nobody knows how far it came."""
        return not self._resetting


def _is_busy(reply: Reply) -> bool:
    """Tell whether a killed process' reset is still held to be under way, until its lease ends."""
    return reply.status == 409 and reply.json["type"].endswith("#world-busy")

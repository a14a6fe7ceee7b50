"""One world of a served portal: what a test holds in its hand."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from mockportal.client import ApiClient, source_of
from mockportal.domain.deposits import Deposit as Kept
from mockportal.domain.deposits import Status
from mockportal.domain.furnishing import Unfit, WishedAccount
from mockportal.domain.identifiers import AccountId, ClientId, ContractId, DepositId
from mockportal.domain.journal import EntrySearch, Source
from mockportal.domain.mails import Mail
from mockportal.domain.organisations import Kind
from mockportal.domain.processing import Processing, processing_of
from mockportal.journeys.clock import MOST_SECONDS
from mockportal.journeys.desk import Desk
from mockportal.journeys.furnish import add_accounts
from mockportal.journeys.learn import Learned, learn_bytes
from mockportal.journeys.process import process_now, processing_in, set_processing
from mockportal.journeys.survey import MOST_ACCOUNTS
from mockportal.journeys.work import wait_for
from mockportal.journeys.worlds import MadeWorld
from mockportal.testing.accounts import Account
from mockportal.testing.clock import Clock
from mockportal.testing.deposits import Deposit
from mockportal.testing.faults import Faults
from mockportal.testing.registry import Certifications, People
from mockportal.testing.requests import Request
from mockportal.testing.types import AccountKind, SchemaVersion, check_choice, check_length

FluxFile = str | os.PathLike[str] | bytes
"""A flux: the path of its file, or its bytes."""
PROCESSING_WORDS = "immediate, delay=SECONDS, working_days=N, polls=N or manual"
_MOST_MAILS = 1_000
_MOST_DEPOSITS = 1_000
_MOST_REQUESTS = 1_000


def processing_in_words(words: str) -> Processing:
    """Return when the second control runs; raise ValueError, which lists the words there are."""
    processing = processing_of(words)
    if processing is None:
        raise ValueError(
            f"processing is {words!r}, which says nothing of when the second control runs: "
            f"{PROCESSING_WORDS}"
        )
    return processing


class MockPortal:
    """A portal within the portal: its own accounts, people, clock, counters and deposits.

    Programs under test reach it at ``url``, by its accounts: which account logs in says which
    world is meant.
    """

    def __init__(
        self, url: str, desk: Desk, made: MadeWorld, flush: Callable[[], None] = lambda: None
    ) -> None:
        """Keep a world that was made, and where the portal that it belongs to is served.

        ``flush`` has all requests that were answered in the journal.
        """
        self.url = url
        """Where the portal is: its pages, and ``/api/v1`` below."""
        self.name = made.name
        """The world's name, which ``/_mock`` takes as ``?world=``."""
        self._desk = desk
        self._flush = flush
        self._world = made.id
        self._accounts = {
            one.seed_id: Account.of(one.id, one.password or "", one.organisation)
            for one in made.accounts
        }
        self.clock = Clock(desk, made.id)
        self.people = People(desk, made.id)
        self.certifications = Certifications(desk, made.id)
        self.faults = Faults(desk, made.id)

    def __repr__(self) -> str:
        """Return its world and where it is served."""
        return f"<MockPortal {self.name} at {self.url}>"

    @property
    def accounts(self) -> Mapping[str, Account]:
        """Return the seeds' accounts, by the identifiers that the seeds give: ``CERT00001``."""
        return self._accounts

    @property
    def account(self) -> Account:
        """Return the first certificateur of the seeds: who deposits, if nobody else is named."""
        return self._first(Kind.CERTIFIER)

    @property
    def depositor(self) -> Account:
        """Return the déposant of the seeds, mandated by its certificateurs."""
        return self._first(Kind.DEPOSITOR)

    def deposit(
        self, file: FluxFile, *, name: str | None = None, account: Account | None = None
    ) -> Deposit:
        """Deposit a flux by HTTP as a program does, and return it, treated where that is due.

        ``name`` is that of the file, or ``flux.xml`` for bytes. Raises RefusedError for what is no
        deposit (a name that does not end in .xml, too large a file, a wrong password), and
        UnreachableError when the answer never came.
        """
        who = account or self.account
        named = name or ("flux.xml" if isinstance(file, bytes) else Path(file).name)
        with source_of(file) as content:
            made = ApiClient(self.url, who.id, who.password).deposit(content, named)
        deposit = self._desk.stores.deposits.get(DepositId(made["id"]))
        if deposit is not None and self._is_due(deposit):
            wait_for(self._desk, deposit, MOST_SECONDS)
        return Deposit(self._desk, DepositId(made["id"]))

    @property
    def deposits(self) -> list[Deposit]:
        """Return all that was deposited in this world, by whatever way, the oldest first."""
        stores = self._desk.stores
        accounts = stores.organisations.of_world(self._world, MOST_ACCOUNTS)
        found = {
            deposit.processing_id: deposit.id
            for organisation in {one.organisation.id: one.organisation for one in accounts}.values()
            for deposit in stores.deposits.of_organisation(organisation, 1, _MOST_DEPOSITS).items
        }
        return [Deposit(self._desk, found[number]) for number in sorted(found)]

    def assert_all_accepted(self) -> None:
        """Raise AssertionError unless something was deposited here and every passage is OK."""
        __tracebackhide__ = True
        deposits = self.deposits
        if not deposits:
            raise AssertionError("nothing was deposited")
        for one in deposits:
            one.assert_all_accepted()

    def learn(self, flux: FluxFile) -> Account:
        """Make known all that a flux needs to be accepted; return the account to deposit it with.

        Raises ValueError when it does not pass the first control.
        """
        with source_of(flux) as content:
            learned = learn_bytes(self._desk, self._world, content.read())
        if not isinstance(learned, Learned):
            said = (f"line {one.line}, column {one.column}: {one.message}" for one in learned)
            raise ValueError("\n".join(said))
        return self._remember(learned.account, learned.password)

    def add_account(
        self,
        kind: AccountKind = "certifier",
        *,
        name: str | None = None,
        client_id: str | None = None,
        contract_id: str | None = None,
        mandates: tuple[str, ...] = (),
        schema: SchemaVersion | None = None,
    ) -> Account:
        """Add an account, and its organisation where it is new; what is not given is drawn.

        ``mandates`` are the matricules of the other side. Raises ValueError for what does not fit.
        """
        check_choice("kind", kind, (known.value for known in Kind))
        check_length("client_id", client_id, 8, 8)
        check_length("contract_id", contract_id, 1, 20)
        check_length("name", name, 1, 255)
        for mandate in mandates:
            check_length("mandates", mandate, 8, 8)
        wished = WishedAccount(
            kind=Kind(kind),
            name=name,
            client_id=ClientId(client_id) if client_id else None,
            contract_id=ContractId(contract_id) if contract_id else None,
            mandates=tuple(ClientId(one) for one in mandates),
            schema=schema,
        )
        made = add_accounts(self._desk, self._world, [wished])
        if isinstance(made, Unfit):
            raise ValueError(f"{made.key}: {made.reason}")
        return self._remember(made[0].account.id, made[0].password)

    @property
    def processing(self) -> str:
        """Return when the second control runs, in the words of ``--processing``."""
        return str(processing_in(self._desk, self._world, None))

    @processing.setter
    def processing(self, words: str) -> None:
        set_processing(self._desk, self._world, None, processing_in_words(words))

    def treat(self) -> int:
        """Treat all that waits, whatever for; return how many deposits that was."""
        released, settled = process_now(self._desk, self._world)
        if not settled:
            raise TimeoutError("what is due in this world does not come to its end")
        return released

    @property
    def requests(self) -> list[Request]:
        """Return what was asked of this world, by whatever way, the oldest first; 1 000 at most.

        The latest, where there are more. What nobody logged in for is here when it names this
        world.
        """
        self._flush()
        journal = self._desk.stores.journal
        entries, _total = journal.page(self._world, EntrySearch(), 1, _MOST_REQUESTS)
        return [
            Request.of(entry) for entry in reversed(entries) if entry.source is not Source.WORLD
        ]

    @property
    def outbox(self) -> list[Mail]:
        """Return the mails that the portal would have sent, newest first."""
        return self._desk.stores.outbox.of_world(self._world, _MOST_MAILS)

    def _first(self, kind: Kind) -> Account:
        for one in self._accounts.values():
            if one.kind == kind.value:
                return one
        raise LookupError(f"this world has no {kind.value}: it was made without the seeds")

    def _is_due(self, deposit: Kept) -> bool:
        if deposit.status is not Status.PROCESSING or deposit.due_at is None:
            return False
        return not deposit.waits(self._desk.circumstances.now(self._world))

    def _remember(self, account_id: AccountId, password: str | None) -> Account:
        """Keep an account of this world as it is now, with its password where that is known."""
        found = self._desk.stores.organisations.account(account_id)
        if found is None:
            raise LookupError(f"account {account_id} vanished")
        key = next((k for k, one in self._accounts.items() if one.id == account_id), account_id)
        known = self._accounts[key].password if key in self._accounts else ""
        self._accounts[key] = Account.of(account_id, password or known, found.organisation)
        return self._accounts[key]

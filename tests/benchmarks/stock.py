"""A large portal to measure lists on: deposits large and small, of one's own and by a mandate.

They are deposited by the portal's own journey. A folder that holds such a portal is used again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from random import Random

from sqlalchemy import create_engine, make_url, text

from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Deposit, FileError, Status
from mockportal.domain.identifiers import AccountId, ClientId, ContractId, ProcessingId, WorldId
from mockportal.domain.organisations import Account, Kind
from mockportal.domain.people import Holder
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.register import generate_people
from mockportal.settings import Settings
from mockportal.workers import collect_rarely
from tests.benchmarks.large_flux import OWN, Parties, write_flux
from tests.working import deposited

CERTIFIER, OTHER_CERTIFIER, DEPOSITOR = map(AccountId, ("CERT00001", "CERT00002", "DEPO00001"))
LARGEST = 200_000
"""Passages of the largest files: terse ones, just below the limit of an upload."""
_PEOPLE = 50_000
_MANDATES = 100
"""Certificateurs beside those of the seeds that mandate the déposant."""
_SMALL = 100
"""Passages of a small file."""
_REFUSED = 20_000
"""Files that failed the first control, as those of a CI do: only rows."""
_DAYS = [str(date(2026, 9, 1) + timedelta(days=one)) for one in range(60)]
_UNKNOWN = " INCONNU"


@contextmanager
def stocked(folder: Path, passages: int, database: str | None = None) -> Iterator[Portal]:
    """Yield a portal with about so many passages in store, which is filled where it is new.

    Seven tenths lie in the largest files, of which the last is half KO; two tenths in small files
    of a hundred passages; the rest in ten files. There are many refused files too.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with assemble(Settings(data=folder / "portal", database=database)) as portal:
        mark = folder / f"stocked-{passages}"
        if not mark.exists():
            _Filling(portal, folder / "flux.xml").fill(passages)
            if database:
                _gather_statistics(database)
            mark.touch()
        yield portal


def people_of(portal: Portal) -> list[Holder]:
    """Return the people of the registry."""
    return [one for one, _ in portal.desk.stores.registry.everyone(world_of(portal))]


def world_of(portal: Portal) -> WorldId:
    """Return the world that is filled."""
    world = portal.desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    return world


def account_of(portal: Portal, identifier: AccountId) -> Account:
    """Return an account of the seeds."""
    account = portal.desk.stores.organisations.account(identifier)
    assert account is not None
    return account


def _gather_statistics(database: str) -> None:
    """Do what the database does by itself in a while, where its autovacuum is on."""
    url = make_url(database).set(drivername="postgresql+psycopg")
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text("VACUUM ANALYZE"))
    engine.dispose()


class _Filling:
    """The filling of one portal."""

    def __init__(self, portal: Portal, flux: Path) -> None:
        self._portal, self._flux = portal, flux
        self._deposits = 0
        self._people: list[Holder] = []

    def fill(self, passages: int) -> None:
        """Deposit so many passages."""
        collect_rarely()
        stores, world = self._portal.desk.stores, world_of(self._portal)
        stores.registry.add(world, generate_people(self._portal.desk, world, Random(1), _PEOPLE))
        self._people = people_of(self._portal)
        mandated = list(self._mandated(world))
        tenth = passages // 10
        for _ in range(-(-6 * tenth // LARGEST)):
            self._deposit(OWN, min(LARGEST, 6 * tenth))
        self._deposit(mandated[0], 2 * tenth, known=0.5)
        for number in range(10):
            self._deposit(mandated[number], tenth // 10)
        for number in range(_REFUSED):
            self._refuse(account_of(self._portal, CERTIFIER if number % 2 else DEPOSITOR), number)
        for number in range(2 * tenth // _SMALL):
            self._deposit(OWN if number % 2 else mandated[number // 2 % len(mandated)], _SMALL)

    def _refuse(self, account: Account, number: int) -> None:
        desk, world = self._portal.desk, account.organisation.world
        now = desk.circumstances.now(world)
        made = desk.stores.deposits.record(
            Deposit(
                id=desk.circumstances.new_deposit_id(world),
                world=world,
                account=account.id,
                organisation=account.organisation.id,
                file_name=f"refused-{number}.xml",
                size=1,
                received_at=now,
                processing_id=ProcessingId(0),
                schema=desk.policy.schema,
                status=Status.PROCESSING,
            )
        )
        desk.stores.deposits.refuse(made.id, [FileError(1, 1, "The file is empty.")], now)

    def _mandated(self, world: WorldId) -> Iterator[Parties]:
        """Yield for whom the déposant deposits."""
        stores = self._portal.desk.stores.organisations
        depositor = account_of(self._portal, DEPOSITOR).organisation
        yield Parties(depositor.client_id)
        yield Parties(depositor.client_id, "03TST002", "MCFCER100002")
        for number in range(_MANDATES):
            client, contract = ClientId(f"03BEN{number:03}"), ContractId(f"MCFCER2{number:05}")
            name = f"Certificateur inventé {number}"
            added = stores.add(world, Kind.CERTIFIER, name, client, [contract])
            stores.mandate(added.id, depositor.id)
            yield Parties(depositor.client_id, client, contract)

    def _deposit(self, parties: Parties, passages: int, known: float = 1.0) -> Deposit:
        self._deposits += 1
        number = self._deposits
        first = number * _SMALL % (len(self._people) - _SMALL)
        people = (self._people[first:] + self._people[:first])[:passages]
        unknown = [one._replace(birth_name=one.birth_name + _UNKNOWN) for one in people]
        people = people[: round(known * len(people))] + unknown[round(known * len(people)) :]
        code = parties._replace(code=f"RNCP900{number % 10 + 1:02}")
        write_flux(self._flux, people, passages, prefix=f"STOCK{number}", terse=True,
                   parties=code, awarded=_DAYS)  # fmt: skip
        account = account_of(self._portal, CERTIFIER if parties is OWN else DEPOSITOR)
        content = BytesIO(self._flux.read_bytes())
        deposit = deposited(self._portal.desk, account, f"stock-{number}.xml", content)
        # Among invented people a few are homonyms that no datum tells apart.
        if deposit.accepted < 0.9 * known * passages - 2:
            raise SystemExit(f"expected {passages} accepted passages, got {deposit.accepted}")
        return deposit

"""The steps of a journal, each done again as it says."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any

from mockportal.domain.clocks import WorldClock
from mockportal.domain.deposits import Deposit, Refused
from mockportal.domain.identifiers import (
    AccountId,
    ClientId,
    ContractId,
    DepositId,
    HolderId,
    WorldId,
)
from mockportal.domain.journal import Change
from mockportal.domain.organisations import Account, Kind, Organisation, Role
from mockportal.domain.passages import StoredPassage
from mockportal.domain.reference import Certification, NewAccount, NewHolder
from mockportal.journeys.control import control_file
from mockportal.journeys.delete import delete
from mockportal.journeys.deposit import Upload, record, working_on
from mockportal.journeys.desk import Desk
from mockportal.journeys.modify import modify
from mockportal.journeys.receipt import end_refused, publish
from mockportal.journeys.treatment import treat
from mockportal.wire.journal_archive import JournalReader
from mockportal.wire.passage_fields import FLUX_NAMES

Json = dict[str, Any]


class ReplayError(RuntimeError):
    """A step of a journal could not be done again."""


@dataclass(slots=True)
class Replayed:
    """What came of a replay."""

    world: str
    deposits: int = 0
    receipts: int = 0
    """How many were compared."""
    differences: list[str] = field(default_factory=list)
    accounts: dict[str, str] = field(default_factory=dict)
    """The identifiers of the accounts here, by those in the journal."""


class Redoing:
    """A replay under way, in one world; ``outcome`` says what came of it so far."""

    def __init__(
        self,
        desk: Desk,
        world: WorldId,
        archive: JournalReader,
        people: Iterator[Json],
        outcome: Replayed,
    ) -> None:
        self.outcome = outcome
        self._desk = desk
        self._stores = desk.stores
        self._plain = desk.stores.unrecorded or desk.stores
        self._world = world
        self._archive = archive
        self._people = people
        self._accounts: dict[str, Json] = {one["id"]: one for one in archive.head["accounts"]}
        self._deposits: dict[str, DepositId] = {}
        self._does: dict[Change, Callable[[Json], None]] = {
            Change.DEPOSITED: self._deposit,
            Change.TREATED: self._treat,
            Change.PEOPLE: lambda one: self._add_people(one["content"]["count"], self._stores),
            Change.TRAINING_FILE: self._add_training_file,
            Change.CERTIFICATIONS: self._list,
            Change.ORGANISATION: self._add_organisation,
            Change.CONTRACT: self._add_contract,
            Change.MANDATE: self._mandate,
            Change.MANDATE_ENDED: self._mandate,
            Change.MODIFIED: self._modify,
            Change.DELETED: self._delete,
        }

    def begin(self) -> None:
        """Put into the world what it held at first; that is no change of it."""
        try:
            self._begin()
        except (ValueError, LookupError) as fault:
            raise ReplayError(f"what the world held at first: {fault}") from fault

    def _begin(self) -> None:
        head, plain = self._archive.head, self._plain
        plain.references.add(self._world, [Certification(**c) for c in head["certifications"]])
        self._add_people(head["people_at_first"], plain)
        known: dict[str, Organisation] = {}
        for kind in Kind:
            for one in head["organisations"].get(f"{kind.value}s", ()):
                client = ClientId(one["client_id"])
                contracts = [ContractId(c) for c in one.get("contracts", ())]
                added = plain.organisations.add(self._world, kind, one["name"], client, contracts)
                known[client] = added
                for certifier in one.get("mandated_by", ()):
                    plain.organisations.mandate(known[certifier].id, added.id)

    def do(self, event: Json) -> None:
        """Do one thing again, at its time."""
        does = self._does.get(Change(event["what"]))
        if does is None:  # clocks show what each event says; mails do nothing
            return
        shown = datetime.fromisoformat(event["at"])
        self._plain.worlds.set_clock(self._world, WorldClock(frozen=shown))
        try:
            does(event)
        except (ValueError, LookupError) as fault:
            raise ReplayError(f"{event['what']} at {event['at']}: {fault}") from fault

    def _deposit(self, event: Json) -> None:
        said, account = event["content"], self._account(event["account"])
        with self._archive.deposit(said["processing_id"]) as content:
            upload = Upload(said["file_name"], content)
            made = record(self._desk, replace(account, schema=said["schema"]), upload)
        if not isinstance(made, Deposit):
            raise ReplayError(f"{said['file_name']} is not taken: {made.name}")
        self.outcome.deposits += 1
        self._deposits[event["deposit"]] = made.id
        with working_on(self._desk, made.id):
            checked = control_file(self._desk, made)
            if isinstance(checked, Refused):
                end_refused(self._desk, made, checked)
            else:
                self._stores.agenda.schedule(made.id, None, None)

    def _treat(self, event: Json) -> None:
        deposit = self._stores.deposits.get(self._deposits[event["deposit"]])
        if deposit is None or deposit.outline is None:
            raise ReplayError(f"deposit {event['deposit']} does not pass the first control")
        with working_on(self._desk, deposit.id):
            treat(self._desk, deposit, self._account(event["account"]).organisation)
            publish(self._desk, deposit)

    def _add_people(self, count: int, stores: Any) -> None:
        several: list[tuple[str, str]] = []

        def people() -> Iterator[NewHolder]:
            for one in islice(self._people, count):
                numbers = one.pop("training_files")
                several.extend((one["nir"], number) for number in numbers[1:])
                yield NewHolder(**one, training_file=numbers[0] if numbers else None)

        stores.registry.add(self._world, people())
        for nir, number in several:
            stores.registry.add_training_file(self._holder(nir), number)

    def _add_training_file(self, event: Json) -> None:
        said = event["content"]
        self._stores.registry.add_training_file(self._holder(said["nir"]), said["number"])

    def _holder(self, nir: str) -> HolderId:
        key = nir[:13]
        found = self._stores.registry.with_nirs(self._world, [key])
        if key not in found:
            raise ReplayError(f"nobody has the NIR {nir}")
        return HolderId(found[key].id)

    def _list(self, event: Json) -> None:
        references = self._stores.references
        add = references.put if event["content"]["replaces"] else references.add
        add(self._world, [Certification(**one) for one in event["content"]["listed"]])

    def _add_organisation(self, event: Json) -> None:
        said = event["content"]
        self._stores.organisations.add(
            self._world,
            Kind(said["kind"]),
            said["name"],
            ClientId(said["client_id"]),
            [ContractId(one) for one in said["contracts"]],
        )

    def _add_contract(self, event: Json) -> None:
        certifier = self._organisation(event["content"]["client_id"], Kind.CERTIFIER)
        contract = ContractId(event["content"]["contract"])
        self._stores.organisations.add_contract(certifier.id, contract)

    def _mandate(self, event: Json) -> None:
        certifier = self._organisation(event["content"]["certifier"], Kind.CERTIFIER)
        depositor = self._organisation(event["content"]["depositor"], Kind.DEPOSITOR)
        organisations = self._stores.organisations
        if event["what"] == Change.MANDATE.value:
            organisations.mandate(certifier.id, depositor.id)
        else:
            now = datetime.fromisoformat(event["at"])
            organisations.end_mandate(certifier.id, depositor.id, now)

    def _modify(self, event: Json) -> None:
        account = self._account(event["account"])
        changes = {FLUX_NAMES[n]: v for n, v in event["content"]["changes"].items()}
        for passage in self._passages(event, account):
            modify(self._desk, account, passage.id, changes)

    def _delete(self, event: Json) -> None:
        account = self._account(event["account"])
        for passage in self._passages(event, account):
            delete(self._desk, account, passage.id)

    def _passages(self, event: Json, account: Account) -> Iterator[StoredPassage]:
        places = {
            (self._deposits[one["deposit"]], one["piece"], one["position"])
            for one in event["content"]["passages"]
        }
        names = [one["technical_id"] for one in event["content"]["passages"]]
        for found in self._stores.passages.named(account.organisation, names):
            if (found.deposit, found.piece, found.position) in places:
                yield found

    def _organisation(self, client: str, kind: Kind) -> Organisation:
        found = self._stores.organisations.with_client_id(self._world, ClientId(client), kind)
        if found is None:
            raise ReplayError(f"there is no {kind.value} {client}")
        return found

    def _account(self, name: str) -> Account:
        """Return an account as it is now, made when it is first needed; its own name if free."""
        organisations = self._plain.organisations
        if name not in self.outcome.accounts:
            said = self._accounts[name]
            taken = organisations.account(AccountId(name)) is not None
            own = self._desk.circumstances.new_account_id(self._world) if taken else name
            made = NewAccount(
                id=AccountId(own),
                password_hash=said["password_hash"],
                role=Role(said["role"]),
                first_name=said["first_name"],
                last_name=said["last_name"],
                email=said["email"],
                schema=said["schema"],
            )
            organisation = self._organisation(said["client_id"], Kind(said["kind"]))
            organisations.add_account(organisation.id, made)
            self.outcome.accounts[name] = own
        account = organisations.account(AccountId(self.outcome.accounts[name]))
        if account is None:
            raise ReplayError(f"there is no account {name}")
        return account

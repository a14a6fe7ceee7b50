"""Those who use a portal that is killed: each in a thread, sure of what was acknowledged alone."""

import http.client
import json
from base64 import b64encode
from dataclasses import dataclass
from random import Random
from threading import Event, Lock, Thread
from time import sleep
from typing import Any

from lxml import etree

from mockportal.journeys.seeding import DEMO_PASSWORD
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.kills.ledger import Ledger, Line, Sent, Touched
from tests.stories.served import Browser, ServedPortal

_BOUNDARY = "----kills"
_PATIENCE = 60.0
_SHARED = 300
"""How many identifiers come in several files of an émetteur."""
_MENTIONS = ("MENTION_ASSEZ_BIEN", "MENTION_BIEN", "MENTION_TRES_BIEN", "SANS_MENTION")
_UNAVAILABLE = 503
_KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
_UNKNOWN = a_titulaire(nomNaissance="PERSONNE", prenom1="Inconnue")
PARTIES = {
    "CERT00001": ("03TST001", "03TST001", "MCFCER100001"),
    "CERT00002": ("03TST002", "03TST002", "MCFCER100002"),
    "DEPO00001": ("03TST003", "03TST001", "MCFCER100001"),
}
"""The émetteur, the certificateur and the contract that an account writes into its files."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer that came whole."""

    status: int
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


class Caller:
    """An account at the API of a portal that may go away at any moment."""

    def __init__(self, portal: ServedPortal, ledger: Ledger, account: str) -> None:
        self._portal, self._ledger = portal, ledger
        self.account = account
        self._basic = "Basic " + b64encode(f"{account}:{DEMO_PASSWORD}".encode()).decode()

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = ""
    ) -> Reply | bool:
        """Return the answer; without one, whether the request may have been heard.

        An answer that no client should get is noted, and counts as none.
        """
        connection = http.client.HTTPConnection(*self._portal.address, timeout=_PATIENCE)
        headers = {"Authorization": self._basic, "Connection": "close"}
        try:
            connection.connect()
        except OSError:
            sleep(0.05)
            return False
        try:
            connection.request(
                method, path, body, headers | ({"Content-Type": kind} if kind else {})
            )
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.read())
        except TimeoutError:
            self._ledger.complain(f"{method} {path}: no answer within {_PATIENCE:.0f} s")
            return True
        except (OSError, http.client.HTTPException):
            return True
        finally:
            connection.close()
        if reply.status >= 500:
            if reply.status != _UNAVAILABLE:
                words = reply.content[:200].decode(errors="replace")
                self._ledger.complain(f"{method} {path} answered {reply.status}: {words}")
            return True
        return reply

    def deposit(self, sent: Sent, content: bytes) -> None:
        """Send a file, and note what was acknowledged."""
        head = (
            f'--{_BOUNDARY}\r\nContent-Disposition: form-data; name="file"; '
            f'filename="{sent.file_name}"\r\nContent-Type: text/xml\r\n\r\n'
        ).encode()
        body = head + content + f"\r\n--{_BOUNDARY}--\r\n".encode()
        kind = f"multipart/form-data; boundary={_BOUNDARY}"
        reply = self.ask("POST", "/api/v1/deposits", body, kind)
        if isinstance(reply, Reply):
            if reply.status == 201:
                sent.id = reply.json["id"]
            else:
                self._ledger.complain(f"a deposit answered {reply.status}: {reply.content[:200]!r}")


class Client:
    """Somebody who does one thing after the other, until told to stop."""

    def __init__(self, portal: ServedPortal, ledger: Ledger, account: str, chance: Random) -> None:
        self.caller = Caller(portal, ledger, account)
        self.doing = ""
        """What is under way, for whoever waits for a moment to kill."""
        self.at_rest = Lock()
        """Held during each action: whoever takes it has the client wait."""
        self.actions = 0
        self._portal, self._ledger, self._chance = portal, ledger, chance
        self._over = Event()
        self._thread = Thread(target=self._run, name=account, daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """Come to the end of what is under way, and stop."""
        self._over.set()
        self._thread.join(2 * _PATIENCE)

    def act(self) -> None:
        """Do one thing."""
        raise NotImplementedError

    def _run(self) -> None:
        while not self._over.is_set():
            with self.at_rest:
                try:
                    self.act()
                except Exception as fault:  # noqa: BLE001  # told at the end, with all else
                    self._ledger.complain(f"a client failed over {self.doing!r}: {fault!r}")
                self.doing = ""
                self.actions += 1
            sleep(self._chance.uniform(0, 0.02))


class Certifier(Client):
    """Deposits files small and large, modifies and deletes passages, and looks at pages."""

    def __init__(
        self, portal: ServedPortal, ledger: Ledger, account: str, chance: Random, most: int
    ) -> None:
        super().__init__(portal, ledger, account, chance)
        self._most = most
        self._files = 0
        self._mine: list[tuple[int, str]] = []
        """Passages of this client's own: their number, and identifier."""

    def act(self) -> None:
        """Do what a certifying body does."""
        (action,) = self._chance.choices(
            (self._deposit, self._refused, self._modify, self._delete, self._learn, self._page),
            (8, 1, 8, 3, 3, 1),
        )
        action()

    def _deposit(self) -> None:
        self.doing = "deposit"
        size = self._chance.choices(
            (self._chance.randint(1, 8), self._chance.randint(100, 400), min(5_000, self._most),
             min(16_000, self._most)),
            (20, 6, 3, 0.3),
        )[0]  # fmt: skip
        name = self._name()
        lines = [
            Line(f"{name}/{n}", known=self._chance.random() < 0.85) for n in range(size)
        ]  # fmt: skip
        for _ in range(self._chance.randint(0, 3)):
            shared = f"{self.caller.account}/shared/{self._chance.randrange(_SHARED)}"
            lines.insert(self._chance.randrange(len(lines) + 1), Line(shared, known=True))
        if self._chance.random() < 0.3:  # one that comes twice in the file
            lines.append(self._chance.choice(lines))
        sent = self._ledger.send(Sent(self.caller.account, f"{name}.xml", tuple(lines)))
        self.caller.deposit(sent, flux_of(self.caller.account, name, lines))

    def _refused(self) -> None:
        self.doing = "deposit"
        name = self._name()
        broken = flux_of(self.caller.account, name, [Line("x", known=True)] * 50)[:-200]
        self.caller.deposit(self._ledger.send(Sent(self.caller.account, f"{name}.xml", ())), broken)

    def _learn(self) -> None:
        """Find out the numbers of some passages; the shared ones are left alone."""
        own = [sent for sent in self._ledger.sent_by(self.caller.account) if sent.id and sent.lines]
        if not own:
            return
        path = f"/api/v1/passages?size=20&deposit={self._chance.choice(own).id}"
        reply = self.caller.ask("GET", path)
        if isinstance(reply, Reply) and reply.status == 200:
            self._mine += [
                (one["id"], one["technical_id"])
                for one in reply.json["items"]
                if "/shared/" not in one["technical_id"]
            ]

    def _modify(self) -> None:
        passage = self._some()
        if passage is None or passage.deletion_tried:
            return
        self.doing = "modify"
        mention = self._chance.choice(_MENTIONS)
        changes = mention not in passage.allowed
        passage.tried += 1
        passage.allowed.add(mention)
        body = json.dumps({"mentionValidee": mention}).encode()
        path = f"/api/v1/passages/{passage.number}"
        reply = self.caller.ask("PATCH", path, body, "application/json")
        if not isinstance(reply, Reply):
            return
        if reply.status == 200:
            passage.modified += changes
            passage.allowed.clear()
            passage.allowed.add(mention)
        else:
            self._ledger.complain(f"PATCH {path} answered {reply.status}: {reply.content[:200]!r}")

    def _delete(self) -> None:
        passage = self._some()
        if passage is None or passage.deleted:
            return
        self.doing = "delete"
        again, passage.deletion_tried = passage.deletion_tried, True
        reply = self.caller.ask("DELETE", f"/api/v1/passages/{passage.number}")
        if isinstance(reply, Reply):
            passage.deleted = reply.status == 204 or (reply.status == 404 and again)
            if not passage.deleted:
                self._ledger.complain(f"DELETE {passage} answered {reply.status}")

    def _page(self) -> None:
        self.doing = "page"
        try:
            browser = Browser(self._portal, self.caller.account)
            for path in ("/depots", "/passages", "/chiffres"):
                status = browser.get(path).status
                if status >= 500 and status != _UNAVAILABLE:
                    self._ledger.complain(f"the page {path} answered {status}")
        except (OSError, http.client.HTTPException, ValueError, etree.Error):
            pass  # it was killed meanwhile

    def _some(self) -> Touched | None:
        if not self._mine:
            self._learn()
        if not self._mine:
            return None
        number, technical_id = self._chance.choice(self._mine)
        return self._ledger.touch(Touched(number, self.caller.account, technical_id))

    def _name(self) -> str:
        self._files += 1
        return f"{self.caller.account}-{self._files}"


def flux_of(account: str, name: str, lines: list[Line]) -> bytes:
    """Return the file that an account sends."""
    sender, certifier, contract = PARTIES[account]
    passages = (
        a_passage_xml(line.technical_id, _KNOWN if line.known else _UNKNOWN) for line in lines
    )
    return a_flux_xml(
        *passages, flux_id=name, sender=sender, certifier=certifier, contract=contract
    )

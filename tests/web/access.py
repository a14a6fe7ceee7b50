"""Who may do what: every route of the portal, asked by every kind of visitor, about every object.

    python -m tests.web.access          writes access_matrix.txt anew; read what has changed in it

A row names a method, a route and an object; a column is a visitor; between them stands the status,
with an exclamation mark where the object was another one afterwards: changed, gone, or begun.
"""

import re
from base64 import b64encode
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.routing import Rule

from mockportal.assembly import Portal, assemble
from mockportal.domain.faults import Fault, Trouble
from mockportal.domain.faults import Stage as FaultStage
from mockportal.domain.identifiers import AccountId, ClientId, DepositId, PassageId, WorldId
from mockportal.domain.mails import Letter
from mockportal.domain.organisations import Account, Role
from mockportal.domain.reference import NewAccount
from mockportal.journeys.declare import begin, correction_of
from mockportal.journeys.faults import add_faults
from mockportal.journeys.mandates import end_mandate, give_mandate
from mockportal.journeys.passages import passages_named
from mockportal.journeys.seeding import DEMO_PASSWORD, demo_hash
from mockportal.journeys.worlds import MadeWorld, create_world
from mockportal.settings import Settings
from mockportal.web import create_app
from mockportal.web.control_guard import KEY_HEADER
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.visitor import Visitor
from tests.working import at_work, deposited

TABLE = Path(__file__).with_name("access_matrix.txt")
KEY = "a control key"
HOST = "192.0.2.1"
PUBLIC = "portal.example.org"
KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
VISITORS = (
    "nobody", "cert-admin", "cert-user", "depo-admin", "depo-user", "ended", "other", "elsewhere",
    "trainer", "machine",
)  # fmt: skip
"""Nobody; an administrateur and a utilisateur of a certificateur, of its déposant; a déposant whose
mandate has ended; another certificateur; one of another world; who has the control key; and who
asks from the very machine. All but the last ask from another one."""
OWNERS = {
    "own": {"cert-admin", "cert-user"},
    "mandated": {"cert-admin", "cert-user", "depo-admin", "depo-user"},
    "ended": {"cert-admin", "cert-user", "ended"},
    "other": {"other"},
    "elsewhere": {"elsewhere"},
    "nothing": set(),
}
"""The objects, by whose they are, and who may see them."""
PLAYERS = {
    "own": {"cert-admin", "cert-user", "depo-admin", "depo-user", "ended", "other"},
    "elsewhere": {"elsewhere"},
    "nothing": set(),
}
"""The holders, by their world, and who may play them: whoever is logged in there."""
TRAINERS = {"spare": {"trainer", "machine"}, "elsewhere": set(), "nothing": set()}
"""Mails and faults, by their world, and who may see and remove them, asking about the spare one."""
CORRECTORS = {
    "own": {"cert-admin", "cert-user"},
    "mandated": {"depo-admin", "depo-user"},
    "ended": {"ended"},
    "other": {"other"},
    "elsewhere": {"elsewhere"},
    "nothing": set(),
}
"""The deposits that were declared by the form and are KO, and who may open that form again."""
_LAST = ("remove", "confirm_deletion", "delete", "end", "log_out", "forget")
"""Endings of endpoints that take something away: they are asked last."""
_PASSAGES = len(VISITORS) * 3
_SHAPE = re.compile(r"<[^>]*:(\w+)>")
"""What an argument of a route looks like, before its name."""
_numbers = count(1)


class Met(NamedTuple):
    """What a visitor meets: a status, and whether the object is another one afterwards."""

    status: int
    changed: bool = False

    def __str__(self) -> str:
        return f"{self.status}{'!' if self.changed else ''}"

    @classmethod
    def read(cls, cell: str) -> "Met":
        """Return what a cell of the table says."""
        return cls(int(cell.removesuffix("!")), cell.endswith("!"))


@dataclass
class Stage:
    """A portal with objects of all kinds, and who visits it."""

    portal: Portal
    app: Flask
    visitors: dict[str, Visitor]
    credentials: dict[str, tuple[str, str] | None]
    deposits: dict[str, str]
    passages: dict[str, list[int]]
    spares: dict[str, list[str]]
    declared: dict[str, str]
    """Deposits that were declared by the form and are KO, by whose they are."""
    holders: dict[str, int]
    asked: dict[str, int] = field(default_factory=dict)


@contextmanager
def a_stage() -> Iterator[Stage]:
    """Put all of it together."""
    with ExitStack() as stack:
        portal = stack.enter_context(assemble(Settings(host=HOST, control_key=KEY)))
        app = create_app(portal)
        world = portal.desk.stores.worlds.named("default")
        assert world is not None
        accounts = _accounts(portal, world)
        deposits, passages, declared = _deposits(portal, accounts)
        stack.enter_context(at_work(portal))
        create_world(portal.desk, "spare")
        yield Stage(
            portal,
            app,
            {name: _visitor(app, name, accounts.get(name)) for name in VISITORS},
            {name: (accounts[name].id, DEMO_PASSWORD) if name in accounts else None
             for name in VISITORS},
            deposits,
            passages,
            _spares(portal, accounts),
            declared,
            {kind: _holder(portal, accounts[who])
             for kind, who in (("own", "cert-admin"), ("elsewhere", "elsewhere"))},
        )  # fmt: skip


def _accounts(portal: Portal, world: WorldId) -> dict[str, Account]:
    organisations = portal.desk.stores.organisations
    ended = organisations.with_client_id(world, ClientId("03TST006"), _kind(portal, "DEPO00001"))
    assert ended is not None
    made = create_world(portal.desk, "elsewhere")
    assert isinstance(made, MadeWorld)
    (far,) = [one.id for one in made.accounts if one.seed_id == "CERT00001"]
    accounts = {name: _account(portal, seed) for name, seed in
                {"cert-admin": "CERT00001", "depo-admin": "DEPO00001", "other": "CERT00002",
                 "elsewhere": far}.items()}  # fmt: skip
    for name, of, role in (
        ("cert-user", accounts["cert-admin"].organisation.id, Role.USER),
        ("depo-user", accounts["depo-admin"].organisation.id, Role.USER),
        ("ended", ended.id, Role.ADMINISTRATOR),
    ):
        accounts[name] = _add(portal, of, role)
    return accounts


def _account(portal: Portal, account_id: str) -> Account:
    account = portal.desk.stores.organisations.account(AccountId(account_id))
    assert account is not None
    return account


def _kind(portal: Portal, account_id: str) -> Any:
    return _account(portal, account_id).organisation.kind


def _add(portal: Portal, organisation: int, role: Role, *, invited: bool = False) -> Account:
    number = next(_numbers)
    return portal.desk.stores.organisations.add_account(
        organisation,
        NewAccount(
            id=AccountId(f"SPARE{number:04}"),
            password_hash="" if invited else demo_hash(),
            role=role,
            first_name="Odilon",
            last_name="Farge",
            email=f"odilon{number}@brumelande.test",
        ),
    )


def _spares(portal: Portal, accounts: dict[str, Account]) -> dict[str, list[str]]:
    """Return invited users of each organisation, enough of them to remove one at each question."""
    return {
        owner: [
            _add(portal, accounts[who].organisation.id, Role.USER, invited=True).id
            for _ in VISITORS
        ]
        for owner, who in (("own", "cert-admin"), ("mandated", "depo-admin"),
                           ("other", "other"), ("elsewhere", "elsewhere"), ("ended", "ended"))
    }  # fmt: skip


def _deposits(
    portal: Portal, accounts: dict[str, Account]
) -> tuple[dict[str, str], dict[str, list[int]], dict[str, str]]:
    deposits, passages = {"nothing": "nothing-here"}, {"nothing": [2_000_000_000] * _PASSAGES}
    declared = {"nothing": "nothing-here"}
    certifier = accounts["cert-admin"].organisation
    ended = accounts["ended"].organisation
    give_mandate(portal.desk, certifier, ended)
    for owner, who, sender, of, contract in (
        ("own", "cert-admin", "03TST001", "03TST001", "MCFCER100001"),
        ("mandated", "depo-admin", "03TST003", "03TST001", "MCFCER100001"),
        ("ended", "ended", "03TST006", "03TST001", "MCFCER100001"),
        ("other", "other", "03TST002", "03TST002", "MCFCER100002"),
        ("elsewhere", "elsewhere", "03TST001", "03TST001", "MCFCER100001"),
    ):
        account = _account(portal, accounts[who].id)
        made = deposited(portal.desk, account, f"{owner}.xml", _file(owner, sender, of, contract))
        assert made.accepted == _PASSAGES, (owner, made)
        deposits[owner] = made.id
        passages[owner] = [
            int(listed.passage.id)
            for number in range(_PASSAGES)
            for listed in passages_named(portal.desk, account, f"{owner}/{number}")
        ]
        assert len(passages[owner]) == _PASSAGES
        declared[owner] = _declared(portal, account, owner, (sender, of, contract))
    end_mandate(portal.desk, certifier, ended)
    return deposits, passages, declared


def _holder(portal: Portal, account: Account) -> int:
    """Return somebody of an account's world whose passport shows something."""
    return portal.desk.stores.passports.fed_lately(account.organisation.world, 1)[0].id


def _declared(portal: Portal, account: Account, owner: str, header: tuple[str, str, str]) -> str:
    """Return a deposit that a form has become, and that is KO: it may be corrected."""
    desk, number = portal.desk, f"form-{owner}"
    sender, certifier, contract = header
    content = a_flux_xml(
        a_passage_xml(f"{owner}/KO", a_titulaire(nomNaissance="INTROUVABLE")),
        flux_id=f"{owner}-ko", sender=sender, certifier=certifier, contract=contract,
    )  # fmt: skip
    made = deposited(desk, account, f"{owner}-ko.xml", BytesIO(content))
    assert made.rejected == 1, made
    begin(desk, account, number)
    real = desk.circumstances.real()
    assert desk.stores.declarations.claim(number, real, real - timedelta(minutes=1))
    desk.stores.declarations.sent(number, made.id)
    return made.id


def _file(owner: str, sender: str, certifier: str, contract: str) -> BytesIO:
    passages = [a_passage_xml(f"{owner}/{number}", KNOWN) for number in range(_PASSAGES)]
    return BytesIO(
        a_flux_xml(*passages, flux_id=owner, sender=sender, certifier=certifier, contract=contract)
    )


def _visitor(app: Flask, name: str, account: Account | None) -> Visitor:
    visitor = Visitor(app)
    if name != "machine":
        visitor.client.environ_base["REMOTE_ADDR"] = "203.0.113.9"
        visitor.client.environ_base["HTTP_HOST"] = PUBLIC
    if account is not None:
        assert visitor.log_in(account.id).status_code == 303, name
    if name == "trainer":
        visitor.client.post("/coulisses/cle", data={"csrf_token": _token(visitor), "cle": KEY})
    return visitor


def _token(visitor: Visitor) -> str:
    """Return a CSRF token of the visitor's session: the login page or the account's has one."""
    return visitor.token("/compte" if visitor.get("/connexion").status_code == 302
                         or visitor.get("/connexion").status_code == 303
                         else "/connexion")  # fmt: skip


def rows(stage: Stage) -> Iterator[tuple[str, dict[str, Met]]]:
    """Yield each method, route and object with what each visitor meets."""
    for method, rule in _in_order(stage.app):
        for kind in _objects(rule):
            met = {name: _ask(stage, name, method, rule, kind) for name in VISITORS}
            route = _SHAPE.sub(r"<\1>", rule.rule)
            yield f"{method} {route} {kind}", met


def _in_order(app: Flask) -> list[tuple[str, Rule]]:
    asked = [
        (method, rule)
        for rule in app.url_map.iter_rules()
        for method in sorted((rule.methods or set()) - {"HEAD", "OPTIONS"})
    ]
    return sorted(
        asked,
        key=lambda one: (one[1].endpoint.rpartition(".")[2] in _LAST, one[1].rule, one[0]),
    )


def _objects(rule: Rule) -> list[str]:
    if rule.arguments & {"deposit_id", "passage_id"}:
        return list(OWNERS)
    if "account_id" in rule.arguments:
        return ["own", "mandated", "other", "elsewhere", "nothing"]
    if "client_id" in rule.arguments:
        return ["mandated", "ended", "other", "nothing"]
    if "holder" in rule.arguments:
        return list(PLAYERS)
    if rule.endpoint in (*_OF_FAULTS, _OF_MAILS):
        return list(TRAINERS)
    return ["own", "other", "nothing"] if "number" in rule.arguments and (
        rule.endpoint.startswith("declaration.")
    ) else ["-"]  # fmt: skip


def _ask(stage: Stage, name: str, method: str, rule: Rule, kind: str) -> Met:
    visitor = stage.visitors[name]
    values = _values(stage, name, rule, kind)
    built = rule.build(values)
    assert built is not None, rule
    path = built[1]
    headers = {}
    if name == "trainer":
        headers[KEY_HEADER] = KEY
    credentials = stage.credentials[name]
    program = rule.rule.startswith(("/api/", "/_mock"))
    if rule.rule.startswith("/api/") and credentials:
        headers["Authorization"] = "Basic " + b64encode(":".join(credentials).encode()).decode()
    if rule.rule.startswith(("/_mock", "/coulisses")):
        path += "?world=spare"
    data = None
    if method == "POST" and not program:
        data = {"csrf_token": _token(visitor), **_FORMS.get(rule.endpoint, {})}
    json = {"mentionValidee": "MENTION_BIEN"} if method == "PATCH" else None
    before = _state(stage, name, rule, values)
    answer = visitor.client.open(
        path, method=method, data=data, json=json, headers=headers, buffered=True
    )
    changed = before != _state(stage, name, rule, values)
    if rule.endpoint == "login.log_out" and credentials:
        visitor.log_in(*credentials)
    return Met(answer.status_code, changed)


def _state(stage: Stage, name: str, rule: Rule, values: dict[str, Any]) -> object:
    """Return what there is to be said of the object that an address is about."""
    stores, credentials = stage.portal.desk.stores, stage.credentials[name]
    if "passage_id" in values:
        passage = stores.passages.get(PassageId(values["passage_id"]))
        return passage and (passage.alive, passage.version)
    if "account_id" in values:
        return stores.organisations.account(AccountId(values["account_id"]))
    if rule.endpoint in _OF_FAULTS:
        worlds = (stores.worlds.named(world) for world in ("spare", "elsewhere"))
        return [fault.id for world in worlds if world for fault in stores.faults.of_world(world)]
    if rule.endpoint == "declaration.correct" and credentials:
        account = _account(stage.portal, credentials[0])
        deposit = stores.deposits.get(DepositId(values["deposit_id"]))
        return deposit and correction_of(stage.portal.desk, account, deposit)
    return None


def _values(stage: Stage, name: str, rule: Rule, kind: str) -> dict[str, Any]:
    """Return what stands in the address; what can be taken away is another one at each question."""
    turn = stage.asked[rule.endpoint + kind] = stage.asked.get(rule.endpoint + kind, -1) + 1
    spares = {**stage.spares, "nothing": ["NOBODY001"] * len(VISITORS)}
    clients = {"mandated": "03TST003", "ended": "03TST006", "other": "03TST002"}
    first = _FIRST.get(rule.endpoint, 0) * len(VISITORS)
    known: dict[str, Any] = {
        "deposit_id": stage.deposits.get(kind, "nothing-here"),
        "client_id": clients.get(kind, "99ABC999"),
        "token": "no-such-token",
        "filename": "css/no-such.css",
        "holder": stage.holders.get(kind, 2_000_000_000),
        "name": "no-such-world",
        "kind": "certificateur",
        "step": "echeance",
        "state": "reelle",
        "what": "identifiant",
        "number": 2_000_000_000,
    }
    if rule.endpoint in _OF_FAULTS:
        known["fault_id"] = known["number"] = _fault(stage, kind)
    if rule.endpoint == _OF_MAILS:
        known["number"] = _mail(stage, kind)
    if rule.endpoint == "declaration.correct":
        known["deposit_id"] = stage.declared[kind]
    if kind in stage.passages:
        known["passage_id"] = stage.passages[kind][first + turn]
    if kind in spares:
        known["account_id"] = spares[kind][turn if rule.endpoint == "users.remove" else -1]
    if rule.endpoint.startswith("declaration."):
        known |= {"number": _declaration(stage, name, kind), "name": "certification"}
    if rule.endpoint == "assistance.demonstration":
        known["name"] = "flux-demonstration.xml"
    defaults = dict(rule.defaults or {})
    return {name: defaults.get(name, known.get(name)) for name in rule.arguments}


_FIRST = {"passages.remove": 1, "api.passages.remove": 2}
"""Which tens of passages an endpoint takes away; all others look at the first ten."""
_FORMS = {
    "passages.change": {"mentionValidee": "MENTION_TRES_BIEN"},
    "users.take_role": {"role": "administrateur"},
}
"""What forms are filled in with; all others are sent empty."""
_OF_FAULTS, _OF_MAILS = ("mock.faults.remove", "backstage.remove_fault"), "backstage.mail"


def _fault(stage: Stage, kind: str) -> int:
    """Return the number of a fault that was just set in a world; it strikes nobody here."""
    world = stage.portal.desk.stores.worlds.named(kind)
    if world is None:
        return 2_000_000_000
    stuck = Fault(stage=FaultStage.SECOND_CONTROL, trouble=Trouble.STUCK)
    return add_faults(stage.portal.desk, world, [stuck])[0].id


def _mail(stage: Stage, kind: str) -> int:
    """Return the number of a mail that was just put into the outbox of a world."""
    desk = stage.portal.desk
    world = desk.stores.worlds.named(kind)
    if world is None:
        return 2_000_000_000
    letter = Letter("Bonjour", "")
    return desk.stores.outbox.add(world, "a@b.test", letter, desk.circumstances.real()).id


def _declaration(stage: Stage, name: str, kind: str) -> str:
    """Return the number of a form: one's own, the certificateur's, or one that is not there."""
    owner = {"own": name, "other": "other" if name != "other" else "cert-admin"}.get(kind, "")
    visitor = stage.visitors.get(owner)
    if visitor is None or stage.credentials[owner] is None:
        return "no-such-form"
    made = visitor.client.post("/transmettre/passage", data={"csrf_token": _token(visitor)})
    return str(made.location).split("/")[-2] if made.status_code == 303 else "no-such-form"


def table(found: dict[str, dict[str, Met]]) -> str:
    """Return the table as it stands in its file."""
    width = max(map(len, found)) + 2
    head = "".join([" " * width, *(f"{name:>{len(name) + 2}}" for name in VISITORS)])
    lines = [head.rstrip()]
    for row in sorted(found):
        cells = (f"{found[row][name]!s:>{len(name) + 2}}" for name in VISITORS)
        lines.append(row.ljust(width) + "".join(cells))
    return "\n".join(lines) + "\n"


def written() -> dict[str, dict[str, Met]]:
    """Return the table that stands in the file."""
    _, *lines = TABLE.read_text(encoding="utf-8").splitlines()
    found = {}
    for line in lines:
        cells = line.split()
        met = map(Met.read, cells[-len(VISITORS) :])
        found[" ".join(cells[: -len(VISITORS)])] = dict(zip(VISITORS, met, strict=True))
    return found


def main() -> None:
    """Write the table anew."""
    with a_stage() as stage:
        TABLE.write_text(table(dict(rows(stage))), encoding="utf-8")


if __name__ == "__main__":
    main()

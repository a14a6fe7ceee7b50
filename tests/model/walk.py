"""A random walk: steps that people and programs take, each compared with what the model expects."""

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from flask import Flask

from mockportal.assembly import Portal, assemble
from mockportal.journeys.replay import replay
from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.settings import Settings
from mockportal.web import create_app
from mockportal.wire.journal_archive import JournalReader
from tests.fluxes import a_certification_xml, a_flux_xml, a_passage_xml, a_titulaire
from tests.model.comparison import compare_all, compare_some
from tests.model.door import Door
from tests.model.expected import (
    BEGINNING,
    CERTIFIERS,
    DEPOSITOR,
    ORGANISATIONS,
    Deposit,
    Line,
    Passage,
    World,
)
from tests.model.failure import DiffersError, same
from tests.web.visitor import tree
from tests.working import at_work

_WORLDS = ("une", "deux", "trois")
_ALL_EVERY = 50
"""Steps between two comparisons of all that there is."""
_REPLAY_EVERY = 200
_IDENTIFIERS = 60
"""How many identifiers a world's files draw from: few, so that they meet again."""
_MENTIONS = ("MENTION_BIEN", "MENTION_TRES_BIEN", "SANS_MENTION")
_KERVELLANT = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)


class Walk:
    """A portal, its worlds, and the model of each."""

    def __init__(self, portal: Portal, app: Flask) -> None:
        self._portal, self._app = portal, app
        self._worlds: dict[str, World] = {}
        self._files = 0

    def step(self, number: int, seed: int) -> None:
        """Take a step; its chance is its own, so that others can be left out."""
        chance = Random(f"{seed}/{number}")
        name = chance.choices(_WORLDS, (8, 3, 1))[0]
        world = self._worlds.get(name) or self._create(name)
        door = Door(self._app, name)
        steps: dict[Callable[[Door, World, Random], None], float] = {
            self._deposit: 30, self._large: 0.7, self._upload_refused: 1, self._modify: 8,
            self._delete: 6, self._delete_many: 2, self._mandate: 3, self._person: 4,
            self._advance: 5, self._processing: 3, self._release: 3, self._looks: 1,
            self._reset: 0.6, self._remove: 0.4,
        }  # fmt: skip
        (step,) = chance.choices(list(steps), list(steps.values()))
        step(door, world, chance)
        if name in self._worlds:
            compare_some(door, world, chance)
        if number % _ALL_EVERY == _ALL_EVERY - 1:
            self.compare_all()
        if number % _REPLAY_EVERY == _REPLAY_EVERY - 1 and name in self._worlds:
            self._replay(door)

    def compare_all(self) -> None:
        """Compare all that there is in all worlds."""
        for name, world in self._worlds.items():
            compare_all(Door(self._app, name), world)

    def _create(self, name: str) -> World:
        world = World(name)
        made = Door(self._app, "default").mock("POST", "/worlds", {"name": name}, status=201)
        self._begin(world, made)
        self._worlds[name] = world
        return world

    def _begin(self, world: World, made: dict[str, list[dict[str, str]]]) -> None:
        world.accounts = {one["seed_id"]: one["account_id"] for one in made["accounts"]}
        Door(self._app, world.name).mock(
            "PUT", "/clock", {"now": BEGINNING.isoformat(), "frozen": True}
        )

    def _deposit(self, door: Door, world: World, chance: Random) -> None:
        lines = [self._line(world, chance) for _ in range(chance.randint(1, 6))]
        self._send(door, world, chance, lines)

    def _large(self, door: Door, world: World, chance: Random) -> None:
        prefix = f"L{chance.randrange(3)}"
        lines = [Line(f"{prefix}/{n}", "KERVELLANT") for n in range(chance.randint(300, 2_500))]
        self._send(door, world, chance, lines)

    def _line(self, world: World, chance: Random) -> Line:
        names = [*world.people, "PERSONNE"]
        return Line(
            f"ID-{chance.randrange(_IDENTIFIERS)}",
            chance.choice(names),
            certification=chance.random() > 0.05,
            dates=chance.random() > 0.05,
        )

    def _send(self, door: Door, world: World, chance: Random, lines: list[Line]) -> None:
        lines.sort(key=lambda one: not one.certification)  # two certifications, one after the other
        seed, (sender, certifier, contract) = self._parties(chance)
        self._files += 1
        name = f"{self._files}.xml"
        flux = _flux(lines, name, sender, certifier, contract)
        if chance.random() < 0.05:
            flux, lines = flux[:-20], []
        answer = door.deposit(world.accounts[seed], name, flux)
        same("status of a deposit", answer.status_code, 201)
        deposit = Deposit(
            str((answer.json or {})["id"]), len(world.deposits) + 1, name, ORGANISATIONS[seed],
            sender, certifier, contract, tuple(lines), world.now, world.due(),
        )  # fmt: skip
        world.take(deposit)
        if deposit.treated:
            door.get(f"/deposits/{deposit.id}?wait=60", world.accounts[seed])

    @staticmethod
    def _parties(chance: Random) -> tuple[str, tuple[str, str, str]]:
        """Return who deposits, and what the file says of it: mostly what it should."""
        seed = chance.choice(list(ORGANISATIONS))
        own = ORGANISATIONS[seed]
        certifier = chance.choice(list(CERTIFIERS)) if own == DEPOSITOR else own
        contract = CERTIFIERS[certifier]
        wrong = chance.random()
        if wrong < 0.03:
            own = chance.choice(list(ORGANISATIONS.values()))
        elif wrong < 0.06:
            certifier = chance.choice(list(CERTIFIERS))
        elif wrong < 0.09:
            contract = chance.choice(list(CERTIFIERS.values()))
        return seed, (own, certifier, contract)

    def _upload_refused(self, door: Door, world: World, chance: Random) -> None:
        account = world.accounts[chance.choice(list(ORGANISATIONS))]
        answer = door.deposit(account, "flux.txt", b"<flux/>")
        same("status of an upload that is no deposit", answer.status_code, 422)

    def _modify(self, door: Door, world: World, chance: Random) -> None:
        found = self._some_passage(door, world, chance)
        if found is None:
            return
        account, organisation, passage, number = found
        mention = chance.choice(_MENTIONS)
        answer = door.api("PATCH", f"/passages/{number}", account, json={"mentionValidee": mention})
        allowed = world.may_change(organisation, passage)
        same("status of a modification", answer.status_code, 200 if allowed else 403)
        if allowed:
            passage.changes += passage.mention != mention
            passage.mention = mention

    def _delete(self, door: Door, world: World, chance: Random) -> None:
        found = self._some_passage(door, world, chance)
        if found is None:
            return
        account, organisation, passage, number = found
        answer = door.api("DELETE", f"/passages/{number}", account)
        allowed = world.may_change(organisation, passage)
        same("status of a deletion", answer.status_code, 204 if allowed else 403)
        passage.alive = passage.alive and not allowed
        again = door.api("DELETE", f"/passages/{number}", account)
        same("status of a second deletion", again.status_code, 404 if allowed else 403)

    def _some_passage(
        self, door: Door, world: World, chance: Random
    ) -> tuple[str, str, Passage, int] | None:
        """Return a passage, an account that sees it, and the portal's number of it."""
        seed = chance.choice(list(ORGANISATIONS))
        seen = list(world.passages_seen_by(ORGANISATIONS[seed]))
        if not seen:
            return None
        passage = chance.choice(seen)
        name = passage.line.technical_id
        path = f"/passages?technical_id={name}&size=100"
        listed = door.get(path, world.accounts[seed])["items"]
        (number,) = [one["id"] for one in listed if one["deposit_id"] == passage.deposit.id]
        return world.accounts[seed], ORGANISATIONS[seed], passage, number

    def _delete_many(self, door: Door, world: World, chance: Random) -> None:
        seed = chance.choice(list(ORGANISATIONS))
        organisation = ORGANISATIONS[seed]
        wanted = {f"ID-{chance.randrange(_IDENTIFIERS)}" for _ in range(chance.randint(1, 15))}
        going = [
            one for one in world.passages_seen_by(organisation)
            if one.line.technical_id in wanted and world.may_change(organisation, one)
        ]  # fmt: skip
        visitor, path = door.visitor(world.accounts[seed]), "/passages/suppression"
        chosen = {"par": "identifiants", "identifiants": "\n".join(sorted(wanted))}
        data = {"csrf_token": visitor.token(path), **chosen}
        preview = visitor.client.post(f"{path}/apercu", data=data)
        if not going:
            return
        (form,) = tree(preview).xpath('//main//form[@method="post"]')
        confirmed = {**dict(form.form_values()), "nombre": str(len(going))}
        report = visitor.client.post(path, data=confirmed)
        same("status of a mass deletion", report.status_code, 200)
        for passage in going:
            passage.alive = False

    def _mandate(self, door: Door, world: World, chance: Random) -> None:
        seed = chance.choice([s for s, own in ORGANISATIONS.items() if own in CERTIFIERS])
        certifier, given = ORGANISATIONS[seed], chance.random() < 0.6
        visitor = door.visitor(world.accounts[seed])
        in_force = world.mandates[certifier, DEPOSITOR]
        if given:
            answer = visitor.fill(
                "/compte/mandats/donner",
                matricule_deposant=DEPOSITOR,
                mot_de_passe_actuel=DEMO_PASSWORD,
            )
        elif in_force:
            answer = visitor.fill(
                f"/compte/mandats/{DEPOSITOR}/terminer", mot_de_passe_actuel=DEMO_PASSWORD
            )
        else:
            return
        same("status of a mandate", answer.status_code, 303)
        world.mandates[certifier, DEPOSITOR] = given

    def _person(self, door: Door, world: World, chance: Random) -> None:
        """Add somebody, now and then one of two who nobody can tell apart."""
        alike = chance.random() < 0.2 and len(world.people) > 1
        if alike:
            name = chance.choice(list(world.people)[1:])
        else:
            world.names += 1
            name = f"MODELE{world.names}FIN"
        person = {"nomNaissance": name, "prenom1": "Ada", "anneeNaissance": 1990, "sexe": "F"}
        door.mock("POST", "/holders", person, status=201)
        world.people[name] = world.people.get(name, 0) + 1

    def _advance(self, door: Door, world: World, chance: Random) -> None:
        seconds = chance.choice((1, 60, 3_600, 86_400, 20 * 86_400))
        answer = door.mock("POST", "/clock/advance", {"seconds": seconds})
        same("whether all that was due is treated", answer["settled"], expected=True)
        world.advance(seconds)

    def _processing(self, door: Door, world: World, chance: Random) -> None:
        """Say when files are treated, while none waits: those that wait keep their time."""
        if world.waiting():
            return
        world.mode = chance.choice(("immediate", "immediate", "delay", "manual"))
        world.seconds = chance.choice((60, 7_200)) if world.mode == "delay" else 0
        amount = {"seconds": world.seconds} if world.mode == "delay" else {}
        door.mock("PUT", "/processing", {"mode": world.mode, **amount})

    def _release(self, door: Door, world: World, _chance: Random) -> None:
        if world.mode == "manual":
            door.mock("POST", "/process")
            world.release()

    def _looks(self, door: Door, world: World, chance: Random) -> None:
        """Deposit a file that is treated after some looks at it, and look."""
        if world.waiting() or world.mode != "immediate":
            return
        looks = chance.randint(1, 3)
        door.mock("PUT", "/processing", {"mode": "polls", "polls": looks})
        world.mode = "manual"
        self._deposit(door, world, chance)
        world.mode = "immediate"
        for deposit in world.waiting():
            seed = next(s for s, own in ORGANISATIONS.items() if own == deposit.owner)
            for _ in range(looks):
                door.get(f"/deposits/{deposit.id}", world.accounts[seed])
        door.mock("PUT", "/processing", {"mode": "immediate"})
        door.mock("POST", "/clock/advance", {"seconds": 0})
        world.release()

    def _reset(self, door: Door, world: World, _chance: Random) -> None:
        made = door.mock("POST", "/reset")
        world.begin()
        self._begin(world, made)

    def _remove(self, door: Door, world: World, _chance: Random) -> None:
        door.mock("DELETE", f"/worlds/{world.name}", status=204)
        del self._worlds[world.name]

    def _replay(self, door: Door) -> None:
        """Export the journal of a world, and do the same again in another one."""
        archive = door.mock("GET", "/journal")
        with TemporaryDirectory(prefix="mockportal-model-") as folder:
            path = Path(folder) / "journal.zip"
            path.write_bytes(archive)
            with JournalReader(path) as reader:
                outcome = replay(self._portal.desk, reader, "replay")
        same("differences of a replay", getattr(outcome, "differences", outcome), [])
        door.mock("DELETE", "/worlds/replay", status=204)


def walk(steps: Iterable[int], seed: int, database: str | None = None) -> str:
    """Take these steps at a new portal; return how it and its model came to differ, or nothing."""
    number = -1
    with ExitStack() as stack:
        portal = stack.enter_context(assemble(Settings(database=database)))
        stack.enter_context(at_work(portal))
        own = Walk(portal, create_app(portal))
        try:
            for number in steps:
                own.step(number, seed)
            own.compare_all()
        except DiffersError as differs:
            return f"step {number}: {differs}"
    return ""


def shrunk(steps: list[int], fails: Callable[[list[int]], bool], tries: int = 100) -> list[int]:
    """Return fewer steps that still fail, halves left out first (delta debugging)."""
    size = len(steps) // 2
    while size and tries:
        for start in range(0, len(steps), size):
            fewer = steps[:start] + steps[start + size :]
            tries -= 1
            if not tries:
                break
            if fails(fewer):
                steps = fewer
                break
        else:
            size //= 2
        size = min(size, max(1, len(steps) // 2)) if size else 0
    return steps


def _flux(lines: list[Line], name: str, sender: str, certifier: str, contract: str) -> bytes:
    blocks = []
    for known, code in ((True, "RNCP90001"), (False, "RNCP99999")):
        passages = "".join(_passage(one) for one in lines if one.certification is known)
        if passages:
            blocks.append(a_certification_xml(passages, code=code))
    return a_flux_xml(
        flux_id=name, sender=sender, certifier=certifier, contract=contract,
        certifications="".join(blocks),
    )  # fmt: skip


def _passage(line: Line) -> str:
    person = (
        _KERVELLANT
        if line.name == "KERVELLANT"
        else a_titulaire(nomNaissance=line.name, prenom1="Ada", anneeNaissance="1990", sexe="F")
    )
    awarded = line.awarded.isoformat()
    until = None if line.dates else "2026-09-30"
    return a_passage_xml(line.technical_id, person, awarded, until)

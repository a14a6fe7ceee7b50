"""Comparing what a portal shows of a world with what the model expects."""

import re
from random import Random
from typing import Any

from lxml import etree

from tests.model.door import Door
from tests.model.expected import ORGANISATIONS, TEXTS, Deposit, Passage, World
from tests.model.failure import same

_STATUSES = ("processing", "accepted", "partly_rejected", "refused", "failed")


def compare_some(door: Door, world: World, chance: Random) -> None:
    """Compare what one account sees on a few pages, and the counts of the world."""
    seed = chance.choice(list(ORGANISATIONS))
    account, organisation = world.accounts[seed], ORGANISATIONS[seed]
    _deposit_page(door, world, account, organisation, chance.randint(1, 3), chance.randint(1, 7))
    _passage_page(door, world, account, organisation, chance.randint(1, 3), chance.randint(1, 7))
    _search(door, world, account, organisation, chance)
    state = door.mock("GET", "/state")
    expected = dict.fromkeys(_STATUSES, 0)
    for deposit in world.deposits:
        expected[deposit.status] += 1
    same("deposits of the state", state["deposits"], expected)
    living = sum(one.alive for deposit in world.deposits for one in deposit.passages)
    same("passages of the state", state["passages"], living)


def compare_all(door: Door, world: World) -> None:
    """Compare all that each account sees, receipts, histories, figures and passports included."""
    for seed, organisation in ORGANISATIONS.items():
        account = world.accounts[seed]
        _all_deposits(door, world, account, organisation)
        _all_passages(door, world, account, organisation)
        for deposit in world.seen_by(organisation):
            if deposit.owner == organisation and deposit.status != "processing":
                _receipt(door, account, deposit)
    for deposit in world.deposits:
        for passage in deposit.passages:
            if passage.changes or not passage.alive:
                _passage(door, world, passage)
    _figures(door, world)
    _passports(door, world)


def _deposit_page(
    door: Door, world: World, account: str, organisation: str, page: int, size: int
) -> None:
    seen = world.seen_by(organisation)
    answer = door.get(f"/deposits?page={page}&size={size}", account)
    shown = [one["id"] for one in answer["items"]]
    same(f"deposits of {organisation}", shown, [one.id for one in seen][(page - 1) * size :][:size])
    same(f"number of deposits of {organisation}", answer["total"], len(seen))
    for one in answer["items"]:
        (deposit,) = (other for other in seen if other.id == one["id"])
        _counts(one, deposit)


def _counts(shown: dict[str, Any], deposit: Deposit) -> None:
    for name, value in {
        "status": deposit.status,
        "accepted": len(deposit.accepted),
        "rejected": len(deposit.rejected),
        "processing_id": deposit.number,
        "file_name": deposit.file_name,
        "late": deposit.late,
    }.items():
        same(f"{name} of {deposit.file_name}", shown[name], value)


def _passage_page(
    door: Door, world: World, account: str, organisation: str, page: int, size: int
) -> None:
    seen = [one.line.technical_id for one in world.passages_seen_by(organisation)]
    answer = door.get(f"/passages?page={page}&size={size}", account)
    shown = [one["technical_id"] for one in answer["items"]]
    same(f"passages of {organisation}", shown, seen[(page - 1) * size :][:size])
    same(f"number of passages of {organisation}", answer["total"], len(seen))


def _search(door: Door, world: World, account: str, organisation: str, chance: Random) -> None:
    seen = list(world.passages_seen_by(organisation))
    if not seen:
        return
    wanted = chance.choice(seen).line.technical_id
    expected = sorted(one.deposit.number for one in seen if one.line.technical_id == wanted)
    answer = door.get(f"/passages?technical_id={wanted}", account)
    numbers = {deposit.id: deposit.number for deposit in world.deposits}
    shown = sorted(numbers[one["deposit_id"]] for one in answer["items"])
    same(f"passages named {wanted}", shown, expected)
    beginning = wanted[:3]
    answer = door.get(f"/passages?q={beginning}&size=100", account)
    names = sorted(one["technical_id"] for one in answer["items"])
    found = sorted(
        one.line.technical_id for one in seen if one.line.technical_id.startswith(beginning)
    )
    if len(found) <= len(names) or len(found) < 100:
        same(f"passages that begin with {beginning}", names, found)


def _all_deposits(door: Door, world: World, account: str, organisation: str) -> None:
    shown, after = [], ""
    while items := door.get(f"/deposits?size=20{after}", account)["items"]:
        shown += items
        after = f"&after={items[-1]['id']}"
    seen = world.seen_by(organisation)
    same(f"all deposits of {organisation}", [one["id"] for one in shown], [one.id for one in seen])
    for one, deposit in zip(shown, seen, strict=True):
        _counts(one, deposit)


def _all_passages(door: Door, world: World, account: str, organisation: str) -> None:
    shown, after = [], ""
    while items := door.get(f"/passages?size=100{after}", account)["items"]:
        shown += [one["technical_id"] for one in items]
        after = f"&after={items[-1]['id']}"
    seen = [one.line.technical_id for one in world.passages_seen_by(organisation)]
    same(f"all passages of {organisation}", shown, seen)


def _receipt(door: Door, account: str, deposit: Deposit) -> None:
    answer = door.api("GET", f"/deposits/{deposit.id}/receipt", account)
    same(f"status of the receipt of {deposit.file_name}", answer.status_code, 200)
    receipt = etree.fromstring(answer.data)
    if not deposit.lines:
        same("a receipt of errors", receipt.find("erreurs") is not None, True)
        return
    accepted = [one.text for one in receipt.iterfind("PassagesOK/idTechnique")]
    same(f"OK of {deposit.file_name}", accepted, deposit.accepted)
    shown = [
        (one.findtext("idTechnique"), _code_of(one.findtext("messageErreur") or ""))
        for one in receipt.iterfind("PassagesKO/passage")
    ]
    same(f"KO of {deposit.file_name}", shown, deposit.rejected)


def _code_of(message: str) -> str:
    return next((code for code, part in TEXTS.items() if part in message), message)


def _passage(door: Door, world: World, passage: Passage) -> None:
    owner = next(s for s, own in ORGANISATIONS.items() if own == passage.deposit.owner)
    account = world.accounts[owner]
    path = f"/passages?technical_id={passage.line.technical_id}&size=100"
    listed = door.get(path, account)["items"]
    mine = [one for one in listed if one["deposit_id"] == passage.deposit.id]
    same(f"whether {passage.line} is listed", bool(mine), passage.alive)
    for one in mine:
        shown = door.get(f"/passages/{one['id']}", account)
        same(f"mention of {passage.line}", shown["said"]["mentionValidee"], passage.mention)
        same(f"changes of {passage.line}", len(shown["history"]), passage.changes)


def _figures(door: Door, world: World) -> None:
    page = door.visitor(world.accounts["CERT00001"]).page("/chiffres")
    shown = {
        one.findtext("dt"): _number(one.find("dd").text)
        for one in page.xpath('//dl[@class="volumes"]/div')
    }
    passages = [one for deposit in world.deposits for one in deposit.passages]
    expected = {
        "Passages acceptés": len(passages),
        "Encore enregistrés": sum(one.alive for one in passages),
        "Passeports alimentés": len({one.line.name for one in passages if one.alive}),
        "Passages KO": sum(len(deposit.rejected) for deposit in world.deposits),
        "Passages hors délai": sum(deposit.late for deposit in world.deposits),
        "Fichiers déposés": len(world.deposits),
        "Fichiers refusés": sum(not deposit.lines for deposit in world.deposits),
    }
    same("figures", shown, expected)


def _number(words: str) -> int:
    return int(re.sub(r"\D", "", words))


def _passports(door: Door, world: World) -> None:
    visitor = door.visitor(world.accounts["CERT00002"])
    for name, people in list(world.people.items())[-3:]:
        if people != 1:
            continue
        expected = sum(
            one.alive and one.line.name == name
            for deposit in world.deposits
            for one in deposit.passages
        )
        badges = visitor.page(f"/passeport?nom={name}").xpath('//span[@class="badge badge-ok"]')
        shown = [_number(badge.text_content()) for badge in badges]
        same(f"passport of {name}", shown, [expected] if expected else [])

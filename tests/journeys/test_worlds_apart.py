"""Nothing crosses from one world to another, however much happens in them at once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path

import pytest

from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Deposit, Status
from mockportal.domain.organisations import Account
from mockportal.journeys.consult import deposits_of
from mockportal.journeys.deposit import Upload, deposit_file
from mockportal.journeys.desk import Desk
from mockportal.journeys.work import wait_for
from mockportal.journeys.worlds import MadeWorld, create_world
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.working import at_work

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
EACH = 50
"""Deposits of a world; there are four of them, with a thread each."""

Row = tuple[object, ...]


def flux(world: int, number: int) -> bytes:
    """Return the file of one deposit: good, with KO, refused, a duplicate, or of a déposant."""
    passages = [
        a_passage_xml(f"T-{number}", KNOWN),
        a_passage_xml(f"T-{number - 1}", KNOWN),  # a duplicate of the deposit before
        a_passage_xml(f"U-{number}"),
        *(a_passage_xml(f"W{world}-{number}-{n}", KNOWN) for n in range(world)),
    ]
    match number % 5:
        case 3:
            return b"<flux>" + b"\n" * number
        case 4:
            return a_flux_xml(*passages, flux_id=f"flux-{number}", sender="03TST003")
        case _:
            return a_flux_xml(*passages, flux_id=f"flux-{number // 2}")


def deposit_all(desk: Desk, world: MadeWorld, number: int) -> None:
    """Make the deposits of a world, one after the other, as its people would."""
    for n in range(EACH):
        seat = 2 if n % 5 == 4 else 0
        account = desk.stores.organisations.account(world.accounts[seat].id)
        assert account is not None
        name = f"depot-{n}.xml"
        made = deposit_file(desk, account, Upload(name, BytesIO(flux(number, n))))
        assert isinstance(made, Deposit)
        assert wait_for(desk, made, 60).status is not Status.PROCESSING


def history(desk: Desk, world: MadeWorld) -> list[Row]:
    """Return what is seen of a world, but for what tells worlds apart: its identifiers."""
    rows: list[Row] = []
    for one in world.accounts:
        account = desk.stores.organisations.account(one.id)
        assert account is not None
        page = deposits_of(desk, account, 1, 2 * EACH)
        rows.append((one.seed_id, page.total))
        rows += [row(desk, account, deposit) for deposit in page.items]
    rows.append(("people", desk.stores.registry.count(world.id)))
    return rows


def row(desk: Desk, account: Account, deposit: Deposit) -> Row:
    assert deposit.world == account.organisation.world
    rejections = desk.stores.deposits.rejections
    return (
        deposit.processing_id,
        deposit.file_name,
        deposit.status,
        (deposit.accepted, deposit.rejected, deposit.late, deposit.alive),
        deposit.flux_seen_before,
        tuple(desk.stores.deposits.errors(deposit.id)),
        tuple((one.technical_id, one.code, one.levels) for one in rejections(deposit.id)),
        desk.stores.files.receipt(deposit.id).read_bytes(),
    )


def ends(folder: Path, names: dict[str, int], run: Callable[[Portal, Callable[[str], None]], None]
) -> dict[str, list[Row]]:  # fmt: skip
    """Return how worlds end on a portal where ``run`` gives each its deposits."""
    with assemble(Settings(data=folder)) as portal, at_work(portal):
        made: dict[str, MadeWorld] = {}
        for name in names:
            world = create_world(portal.desk, name)
            assert isinstance(world, MadeWorld)
            made[name] = world
        run(portal, lambda name: deposit_all(portal.desk, made[name], names[name]))
        return {name: history(portal.desk, world) for name, world in made.items()}


@pytest.mark.slow
def test_two_hundred_deposits_in_four_worlds_at_once_end_as_if_each_were_alone(
    tmp_path: Path,
) -> None:
    names = {f"world-{number}": number for number in range(4)}

    def at_once(_portal: Portal, go: Callable[[str], None]) -> None:
        with ThreadPoolExecutor(len(names)) as threads:
            list(threads.map(go, names))

    together = ends(tmp_path / "together", names, at_once)

    for name, number in names.items():
        alone = ends(tmp_path / name, {name: number}, lambda _, go, n=name: go(n))  # type: ignore[misc]  # mypy infers no type for a lambda's default
        assert together[name] == alone[name]
        numbers = {one[0] for one in alone[name] if isinstance(one[0], int)}
        assert numbers == set(range(1, EACH + 1))

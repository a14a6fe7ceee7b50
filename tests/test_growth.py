"""Nothing asks the database more than in proportion to its data; told by counting statements."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask

from mockportal.assembly import Portal, assemble, assemble_check
from mockportal.cli.junit import cases_of_passages
from mockportal.domain.deposits import Status
from mockportal.domain.identifiers import AccountId
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.check import Checked, check_file
from mockportal.journeys.deposit import Upload
from mockportal.journeys.learn import Learned, learn
from mockportal.journeys.seeding import DEMO_PASSWORD
from mockportal.settings import Settings
from mockportal.web import create_app
from tests.benchmarks.large_flux import write_flux
from tests.builders import a_holder
from tests.counting import statements
from tests.web.visitor import Visitor
from tests.working import deposited

pytestmark = pytest.mark.xdist_group("growth")
FEW, MANY = 300, 1_200
CERTIFIER = "CERT00001"
PAGES = (
    "/depots", "/depots/{id}", "/depots/{id}/acceptes", "/passages", "/chiffres",
    "/depots/{id}/accuse-de-traitement.csv", "/depots/{id}/accuse-de-traitement.xlsx",
    "/depots/{id}/passages-ko.xml", "/coulisses",
)  # fmt: skip
EXPORTS = ("/passages/export.csv", "/passages/export.xlsx")
CALLS = (
    "/api/v1/deposits/{id}", "/api/v1/deposits/{id}/receipt", "/api/v1/passages",
    "/api/v1/deposits/{id}/explanation?size=50", "/_mock/state", "/_mock/requests",
)  # fmt: skip
Counts = dict[str, int]


def a_flux(path: Path, passages: int) -> Path:
    people = [
        a_holder(birth_name=f"CROISSANCE{n}", birth_month=n % 12 + 1, birth_day=n % 28 + 1)
        for n in range(passages)
    ]
    write_flux(path, people, passages, prefix="GROWTH")
    return path


def counted(work: Callable[[], object]) -> int:
    with statements() as asked:
        work()
    return len(asked)


def asked_of(folder: Path, passages: int, *, known: bool) -> Counts:
    """Return the statements of everything that is done with a file of so many passages."""
    flux, counts = a_flux(folder / "flux.xml", passages), Counts()
    with assemble(Settings(data=folder / "portal")) as portal:
        if known:
            counts["learn"] = counted(lambda: learned(portal, flux))
        counts["deposit"] = counted(lambda: accepted(portal, flux, passages if known else 0))
        counts.update(visited(create_app(portal)))
    with assemble_check(Settings(data=folder / "portal")) as trial, flux.open("rb") as content:

        def check() -> None:
            checked = check_file(trial.desk, trial.account, Upload("flux.xml", content))
            assert isinstance(checked, Checked)
            rejected = trial.desk.stores.deposits.rejected_ids(checked.deposit.id)
            assert len(list(cases_of_passages(rejected, []))) == passages

        counts["check"] = counted(check)
    return counts


def learned(portal: Portal, flux: Path) -> None:
    world = portal.desk.stores.worlds.named(DEFAULT_WORLD)
    assert world is not None
    assert isinstance(learn(portal.desk, world, flux, flux.with_name("regular.xml")), Learned)


def accepted(portal: Portal, flux: Path, passages: int) -> None:
    account = portal.desk.stores.organisations.account(AccountId(CERTIFIER))
    assert account is not None
    with flux.open("rb") as content:
        deposit = deposited(portal.desk, account, "flux.xml", content)
    assert deposit.status is (Status.ACCEPTED if passages else Status.PARTLY_REJECTED)
    assert deposit.accepted == passages


def visited(app: Flask) -> Counts:
    visitor, client, auth = Visitor(app), app.test_client(), (CERTIFIER, DEMO_PASSWORD)
    visitor.log_in(CERTIFIER)
    deposit = client.get("/api/v1/deposits", auth=auth).get_json()["items"][0]["id"]
    counts = Counts()
    for path in (*PAGES, *EXPORTS):
        counts[path] = counted(lambda: visitor.get(path.format(id=deposit)))  # noqa: B023  # called at once
    for path in CALLS:
        counts[path] = counted(
            lambda: client.get(path.format(id=deposit), auth=auth, buffered=True)  # noqa: B023  # likewise
        )
    return counts


@pytest.fixture(scope="module", params=[True, False], ids=["all OK", "all KO"])
def both(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Counts, Counts]:
    few, many = (
        asked_of(tmp_path_factory.mktemp("growth"), size, known=request.param)
        for size in (FEW, MANY)
    )
    return few, many


def test_commands_ask_no_more_than_in_proportion(both: tuple[Counts, Counts]) -> None:
    few, many = both
    for name in few.keys() & {"learn", "deposit", "check"}:
        assert many[name] <= few[name] + 12, name


def test_pages_and_calls_ask_the_same_whatever_there_is(both: tuple[Counts, Counts]) -> None:
    few, many = both
    for name in (*PAGES, *CALLS):
        assert many[name] <= few[name] + 10, name


def test_exports_ask_once_a_batch(both: tuple[Counts, Counts]) -> None:
    few, many = both
    for name in EXPORTS:
        assert many[name] <= few[name] + 20, name

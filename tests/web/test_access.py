"""Each route, each kind of visitor, each kind of object: the answers stand in access_matrix.txt.

A route that is new has no row there, and fails: ``python -m tests.web.access`` writes the table
anew, and whoever reads what has changed in it says whether that is meant.
"""

import pytest

from tests.web.access import (
    CORRECTORS,
    OWNERS,
    PLAYERS,
    TRAINERS,
    VISITORS,
    Met,
    a_stage,
    rows,
    written,
)

Table = dict[str, dict[str, Met]]
CHANGES = ("POST", "PUT", "PATCH", "DELETE")
OPEN_TO_ALL = (
    "/aide", "/api/v1/docs", "/api/v1/openapi.json", "/api/v1/problems",
    "/_mock/docs", "/_mock/openapi.json",
    "/connexion", "/deconnexion", "/docs", "/identifiant-oublie", "/inscription", "/livez",
    "/message-envoye", "/mot-de-passe", "/readyz", "/static",
)  # fmt: skip
REFUSED = {302, 401, 403, 404}
pytestmark = pytest.mark.xdist_group("access")  # the table is dear, and made once a process


@pytest.fixture(scope="module")
def table() -> Table:
    with a_stage() as stage:
        return dict(rows(stage))


def test_every_route_has_its_row(table: Table) -> None:
    assert sorted(table) == sorted(written()), "python -m tests.web.access"


def test_every_visitor_meets_what_is_written(table: Table) -> None:
    expected = written()
    differing = {
        row: {name: (str(expected[row][name]), str(one)) for name, one in met.items()
              if expected[row][name] != one}
        for row, met in table.items()
        if row in expected and met != expected[row]
    }  # fmt: skip

    assert differing == {}, "written, and met"


def test_nobody_breaks_anything(table: Table) -> None:
    assert {row: met for row, met in table.items() if max(met.values()).status >= 500} == {}


def test_what_is_not_ones_own_is_answered_as_what_is_not_there(table: Table) -> None:
    wrong = []
    for row, met in table.items():
        head, _, kind = row.rpartition(" ")
        owners = owners_of(row)
        if owners is not None:
            nothing = table[f"{head} nothing"]
            wrong += [
                (row, name)
                for name in VISITORS
                if name not in owners[kind] and met[name] != nothing[name]
            ]

    assert wrong == []


def owners_of(row: str) -> dict[str, set[str]] | None:
    """Return who may see the objects of a row, by their kinds; None for no objects of anybody."""
    if "/corriger/" in row:
        return CORRECTORS
    if "<holder>" in row:
        return PLAYERS
    if "/coulisses/messages/<" in row or "<fault_id>" in row or "/pannes/<" in row:
        return TRAINERS
    return OWNERS if "<deposit_id>" in row or "<passage_id>" in row else None


@pytest.mark.parametrize(
    ("head", "status", "owners"),
    [
        ("POST /transmettre/passage/corriger/<deposit_id>", 303, CORRECTORS),
        ("GET /passeport/<holder>", 200, PLAYERS),
        ("GET /coulisses/messages/<number>", 200, TRAINERS),
        ("DELETE /_mock/faults/<fault_id>", 204, TRAINERS),
        ("POST /coulisses/pannes/<number>/retirer", 303, TRAINERS),
    ],
)
def test_objects_are_met_by_those_whose_they_are(
    table: Table, head: str, status: int, owners: dict[str, set[str]]
) -> None:
    changes = head.startswith(CHANGES)

    for kind, allowed in owners.items():
        met = table[f"{head} {kind}"]
        assert {name for name in VISITORS if met[name] == (status, changes)} == allowed, kind


@pytest.mark.parametrize(
    "head",
    [
        "DELETE /api/v1/passages/<passage_id>",
        "PATCH /api/v1/passages/<passage_id>",
        "POST /passages/<passage_id>/modifier",
        "POST /passages/<passage_id>/supprimer",
    ],
)
def test_a_passage_is_changed_by_its_owners_and_stays_for_all_others(
    table: Table, head: str
) -> None:
    for kind, owners in OWNERS.items():
        may = owners - ({"ended"} if kind == "ended" else set())
        met = table[f"{head} {kind}"]
        assert {name for name in VISITORS if met[name].changed} == may, kind


def test_nothing_is_changed_by_looking(table: Table) -> None:
    looked = {row: met for row, met in table.items() if row.startswith("GET")}

    assert [row for row, met in looked.items() if any(one.changed for one in met.values())] == []


def test_nobody_gets_in_where_it_is_not_open_to_all(table: Table) -> None:
    open_rows = {
        row for row, met in table.items()
        if met["nobody"].status not in REFUSED and not row.split()[1].startswith(OPEN_TO_ALL)
    }  # fmt: skip

    assert open_rows == set()


def test_only_the_key_and_this_machine_open_what_is_behind_the_scenes(table: Table) -> None:
    rows_behind = [row for row in table if row.split()[1].startswith(("/coulisses", "/_mock"))]
    shut = {
        (row, name)
        for row in rows_behind
        if not row.split()[1].startswith(OPEN_TO_ALL)
        for name in VISITORS[:-2]
        if table[row][name] != (403, False)
    }

    assert len(rows_behind) > 20
    assert shut == set()


def test_a_deposant_whose_mandate_has_ended_changes_nothing(table: Table) -> None:
    met = {
        row.removesuffix(" ended"): met["ended"]
        for row, met in table.items()
        if row.startswith(CHANGES) and row.endswith(" ended") and "<passage_id>" in row
    }

    assert met == {
        "DELETE /api/v1/passages/<passage_id>": (403, False),
        "PATCH /api/v1/passages/<passage_id>": (403, False),
        "POST /passages/<passage_id>/modifier": (409, False),
        # This page leads back to the passage, and says there why it stays.
        "POST /passages/<passage_id>/supprimer": (303, False),
    }

"""Disk and database may fail: what is answered is a sentence, and nothing is left half done."""

import errno
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pytest
from sqlalchemy import make_url

from mockportal.assembly import Portal, assemble
from mockportal.domain.deposits import Deposit
from mockportal.domain.identifiers import AccountId, DepositId
from mockportal.journeys.ports import Files
from mockportal.settings import DATABASE_FILE, Settings
from mockportal.web import create_app
from mockportal.web.display import spaced
from tests import services
from tests.cut_connections import Proxy
from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire
from tests.web.visitor import Visitor, words
from tests.working import deposited

KNOWN = a_titulaire(
    nomNaissance="KERVELLANT", prenom1="Jean-François", anneeNaissance="1974", sexe="M"
)
FLUX = a_flux_xml(a_passage_xml("T-OK", KNOWN), a_passage_xml("T-KO"))
ACCOUNT = ("CERT00001", "mockportal")


@contextmanager
def begun(folder: Path, **settings: object) -> Iterator[Portal]:
    with assemble(Settings(data=folder, busy=0.1, **settings)) as portal:  # type: ignore[arg-type]
        portal.begin()
        yield portal


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    with begun(tmp_path) as made:
        yield made


def certifier(portal: Portal) -> Visitor:
    visitor = Visitor(create_app(portal))
    visitor.log_in("CERT00001")
    return visitor


def deposit(portal: Portal) -> Deposit:
    account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
    assert account is not None
    return deposited(portal.desk, account, "flux.xml", BytesIO(FLUX))


def folders(folder: Path) -> list[str]:
    files = folder / "files"
    return sorted(one.name for one in files.iterdir()) if files.exists() else []


class FailingFiles:
    """Files of a disk that has failed, after it has taken the first bytes."""

    def __init__(self, files: Files, number: int) -> None:
        self._files, self._number = files, number

    def __getattr__(self, name: str) -> object:
        return getattr(self._files, name)

    def keep(self, deposit: DepositId, content: BinaryIO, limit: int) -> int | None:
        return self._files.keep(deposit, FailingContent(content, self._number), limit)  # type: ignore[arg-type]


class FailingContent:
    """What is written fails when it is asked for once more."""

    def __init__(self, content: BinaryIO, number: int) -> None:
        self._content, self._number = content, number

    def read(self, _size: int) -> bytes:
        first = self._content.read(10)
        if not first or self._content.tell() > 10:
            raise OSError(self._number, os.strerror(self._number))
        return first


def with_failing_disk(portal: Portal, number: int) -> Portal:
    files = FailingFiles(portal.desk.stores.files, number)
    stores = replace(portal.desk.stores, files=files)  # type: ignore[arg-type]  # it hands all else on
    return replace(portal, desk=replace(portal.desk, stores=stores))


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.ENOSPC, "Le disque du portail est plein"),
        (errno.EDQUOT, "Le disque du portail est plein"),
        (errno.EFBIG, "Le disque du portail est plein"),
        (errno.EIO, "Le disque du portail est plein ou défaillant"),
        (errno.EROFS, "n'a pas le droit d'écrire"),
        (errno.EACCES, "n'a pas le droit d'écrire"),
    ],
)
def test_an_upload_that_the_disk_does_not_take_is_answered_and_leaves_nothing(
    portal: Portal, tmp_path: Path, number: int, sentence: str
) -> None:
    visitor = certifier(with_failing_disk(portal, number))

    page = visitor.upload("flux.xml", FLUX)
    script = visitor.upload("flux.xml", FLUX, accept="application/json")

    assert (page.status_code, script.status_code) == (507, 507)
    assert spaced(sentence) in words(page)
    assert spaced(sentence) in script.get_json()["refusal"]
    assert folders(tmp_path) == []


def test_a_fault_that_is_no_failure_of_storage_stays_one(portal: Portal) -> None:
    visitor = certifier(with_failing_disk(portal, errno.EINVAL))

    assert visitor.upload("flux.xml", FLUX).status_code == 500


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the writer's lock of a database, as another program would."""
    with closing(sqlite3.connect(folder / DATABASE_FILE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


def test_while_another_program_holds_the_database_an_upload_is_told_to_come_again(
    portal: Portal, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    visitor = certifier(portal)
    client = create_app(portal).test_client()
    send = {"data": {"file": (BytesIO(FLUX), "flux.xml")}, "auth": ACCOUNT}

    with locked(tmp_path):
        page = visitor.upload("flux.xml", FLUX)
        problem = client.post("/api/v1/deposits", **send)
        ready = client.get("/readyz")

    assert (page.status_code, problem.status_code, ready.status_code) == (503, 503, 503)
    assert page.headers["Retry-After"] == problem.headers["Retry-After"] == "2"
    assert problem.mimetype == ready.mimetype == "application/problem+json"
    assert "occupée" in words(page)
    assert "occupée" in problem.get_json()["portal_message"]
    assert "held by another process" in ready.get_json()["reasons"][0]
    assert folders(tmp_path) == []
    assert not any(record.exc_info for record in caplog.records)
    assert sum("held by another" in record.getMessage() for record in caplog.records) == 1
    assert visitor.upload("flux.xml", FLUX).status_code == 303
    assert client.get("/readyz").status_code == 200


def test_a_folder_that_goes_while_it_is_served_takes_nothing_more(
    portal: Portal, tmp_path: Path
) -> None:
    visitor = certifier(portal)
    client = create_app(portal).test_client()
    token = visitor.token("/transmettre/fichier")  # a page is no sure thing where there is nothing
    away = tmp_path.with_name(f"{tmp_path.name}-away")
    shutil.move(tmp_path, away)

    try:
        answer = visitor.upload("flux.xml", FLUX, token=token)
        ready = client.get("/readyz")
        alive = client.get("/livez")
        made = folders(tmp_path)
    finally:
        shutil.move(away, tmp_path)

    assert answer.status_code == 503
    assert "is gone" in ready.get_json()["detail"]
    assert alive.status_code == 200
    assert made == []
    assert client.get("/readyz").status_code == 200
    assert visitor.upload("flux.xml", FLUX).status_code == 303


def test_strangers_are_not_told_where_the_data_lies(
    portal: Portal, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    client = create_app(portal).test_client()
    away = tmp_path.with_name(f"{tmp_path.name}-away")
    shutil.move(tmp_path, away)

    here = client.get("/readyz")
    stranger = client.get("/readyz", environ_base={"REMOTE_ADDR": "203.0.113.9"})
    passed_on = client.get("/readyz", headers={"X-Forwarded-For": "203.0.113.9"})

    shutil.move(away, tmp_path)
    assert str(tmp_path) in here.text
    logged = [one.getMessage() for one in caplog.records if "not ready" in one.getMessage()]
    assert [str(tmp_path) in message for message in logged] == [True]
    for answer in (stranger, passed_on):
        assert answer.status_code == 503
        assert str(tmp_path) not in answer.text
        assert "the data folder is not what it was" in answer.get_json()["reasons"][0]


def test_coulisses_says_why_the_portal_is_not_ready(portal: Portal) -> None:
    portal.health.add(lambda: "the worker has ended")

    page = create_app(portal).test_client().get("/coulisses")

    assert "n'est pas prêt" in words(page)
    assert "the worker has ended" in words(page)


def test_a_worker_that_is_gone_is_a_reason_not_to_be_ready(portal: Portal) -> None:
    portal.health.add(lambda: "the worker has ended")

    answer = create_app(portal).test_client().get("/readyz")

    assert (answer.status_code, answer.get_json()["reasons"]) == (503, ["the worker has ended"])


def test_a_kept_file_that_is_missing_is_told_wherever_it_is_needed(
    portal: Portal, tmp_path: Path
) -> None:
    visitor = certifier(portal)
    client = create_app(portal).test_client()
    made = deposit(portal)
    (passage,) = client.get("/api/v1/passages", auth=ACCOUNT).get_json()["items"]
    shutil.rmtree(tmp_path / "files" / made.id)
    api, page = f"/api/v1/deposits/{made.id}", f"/depots/{made.id}"

    programs = [
        client.get(f"{api}/receipt", auth=ACCOUNT),
        client.get(f"{api}/explanation", auth=ACCOUNT),
        client.get(f"/api/v1/passages/{passage['id']}", auth=ACCOUNT),
        client.patch(
            f"/api/v1/passages/{passage['id']}",
            auth=ACCOUNT,
            json={"mentionValidee": "MENTION_BIEN"},
        ),
    ]
    pages = [
        visitor.get(f"{page}/accuse-de-traitement"),
        visitor.get(f"{page}/passages-ko.xml"),
        visitor.get(f"/passages/{passage['id']}"),
    ]

    assert [one.status_code for one in programs] == [410] * 4
    assert [one.status_code for one in pages] == [410] * 3
    assert all("manque" in one.get_json()["portal_message"] for one in programs)
    assert all("manque" in words(one) for one in pages)
    assert client.get(api, auth=ACCOUNT).status_code == 200
    assert client.get("/api/v1/passages", auth=ACCOUNT).get_json()["total"] == 1


@pytest.mark.parametrize("content", [b"", b"<flux/>", b"\xff" * 5_000])
def test_a_kept_file_that_is_damaged_is_told_likewise(
    portal: Portal, tmp_path: Path, content: bytes
) -> None:
    client = create_app(portal).test_client()
    made = deposit(portal)
    (tmp_path / "files" / made.id / "deposit.xml").write_bytes(content)

    answer = client.get(f"/api/v1/deposits/{made.id}/explanation", auth=ACCOUNT)

    assert answer.status_code == 410


@pytest.mark.skipif(services.POSTGRESQL is None, reason="PostgreSQL does not answer")
def test_a_database_server_that_stops_is_told_and_found_again(
    tmp_path: Path, postgresql_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    url = make_url(postgresql_url)
    with Proxy((url.host or "127.0.0.1", url.port or 5432)) as proxy:
        own = url.set(host="127.0.0.1", port=proxy.port)
        with begun(tmp_path, database=own.render_as_string(hide_password=False)) as portal:
            client = create_app(portal).test_client()
            visitor = certifier(portal)

            def send() -> int:
                data = {"file": (BytesIO(FLUX), "flux.xml")}
                return client.post("/api/v1/deposits", auth=ACCOUNT, data=data).status_code

            assert send() == 201
            proxy.cut()
            caplog.set_level(logging.WARNING)
            assert [send(), send()] == [503, 503]
            page = visitor.get("/depots")
            ready = client.get("/readyz")
            proxy.mend()

            assert send() == 201
            assert client.get("/readyz").status_code == 200

    assert page.status_code == 503
    assert "ne répond pas" in words(page)
    assert "does not answer" in ready.get_json()["detail"]
    assert not any(record.exc_info for record in caplog.records)
    assert len(folders(tmp_path)) == 2

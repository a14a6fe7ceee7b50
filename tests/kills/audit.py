"""Whether a portal holds what it acknowledged, once, and nothing else."""

import io
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree
from sqlalchemy import create_engine, make_url, text

from tests.kills.clients import PARTIES, Caller, Reply
from tests.kills.ledger import Ledger, Line, Sent, Touched
from tests.kills.trainer import Trainer

_PATIENCE = 180.0
_NOBODY = "Aucun titulaire ne correspond aux critères obligatoires"
_THERE_ALREADY = "existe déjà en base"
_FILES = {"deposit.xml", "receipt.xml", "regular.xml", "places.json"}
_LIVELY = {"portal.db-wal", "portal.db-shm", "files-aside"}
_COUNTERS = """
SELECT d.public_id, d.status, d.accepted, d.rejected, d.alive, d.lease_until,
 (SELECT count(*) FROM passages p WHERE p.deposit_id = d.id) AS stored,
 (SELECT count(DISTINCT technical_id) FROM passages p WHERE p.deposit_id = d.id) AS different,
 (SELECT count(*) FROM passages p WHERE p.deposit_id = d.id AND p.alive) AS living,
 (SELECT count(*) FROM rejections r WHERE r.deposit_id = d.id) AS refused
FROM deposits d ORDER BY d.id
"""
_TALLIES = """
SELECT organisation_id, certifier, status, fruitful, deposits, alive, judged FROM deposit_tallies
WHERE deposits <> 0 OR alive <> 0 OR judged <> 0
"""
_TRUTH = """
SELECT organisation_id, coalesce(certifier, ''), status, accepted > 0, count(*), sum(alive),
 sum(accepted + rejected) FROM deposits WHERE status <> 'processing'
GROUP BY organisation_id, coalesce(certifier, ''), status, accepted > 0
"""


class Audit:
    """Looks at a portal while nobody uses it, and complains to the ledger."""

    def __init__(self, ledger: Ledger, callers: dict[str, Caller], trainer: Trainer) -> None:
        self._ledger, self._callers, self._trainer = ledger, callers, trainer
        self._seen: set[str] = set()
        """The deposits whose receipts were read: they change no more."""
        self._accepted: dict[str, set[str]] = {}
        self._changes: Counter[str] = Counter()
        """How often each passage was modified, as its history says."""

    def of_the_portal(self) -> None:
        """Compare all that the portal answers with what was sent."""
        for account, caller in self._callers.items():
            listed = self._settled(caller)
            self._same_files(account, list(self._ledger.sent_by(account)), listed)
            self._receipts(caller, listed)
            self._passages(caller, listed)
            self._order(account, listed)
        for passage in list(self._ledger.touched.values()):
            self._passage(passage)
        if self._trainer.there and self._trainer.settled:
            there, since = self._trainer.there, self._trainer.since
            listed = self._settled(there)
            self._same_files(there.account, since, listed)
            left = {one.id for one in self._trainer.gone} & {one["id"] for one in listed}
            if left:
                self._complain(f"deposits of before a reset are there: {left}")

    def of_the_journal(self) -> None:
        """Compare the journal with what was acknowledged."""
        caller = next(iter(self._callers.values()))
        reply = caller.ask("GET", "/_mock/journal")
        if not isinstance(reply, Reply) or reply.status != 200:
            self._complain(f"the journal is not exported: {reply}")
            return
        with ZipFile(io.BytesIO(reply.content)) as archive:
            events = [json.loads(line) for line in archive.read("events.jsonl").splitlines()]
        counts: dict[str, Counter[str]] = {}
        for event in events:
            kind = event["what"]
            names = (one["technical_id"] for one in event["content"].get("passages", ()))
            counts.setdefault(kind, Counter()).update(
                [event["deposit"]] if event["deposit"] else names
            )
        for sent in self._ledger.sent:
            for kind in ("deposited", "treated") if sent.lines else ("deposited",):
                if sent.id and counts.get(kind, Counter())[sent.id] != 1:
                    times = counts.get(kind, Counter())[sent.id]
                    self._complain(f"{sent.file_name} is {kind} {times} times in the journal")
        for passage in list(self._ledger.touched.values()):
            noted = counts.get("modified", Counter())[passage.technical_id]
            if noted != self._changes[passage.technical_id]:
                self._complain(
                    f"{passage.technical_id} was modified {self._changes[passage.technical_id]} "
                    f"times, {noted} are in the journal"
                )
            if passage.deleted and not counts.get("deleted", Counter())[passage.technical_id]:
                self._complain(f"the deletion of {passage.technical_id} is not in the journal")

    def of_the_database(self, url: str) -> None:
        """Compare the kept counters of a database with what they count."""
        engine = create_engine(make_url(url))
        with engine.connect() as connection:
            for row in connection.execute(text(_COUNTERS)):
                kept = (row.accepted, row.accepted, row.alive, row.rejected)
                if row.status != "refused" and kept != (
                    row.stored, row.different, row.living, row.refused,
                ):  # fmt: skip
                    self._complain(f"the counters of a deposit are off: {row}")
                if row.status == "processing" or row.lease_until is not None:
                    self._complain(f"a deposit is still in hand: {row}")
            kept_counts = {
                tuple(map(_comparable, row)) for row in connection.execute(text(_TALLIES))
            }
            counted = {tuple(map(_comparable, row)) for row in connection.execute(text(_TRUTH))}
        engine.dispose()
        if kept_counts != counted:
            self._complain(f"kept: {kept_counts - counted}, counted: {counted - kept_counts}")

    def of_the_folder(self, data: Path, at_first: set[str], recorded: set[str]) -> None:
        """Look for files that belong to nothing."""
        names = {path.name for path in data.iterdir()} - _LIVELY
        if names - at_first:
            self._complain(f"stray in the data folder: {sorted(names - at_first)}")
        folders = {path.name for path in (data / "files").iterdir()}
        if folders != recorded:
            stray, missing = sorted(folders - recorded), sorted(recorded - folders)
            self._complain(f"stray folders: {stray}, missing: {missing}")
        for path in (data / "files").glob("*/*"):
            if path.name not in _FILES:
                self._complain(f"a stray file: {path}")

    def recorded(self, url: str) -> set[str]:
        """Return the names of all deposits of a database."""
        engine = create_engine(make_url(url))
        with engine.connect() as connection:
            names = set(connection.scalars(text("SELECT public_id FROM deposits")))
        engine.dispose()
        return names

    def _complain(self, sentence: str) -> None:
        self._ledger.complain(sentence)

    def _json(self, caller: Caller, path: str) -> Any:
        reply = caller.ask("GET", path)
        if not isinstance(reply, Reply) or reply.status != 200:
            raise LookupError(f"{path} answered {reply} while nothing was killed")
        return reply.json

    def _pages(self, caller: Caller, path: str) -> Iterator[dict[str, Any]]:
        after = ""
        while items := self._json(caller, f"{path}size=100{after}")["items"]:
            yield from items
            after = f"&after={items[-1]['id']}"

    def _settled(self, caller: Caller) -> list[dict[str, Any]]:
        """Return all deposits of an organisation, once none is being treated any more."""
        end = time.monotonic() + _PATIENCE
        while True:
            listed = list(self._pages(caller, "/api/v1/deposits?"))
            waiting = [one["file_name"] for one in listed if one["status"] == "processing"]
            if not waiting:
                return listed
            if time.monotonic() > end:
                self._complain(f"these never end: {waiting}")
                return [one for one in listed if one["status"] != "processing"]
            time.sleep(0.2)

    def _same_files(self, account: str, sent: list[Sent], listed: list[dict[str, Any]]) -> None:
        # A certificateur sees those of its déposants, too.
        prefix = f"{account}-" if account in PARTIES else ""
        own = [one for one in listed if one["file_name"].startswith(prefix)]
        counts = Counter(one["file_name"] for one in own)
        ids = {one["id"] for one in own}
        for one in sent:
            if one.id and one.id not in ids:
                self._complain(f"{one.file_name} was acknowledged as {one.id}, and is not there")
            if counts[one.file_name] > 1:
                self._complain(f"{one.file_name} was sent once, and is there twice")
        strangers = set(counts) - {one.file_name for one in sent}
        if strangers:
            self._complain(f"nobody has sent {strangers}")

    def _receipts(self, caller: Caller, listed: list[dict[str, Any]]) -> None:
        by_name = {one.file_name: one for one in self._ledger.sent_by(caller.account)}
        for deposit in listed:
            sent = by_name.get(deposit["file_name"])
            if sent is None or deposit["id"] in self._seen:
                continue
            self._seen.add(deposit["id"])
            if deposit["status"] == "failed":
                # Five kills in a row, without a batch stored between, end it so: a drill that does
                # that says nothing of the file, and somebody has to look.
                self._complain(f"{sent.file_name} is given up: « non traité »")
                continue
            reply = caller.ask("GET", f"/api/v1/deposits/{deposit['id']}/receipt")
            if not isinstance(reply, Reply) or reply.status != 200:
                self._complain(f"the receipt of {deposit['file_name']} answers {reply}")
                continue
            receipt = etree.fromstring(reply.content)
            if not sent.lines:
                if deposit["status"] != "refused" or receipt.find("erreurs") is None:
                    self._complain(f"{sent.file_name} is broken, and {deposit['status']}")
                continue
            self._receipt(sent, deposit, receipt)

    def _receipt(self, sent: Sent, deposit: dict[str, Any], receipt: Any) -> None:
        accepted = [one.text for one in receipt.iterfind("PassagesOK/idTechnique")]
        rejected = [
            (one.findtext("idTechnique"), one.findtext("messageErreur"))
            for one in receipt.iterfind("PassagesKO/passage")
        ]
        self._accepted[deposit["id"]] = set(accepted)
        listed = Counter(accepted) + Counter(name for name, _ in rejected)
        if listed != Counter(one.technical_id for one in sent.lines):
            self._complain(f"the receipt of {sent.file_name} does not list what was sent")
        if (deposit["accepted"], deposit["rejected"]) != (len(accepted), len(rejected)):
            self._complain(f"the counts of {sent.file_name} are not those of its receipt")
        wrong = list(_wrong(sent.lines, accepted, rejected))
        if wrong:
            self._complain(f"verdicts of {sent.file_name}: {wrong[:3]}")

    def _passages(self, caller: Caller, listed: list[dict[str, Any]]) -> None:
        gone = {one.technical_id for one in self._ledger.touched.values() if one.deleted}
        maybe = {one.technical_id for one in self._ledger.touched.values() if one.deletion_tried}
        for deposit in listed:
            accepted = self._accepted.get(deposit["id"])
            if not accepted:
                continue
            path = f"/api/v1/passages?deposit={deposit['id']}&"
            there = [one["technical_id"] for one in self._pages(caller, path)]
            if len(set(there)) != len(there):
                self._complain(f"passages of {deposit['file_name']} are listed twice")
            missing, left = accepted - maybe - set(there), set(there) - (accepted - gone)
            if missing or left:
                self._complain(f"{deposit['file_name']} lacks {missing}, has too much {left}")

    def _order(self, account: str, listed: list[dict[str, Any]]) -> None:
        """Each identifier that several files share is taken once, of the first of them."""
        by_name = {one.file_name: one for one in self._ledger.sent_by(account)}
        takers: dict[str, list[tuple[int, bool]]] = {}
        for deposit in sorted(listed, key=lambda one: int(one["processing_id"])):
            sent = by_name.get(deposit["file_name"])
            accepted = self._accepted.get(deposit["id"])
            if sent is None or accepted is None:
                continue
            for name in {one.technical_id for one in sent.lines if "/shared/" in one.technical_id}:
                takers.setdefault(name, []).append((deposit["processing_id"], name in accepted))
        for name, those in takers.items():
            if [taken for _, taken in those] != [True] + [False] * (len(those) - 1):
                self._complain(f"{name}, by idTraitement and whether it was accepted: {those}")

    def _passage(self, passage: Touched) -> None:
        caller = self._callers[passage.account]
        one = self._json(caller, f"/api/v1/passages/{passage.number}")
        if one["said"]["mentionValidee"] not in passage.allowed:
            self._complain(
                f"{one['said']['mentionValidee']!r} is not what was acknowledged: {passage}"
            )
        changes = sum(event["what"] == "modified" for event in one["history"])
        self._changes[passage.technical_id] = changes
        if not passage.modified <= changes <= passage.tried:
            self._complain(f"{changes} changes in the history: {passage}")
        least, most = passage.deleted, passage.deletion_tried
        if not least <= one["deleted"] <= most:
            self._complain(f"deleted: {one['deleted']}: {passage}")


def _comparable(value: Any) -> Any:
    # One database says true, the other 1.
    return value if isinstance(value, str) else int(value)


def _wrong(
    lines: tuple[Line, ...], accepted: list[str], rejected: Iterable[tuple[str, str]]
) -> Iterator[str]:
    known = {one.technical_id: one.known for one in lines}
    yield from (f"{name} is OK" for name in accepted if not known[name])
    if len(set(accepted)) != len(accepted):
        yield "an identifier is OK twice"
    often = {
        name for name, count in Counter(one.technical_id for one in lines).items() if count > 1
    }
    for name, message in rejected:
        if message == _NOBODY and not known[name]:
            continue
        if _THERE_ALREADY in message and (name in often or "/shared/" in name):
            continue
        yield f"{name}: {message}"

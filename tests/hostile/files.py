"""Files that commands read: journals to replay, people to import, fluxes to check and to learn."""

import io
import json
import re
import struct
import warnings
import zipfile
from pathlib import Path
from random import Random
from typing import Any

from mockportal.assembly import assemble
from mockportal.domain.identifiers import AccountId
from mockportal.journeys.delete import delete
from mockportal.journeys.journal import export_journal
from mockportal.journeys.modify import modify
from mockportal.journeys.passages import passages_named
from mockportal.resources import seeds_folder
from mockportal.settings import Settings
from tests.fluxes import a_flux_xml
from tests.hostile.commands import Commands
from tests.hostile.fluxes import an_odd_flux
from tests.hostile.odd import an_odd_text, an_odd_value
from tests.hostile.outcome import Outcome
from tests.working import deposited

_STATUSES = {0, 1, 2, 3}
_MOST_MEMORY = 250_000_000
_NAME = re.compile(r'"[^"]*"')
_KEYS = {
    "replay": "journal replay",
    "import": "registry import",
    "check": "check",
    "learn": "learn",
}


class Files:
    """Commands that are given odd files; each ends with a status, and a sentence."""

    def __init__(self, commands: Commands, folder: Path, journal: bytes) -> None:
        self._commands = commands
        self._folder = folder
        self._journal = journal
        self._data = folder / "data"

    def replay(self, rng: Random, most: int) -> Outcome:
        """Replay an odd journal."""
        return self._run(
            "replay", an_odd_archive(rng, self._journal, most), ".zip", "journal", "replay"
        )

    def import_people(self, rng: Random, most: int) -> Outcome:
        """Import odd people."""
        data = ("--data", str(self._data))
        return self._run("import", an_odd_table(rng, most), ".csv", "registry", "import", *data)

    def check(self, rng: Random, most: int) -> Outcome:
        """Check an odd file, or learn it."""
        content, _ = an_odd_flux(rng, most)
        data = ("--data", str(self._data))
        if rng.random() < 0.5:
            return self._run("check", content, ".xml", "check", *data)
        return self._run("learn", content, ".xml", "registry", "learn", *data)

    def _run(self, kind: str, content: bytes, suffix: str, *words: str) -> Outcome:
        path = self._folder / f"thrown{suffix}"
        path.write_bytes(content)
        ended = self._commands.run(*words, str(path))
        outcome = Outcome(_KEYS[kind], content, suffix, size=len(content), note=" ".join(words[:2]))
        outcome.status = str(ended["status"])
        if ended["traceback"]:
            outcome.fail(f"a traceback: {ended['traceback'][-1_500:]}")
        elif ended["status"] not in _STATUSES:
            outcome.fail(f"exit status {ended['status']}")
        elif ended["status"] == 3 and not ended["said"].strip():
            outcome.fail("exit status 3 without a word")
        if ended["peak"] > _MOST_MEMORY:
            outcome.fail(f"{ended['peak'] / 1e6:.0f} MB of memory")
        return outcome


def a_journal(folder: Path) -> bytes:
    """Return the journal of a world with some deposits and changes."""
    with assemble(Settings(data=folder / "data", open_registry=True)) as portal:
        account = portal.desk.stores.organisations.account(AccountId("CERT00001"))
        assert account is not None
        with (seeds_folder() / "flux-demonstration.xml").open("rb") as content:
            deposited(portal.desk, account, "flux.xml", content)
        deposited(portal.desk, account, "refused.xml", io.BytesIO(b"<a/>"))
        deposited(portal.desk, account, "one.xml", io.BytesIO(a_flux_xml()))
        (passage,) = passages_named(portal.desk, account, "T-1")
        modify(portal.desk, account, passage.passage.id, {"scoring": "12"})
        delete(portal.desk, account, passage.passage.id)
        world = account.organisation.world
        out = io.BytesIO()
        export_journal(portal.desk, world, "default", 7, out)
    return out.getvalue()


# --- Journals ------------------------------------------------------------------------------------


def an_odd_archive(rng: Random, journal: bytes, most: int) -> bytes:
    """Return a journal with something odd in it."""
    if rng.random() < 0.3:
        return _damaged(rng, journal)
    members = _members(journal)
    name = rng.choice(sorted(members))
    match rng.randrange(5):
        case 0:
            members.pop(name)
        case 1:
            members[name] = _strange_content(rng, members[name], most)
        case 2:
            members.update(_strange_entries(rng))
        case 3 if name.startswith(("deposits", "receipts/")):
            members[name] = an_odd_flux(rng, most)[0]
        case _:
            members = {key: _odd_lines(rng, value) for key, value in members.items()}
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a name that comes twice is what is meant
        for key, value in members.items():
            kind = rng.choice((0, 8, 8, 8, 12, 14))
            archive.writestr(zipfile.ZipInfo(key or "empty"), value, kind)
        if rng.random() < 0.05:
            archive.writestr(zipfile.ZipInfo(name), b"twice")
    return out.getvalue()


def _damaged(rng: Random, journal: bytes) -> bytes:
    """Return an archive that is cut off, wrong here and there, or none at all."""
    match rng.randrange(3):
        case 0:
            return journal[: rng.randrange(len(journal))]
        case 1:
            flipped = bytearray(journal)
            for _ in range(rng.choice((1, 3, 30))):
                flipped[rng.randrange(len(flipped))] = rng.randrange(256)
            return bytes(flipped)
    lying_end = struct.pack("<HHHHIIH", 0, 0, 65_535, 65_535, 9, 9, 0)
    return rng.choice(
        (
            b"",
            b"PK",
            b"PK\x05\x06" + b"\0" * 18,
            b"PK\x05\x06" + lying_end,
            b"\x1f\x8b",
            rng.randbytes(500),
        )
    )


def _strange_content(rng: Random, content: bytes, most: int) -> bytes:
    cut = content[: rng.randrange(len(content) + 1)]
    blank = b"\x00" * min(50 * most, 50_000_000)
    return rng.choice(
        (
            b"", b"\n", b"null", b"[]", b"{}", b"1", b'"a"', b"\xff", b"{", b"[" * 100_000,
            b'{"a":1,"a":2}', content * 2, cut, blank, b"9" * 10_000,
            content.replace(b":", b": 9", 1),
        )
    )  # fmt: skip


def _strange_entries(rng: Random) -> dict[str, bytes]:
    name = rng.choice(
        (
            "../../evil", "/etc/x", "a\\b", "x" * 60_000, "é😀", "deposits/-1.xml", "con", "", " ",
            "deposits/99999999999999999999.xml",
        )
    )  # fmt: skip
    count = 0 if rng.random() < 0.5 else 3_000_000 // (600 + len(name))
    return {name: b"x", **{f"{name}{number}": b"" for number in range(count)}}


def _members(journal: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(journal)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _odd_lines(rng: Random, content: bytes) -> bytes:
    """Return lines of JSON, one of them odd; other content as it is."""
    lines = content.splitlines()
    if not lines or not lines[0].startswith(b"{") or rng.random() < 0.4:
        return content
    at = rng.randrange(len(lines))
    try:
        lines[at] = json.dumps(_changed(rng, json.loads(lines[at]))).encode()
    except ValueError:
        return content
    if rng.random() < 0.2:
        lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return b"\n".join(lines) + b"\n"


def _changed(rng: Random, value: Any) -> Any:
    if isinstance(value, dict) and value and rng.random() < 0.85:
        name = rng.choice(sorted(value))
        if rng.random() < 0.25:
            return {key: one for key, one in value.items() if key != name}
        return {**value, name: _changed(rng, value[name])}
    if isinstance(value, list) and value and rng.random() < 0.7:
        at = rng.randrange(len(value))
        return [*value[:at], _changed(rng, value[at]), *value[at + 1 :]]
    return an_odd_value(rng)


# --- People --------------------------------------------------------------------------------------


def an_odd_table(rng: Random, most: int) -> bytes:
    """Return people as a table with something odd in it."""
    lines = (seeds_folder() / "holders.csv").read_text(encoding="utf-8").splitlines()
    head = lines[0].split(",")
    chosen = rng.sample(lines[1:], rng.choice((1, 3, 30)))
    rows = [line.split(",") for line in chosen]
    if rng.random() < 0.8:  # those of the seeds are there already, by their NIR
        nir = head.index("nir")
        rows = [["" if n == nir else cell for n, cell in enumerate(row)] for row in rows]
    for _ in range(rng.choice((0, 1, 1, 2, 5))):
        _change_a_row(rng, rows, most)
    _change_the_head(rng, head)
    separator = rng.choice((",", ",", ";", "\t", "|", ":"))
    end = rng.choice(("\n", "\n", "\r\n", "\r", "\n\n", "\u2028", "\x0b", "\n\r"))
    text = end.join(separator.join(row) for row in [head, *rows])
    if rng.random() < 0.1:
        text = rng.choice(
            (
                "", "\n", "\x00", '"', "\ufeff", "\ufeff" + text, text + '"', text + "\x00",
                text.replace(",", '"', 9), "\n" * 1_000 + text, text + "x" * min(most, 500_000),
            )
        )  # fmt: skip
    encoding = rng.choice(
        ("utf-8", "utf-8", "utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-32", "cp037")
    )
    return text.encode(encoding, errors="replace")


def _change_a_row(rng: Random, rows: list[list[str]], most: int) -> None:
    row = rng.choice(rows)
    match rng.randrange(5):
        case 0:
            row[rng.randrange(len(row))] = an_odd_text(rng, min(most, 300_000))
        case 1:
            row.append(an_odd_text(rng, 50))
        case 2 if len(row) > 1:
            row.pop()
        case 3:
            row[0] = '"' + row[0]
        case _:
            rows.append(list(row))


def _change_the_head(rng: Random, head: list[str]) -> None:
    match rng.randrange(8):
        case 0:
            head[rng.randrange(len(head))] = rng.choice((an_odd_text(rng, 100), head[0], head[-1]))
        case 1:
            head.pop()
        case 2:
            head.append(head[0])
        case _:
            pass

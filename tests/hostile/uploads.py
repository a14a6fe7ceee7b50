"""Files that are deposited, by program and by page; each that is accepted is counted anew."""

import json
import re
import time
from collections import Counter
from contextlib import suppress
from random import Random
from typing import Any

from tests.hostile.fluxes import an_odd_flux
from tests.hostile.odd import NAMES
from tests.hostile.outcome import Outcome
from tests.hostile.passages import (
    UnreadableError,
    identifiers_in,
    is_valid,
    passages_of,
)
from tests.hostile.visitor import BOUNDARY, Answer, Visitor, basic, multipart, part

ACCOUNT = "CERT00001"
_API = "/api/v1/deposits"
_FORM = "/transmettre/fichier"
_DEPOSIT = re.compile(r"/depots/([\w-]+)")
_MOST_LISTED = 200


class Uploads:
    """The two doors through which files come in."""

    def __init__(self, visitor: Visitor, patience: float) -> None:
        self._visitor = visitor
        self._patience = patience
        self._token = ""

    def by_program(self, rng: Random, most: int) -> Outcome:
        """Throw an odd file at the API."""
        content, legal = an_odd_flux(rng, most)
        return self.deposit(content, legal=legal)

    def deposit(self, content: bytes, *, legal: bool = False) -> Outcome:
        """Deposit a file, and compare its receipt with what another parser reads in it."""
        body, headers = multipart(part("file", content, file="flux.xml"))
        answer = self._visitor.ask("POST", _API, body, {**headers, **basic(ACCOUNT)})
        outcome = Outcome("upload", content, ".xml", size=len(content))
        outcome.answered(answer)
        if answer.status == 201:
            self._follow(outcome, json.loads(answer.content), content, legal=legal)
        elif answer.status not in (400, 413, 422):
            outcome.fail(f"the API answers {answer.status}: {answer.content[:200]!r}")
        return outcome

    def by_page(self, rng: Random, most: int) -> Outcome:
        """Throw an odd file at the form, under an odd name; look at all that its pages show."""
        content, _ = an_odd_flux(rng, most)
        name = rng.choice(NAMES) if rng.random() < 0.5 else "flux.xml"
        outcome = Outcome("page upload", content, ".xml", size=len(content), note=repr(name[:100]))
        answer = self._sent(content, name)
        if answer.status in (302, 303) and "connexion" in answer.headers.get("location", ""):
            self._visitor.log_in(ACCOUNT)
            self._token = self._visitor.token(_FORM)
            answer = self._sent(content, name)
        outcome.answered(answer)
        address = answer.headers.get("location", "")
        found = _DEPOSIT.search(address)
        if answer.status not in (302, 303) or found is None:
            return outcome
        deposit = self._ended(outcome, found[1])
        if deposit is not None:
            for path in _pages(found[1], deposit):
                outcome.answered(self._visitor.ask("GET", path), where=path)
        return outcome

    def odd_form(self, rng: Random, most: int) -> Outcome:
        """Throw a form that no browser would send."""
        content, _ = an_odd_flux(rng, min(most, 20_000))
        name = rng.choice(NAMES)
        file = part("file", content, file=name)
        text = part("file", content)
        many = [part(f"f{number}", b"x") for number in range(rng.choice((10, 999, 1_001, 5_000)))]
        body, headers = rng.choice(
            (
                multipart(file),
                multipart(file, part("file", b"<a/>", file="other.xml")),
                multipart(text),
                multipart(text, file),
                multipart(part("fichier", content, file=name)),
                multipart(),
                multipart(*many, file),
                multipart(part("x" * rng.choice((10, 10_000, 200_000)), b"1"), file),
                multipart(part("file", content, file=name, kind="x" * 10_000)),
                multipart(part("file", content, file=name, kind="text/xml; charset=utf-16")),
                (b"", {"Content-Type": "multipart/form-data"}),
                (file, {"Content-Type": "multipart/form-data"}),
                (file, {"Content-Type": "multipart/form-data; boundary="}),
                (file, {"Content-Type": f"multipart/form-data; boundary={'x' * 5_000}"}),
                (file, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}),
                (b"--" + BOUNDARY.encode(), _KIND),
                (file, {"Content-Type": "multipart/form-data; boundary=\xff\xfe"}),
                (content, {"Content-Type": "application/xml"}),
                (content, {}),
                (b"file=" + content[:1_000], {"Content-Type": "application/x-www-form-urlencoded"}),
                (_raw(content, b"; filename*=UTF-8''%E9%2F.xml"), _KIND),
                (_raw(content, b"; filename*=utf-8''" + b"%41" * 9_000 + b".xml"), _KIND),
                (_raw(content, b'; filename="a.xml"; filename="b.xml"'), _KIND),
                (_raw(content, b"; filename=a b.xml"), _KIND),
                (_raw(content, b'; filename="a.xml'), _KIND),
                (_raw(content, b'; filename="\xff\xfe.xml"'), _KIND),
                (_raw(content, b'; filename="\\".xml"'), _KIND),
                (_raw(content, b'; filename="a.xml"\r\nContent-Transfer-Encoding: base64'), _KIND),
                (_raw(content, b'; filename="a.xml"\r\n' + b"X: y\r\n" * 5_000), _KIND),
            )
        )  # fmt: skip
        signed = basic(ACCOUNT) if rng.random() < 0.9 else _oddly_signed(rng)
        outcome = Outcome("form", body, ".bin", size=len(body), note=str(headers)[:200])
        answer = self._visitor.ask("POST", _API, body, {**headers, **signed})
        outcome.answered(answer)
        if answer.status == 201:
            self._ended(outcome, json.loads(answer.content)["id"])
        return outcome

    def _sent(self, content: bytes, name: str) -> Answer:
        token = part("csrf_token", self._token.encode())
        body, headers = multipart(token, part("fichier", content, file=name))
        return self._visitor.ask("POST", _FORM, body, headers)

    def _follow(
        self, outcome: Outcome, made: dict[str, Any], content: bytes, *, legal: bool
    ) -> None:
        deposit = self._ended(outcome, made["id"])
        if deposit is None:
            return
        outcome.status = deposit["status"]
        if deposit["status"] == "refused":
            explanation = self._get(f"{made['id']}/explanation")
            outcome.answered(explanation, where="explanation")
            outcome.answered(self._get(f"{made['id']}/receipt"), where="receipt")
            if legal and explanation.status == 200 and _is_valid(content):
                outcome.remark = str(json.loads(explanation.content)["errors"][:1])
            return
        receipt = self._get(f"{made['id']}/receipt")
        outcome.answered(receipt, where="receipt")
        try:
            passages = passages_of(content)
        except UnreadableError:
            return
        if passages is None:
            outcome.fail("accepted, though lxml cannot read it")
            return
        read = Counter(one.technical_id for one in passages)
        told = identifiers_in(receipt.content)
        if read != told:
            lost, more = list((read - told).elements()), list((told - read).elements())
            outcome.fail(
                f"{len(passages)} passages, {told.total()} verdicts; "
                f"without: {lost[:3]}, too many: {more[:3]}"
            )
        elif deposit["accepted"] and deposit["accepted"] <= _MOST_LISTED:
            listed = self._visitor.ask(
                "GET",
                f"/api/v1/passages?deposit={made['id']}&size={_MOST_LISTED}",
                None,
                basic(ACCOUNT),
            )
            outcome.answered(listed, where="passages")
            if listed.status == 200:
                _compare(outcome, passages, json.loads(listed.content)["items"])

    def _ended(self, outcome: Outcome, deposit: str) -> dict[str, Any] | None:
        """Return a deposit once it is treated; one that is not in time has failed."""
        began = time.monotonic()
        while time.monotonic() - began < self._patience:
            answer = self._get(f"{deposit}?wait=20")
            outcome.answered(answer, where="deposit")
            if answer.status != 200:
                return None
            made: dict[str, Any] = json.loads(answer.content)
            if made["status"] != "processing":
                return made
        outcome.fail("the deposit never ends", fatal=True)
        return None

    def _get(self, path: str) -> Answer:
        return self._visitor.ask("GET", f"{_API}/{path}", None, basic(ACCOUNT))


def _is_valid(content: bytes) -> bool:
    with suppress(UnreadableError):
        return is_valid(content)
    return False


_KIND = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}


def _raw(content: bytes, disposition: bytes) -> bytes:
    start = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"'.encode()
    return start + disposition + b"\r\n\r\n" + content + f"\r\n--{BOUNDARY}--\r\n".encode()


def _oddly_signed(rng: Random) -> dict[str, str]:
    return rng.choice(
        (
            {}, {"Authorization": "Basic"}, {"Authorization": "Basic !!!"},
            {"Authorization": "Bearer x"},
            {"Authorization": "Basic /////w=="}, {"Authorization": "Basic " + "QUFB" * 5_000},
            basic("", ""), basic("\x00", "\x00"), basic("x" * 5_000, "x"), basic("😀", "é"),
            {"Authorization": 'Digest username="a"'}, {"Authorization": "Basic OjpUOg=="},
        )
    )  # fmt: skip


def _pages(deposit: str, made: dict[str, Any]) -> list[str]:
    page = f"/depots/{deposit}"
    paths = [page, f"{page}/accuse-de-reception", f"{page}/accuse-de-traitement",
             f"{page}/accuse-de-traitement.csv", f"{page}/accuse-de-traitement.xlsx"]  # fmt: skip
    if made["accepted"]:
        paths.append(f"{page}/acceptes")
    if made["rejected"]:
        paths.append(f"{page}/passages-ko.xml")
    return paths


def _compare(outcome: Outcome, passages: list[Any], items: list[dict[str, Any]]) -> None:
    """Compare what is said of accepted passages with what stands in the file."""
    there = Counter((one.technical_id, one.valid_from, one.code) for one in passages)
    shown = Counter(
        (one["technical_id"], one["valid_from"], one["certification"]["code"]) for one in items
        if one["certification"]
    )  # fmt: skip
    mixed = list((shown - there).elements())
    if mixed:
        outcome.fail(f"passages with data that are not theirs: {mixed[:3]}")

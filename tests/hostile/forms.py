"""Pages and their forms, visited as they link to each other, with something odd in each field."""

import re
from random import Random
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from tests.hostile.odd import NUMBERS, an_odd_text
from tests.hostile.outcome import Outcome
from tests.hostile.visitor import BOUNDARY, FORM, Visitor, part

WORLD = "hostile-pages"
_FIRST = (
    "/", "/connexion", "/inscription", "/inscription/identifiants", "/identifiant-oublie",
    "/mot-de-passe-oublie", "/transmettre", "/transmettre/fichier", "/transmettre/passage",
    "/depots",
    "/passages", "/passages/suppression", "/passages/acces", "/passages/export.csv",
    "/passages/export.xlsx", "/compte", "/compte/mot-de-passe", "/compte/courriel",
    "/compte/nom-commercial", "/chiffres", "/passeport", "/aide", "/coulisses",
    "/coulisses/messages",
    "/coulisses/personnes", "/aide/personnes", "/aide/dictionnaire", "/aide/erreurs",
)  # fmt: skip
_PARAMETERS = (
    "page", "apres", "avant", "statut", "du", "au", "nom", "debut", "certification", "depot", "tri",
    "identifiant", "refus", "fait", "world", "version", "etape", "brouillon", "suite", "next", "q",
)  # fmt: skip
_MOST_KNOWN = 400
_MOST_VISITS = 60
"""After so many, somebody else comes, with a world of their own."""
_NUMBER = re.compile(r"(?<=/)[\w-]*\d[\w-]*(?=/|$)")
_LEAVES = "/deconnexion"


class Forms:
    """Somebody who fills in every form that they come to, and never well."""

    def __init__(self, visitor: Visitor) -> None:
        self._visitor = visitor
        self._known = list(_FIRST)
        self._visits = 0

    def throw(self, rng: Random, most: int) -> Outcome:
        """Open a page, and send one of its forms."""
        if self._visits % _MOST_VISITS == 0:
            self._come_anew(rng)
        self._visits += 1
        address = self._address(rng)
        outcome = Outcome("page", address.encode(), note=address[:300])
        answer = self._visitor.ask("GET", address)
        outcome.answered(answer, where=address)
        outcome.status = str(answer.status)
        if "html" not in answer.headers.get("content-type", ""):
            return outcome
        tree = answer.tree()
        self._learn(tree)
        forms = tree.xpath("//form")
        if not forms:
            return outcome
        form = rng.choice(forms)
        action = urlsplit(form.get("action") or address)
        path = action.path or address
        if path == _LEAVES:
            return outcome
        if rng.random() < 0.1:
            path = _NUMBER.sub(lambda _met: quote(rng.choice(NUMBERS), safe=""), path)
        fields = _filled(rng, form, most)
        method = (form.get("method") or "get").upper()
        if method == "GET":
            self._send(outcome, "GET", f"{path}?{_encoded(fields)}"[:60_000], None, {})
        elif form.get("enctype") == "multipart/form-data":
            kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
            self._send(outcome, "POST", path, _multipart(rng, form, fields), kind)
        else:
            if action.query:
                path += f"?{action.query}"
            self._send(outcome, "POST", path, _encoded(fields).encode(), {"Content-Type": FORM})
        return outcome

    def _send(
        self, outcome: Outcome, method: str, path: str, body: bytes | None, headers: dict[str, str]
    ) -> None:
        outcome.note = f"{method} {path[:300]}"
        outcome.thrown = f"{method} {path}\n\n".encode(errors="replace") + (body or b"")
        outcome.size = len(body or b"")
        answer = self._visitor.ask(method, path, body, headers)
        outcome.answered(answer, where=f"{method} {path}")
        outcome.status = str(answer.status)
        place = urlsplit(answer.headers.get("location", ""))
        if place.path and place.path != "/connexion":
            self._remember(place.path)

    def _come_anew(self, rng: Random) -> None:
        self._known = list(_FIRST)
        self._visitor.ask("DELETE", f"/_mock/worlds/{WORLD}")
        body = f'{{"name": "{WORLD}"}}'.encode()
        made = self._visitor.ask(
            "POST", "/_mock/worlds", body, {"Content-Type": "application/json"}
        )
        accounts = re.findall(rb'"account_id":\s*"(\w+)"', made.content)
        passwords = re.findall(rb'"password":\s*"([^"]+)"', made.content)
        if accounts and passwords and rng.random() < 0.85:
            number = rng.randrange(min(len(accounts), len(passwords)))
            self._visitor.log_in(accounts[number].decode(), passwords[number].decode())
        else:
            self._visitor.log_in("nobody", "x")

    def _address(self, rng: Random) -> str:
        address = rng.choice(self._known)
        if rng.random() < 0.15:
            odd = quote(rng.choice((rng.choice(NUMBERS), an_odd_text(rng, 200)))[:2_000], safe="")
            address = _NUMBER.sub(lambda _met: odd, address)
        if rng.random() < 0.3:
            names = rng.sample(_PARAMETERS, rng.randrange(1, 4))
            odd_ones = {
                name: rng.choice(NUMBERS) if rng.random() < 0.5 else an_odd_text(rng, 300)
                for name in names
            }
            address = f"{address.partition('?')[0]}?{_encoded(list(odd_ones.items()))}"[:50_000]
        return address

    def _learn(self, tree: Any) -> None:
        for address in tree.xpath("//a/@href | //link[@rel='next']/@href"):
            parts = urlsplit(address)
            if (
                not parts.scheme
                and parts.path.startswith("/")
                and not parts.path.startswith("/static")
            ):
                self._remember(address.partition("#")[0])

    def _remember(self, address: str) -> None:
        if address not in self._known and len(self._known) < _MOST_KNOWN and _LEAVES not in address:
            self._known.append(address)


def _filled(rng: Random, form: Any, most: int) -> list[tuple[str, str]]:
    """Return the fields of a form, some as they should be, some odd, some missing or twice."""
    fields: list[tuple[str, str]] = []
    for one in form.xpath(
        ".//input[@name] | .//select[@name] | .//textarea[@name] | .//button[@name]"
    ):
        name = one.get("name")
        value = one.get("value") or (one.text or "" if one.tag == "textarea" else "")
        if one.tag == "select":
            value = rng.choice(one.xpath(".//option/@value") or [""])
        if name == "csrf_token" and rng.random() < 0.97:
            fields.append((name, value))
            continue
        if rng.random() < 0.06:
            continue
        if one.get("type") in ("radio", "checkbox") and rng.random() < 0.4:
            continue
        if rng.random() < 0.45:
            value = an_odd_text(rng, min(most, 100_000))
        elif not value:
            value = rng.choice(("x", "MARTIN", "2026-11-30", "5", "a@example.org", "03TST009"))
        fields += [(name, value)] * (2 if rng.random() < 0.03 else 1)
    if rng.random() < 0.05:
        fields.append((an_odd_text(rng, 100), an_odd_text(rng, 100)))
    return fields


def _encoded(fields: list[tuple[str, str]]) -> str:
    return urlencode(fields, errors="replace")


def _multipart(rng: Random, form: Any, fields: list[tuple[str, str]]) -> bytes:
    files = set(form.xpath(".//input[@type='file']/@name"))
    parts = [
        part(
            name,
            value.encode(errors="replace"),
            file=rng.choice(("a.csv", "a.xml", "", "a\x00.csv")),
        )
        if name in files
        else part(name.replace('"', "%22").replace("\n", ""), value.encode(errors="replace"))
        for name, value in fields
    ]
    return b"".join(parts) + f"--{BOUNDARY}--\r\n".encode()

"""Odd values: texts, numbers, names of files, JSON and addresses that nobody should choke on."""

from random import Random
from typing import Any

NUMBERS = (
    "0", "-1", "-0", "+1", "1.5", "1e3", "1e400", "-1e400", "007", " 7 ", "١٢", "2147483647",
    "2147483648", "-2147483649", "9223372036854775807", "9223372036854775808",
    "-9223372036854775809", "18446744073709551616", "9" * 40, "9" * 5_000, "0" * 5_000 + "1",
    "NaN", "Infinity", "-inf", "0x10", "1_000", "½", "²",
)  # fmt: skip
_DATES = (
    "2026-02-31", "0000-00-00", "0001-01-01", "9999-12-31", "10000-01-01", "2026-11-30T25:00:00",
    "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "1970-01-01T00:00:00Z", "31/12/2026",
    "2026-W01-1", "20261130", "-0001-01-01", "2026-11-30T10:00:00", "2026-11-30T10:00:00+99:99",
)  # fmt: skip
_TEXTS = (
    "", " ", "\t", "\n", "\r", "\r\n", "\x00", "a\x00b", "\x1f", "\x7f", "\x85", "\u00a0", "\u200b",
    "\u202e gnp.exe", "\ufeff", "\ufffe", "\uffff", "\u2028", "é", "e\u0301", "😀", "👩‍👩‍👧‍👦", "ﷺ",
    "'", '"', "\\", "`", "<", ">", "&", "&amp;", "<script>alert(1)</script>", "{{7*7}}", "%s%n",
    "%00", "%", "${x}", "{0}", "' OR '1'='1", "'; DROP TABLE worlds;--", "%' ESCAPE '", "_", "*",
    "../../etc/passwd", "..", ".", "/", "//", "C:\\x", "null", "None", "true", "default", "=1+1",
    "\uff1d1", "@SUM(A1)", "-1", "+33", "|x", "İ", "ß", "ǅ", "Ω", "١٢", "constructor", "__proto__",
    "[]", "{}", "()", "[[", "]]>", "<!--", "http://x", "javascript:alert(1)", "\u0301", "\u0345",
)  # fmt: skip
NAMES = (
    "flux.xml", "", " ", ".xml", "..xml", "../flux.xml", "..\\flux.xml", "/etc/passwd.xml",
    "C:\\flux.xml", "a/b.xml", "a\\b.xml", "flux\x00.xml", "flux.xml\x00", "flux\r.xml",
    "flux\n.xml", "flux\r\nX-A: b.xml", "flux.XML", "flux.xml ", "flux.xml.gz", "flux", "é.xml",
    "e\u0301.xml", "😀.xml", "\u202exml.xml", "\ufeff.xml", "\u200b.xml", "CON.xml", "'.xml",
    '".xml', "%22.xml", "%00.xml", "%2F.xml", "a;b.xml", "a,b.xml", "=1+1.xml", "<b>.xml", "&.xml",
    "x" * 250 + ".xml", "x" * 251 + ".xml", "x" * 252 + ".xml", "é" * 251 + ".xml",
    "😀" * 130 + ".xml", "x" * 10_000 + ".xml", "\x01.xml", "\x85.xml", "\uffff.xml",
)  # fmt: skip
"""Names of files that are deposited."""


def an_odd_text(rng: Random, most: int = 20_000) -> str:
    """Return a text that is odd by its signs, its length, or what it looks like."""
    chosen = rng.random()
    if chosen < 0.2:
        return rng.choice(NUMBERS)
    if chosen < 0.35:
        return rng.choice(_DATES)
    if chosen < 0.85:
        return rng.choice(_TEXTS)
    if chosen < 0.95:
        return rng.choice(_TEXTS[1:]) * rng.randrange(2, max(3, most // 16))
    return "".join(chr(_a_code_point(rng)) for _ in range(rng.randrange(1, 40)))


def _a_code_point(rng: Random) -> int:
    point = rng.choice((rng.randrange(0x80), rng.randrange(0x3000), rng.randrange(0x110000)))
    return 0xFFFD if 0xD800 <= point <= 0xDFFF else point


def an_odd_value(rng: Random) -> Any:
    """Return a JSON value that is odd where anything else is expected."""
    return rng.choice(
        (
            None, True, False, 0, -1, 1.5, 10**9, 2**31, 2**63, -(2**63) - 1, 2**64, 10**30, 1e308,
            [], {}, [[]], [None], {"": ""}, [1, "a", None], {"a": {"b": [1]}},
            an_odd_text(rng), an_odd_text(rng), an_odd_text(rng),
        )
    )  # fmt: skip

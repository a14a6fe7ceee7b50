"""The charsets of a JDK, as the portal keeps them: names, and what each adds to a codec of Python.

``python -m tests.oracle.charsets`` asks a JDK and writes ``charsets.txt`` anew.
"""

import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from mockportal.wire.validation import charsets
from mockportal.wire.validation.declaration import is_encoding_name

KEPT = Path(charsets.__file__).with_name("charsets.txt")
_PROGRAM = Path(__file__).with_name("Charsets.java")
_READER = "java.xml/com.sun.org.apache.xerces.internal.util=ALL-UNNAMED"
_MOST_RUNS = 520
"""A charset that differs more from all of Python's keeps the pairs of the nearest, as they are."""
_STRANGE = 1000
"""With more runs than these, Python has no codec that is near."""
_OF_ONE_BYTE = (
    "ascii", "cp037", "cp1006", "cp1026", "cp1125", "cp1140", "cp1250", "cp1251", "cp1252",
    "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp273", "cp424", "cp437",
    "cp500", "cp737", "cp775", "cp850", "cp852", "cp855", "cp856", "cp857", "cp858", "cp860",
    "cp861", "cp862", "cp863", "cp864", "cp865", "cp866", "cp869", "cp874", "cp875",
    "iso8859-1", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-5", "iso8859-6", "iso8859-7",
    "iso8859-8", "iso8859-9", "iso8859-11", "iso8859-13", "iso8859-15", "iso8859-16", "koi8-r",
    "koi8-u", "mac-arabic", "mac-croatian", "mac-cyrillic", "mac-farsi", "mac-greek",
    "mac-iceland", "mac-latin2", "mac-roman", "mac-romanian", "mac-turkish", "tis-620",
)  # fmt: skip
_OF_MORE_BYTES = (
    "ascii", "cp037", "cp1140", "cp500", "big5", "big5hkscs", "cp950", "cp932", "shift_jis",
    "shift_jis_2004", "shift_jisx0213", "euc_jp", "euc_jis_2004", "euc_jisx0213", "cp949",
    "euc_kr", "gb2312", "gbk", "gb18030", "johab",
)  # fmt: skip
_WITHOUT_TABLES = {
    "UTF-8": "utf-8", "CESU-8": "utf-8", "UTF-16": "utf-16 be both", "UTF-16BE": "utf-16 be",
    "UTF-16LE": "utf-16 le", "x-UTF-16LE-BOM": "utf-16 le both", "UTF-32": "utf-32 be both",
    "UTF-32BE": "utf-32 be own", "UTF-32LE": "utf-32 le own", "X-UTF-32BE-BOM": "utf-32 be own",
    "X-UTF-32LE-BOM": "utf-32 le own",
    "x-JISAutoDetect": "codec shift_jis",
    "ISO-2022-JP": "escapes jp-1 EUC-JP", "ISO-2022-JP-2": "escapes jp-2 EUC-JP",
    "x-windows-50220": "escapes jp-2 windows-31j", "x-windows-50221": "escapes jp-2 windows-31j",
    "x-windows-iso2022jp": "escapes jp-1 windows-31j", "ISO-2022-KR": "escapes kr EUC-KR",
    "ISO-2022-CN": "escapes cn GB2312", "x-ISO-2022-CN-GB": "escapes cn GB2312",
    "x-ISO-2022-CN-CNS": "escapes cn GB2312",
}  # fmt: skip
"""What is told of charsets that no table describes."""
_LENGTHS = {"x-EUC-TW": {0x8E: 4}, "x-IBM964": {0x8E: 4}}
"""Sequences that Java's table would be too long for."""


class Name(NamedTuple):
    """What a name means."""

    charset: str
    of_xml: bool
    """It is one of the XML reader's own."""


def names_of_java() -> dict[str, Name]:
    """Ask the JDK for all names, in lower case, that a declaration may have."""
    return {
        name: Name(charset, origin == "xml")
        for _, name, charset, origin in _told()
        if is_encoding_name(name)
    }


def _tables() -> Mapping[str, Mapping[bytes, str]]:
    """Return what becomes of bytes, by charset, as ``Charsets.java`` prints it."""
    tables: dict[str, dict[bytes, str]] = defaultdict(dict)
    for kind, charset, sequence, outcome in _told("tables"):
        if kind == "bytes":
            tables[charset][bytes.fromhex(sequence)] = outcome
    return tables


def _told(*arguments: str) -> Iterator[list[str]]:
    """Run the program in Java."""
    with tempfile.TemporaryDirectory() as classes:
        subprocess.run(["javac", "-d", classes, str(_PROGRAM)], check=True)
        command = ["java", "-cp", classes, "--add-opens", _READER, "Charsets", *arguments]
        with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as java:
            assert java.stdout is not None
            for line in java.stdout:
                yield line.rstrip("\n").split("\t")


def lines() -> Iterator[str]:
    """Yield the lines of the file that the portal keeps."""
    called: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for name, (charset, of_xml) in names_of_java().items():
        called[charset][not of_xml].append(name)
    tables = _tables()
    for charset, names in sorted(called.items()):
        form = _WITHOUT_TABLES.get(charset) or _form(charset, tables.get(charset, {}))
        yield "\t".join((charset, form, *map(" ".join, names))).rstrip("\t")


def _form(charset: str, table: Mapping[bytes, str]) -> str:
    """Return how the portal describes a table: kind, codec, first bytes, differences."""
    if not table:
        return "unknown"
    shifts = not table[b"\x0e"]
    leads = {} if shifts else _leads(charset, table)
    near = _nearest(table, _OF_MORE_BYTES if leads else _OF_ONE_BYTE)
    described = [_differences(table, codec, leads) for codec in near]
    left_out, best = min(described, key=lambda each: (each[0], len(each[1])))
    if left_out > _STRANGE:
        _, best = _differences(table, "ascii", leads)
    if left_out:
        sys.stderr.write(f"{charset}: {left_out} runs of pairs are left as {best[:12]}… has them\n")
    if not leads:
        kind = "shifts" if shifts else "single"
    else:
        kind = "pairs" if _begins_anew(table, leads) else "sequences"
    bounds = ",".join(_ranges(leads))
    if charset == "GB18030":
        kind, bounds = "gb18030", ""
    codec, _, differences = best.partition(" ")
    return " ".join(filter(None, (kind, codec, bounds, differences)))


def _nearest(table: Mapping[bytes, str], codecs: Sequence[str]) -> list[str]:
    """Return the codecs that are most like a table, by a sample of it."""
    known = [(key, _text(outcome)) for key, outcome in table.items() if _is_text(outcome)]
    sample = known[:: len(known) // 400 + 1]

    def unlike(codec: str) -> int:
        return sum(charsets.read_by(codec, key) != text for key, text in sample)

    return sorted(codecs, key=unlike)[:3]


def _leads(charset: str, table: Mapping[bytes, str]) -> Mapping[int, int]:
    """Return the bytes that begin a sequence, and its length."""
    leads = {}
    for first in range(256):
        pairs = [table.get(bytes((first, second)), "") for second in range(256)]
        if any(_is_text(pair) or pair.endswith("2") for pair in pairs):
            leads[first] = 3 if "+2" in pairs else 2
    return {**leads, **_LENGTHS.get(charset, {})}


def _begins_anew(table: Mapping[bytes, str], leads: Mapping[int, int]) -> bool:
    """Return whether the second byte of what is no pair may begin the next character."""
    outcomes = [table.get(bytes((first, second)), "") for first in leads for second in b" 09AZaz"]
    return any(outcome.endswith("1") and not _is_text(outcome) for outcome in outcomes)


def _differences(
    table: Mapping[bytes, str], codec: str, leads: Mapping[int, int]
) -> tuple[int, str]:
    """Return a codec and, in runs, the bytes that it reads otherwise; first, the pairs left out."""
    runs: list[list[int]] = []
    texts: list[str] = []
    for sequence, outcome in sorted(table.items(), key=lambda item: (len(item[0]), item[0])):
        if (sequence[0] in leads) == (len(sequence) == 1) or outcome == "+2":
            continue
        text = _text(outcome)
        if text == charsets.read_by(codec, sequence):
            continue
        number = int.from_bytes(sequence)
        if runs and runs[-1][1] == number - 1 and _follows(texts[-1], text, number - runs[-1][0]):
            runs[-1][1] = number
            continue
        runs.append([number, number])
        texts.append(text)
    singles = sum(number < 256 for number, _ in runs)
    left_out = len(runs) - singles if len(runs) - singles > _MOST_RUNS else 0
    kept = singles if left_out else len(runs)
    return left_out, " ".join([codec, *map(_run, runs[:kept], texts)])


def _follows(first: str, text: str, distance: int) -> bool:
    if "\ufffd" in (first, text) or len(first) > 1 or len(text) > 1:
        return first == text == "\ufffd"
    return ord(text) == ord(first) + distance


def _run(run: list[int], text: str) -> str:
    digits = [f"{number:02x}" for number in dict.fromkeys(run)]
    points = "+".join(f"{ord(char):x}" for char in text if char != "\ufffd")
    return f"{'-'.join(digits)}:{points}"


def _ranges(leads: Mapping[int, int]) -> Iterable[str]:
    runs: list[list[int]] = []
    for first, length in sorted(leads.items()):
        if runs and runs[-1][1] == first - 1 and runs[-1][2] == length:
            runs[-1][1] = first
        else:
            runs.append([first, first, length])
    for first, last, length in runs:
        yield f"{first:02x}-{last:02x}" + (f"/{length}" if length > 2 else "")


def _text(outcome: str) -> str:
    return bytes.fromhex(outcome).decode("utf-16-be") if _is_text(outcome) else "\ufffd"


def _is_text(outcome: str) -> bool:
    return outcome != "" and outcome[0] not in "!?+"


def main() -> None:
    """Ask Java and write the file."""
    KEPT.write_text("".join(f"{line}\n" for line in lines()), encoding="utf-8")
    sys.stdout.write(f"{KEPT}: {KEPT.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()

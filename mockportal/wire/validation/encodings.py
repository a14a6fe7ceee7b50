"""The encodings that Java's XML reader knows, and which of them a file's first bytes show."""

import re
from typing import NamedTuple

BOM_UTF8 = b"\xef\xbb\xbf"
_JAVA_NAMES = {
    "ascii": "US-ASCII ASCII ISO646-US ISO_646.irv:1991 ANSI_X3.4-1968 cp367 IBM367 us",
    "latin-1": "ISO-8859-1 ISO8859-1 ISO8859_1 ISO_8859-1 ISO_8859_1 latin1 l1 cp819 IBM819 819",
    "utf-8": "UTF-8 UTF8 unicode-1-1-utf-8",
    "utf_16_be": "UTF-16 UTF_16 UTF16 unicode UnicodeBig UTF-16BE UTF_16BE X-UTF-16BE",
    "utf_16_le": "UTF-16LE UTF_16LE X-UTF-16LE",
    "utf-32-be": "UTF-32 UTF_32 UTF32 UTF-32BE UTF_32BE X-UTF-32BE",
    "utf-32-le": "UTF-32LE UTF_32LE X-UTF-32LE",
    "mac-roman": "MacRoman x-MacRoman",
    "koi8-r": "KOI8-R KOI8_R koi8 cskoi8r",
    "koi8-u": "KOI8-U KOI8_U",
    "shift_jis": "Shift_JIS sjis shift-jis ms_kanji x-sjis csShiftJIS",
    "cp932": "windows-31j MS932 csWindows31J windows-932",
    "euc-jp": "EUC-JP eucjp euc_jp eucjis x-euc-jp x-eucjp csEUCPkdFmtjapanese",
    "gbk": "GBK CP936 windows-936",
    "gb2312": "GB2312 euc-cn euccn euc_cn x-EUC-CN gb2312-80 gb2312-1980",
    "gb18030": "GB18030 gb18030-2000",
    "big5": "Big5 csBig5",
    "euc-kr": "EUC-KR euckr euc_kr ksc5601 ks_c_5601-1987 5601 csEUCKR ksc_5601",
    "tis-620": "TIS-620 tis620 tis620.2533",
}
"""Python's names; those with an underscore replace what is no text, as Java does for them."""
_KNOWN = {name.lower(): codec for codec, names in _JAVA_NAMES.items() for name in names.split()}
_FAMILIES = (
    (re.compile(r"iso[-_]?8859[-_]([1-9]|1[356])"), "iso8859-{}"),
    (re.compile(r"(?:windows-|cp)(125[0-8]|874)"), "cp{}"),
    (
        re.compile(r"(?:ibm-?|cp)?(037|273|424|437|500|737|775|85[02578]|86[0-69]|1026|1140)"),
        "cp{}",
    ),
)
_STARTS = (
    (BOM_UTF8, 3, "utf-8"),
    (b"\xfe\xff", 2, "utf-16-be"),
    (b"\xff\xfe", 2, "utf-16-le"),
    (b"\x00\x00\x00<", 0, "utf-32-be"),
    (b"<\x00\x00\x00", 0, "utf-32-le"),
    (b"\x00<\x00?", 0, "utf-16-be"),
    (b"<\x00?\x00", 0, "utf-16-le"),
    (b"\x4c\x6f\xa7\x94", 0, "cp037"),
)
_OF_TWO_BYTES = ("utf-16-be", "utf-16-le")
_OF_FOUR_BYTES = ("utf-32-be", "utf-32-le")


class Detected(NamedTuple):
    """What the first bytes show."""

    codec: str
    mark: int
    """The length of the byte-order mark."""


def detected(start: bytes) -> Detected:
    """Return the encoding that the first bytes of a file show: UTF-8 unless they say otherwise."""
    for first, mark, codec in _STARTS:
        if start.startswith(first):
            return Detected(codec, mark)
    return Detected("utf-8", 0)


def declared_codec(name: str, shown: str) -> str | None:
    """Return Python's codec for a declared encoding, an empty string where the byte order lacks.

    None: Java does not know the name. ``shown`` is the codec that the first bytes show.
    """
    upper = name.upper()
    if upper == "UTF-16" and shown in _OF_TWO_BYTES:
        return shown
    if upper == "ISO-10646-UCS-2":
        return shown if shown in _OF_TWO_BYTES else ""
    if upper == "ISO-10646-UCS-4":
        return shown if shown in _OF_FOUR_BYTES else ""
    lower = name.lower()
    if lower in _KNOWN:
        codec = _KNOWN[lower]
        return shown if codec.replace("_", "-") == shown else codec
    for form, codec in _FAMILIES:
        match = form.fullmatch(lower)
        if match:
            return codec.format(match[1])
    return None

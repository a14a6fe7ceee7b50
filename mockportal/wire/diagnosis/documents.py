"""What a file is that does not begin as a flux."""

import binascii
import re
from base64 import b64decode

from mockportal.domain.file_errors import Resembling
from mockportal.wire.diagnosis.texts import is_binary, readable
from mockportal.wire.diagnosis.view import local, quoted

Document = tuple[Resembling, dict[str, str]]

_SIGNATURES = (
    (b"\x1f\x8b", Resembling.GZIP),
    (b"7z\xbc\xaf\x27\x1c", Resembling.ARCHIVE),
    (b"Rar!", Resembling.ARCHIVE),
    (b"BZh", Resembling.ARCHIVE),
    (b"\xfd7zXZ", Resembling.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Resembling.ARCHIVE),
    (b"MSCF", Resembling.ARCHIVE),
    (b"%PDF", Resembling.PDF),
    (b"\x89PNG", Resembling.IMAGE),
    (b"\xff\xd8\xff", Resembling.IMAGE),
    (b"GIF8", Resembling.IMAGE),
    (b"II*\0", Resembling.IMAGE),
    (b"MM\0*", Resembling.IMAGE),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Resembling.OFFICE),
    (b"{\\rtf", Resembling.OFFICE),
    (b"\x00\x05\x16\x07", Resembling.APPLE_DOUBLE),
    (b"\x30\x80\x06", Resembling.SIGNED),
    (b"\x30\x82", Resembling.SIGNED),
    (b"\x30\x83", Resembling.SIGNED),
    (b"-----BEGIN ", Resembling.SIGNED),
    (b"L\0\0\0\x01\x14\x02\0", Resembling.POINTER),
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
"""How an archive begins: with a file, or with its end where it holds none."""
_TAR = slice(257, 262)
_IN_OFFICE = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"xl/", b"word/")
_BY_START = (
    (re.compile(r"&(?:amp;)*(?:lt|#60|#x3c);", re.IGNORECASE), Resembling.ESCAPED),
    (re.compile(r"%3c(?:%3f|\?|[a-z])", re.IGNORECASE), Resembling.ESCAPED),
    (re.compile(r"b?[\"'](?:\\ufeff)?(?:<|\\u003c)", re.IGNORECASE), Resembling.ESCAPED),
    (re.compile(r"<\?xml\s[^>]*=3D[\"']"), Resembling.QUOTED_PRINTABLE),
    (re.compile(r"<\?php|<%"), Resembling.TEXT),
    (re.compile(r"version https://git-lfs|\[InternetShortcut\]"), Resembling.POINTER),
    (re.compile(r"[\[{]\s*(?:[\[{\]}\"]|-?\d|true\b|false\b|null\b)"), Resembling.JSON),
)
_NOTICE = re.compile(
    r"(?:<br\s*/?>\s*)*(?:<b>)?(?:PHP )?(?:(?:Warning|Notice|Fatal error|Parse error|Deprecated)\b"
    r"|Traceback \(most recent|Exception\b|Unhandled exception|Error\b|Erreur\b|HTTP/\d"
    r"|Content-Type:|Status: ?\d|ORA-\d|SQLSTATE|(?:java|javax|org|com|System|Microsoft)\.\w+"
    r"(?:\.\w+)*(?:Exception|Error))",
    re.IGNORECASE,
)
_MAIL = re.compile(
    r"(?:From |(?:From|To|Received|Return-Path|Delivered-To|Subject|Message-ID|MIME-Version|"
    r"X-[\w-]+): )",
    re.IGNORECASE,
)
_FLUX = re.compile(r"<(?:[\w.-]+:)?flux[\s/>]")
_ESCAPED_FLUX = re.compile(r"&(?:lt|#60|#x3c);(?:\?xml|(?:[\w.-]+:)?flux)\b", re.IGNORECASE)
_PART = re.compile(
    r"</?(?:[\w.-]+:)?(?:passageCertifications?|certificateurs?|certifications?|emetteur|titulaire"
    r"|idTechnique|modalitesInscription|identificationTitulaire)[\s>]"
)
"""Tags of a flux that no other file has."""
_BASE64 = re.compile(r"(?:data:[^,]{0,80};base64,)?([A-Za-z0-9+/_=\s-]+)\Z")
_CONTENTS = (
    *((start, "une archive zip", "ce que l'archive contient") for start in _ZIP),
    (b"\x1f\x8b", "un fichier compressé (gzip)", "le fichier XML décompressé"),
    (b"%PDF", "un document PDF", "non ce document, mais le flux XML"),
)
ENVELOPE = (
    "flux", "emetteur", "certificateurs", "certificateur", "certifications", "certification",
    "passageCertifications", "passageCertification",
)  # fmt: skip
"""From the root to a passage."""
_HTML = {
    "html", "head", "body", "br", "b", "div", "p", "form", "table", "title", "meta", "center",
    "font", "h1", "h2", "script", "style", "span", "pre", "link", "hr", "ul",
}  # fmt: skip
_ROOTS = (
    (r"\{http://www\.w3\.org/2001/XMLSchema\}schema", Resembling.SCHEMA),
    (r"\{http://www\.w3\.org/1999/XSL/Transform\}.*", Resembling.STYLE_SHEET),
    (r"\{[^}]*\}rapport", Resembling.RECEIPT),
    (r"\{urn:schemas-microsoft-com:office:spreadsheet\}.*", Resembling.SPREADSHEET_XML),
    (r"\{http://schemas\.microsoft\.com/office/word/2003/wordml\}.*", Resembling.WORD_XML),
    (r"\{http://schemas\.microsoft\.com/office/2006/xmlPackage\}.*", Resembling.WORD_XML),
    (r"\{urn:oasis:names:tc:opendocument:xmlns:(?:office|manifest)[^}]*\}.*",
     Resembling.FLAT_OFFICE),
    (r"\{[^}]*\}MapInfo", Resembling.XML_MAP),
    (r"\{http://schemas\.openxmlformats\.org/.*", Resembling.OFFICE_PART),
    (r"\{[^}]*\}Envelope", Resembling.SOAP),
    (r"\{[^}]*\}(?:BEE_|STS_|SIECLE|SCONET)\w*|\{[^}]*siecle[^}]*\}.*", Resembling.SIECLE),
    (r"\{[^}]*\}(?:lheo|offres|formations?)", Resembling.TRAINING_OFFER),
)  # fmt: skip
_SEPARATORS = {
    ";": "des points-virgules",
    "\t": "des tabulations",
    ",": "des virgules",
    "|": "des barres verticales",
    "^": "des accents circonflexes",
    "~": "des tildes",
    "¤": "des signes ¤",
    "§": "des signes §",
}
_LINES = 6
_SHOWN = 40
_START_OF_TAG = re.compile(r"<([^\s<>/!?]+)([^<>]*)")
_DECLARED = re.compile(r"\sxmlns(?::([^\s=]+))?\s*=\s*[\"']([^\"']*)[\"']")
_PROLOG = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))


def document_of(start: bytes) -> Document | None:
    """Return what a file is by its first bytes, with words for it; None where it may be a flux."""
    if start.startswith(_ZIP):
        office = any(mark in start for mark in _IN_OFFICE)
        return (Resembling.OFFICE if office else Resembling.ZIP), {}
    for signature, kind in _SIGNATURES:
        if start.startswith(signature):
            return kind, {"start": ".lnk"} if kind is Resembling.POINTER else {}
    if start[_TAR] == b"ustar":
        return Resembling.ARCHIVE, {}
    return _of_text(readable(start))


def _of_text(text: str) -> Document | None:
    body = text.strip()
    words = {"start": quoted(body.partition("\n")[0][:_SHOWN])}
    for form, kind in _BY_START:
        if form.match(body):
            return kind, words
    if _FLUX.search(text):
        return None
    if is_binary(text):
        return Resembling.BINARY, words
    escaped = _ESCAPED_FLUX.search(text)
    if escaped:
        return Resembling.ESCAPED, {"start": escaped[0]}
    if _NOTICE.match(body):
        return Resembling.NOTICE, {"start": quoted(re.sub(r"<[^<>]*>", "", body)[:120])}
    if body.startswith("<"):
        return _of_markup(body)
    if _PART.search(text):
        return Resembling.PART, words
    return _of_base64(body) or _of_plain(body, words)


def _of_base64(body: str) -> Document | None:
    match = _BASE64.match(body)
    if match is None:
        return None
    digits = re.sub(r"\s+", "", match[1])[:400].translate(str.maketrans("-_", "+/"))
    try:
        inside = b64decode(digits[: len(digits) // 4 * 4])
    except binascii.Error:
        return None
    for signature, content, deposit in _CONTENTS:
        if inside.startswith(signature):
            return Resembling.BASE64, {"content": content, "inside": deposit}
    if readable(inside).lstrip().startswith("<"):
        words = {"content": "du XML", "inside": "le fichier XML obtenu"}
        return Resembling.BASE64, words
    return None


def _of_plain(body: str, words: dict[str, str]) -> Document | None:
    if _MAIL.match(body):
        return Resembling.MAIL, words
    separator = _separator(body)
    if separator:
        return Resembling.CSV, {"separator": _SEPARATORS[separator]}
    return (Resembling.TEXT, words) if body else None


def _separator(body: str) -> str:
    """Return what parts the values of a table, by its first lines; empty where it is none."""
    if body.lower().startswith("sep=") and body[4:5] in _SEPARATORS:
        return body[4]
    unquoted = re.sub(r'"[^"]*"', "", body)
    lines = [line for line in unquoted.split("\n")[:_LINES] if line.strip()]
    if len(lines) == 1 and ", " in lines[0]:
        return ""
    for separator in _SEPARATORS:
        counts = {line.count(separator) for line in lines}
        if len(counts) == 1 and min(counts) >= (1 if len(lines) > 1 else 2):
            return separator
    return ""


def _of_markup(body: str) -> Document | None:
    if re.match(r"<!doctype\s+html", body, re.IGNORECASE):
        return Resembling.HTML, {}
    root, rest = root_of(body)
    if not root and _PART.search(body):
        return Resembling.PART, {"start": quoted(body[:_SHOWN])}
    if not root or local(root) == "flux":
        return None
    if is_of_html(root):
        return Resembling.HTML, {}
    spaces = namespaces_of(rest)
    prefix, _, name = root.rpartition(":")
    full = f"{{{spaces.get(prefix, '')}}}{name}"
    for form, kind in _ROOTS:
        if re.fullmatch(form, full, re.IGNORECASE):
            return kind, {"root": root}
    if local(root) in ENVELOPE:
        return None
    lost = prefix not in spaces and f"</{prefix}:passageCertification>" in body
    part = _PART.match(f"<{root} ") or lost
    return (Resembling.PART, {"start": quoted(body[:_SHOWN])}) if part else None


def is_of_html(root: str) -> bool:
    """Tell whether an element is one of web pages."""
    return root.lower() in _HTML


def root_of(text: str) -> tuple[str, str]:
    """Return the name of the root as it is written, and what follows it in its tag."""
    rest = beyond_prolog(text)
    match = _START_OF_TAG.match(rest, max(rest.find("<"), 0))
    return (match[1], match[2]) if match else ("", "")


def beyond_prolog(text: str) -> str:
    """Return a text without the comments and instructions before its first tag."""
    at = 0
    while True:
        tag = text.find("<", at)
        ends = [end for begin, end in _PROLOG if tag >= 0 and text.startswith(begin, tag)]
        end = text.find(ends[0], tag + 1) if ends else -1
        if end < 0:
            return text[at:]
        if text[at:tag].strip():
            return text[at:]
        at = end + len(ends[0])


def namespaces_of(attributes: str) -> dict[str, str]:
    """Return the namespaces that a tag declares, by prefix."""
    return {match[1] or "": match[2] for match in _DECLARED.finditer(attributes)}


def prefix_of(space: str, declared: dict[str, str]) -> str | None:
    """Return the prefix under which a namespace is declared, the first; None where it is not."""
    return next((prefix for prefix, declaration in declared.items() if declaration == space), None)

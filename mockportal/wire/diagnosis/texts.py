"""The beginning of a file as text, whatever it is."""

from mockportal.wire.validation.encodings import BOM_UTF8

EBCDIC = b"\x4c\x6f\xa7\x94"
"""An XML declaration in the encodings of mainframes, of which no more is told."""
MARK = "\ufeff"
_MARKS = (
    (b"\xff\xfe\0\0", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32-be"),
    (BOM_UTF8, "utf-8"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)
_SAMPLE = 400
_SHARE = 0.7
"""Of the places where text in wide characters has a zero byte, so many have it."""
_PLAIN_CONTROLS = "\t\n\r\f\v\x1a"


def wide_codec(start: bytes) -> str:
    """Return the codec of text in two or four bytes a sign, by its mark or zeros; else empty."""
    for mark, codec in _MARKS:
        if start.startswith(mark):
            return codec if codec != "utf-8" else ""
    sample = start[:_SAMPLE]
    if len(sample) < 4 or 0 not in sample:
        return ""
    zeros = [_share_of_zeros(sample[at::4]) for at in range(4)]
    high = [share >= _SHARE for share in zeros]
    shapes = {
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
    }
    return shapes.get((high[0], high[1], high[2], high[3]), "")


def readable(start: bytes) -> str:
    """Return the beginning of a file as text without marks, in the encoding that its bytes show."""
    codec = wide_codec(start)
    if not codec:
        codec = "utf-8" if is_utf8(start) else "cp1252"
    return start.decode(codec, "replace").lstrip(MARK).replace("\r\n", "\n").replace("\r", "\n")


def is_utf8(start: bytes) -> bool:
    """Tell whether bytes are UTF-8, the last character perhaps cut."""
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as fault:
        return fault.reason == "unexpected end of data" and fault.end >= len(start)
    return True


def is_binary(text: str) -> bool:
    """Tell whether what was read as text can be none."""
    controls = sum(sign < " " and sign not in _PLAIN_CONTROLS for sign in text)
    return controls * 20 > len(text)


def _share_of_zeros(part: bytes) -> float:
    return part.count(0) / len(part)

"""Faults of well-formedness at random places of a text or of its bytes."""

import re
from random import Random

_TAG = re.compile(r"<[^<>!?]*>")
_INSERTED = (
    "&", "<", ">", "]]>", "]]", "&foo;", "&foo", "&#0;", "&#xFFFE;", "&#;", "&#x;", "&#12", "&amp",
    "<!-- a -- b -->", "<!--", "<!-- x", "--->", "<!DOCTYPE a>", "<![CDATA[", "<![CDATA[ x ]]>",
    "<!", "<!x>", "<?", "<?xml version='1.0'?>", "<? x?>", "<?p", "<?p,?>", "</", "</x>", "<x>",
    "<x:y/>", "<x/>", "< x/>", "<1/>", '"', "'", "=", "/", "\x00", "\x01", "\x0b", "\x1f", "\ufffe",
    "\x7f", "\x85", " ", "\n", "\t", "\u00a0", "\u2028", "😀", "é", "<é à='1'/>", "<a b='<'/>",
    "<a b='&x;'/>", "<a b=c/>", "<a b/>", "<a b='1' b='2'/>", "<a b='1'c='2'/>",
    "<a xmlns:p='u' xmlns:q='u' p:x='' q:x=''/>", "<a xmlns:p=''/>", "<a xmlns:xml='u'/>",
    "<xmlns:a/>", "<a:/>", "<:a/>", "<a:b:c/>", "<a b='\x01'/>", "<a b='\n\n' c/>", "<!-- \x02 -->",
    "<?p \x02?>", "<![CDATA[\x02]]>", "<a / >", "<a b=\"1", "<!-",
)  # fmt: skip
_DECLARATIONS = (
    "<?xml?>", "<?xml ?>", "<?xml encoding='UTF-8'?>", "<?xml version='2.0'?>",
    "<?xml version='1.0'>", "<?xml version=1.0?>", "<?xml version='1.0' encoding='foo'?>",
    "<?xml version='1.0'encoding='a'?>", "<?xml version='1.0' standalone='oui'?>",
    "<?XML version='1.0'?>", " <?xml version='1.0'?>", "<?xml version='1.0' encoding='é'?>",
    "<?xml version='1.0' foo='1'?>", "<?xml-stylesheet href='a'?>",
    "<?xml version='1.0'?>\n<!DOCTYPE flux>", "<!DOCTYPE flux SYSTEM 'a.dtd'>", "x", "\n\n",
    "&amp;", "<", "<?xml version='1.0' encoding='US-ASCII'?>",
    "<?xml version='1.0' standalone='no' encoding='a'?>", "<?xml version='1.0' encoding=''?>",
    "<?xml version='1.0' encoding='UTF-16'?>", "<?p q?>", "<!-- -- -->",
)  # fmt: skip
_BYTES = (
    b"\xff", b"\xe9", b"\xe9t\xe9", b"\xc3", b"\xc0\x80", b"\xed\xa0\x80", b"\xf0\x9f\x98", b"\x80",
    b"\x00", b"\xe2\x82", b"\xf5\x80\x80\x80", b"\xef\xbb\xbf", b"\x1a",
)  # fmt: skip


def break_text(random: Random, text: str) -> str:  # noqa: PLR0911  # a fault each
    """Return the text with one fault, at a random place."""
    at = random.randrange(len(text) + 1)
    tags = list(_TAG.finditer(text))
    tag = random.choice(tags) if tags else re.match("", text)
    assert tag is not None
    start, end = tag.span()
    kind = random.randrange(12)
    if kind == 0:
        return text[:at]
    if kind == 1:
        return text[:at] + text[at + random.randint(1, 5) :]
    if kind == 2:
        return text[:start] + text[end:]
    if kind == 3:
        return text[:end] + tag[0] + text[end:]
    if kind == 4:
        inside = random.randint(start, end)
        return text[:inside] + random.choice(_INSERTED) + text[inside:]
    if kind == 5:
        inside = random.randint(start, max(start, end - 1))
        return text[:inside] + text[inside + 1 :]
    if kind == 6:
        return re.sub(
            r"^\ufeff?(<\?xml[^>]*>)?", lambda _: random.choice(_DECLARATIONS), text, count=1
        )
    if kind == 7:
        return text + random.choice(_INSERTED)
    if kind == 8:
        return text[:end] + random.choice(_INSERTED) + text[end:]
    return text[:at] + random.choice(_INSERTED) + text[at:]


def break_bytes(random: Random, document: bytes) -> bytes:
    """Return the bytes with some that are no text, or without their end."""
    at = random.randrange(len(document) + 1)
    if random.random() < 0.2:
        return document[:at]
    return document[:at] + random.choice(_BYTES) + document[at:]

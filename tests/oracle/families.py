"""Random files of the kinds that readers of XML find hardest, each kind by its name.

``python -m tests.oracle.compare --family cuts --count 1000`` compares on one of them.
"""

from collections.abc import Callable, Iterator
from random import Random

from tests.oracle.builder import NAMESPACE, XSI, Layout, a_flux
from tests.oracle.mutations import Mutant

_VERSION = "1.1.2"
_WHOLE = 0.4
"""How many are files that the schema accepts, before anything is done to them."""
_ENDS = ("\n", "\n", "\r\n", "\r")
_ENCODINGS = ("utf-8", "utf-8", "utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-16-le")
_OPENINGS = ("<!--", "<!-- é", "<![CDATA[", "<![CDATA[ ]", "<?p ", "<?p", "<?p\n", "<!-", "<![CDA")
_TAILS = (
    "\n", "\n", "\n\n", "\r\n", "\r", "\t", " ", "a", "é", "😀", "-", "--", "]", "]]", "?", ">",
    "<", "&", "\x85", "\u2028", "\x01", "</cpf:idFlux>",
)  # fmt: skip
_NO_TEXT = (b"\xe9", b"\xe9 -->", b"\xff", b"\xe9\xe9\xe9", b"\xc3", b"\xc0\x80", b"\xf0\x9f\x98")
_NAME_PARTS = (
    ":", ":", "1", "a", "b", "-", ".", "_", "é", "·", "cpf", "xsi", "xmlns", "xml", "nil", "x",
    "😀", "\u0301", "n" * 990, "n" * 11, "cpf:idFlux", "\u2070", "\u2160", "\u0131",
)  # fmt: skip
_DECLARATION_PARTS = (
    "version", "encoding", "standalone", "=", "=", "'", '"', '"1.0"', "'1.0'", "'1.1'", "1.0",
    '"UTF-8"', "'utf-8'", "UTF-8", '"yes"', "'no'", " ", " ", "\n", "\r", "\r\n", "\t", "?", ">",
    "?>", "<", "&", "%", "]", "é", "\x01", "\x85", "", 'version="1.0"', " version='1.0'",
    ' encoding="UTF-8"', " standalone='yes'", "'1.\r0'", '"1.0', "'UTF-\n8'", "😀", "'ISO-8859-1'",
)  # fmt: skip
_WHOLE_DECLARATIONS = (
    '<?xml version="1.0" encoding="UTF-8"?>', "<?xml version = '1.0' encoding = 'UTF-8' ?>",
    "<?xml version='1.0'?>", "<?xml\n  version='1.0'\n  encoding='UTF-8'\n  standalone='yes'\n?>",
    "<?xml version='1.1' encoding='utf-8'?>", "<?xml\r\nversion\r\n=\r\n'1.0'\r\n?>",
)  # fmt: skip
_NEWER_PARTS = (
    "\x85", "\u2028", "\r\x85", "\r\u2028", "\r", "\r\n", "\n", "\x80", "\x92", "\x9f", "\x7f",
    "\x01", "\x1f", "\x00", "\ufffe", "&#1;", "&#x1f;", "&#0;", "&#x92;", "&#x85;", "&#xFFFE;",
    "&#x80;", "&#8232;", "<a xmlns:x=''/>", "<cpf:type xmlns:cpf=''/>", "<a x='\x85'/>",
    "<a x='\u2028\n'/>", "<a x='\x92'/>", "<a x='&#2;'/>", "<!-- \x92 -->", "<!-- \x85\u2028 -->",
    "<?p \x85q\x93?>", "<?p\x85q?>", "<![CDATA[\x85\x94]]>", "<a\x85b='1'\u2028/>", "<b\u2028/>",
    "<\u0132/>", "<\u200c\u2070/>", "<\u037e/>", "<a\u0300\u203f/>", "<\U00010000/>",
    "<a\U000effff/>", "<a \u2070='1'/>", "<😀 b='1'/>", "<:a/>", "<a :b=''/>", "<a:1/>", "😀",
    "]\x85]", "]]>", "&\x85", "<\x85", "</\x85", " ", "a", "<!--x--", "<!--", "<![CDATA[", "<?p ",
)  # fmt: skip
_TOKENS = (
    "<", ">", "/>", "</", "<?", "?>", "<!", "<!--", "-->", "--", "<![CDATA[", "]]>", "]]", "&", ";",
    "&#", "&#x", "&amp;", "&lt", "'", '"', "=", " ", "\n", "\r\n", "\r", "\t", "\x00", "\x01",
    "\x0b", "\x7f", "\x85", "\u00a0", "\u2028", "\ufeff", "\ufffe", "\uffff", "😀", "é", "€", "a",
    "1", ":", "cpf:", "xml", "xmlns", "xmlns:", "xsi:nil='true'", "<cpf:type>", "</cpf:type>",
    "<cpf:x/>", "DOCTYPE", "<!DOCTYPE", "%", "[", "]", "-", ".", "_",
)  # fmt: skip


def _flux(random: Random, passages: int = 1) -> str:
    """Return a small flux with all kinds of markup, its lines ended by line feeds."""
    if passages > 1 or random.random() < _WHOLE:
        layout = Layout(declaration="", odd=0.2)
        return layout.written(a_flux(random, _VERSION, passages), random)
    inside = [
        "<cpf:idFlux>a&amp;b&#233;</cpf:idFlux>",
        "<cpf:idFlux\n  >é<![CDATA[<c> ]]]>\n</cpf:idFlux>",
        "<cpf:horodatage>2026-11-23T06:12:28+01:00</cpf:horodatage>",
        "<cpf:emetteur a='1' b=\"é😀\n2\" xsi:nil = 'true' />",
        "<!-- un\ndeux - trois\n\n-->",
        "<?p q ? r\n?>",
        "]]<x xmlns='urn:x' y=''>]</x>",
        "<cpf:idFlux xmlns:cpf='urn:y'/>",
    ]
    chosen = random.sample(inside, random.randint(1, len(inside)))
    glue = random.choice(("", "\n", "\n  ", " "))
    root = f"<cpf:flux xmlns:cpf='{NAMESPACE}' xmlns:xsi='{XSI}'>"
    after = random.choice(("", "\n", "\n\n", "<!-- fin\n-->\n", "\n<?p q\n?>", " \n"))
    return f"{root}{glue}{glue.join(chosen)}{glue}</cpf:flux>{after}"


def _declaration(random: Random) -> str:
    return (
        random.choice(("", "\n", "<!-- é\n-->"))
        if random.random() < 0.25
        else (random.choice(_WHOLE_DECLARATIONS) + random.choice(("", "\n", "\n\n")))
    )


def _place(random: Random, text: str) -> int:
    return random.randrange(len(text) + 1)


def _with_ends(random: Random, text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", random.choice(_ENDS))


def _some(random: Random, parts: tuple[str, ...], most: int) -> str:
    return "".join(random.choices(parts, k=random.randint(0, most)))


def _cut(random: Random) -> bytes:
    flux = _flux(random, random.choice((1, 1, 1, 1, 10)))
    text = _with_ends(random, _declaration(random) + flux)
    encoding = random.choice(_ENCODINGS)
    document = text.encode(encoding)
    return document[: random.randrange(len(document))]


def _unclosed(random: Random) -> bytes:
    text = _declaration(random) + _flux(random)
    at = _place(random, text)
    tail = text[at : at + random.choice((0, 5, 100))]
    text = text[:at] + random.choice(_OPENINGS) + tail + _some(random, _TAILS, 4)
    if random.random() < 0.5:
        return text.encode()
    return text.encode() + random.choice(_NO_TEXT) + random.choice((b"", b"\n--> a"))


def _names(random: Random) -> bytes:
    name = _some(random, _NAME_PARTS, 4)
    attribute = _some(random, _NAME_PARTS, 4)
    markup = random.choice(
        (
            f"<{name}>x</{name}>", f"<{name}/>", f"<cpf:type {attribute}='1'/>", f"<{name}",
            f"<{name} {attribute}='1'>", f"<?{name} x?>", f"&{name};", f"<{name} xmlns:x='u'/>",
        )
    )  # fmt: skip
    text = _flux(random)
    if random.random() < 0.3:
        return (_declaration(random) + text.replace("cpf:flux", name or "x")).encode()
    at = text.index(">") + 1 if random.random() < 0.7 else _place(random, text)
    return (_declaration(random) + text[:at] + markup + text[at:]).encode()


def _declarations(random: Random) -> bytes:
    if random.random() < 0.5:
        head = "<?xml" + random.choice((" ", "\n", "\r\n", "\r", "")) * random.choice((1, 1, 2))
        head += _some(random, _DECLARATION_PARTS, 10) + random.choice(("?>", "?>", ""))
    else:
        head = random.choice(_WHOLE_DECLARATIONS)
        at = _place(random, head)
        part = random.choice(_DECLARATION_PARTS)
        head = head[:at] + part + head[at + random.choice((0, 0, 1, 3)) :]
    body = random.choice(("", "\n", "\n<cpf:flux/>", _flux(random)))
    document = (head + body).encode(random.choice(_ENCODINGS))
    return document[: random.randrange(len(document) + 1)] if random.random() < 0.2 else document


def _newer(random: Random) -> bytes:
    """Return a file of XML 1.1."""
    text = _with_ends(random, _flux(random))
    for _ in range(random.choice((0, 1, 1, 1, 2, 3))):
        at = _place(random, text)
        text = text[:at] + random.choice(_NEWER_PARTS) + text[at:]
    head = random.choice(
        (
            "<?xml version='1.1'?>",
            '<?xml version="1.1" encoding="UTF-8"?>\n',
            "<?xml\nversion='1.1'?>",
        )
    )
    document = (head + text).encode()
    return document[: random.randrange(len(document))] if random.random() < 0.2 else document


def _tokens(random: Random) -> bytes:
    text = _declaration(random) + _flux(random)
    for _ in range(random.choice((1, 1, 2, 4))):
        at = _place(random, text)
        text = text[:at] + _some(random, _TOKENS, 3) + text[at + random.choice((0, 0, 1, 4)) :]
    return _with_ends(random, text).encode()


def _characters(random: Random) -> bytes:
    """Return a file of which some characters are other ones."""
    text = list(_declaration(random) + _flux(random))
    for _ in range(random.choice((1, 1, 2, 3))):
        odd = random.choice((chr(random.randrange(0x180)), random.choice("<>&'\"-]?!/:= \n\r")))
        text[random.randrange(len(text))] = odd
    return _with_ends(random, "".join(text)).encode()


def _bytes(random: Random) -> bytes:
    document = _with_ends(random, _declaration(random) + _flux(random)).encode()
    at = random.randrange(len(document) + 1)
    odd = random.choice((*_NO_TEXT, bytes([random.randrange(256)])))
    return document[:at] + odd + document[at + random.choice((0, 0, 1, 2)) :]


def _halves(random: Random) -> bytes:
    """Return a file with half a surrogate pair, in an encoding that can write one."""
    text = _declaration(random).replace("UTF-8", "UTF-16").replace("utf-8", "UTF-16")
    text = _with_ends(random, text + _flux(random))
    at = random.choice((len(text), _place(random, text)))
    half = random.choice(
        ("\ud800", "\ud83d", "\udbff", "\udc00", "\ude00", "\ude00\ud83d", "\ud83d ")
    )
    text = text[:at] + half + text[at:]
    return text.encode(random.choice(("utf-16", "utf-16-be", "utf-16-le")), "surrogatepass")


FAMILIES: dict[str, Callable[[Random], bytes]] = {
    "cuts": _cut,
    "unclosed": _unclosed,
    "names": _names,
    "declarations": _declarations,
    "newer": _newer,
    "tokens": _tokens,
    "characters": _characters,
    "bytes": _bytes,
    "halves": _halves,
}


def family_files(name: str, seed: int, count: int) -> Iterator[Mutant]:
    """Yield ``count`` files of a family; the same ones for the same seed."""
    for number in range(count):
        yield Mutant(_VERSION, FAMILIES[name](Random(f"{name}/{seed}/{number}")))

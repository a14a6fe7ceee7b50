"""What an error of the first control is about: where it stands, what is wrong, what was expected.

``advising.advice_on`` turns that into plain French.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from mockportal.domain.fault_causes import Cause

LONGEST_MESSAGE = 2_000
"""Characters of a message that are shown: enough for all that the schema's own names give."""


class Form(Enum):
    """How the schema wants the content of an element; ``value`` is its name in side-cars."""

    TEXT = "text"
    DATE = "date"
    DATE_TIME = "date_time"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    ELEMENTS = "elements"


class Resembling(Enum):
    """What a file that is no flux may be; ``value`` is its name in side-cars."""

    GZIP = "gzip"
    ZIP = "zip"
    ARCHIVE = "archive"
    PDF = "pdf"
    IMAGE = "image"
    OFFICE = "office"
    """A document of an office suite, in any of their formats of today or of old."""
    SIGNED = "signed"
    APPLE_DOUBLE = "apple_double"
    BINARY = "binary"
    HTML = "html"
    NOTICE = "notice"
    """What a server or a program says of its failure."""
    RECEIPT = "receipt"
    SCHEMA = "schema"
    STYLE_SHEET = "style_sheet"
    SPREADSHEET_XML = "spreadsheet_xml"
    WORD_XML = "word_xml"
    FLAT_OFFICE = "flat_office"
    OFFICE_PART = "office_part"
    XML_MAP = "xml_map"
    PART = "part"
    """A flux without its beginning."""
    SOAP = "soap"
    SIECLE = "siecle"
    TRAINING_OFFER = "training_offer"
    JSON = "json"
    CSV = "csv"
    MAIL = "mail"
    BASE64 = "base64"
    ESCAPED = "escaped"
    QUOTED_PRINTABLE = "quoted_printable"
    POINTER = "pointer"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the schema says of the faulty element."""

    form: Form
    optional: bool = False
    nillable: bool = False


@dataclass(frozen=True, slots=True)
class ContextLine:
    """A line near a fault, or the part of it that is near.

    ``mark`` gives the first and the last-but-one sign of the fault in ``text``; None in the lines
    around it. An empty mark is a place between two signs.
    """

    number: int
    text: str
    mark: tuple[int, int] | None = None
    cut_before: bool = False
    cut_after: bool = False


MOST_CONTENT = 256
"""Characters of an element's text from which it may be cut: the flux's longest text has 255."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an error stands in the file, and in the schema."""

    path: str = ""
    """The elements that are open there, by ``/``; those that repeat have their number, from 1."""
    tag: str = ""
    """The faulty element as the file writes it, with its prefix; empty in broken markup."""
    technical_id: str | None = None
    """The passage that it stands in, when that has an identifier."""
    expected: Expected | None = None
    """What the schema says of the element, where it knows it at that place."""
    home: str | None = None
    """The one element that may hold it, when that is another one."""
    missing: tuple[str, ...] = ()
    """The mandatory children that have not come: of the element where its content is incomplete,
    of the one around it where the element is not expected."""
    content: str = ""
    """The start of the element's own text, where that is not told as a value."""
    prefix: str = "cpf"
    """That of the outermost element; empty where the file uses none."""
    xsi: str = "xsi"
    """The prefix that the file declares for ``nil``; empty where it declares none."""
    resembles: Resembling | None = None
    """What the whole file is, when that shows and it is no flux."""
    cause: Cause | None = None
    """The mistake behind the error, when that shows."""
    words: Mapping[str, str] = field(default_factory=dict)
    """What the advice on either repeats: ``written`` in the file, ``instead`` to be written, …"""
    context: tuple[ContextLine, ...] = ()


class Fault(Enum):
    """The kinds of errors, as far as the advice differs."""

    # The schema's: values
    ENUMERATION = auto()
    PATTERN = auto()
    DATATYPE = auto()
    TOO_SHORT = auto()
    TOO_LONG = auto()
    WRONG_LENGTH = auto()
    TOO_SMALL = auto()
    TOO_LARGE = auto()
    SAME_AS_BEFORE = auto()
    """The second message of a pair: nothing more is wrong."""
    # The schema's: elements and attributes
    CHILD_IN_VALUE = auto()
    ATTRIBUTE = auto()
    CONTENT_IN_EMPTY = auto()
    TEXT_BETWEEN = auto()
    UNEXPECTED = auto()
    INCOMPLETE = auto()
    NOTHING_MORE = auto()
    ROOT = auto()
    NOT_NILLABLE = auto()
    NIL_WITH_CONTENT = auto()
    XSI_TYPE = auto()
    # Files that are not well-formed
    NOTHING = auto()
    NO_TEXT = auto()
    """Bytes that are no text in the file's encoding."""
    CUT_SHORT = auto()
    BEFORE_ROOT = auto()
    AFTER_ROOT = auto()
    DOCTYPE = auto()
    AMPERSAND = auto()
    ENTITY = auto()
    LESS_THAN = auto()
    END_TAG = auto()
    TAG_NOT_CLOSED = auto()
    ATTRIBUTE_FORM = auto()
    ATTRIBUTE_TWICE = auto()
    PREFIX = auto()
    NAMESPACE = auto()
    COMMENT = auto()
    CDATA_END = auto()
    INSTRUCTION = auto()
    CONTROL_CHARACTER = auto()
    CHARACTER_REFERENCE = auto()
    DECLARATION = auto()
    VERSION = auto()
    ENCODING_NAME = auto()
    NAME = auto()
    LIMIT = auto()
    TOO_MANY = auto()
    """More passages than a file may hold."""
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class Facts:
    """What a message says, taken apart; empty where it says nothing of the kind."""

    fault: Fault
    value: str = ""
    element: str = ""
    """The element's name without its prefix, and ``prefix`` the prefix."""
    prefix: str = ""
    attribute: str = ""
    entity: str = ""
    limit: str = ""
    """The length, the bound, the pattern or the type that the value does not keep to."""
    length: str = ""
    allowed: tuple[str, ...] = field(default=())
    """The values, or the elements, that may stand there."""
    namespace: str = ""
    """That of the unexpected element; ``wanted`` is the one of the flux."""
    wanted: str = ""

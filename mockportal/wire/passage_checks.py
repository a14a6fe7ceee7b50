"""Checking pieces of passages apart from the rest of their file, several at once."""

import copy
import enum
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from itertools import chain, islice
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import BinaryIO, NamedTuple

from lxml import etree

from mockportal.wire.agreement import as_java_counts, surely_read_alike
from mockportal.wire.cutting import Cut, Read, Window
from mockportal.wire.frames import Frame, OddShapeError
from mockportal.wire.leaves import block_of
from mockportal.wire.names import PASSAGE_LOCAL_NAME
from mockportal.wire.passage_patterns import PassagePattern, pattern_for
from mockportal.wire.reading_apart import ReadingApart, Task, read_with, reading_apart

_XS = "{http://www.w3.org/2001/XMLSchema}"
_WRAPPER = "passages"
_WORKERS = 2
"""libxml2 works without Python's lock: two checks take half the time where there are two cores."""
_AHEAD = 2 * _WORKERS
"""Pieces that are cut and not checked yet: they are in memory."""


class Verdict(enum.Enum):
    """What is known of a piece."""

    GOOD = enum.auto()
    BAD = enum.auto()
    """One of its passages at least is not good, for libxml2."""
    DOUBTFUL = enum.auto()
    """libxml2 was not asked: Java may read the piece otherwise."""


class KeepLeaves(NamedTuple):
    """What is kept of a file while it is checked: the leaves of its passages, for a world."""

    out: BinaryIO
    path: Path
    world: int
    apart: bool
    """A second process is worth it."""

    def anew(self, path: Path) -> "KeepLeaves":
        """Return the same with nothing kept so far, for another file."""
        self.forget()
        return self._replace(path=path)

    def forget(self) -> None:
        """Keep nothing so far."""
        self.out.seek(0)
        self.out.truncate()


class NoTarget:
    """Takes no event: a parser with this target validates and builds nothing."""

    def close(self) -> None:
        """Have nothing to give."""


def parser(target: object, validator: etree.XMLSchema | None) -> etree.XMLParser:
    """Return a parser that tells ``target``, and notes what is wrong in its ``error_log``."""
    return etree.XMLParser(
        target=target,  # type: ignore[arg-type]  # the stubs ask for more than lxml does
        schema=validator,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
    )


_idle: defaultdict[Path, SimpleQueue[etree.XMLSchema]] = defaultdict(SimpleQueue)
"""Compiled schemas that are kept for the next file: small files come by the hundred."""
_idle_whole: defaultdict[Path, SimpleQueue[etree.XMLSchema]] = defaultdict(SimpleQueue)
"""The same of whole files, not of passages."""


@contextmanager
def whole_schema(schema: Path) -> Iterator[etree.XMLSchema]:
    """Lend a schema of libxml2's: one a check, since threads would mix up its errors."""
    idle = _idle_whole[schema]
    try:
        compiled = idle.get_nowait()
    except Empty:
        with schema.open("rb") as source:
            compiled = etree.XMLSchema(etree.parse(source))
    yield compiled
    idle.put(compiled)


class PassageChecks:
    """Says of pieces whether all their passages are surely good, whatever is around them."""

    def __init__(self, schema: Path, frame: Frame, keep: KeepLeaves | None = None) -> None:
        """Take the schema file, the frame of the file to be cut, and what is to be kept of it."""
        self._schema, self._frame, self._keep = schema, frame, keep
        self._learned_from = (0, 0)
        self._pattern: PassagePattern | None = None
        self._validators = _idle[schema]
        self._validators.put(self._validator())  # a schema without passages is found out here
        name = frame.prefix + _WRAPPER.encode()
        self._opening = b"<" + name + frame.declarations + b">"
        self._closing = b"</" + name + b">"

    def verdicts(self, cuts: Iterable[Cut]) -> Iterator[tuple[Cut, Verdict]]:
        """Yield each piece, in order, with what is known of it.

        libxml2 looks at the passages that the file's pattern does not recognise.
        """
        pieces = iter(cuts)
        first = next(pieces, None)
        if first is None:
            return
        self._learned_from = first.piece.offset, len(first.runs[0])
        self._pattern = pattern_for(self._schema, self._frame, first.runs[0])
        second = next(pieces, None)
        if second is None:
            yield first, self._verdict(self._rest(first))  # threads cost more than a small file
            return
        waiting: deque[tuple[Cut, Future[Verdict]]] = deque()
        with ThreadPoolExecutor(_WORKERS, "first-control") as workers:
            for cut in chain((first, second), pieces):
                waiting.append((cut, workers.submit(self._verdict, self._rest(cut))))
                if len(waiting) > _AHEAD:
                    checked, verdict = waiting.popleft()
                    yield checked, verdict.result()
            for checked, verdict in waiting:
                yield checked, verdict.result()

    def read(self, windows: Iterator[Window]) -> Read:
        """Yield parts of the file with what is kept of their leaves; None where they are not plain.

        Nothing is known of the order of the elements before ``verdicts`` has had the first part.
        """
        yield from ((one, None) for one in islice(windows, 1))
        with self._other() as other:
            if other is not None:
                yield from read_with(other, windows, self._leaves)
            yield from ((one, self._leaves(one.content)) for one in windows)

    def _other(self) -> AbstractContextManager[ReadingApart | None]:
        keep = self._keep
        if self._pattern is None or keep is None or not keep.apart:
            return nullcontext()
        return reading_apart(Task(keep.path, self._schema, keep.world, self._learned_from))

    def _leaves(self, content: bytes) -> bytes | None:
        leaves = self._pattern.leaves(content) if self._pattern else None
        if leaves is None:
            return None
        return block_of(leaves.with_filings(self._keep.world)) if self._keep else b""

    def _rest(self, cut: Cut) -> list[bytes]:
        """Return what libxml2 has to look at."""
        if cut.leaves is not None:
            return []
        if self._pattern is None:
            return cut.runs
        return [one for run in cut.runs for one in self._pattern.rest(run)]

    def _verdict(self, runs: list[bytes]) -> Verdict:
        if not runs:
            return Verdict.GOOD
        runs = [as_java_counts(run) for run in runs]
        if not all(surely_read_alike(run) for run in runs):
            return Verdict.DOUBTFUL
        document = b"".join((self._opening, *runs, self._closing))
        validator = self._validator()
        try:
            check = parser(NoTarget(), validator)
            etree.fromstring(document, check)
            return Verdict.BAD if check.error_log else Verdict.GOOD
        except etree.XMLSyntaxError:
            return Verdict.BAD
        finally:
            self._validators.put(validator)

    def _validator(self) -> etree.XMLSchema:
        """Return a compiled schema that nobody else uses until it is put back."""
        try:
            return self._validators.get_nowait()
        except Empty:
            return passage_schema(self._schema)


def passage_schema(schema: Path) -> etree.XMLSchema:
    """Return the schema of a list of passages, made from that of the flux.

    Raises OddShapeError when a flux of that schema holds no passages.
    """
    with schema.open("rb") as source:
        tree = etree.parse(source)
    root = tree.getroot()
    elements = root.iter(f"{_XS}element")
    passage = next((one for one in elements if one.get("name") == PASSAGE_LOCAL_NAME), None)
    if passage is None:
        raise OddShapeError("the schema has no passages")
    wrapper = etree.SubElement(root, f"{_XS}element", name=_WRAPPER)
    group = etree.SubElement(etree.SubElement(wrapper, f"{_XS}complexType"), f"{_XS}sequence")
    alone = copy.deepcopy(passage)
    alone.set("minOccurs", "0")
    alone.set("maxOccurs", "unbounded")
    group.append(alone)
    return etree.XMLSchema(tree)

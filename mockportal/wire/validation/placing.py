"""Where an error stands: the elements around it, the passage, and what the schema expected."""

from dataclasses import dataclass

from mockportal.domain.ellipsis import abridged, abridged_path
from mockportal.domain.file_errors import Expected, Form, Place
from mockportal.wire.names import PASSAGE_LOCAL_NAME
from mockportal.wire.validation.checking import Checker
from mockportal.wire.validation.components import CompiledSchema, ElementDecl, SimpleType
from mockportal.wire.validation.open_elements import Open, Subject, lacking

_FORMS = {
    "date": Form.DATE,
    "dateTime": Form.DATE_TIME,
    "integer": Form.INTEGER,
    "boolean": Form.BOOLEAN,
}


_LONGEST_NAME = 60
"""Characters of a name, and elements of a path from either end, that are shown."""
_FIRST, _LAST = 10, 10


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that still lacks its passage's identifier, which may come after the error."""

    path: str
    tag: str
    passage: Open | None
    expected: Expected | None
    home: str | None
    here: Open | None
    parent: Open | None
    prefix: str
    xsi: str

    def settled(self) -> Place:
        """Return the place with what is known once the passage has been read."""
        here = self.here or (self.parent.stranger if self.parent else None)
        return Place(
            path=self.path,
            tag=self.tag,
            technical_id=self.passage.identifier if self.passage else None,
            expected=self.expected,
            home=self.home,
            missing=self.parent.lacking if self.parent else _missing(self.here),
            content=here.words if here else "",
            prefix=self.prefix,
            xsi=self.xsi,
        )


def spot_of(checker: Checker, schema: CompiledSchema, about: Subject | None) -> Spot:
    """Return where the checker stands; ``about`` is the faulty element, None in broken markup."""
    passage = _passage(checker.open)
    if about is None:
        return Spot(
            _path(checker.open, []),
            "",
            passage,
            None,
            None,
            None,
            None,
            _prefix(checker, None),
            checker.xsi,
        )
    if about.here is not None and _local(about.raw) == PASSAGE_LOCAL_NAME:
        passage = about.here
    local = _local(about.raw)
    return Spot(
        path=_path(checker.open, [_step(about.raw, about.ordinal)]),
        tag=abridged(about.raw, _LONGEST_NAME),
        passage=passage,
        expected=_expected(about.decl),
        home=None if about.decl else schema.homes.get(local),
        here=about.here,
        parent=about.parent,
        prefix=_prefix(checker, about),
        xsi=checker.xsi,
    )


def _passage(around: list[Open]) -> Open | None:
    passages = (one for one in reversed(around) if _local(one.raw) == PASSAGE_LOCAL_NAME)
    return next(passages, None)


def _expected(decl: ElementDecl | None) -> Expected | None:
    if decl is None:
        return None
    form = Form.ELEMENTS
    if isinstance(decl.type, SimpleType):
        form = _FORMS.get(decl.type.lexical, Form.TEXT)
    return Expected(form, optional=decl.optional, nillable=decl.nillable)


def _missing(here: Open | None) -> tuple[str, ...]:
    if here is None or here.model is None or here.failed:
        return ()
    return lacking(here.model, here.state)[0]


def _path(around: list[Open], own: list[str]) -> str:
    """Return a path of local names; of a very deep one, its two ends."""
    left_out = max(len(around) - _FIRST - _LAST, 0)
    shown = [*around[:_FIRST], *around[_FIRST + left_out :]]
    return abridged_path([*(_step(one.raw, one.index) for one in shown), *own], _FIRST, left_out)


def _step(raw: str, index: int) -> str:
    local = abridged(_local(raw), _LONGEST_NAME)
    return f"{local}[{index}]" if index else local


def _prefix(checker: Checker, about: Subject | None) -> str:
    """Return the prefix of the outermost element, which the others of a flux share."""
    outermost = checker.open[0].raw if checker.open else about.raw if about else ""
    return abridged(outermost.rpartition(":")[0], _LONGEST_NAME)


def _local(raw: str) -> str:
    return raw.rpartition(":")[2]

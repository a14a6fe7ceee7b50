"""Where an error stands: the elements around it, the passage, and what the schema expected."""

from dataclasses import dataclass

from mockportal.domain.file_errors import Expected, Form, Place
from mockportal.wire.names import PASSAGE_LOCAL_NAME
from mockportal.wire.validation.checking import Checker
from mockportal.wire.validation.components import CompiledSchema, ElementDecl, SimpleType
from mockportal.wire.validation.open_elements import Open, Subject

_FORMS = {
    "date": Form.DATE,
    "dateTime": Form.DATE_TIME,
    "integer": Form.INTEGER,
    "boolean": Form.BOOLEAN,
}


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that still lacks its passage's identifier, which may come after the error."""

    path: str
    tag: str
    passage: Open | None
    expected: Expected | None
    home: str | None
    missing: tuple[str, ...]

    def settled(self) -> Place:
        """Return the place with what is known once the passage has been read."""
        return Place(
            path=self.path,
            tag=self.tag,
            technical_id=self.passage.identifier if self.passage else None,
            expected=self.expected,
            home=self.home,
            missing=self.missing,
        )


def spot_of(checker: Checker, schema: CompiledSchema, about: Subject | None) -> Spot:
    """Return where the checker stands; ``about`` is the faulty element, None in broken markup."""
    steps = [_step(one.raw, one.index) for one in checker.open]
    around = list(checker.open)
    if about is None:
        return Spot("/".join(steps), "", _passage(around), None, None, ())
    steps.append(_step(about.raw, about.ordinal))
    if about.here is not None:
        around.append(about.here)
    local = _local(about.raw)
    return Spot(
        path="/".join(steps),
        tag=about.raw,
        passage=_passage(around),
        expected=_expected(about.decl),
        home=None if about.decl else schema.homes.get(local),
        missing=_missing(about.here),
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
    return tuple(local for _, local in here.model.missing(here.state))


def _step(raw: str, index: int) -> str:
    return f"{_local(raw)}[{index}]" if index else _local(raw)


def _local(raw: str) -> str:
    return raw.rpartition(":")[2]

"""Content models: ``xs:all`` by a mask of what has come, the others by an automaton."""

from collections.abc import Sequence
from dataclasses import dataclass

from mockportal.wire.validation.components import ElementDecl, Name, SchemaNotSupportedError


class AllModel:
    """Children in any order, each at most once."""

    repeats = False

    def __init__(self, members: Sequence[tuple[ElementDecl, bool]], *, optional: bool) -> None:
        """Take the children with whether each is mandatory; ``optional``: there may be none."""
        self._members = {decl.name: (1 << i, decl) for i, (decl, _) in enumerate(members)}
        self._mandatory = sum(1 << i for i, (_, mandatory) in enumerate(members) if mandatory)
        self._optional = optional

    def step(self, state: int, name: Name) -> tuple[int, ElementDecl] | None:
        """Return the state after a child that has not come yet."""
        member = self._members.get(name)
        if member is None or state & member[0]:
            return None
        return state | member[0], member[1]

    def complete(self, state: int) -> bool:
        """Return whether all mandatory children have come."""
        return state & self._mandatory == self._mandatory or (self._optional and state == 0)

    def expected(self, state: int) -> list[Name]:
        """Return the children that have not come, optional ones too."""
        return [name for name, (bit, _) in self._members.items() if not state & bit]

    def missing(self, state: int) -> list[Name]:
        """Return the mandatory children that have not come."""
        return [
            name
            for name, (bit, _) in self._members.items()
            if bit & self._mandatory and not state & bit
        ]

    def find(self, name: Name) -> ElementDecl | None:
        """Return the declaration of a child."""
        member = self._members.get(name)
        return member[1] if member else None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a model before it becomes an automaton: positions, numbered in document order."""

    empty: bool
    first: tuple[int, ...] = ()
    last: tuple[int, ...] = ()


class SequenceModel:
    """Children in a given order, with choices and repetitions; position 0 is before the first."""

    def __init__(self) -> None:
        """Begin without any child; parts are added from the inside outwards."""
        self.repeats = False
        self._decls: list[ElementDecl | None] = [None]
        self._follow: list[set[int]] = [set()]
        self._final: set[int] = set()
        self._steps: list[dict[Name, tuple[int, ElementDecl]]] = []
        self._expected: list[list[Name]] = []

    def leaf(self, decl: ElementDecl) -> Part:
        """Add one child."""
        self._decls.append(decl)
        self._follow.append(set())
        position = (len(self._decls) - 1,)
        return Part(False, position, position)

    def join(self, left: Part, right: Part) -> Part:
        """Put one part after another."""
        for position in left.last:
            self._follow[position].update(right.first)
        return Part(
            left.empty and right.empty,
            left.first + right.first if left.empty else left.first,
            left.last + right.last if right.empty else right.last,
        )

    def loop(self, part: Part) -> Part:
        """Let a part come again and again."""
        self.repeats = True
        for position in part.last:
            self._follow[position].update(part.first)
        return part

    def close(self, whole: Part) -> None:
        """Make the automaton; raises SchemaNotSupportedError when two ways are open for a child."""
        self._follow[0] = set(whole.first)
        self._final = set(whole.last) | ({0} if whole.empty else set())
        for follow in self._follow:
            steps: dict[Name, tuple[int, ElementDecl]] = {}
            for position in sorted(follow):
                decl = self._decls[position]
                if decl is None:
                    continue
                other = steps.setdefault(decl.name, (position, decl))[1]
                if other is not decl:
                    raise SchemaNotSupportedError(f"an ambiguous content model at {decl.name[1]}")
            self._steps.append(steps)
            self._expected.append(list(steps))

    def step(self, state: int, name: Name) -> tuple[int, ElementDecl] | None:
        """Return the state after a child."""
        return self._steps[state].get(name)

    def complete(self, state: int) -> bool:
        """Return whether the content may end here."""
        return state in self._final

    def expected(self, state: int) -> list[Name]:
        """Return the children that may come here."""
        return self._expected[state]

    def missing(self, state: int) -> list[Name]:
        """Return the child that must come, where there is no choice."""
        return self.expected(state) if len(self.expected(state)) == 1 else []

    def find(self, name: Name) -> ElementDecl | None:
        """Return the declaration of a child wherever it stands."""
        return next((decl for decl in self._decls if decl and decl.name == name), None)

"""People who share level 1's data, some of them about to be added: whom a claim would find."""

from collections.abc import Iterable

from mockportal.domain.funnel import born_on_the_same_day, find_holder
from mockportal.domain.identifiers import HolderId
from mockportal.domain.messages import Code
from mockportal.domain.people import Holder, HolderClaim
from mockportal.domain.places import Gazetteer
from mockportal.domain.reference import NewHolder
from mockportal.domain.verdicts import Rejected

_FIRST_NUMBER = 1 << 40
"""People without a number yet get one that nobody has."""


class Namesakes:
    """People of one level-1 key, filed by their day of birth."""

    def __init__(self, people: Iterable[Holder]) -> None:
        """Begin with those whom the registry holds."""
        self._all: list[Holder] = []
        self._by_day: dict[tuple[int, int], list[Holder]] = {}
        self._without_day: list[Holder] = []
        for one in people:
            self._file(one)

    def add(self, person: NewHolder) -> None:
        """Add a person whom the registry does not hold yet."""
        fields = {name: getattr(person, name) for name in Holder._fields if name != "id"}
        self._file(Holder(id=HolderId(_FIRST_NUMBER + len(self._all)), **fields))

    def find(self, claim: HolderClaim, places: Gazetteer) -> bool:
        """Tell whether ``claim`` names somebody; several whom nothing tells apart count, too."""
        people = self._all
        if len(people) > 1 and claim.birth_month is not None and claim.birth_day is not None:
            same_day = self._by_day.get((claim.birth_month, claim.birth_day), [])
            vague = [one for one in self._without_day if born_on_the_same_day(claim, one)]
            people = [*same_day, *vague]
        verdict = find_holder(claim, people, places)
        return not isinstance(verdict, Rejected) or verdict.code is Code.SEVERAL

    def _file(self, one: Holder) -> None:
        self._all.append(one)
        if one.birth_month is None or one.birth_day is None:
            self._without_day.append(one)
        else:
            self._by_day.setdefault((one.birth_month, one.birth_day), []).append(one)

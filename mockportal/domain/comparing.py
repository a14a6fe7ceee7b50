"""How names and places compare.

Accents, case, ligatures, the shape of an apostrophe and the length of a run of spaces do not
count; every other sign does: ``Jean-François`` is not ``Jean François``. Accents are DOCUMENTED;
case, ligatures, apostrophes and spaces are ASSUMED.
"""

import struct
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import repeat
from typing import NamedTuple, NewType

from mockportal.domain.identifiers import HolderId
from mockportal.domain.people import Born

_LETTERS = str.maketrans({
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'",
})  # fmt: skip

Level1Key = NewType("Level1Key", tuple[int, int])
"""Stands for level 1's data of a person: 128 bits, so that equal keys are equal data."""
_KEY = 16
"""Bytes of a level-1 key."""
_TWO_NUMBERS = struct.Struct(">qq")
_A_BATCH = 16384
"""Keys are asked for again while a batch is treated: to look up, to judge."""


@lru_cache(maxsize=65536)
def normalised(name: str) -> str:
    """Return the form in which ``name`` compares: two names agree when these are equal."""
    if name.isascii() and "`" not in name:
        return " ".join(name.upper().split())
    letters = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    bare = "".join(c for c in letters if not unicodedata.combining(c))
    # Again, for what the decomposition has laid bare: Ǿ is now Ø, ŉ an apostrophe and an n.
    return " ".join(bare.translate(_LETTERS).upper().split())


def parts_of(name: str) -> tuple[str, ...]:
    """Return the words that a name is made of, as names compare: two of ``Martin-Durand``."""
    return tuple(normalised(name).replace("-", " ").split())


class Filing(NamedTuple):
    """How a person is filed in a world: for level 1 of the funnel, and by its names."""

    key: Level1Key
    names: str


class FoundPeople(NamedTuple):
    """Who is under some level-1 keys."""

    alone: Mapping[Level1Key, HolderId]
    """Those whose key is theirs alone."""
    shared: Mapping[Level1Key, Sequence[Born]]
    """The others, by the key that they share."""


def filing(world: int, birth_name: str, first_name: str, sex: str, birth_year: str) -> str:
    """Return how a person is filed in a world, in a text that ``read_filing`` understands."""
    birth, first = normalised(birth_name), normalised(first_name)
    key = blake2b(_level1(world, birth, first, sex, birth_year), digest_size=_KEY).hexdigest()
    return f"{key}{birth} {first}"


def read_filing(text: str) -> Filing:
    """Return the filing that a text holds."""
    first, rest = _TWO_NUMBERS.unpack(bytes.fromhex(text[: 2 * _KEY]))
    return Filing(Level1Key((first, rest)), text[2 * _KEY :])


def read_filings(texts: Sequence[str]) -> list[Filing]:
    """Return the filings that some texts hold, all at once."""
    keys = _TWO_NUMBERS.iter_unpack(bytes.fromhex("".join([text[: 2 * _KEY] for text in texts])))
    names = [text[2 * _KEY :] for text in texts]
    # Without Python's help for each: what unpacks a key makes a tuple of two numbers.
    return list(map(tuple.__new__, repeat(Filing), zip(keys, names, strict=True)))


def names_key(birth_name: str, first_name: str) -> str:
    """Return the names of a person as they compare, the birth name first."""
    return f"{normalised(birth_name)} {normalised(first_name)}"


@lru_cache(maxsize=_A_BATCH)
def level1_key(
    world: int, birth_name: str, first_name: str, sex: str, birth_year: int
) -> Level1Key:
    """Return the key under which a person is filed for level 1 of the funnel."""
    birth, first = normalised(birth_name), normalised(first_name)
    return Level1Key(_halves(_level1(world, birth, first, sex, birth_year)))


def sender_key(world: int, sender: str) -> int:
    """Return the key under which the passages of an émetteur are filed, by their identifiers."""
    return _halves(f"{world}\x1f{sender}".encode())[0]


def _level1(world: int, birth: str, first: str, sex: str, year: int | str) -> bytes:
    """Return level 1's data of a person, with the names as they compare."""
    return f"{world}\x1f{birth}\x1f{first}\x1f{sex}\x1f{year}".encode()


def _halves(data: bytes) -> tuple[int, int]:
    """Return a hash as two signed numbers, the same for ever: they are stored."""
    first, second = _TWO_NUMBERS.unpack(blake2b(data, digest_size=_KEY).digest())
    return first, second

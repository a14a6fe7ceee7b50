"""How names and places compare.

Accents, case, ligatures, the shape of an apostrophe and the length of a run of spaces do not
count; every other sign does: ``Jean-François`` is not ``Jean François``. Accents are DOCUMENTED;
case, ligatures, apostrophes and spaces are ASSUMED.
"""

import unicodedata
from functools import lru_cache
from hashlib import blake2b

_LETTERS = str.maketrans({
    "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l",
    "đ": "d", "Đ": "d", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "＇": "'",
})  # fmt: skip

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


@lru_cache(maxsize=_A_BATCH)
def level1_key(world: int, birth_name: str, first_name: str, sex: str, birth_year: int) -> int:
    """Return the key under which a person is filed for level 1 of the funnel."""
    names = f"{normalised(birth_name)}\x1f{normalised(first_name)}"
    return _key(f"{world}\x1f{names}\x1f{sex}\x1f{birth_year}")


def sender_key(world: int, sender: str) -> int:
    """Return the key under which the passages of an émetteur are filed, by their identifiers."""
    return _key(f"{world}\x1f{sender}")


def _key(text: str) -> int:
    """Return a signed 64-bit hash; equal texts give equal keys for ever: they are stored."""
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "big", signed=True)

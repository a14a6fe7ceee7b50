"""Packed files as older versions have written them."""

import json
import zlib

from mockportal.domain.deposits import AROUND


def as_a_file(left: dict[int, bytes]) -> bytes:
    """Return what an older version would have written."""

    def part(content: bytes) -> bytes:
        return len(content).to_bytes(8, "big") + content

    file = b"mockportal packed 1\n" + part(left[AROUND])
    index = {}
    for number, content in left.items():
        if number != AROUND:
            index[number] = len(file)
            file += part(content)
    return file + part(zlib.compress(json.dumps(index).encode())) + len(file).to_bytes(8, "big")

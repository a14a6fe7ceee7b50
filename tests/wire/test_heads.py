"""The head of a flux: a plain one is read by libxml2 alone, and no other is believed by mistake."""

from pathlib import Path

import pytest

from mockportal.resources import schema_path
from mockportal.wire.surveying import surveyed
from mockportal.wire.validation import compile_schema, validate
from tests.wire.controlling import PLAIN

_ROOT = PLAIN[PLAIN.index(b"<cpf:flux") : PLAIN.index(b"<cpf:idFlux>")]
_TIME = PLAIN.partition(b"<cpf:horodatage>")[2].partition(b"<")[0]
_ATTRIBUTES = (
    'xmlns:a="b" xmlns:c="b"', 'xmlns:a="b c"', 'xmlns:a="b" xmlns:a="b"', 'a="b"',
    'xmlns="urn:cdc:cpf:pc5:schema:1.0.0"', 'xsi:nil="true"', 'xsi:type="cpf:flux"',
    'xmlns:a=""', 'xmlns:1a="x"', 'xmlns:a:b="x"', 'xmlns:type="a"', 'xmlns:a="#"',
    'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:nil="true" xsi:nil="true"',
)  # fmt: skip
_DECLARATIONS = (
    "", '<?xml version="1.0"?>', "<?xml version='1.0' standalone='yes' ?>\n",
    '<?xml version="1.1" encoding="UTF-8"?>', '<?XML version="1.0"?>',
    ' <?xml version="1.0"?>', '<?xml version="1.0" encoding="UTF-8"?><!-- a -- b -->',
)  # fmt: skip
_TIMES = (
    "2026-11-20T24:00:00", "2026-11-20T24:00:01", "2016-12-31T23:59:60Z", "0000-01-01T00:00:00",
    "-0001-01-01T00:00:00", "012026-01-01T00:00:00", "12026-01-01T00:00:00",
    "2024-02-29T00:00:00+14:00", "2024-02-29T00:00:00+14:01", "2023-02-29T00:00:00",
    "2024-02-29T00:00:00.", " 2024-02-29T00:00:00Z ", "99999999999999999999-01-01T00:00:00",
    "2024-02-29T00:00:00Z&#10;", "\uff12\uff1024-02-29T00:00:00Z",
)  # fmt: skip
HEADS = (
    *(PLAIN.replace(_ROOT, _ROOT[:-1] + b" " + one.encode() + b">") for one in _ATTRIBUTES),
    *(one.encode() + PLAIN[PLAIN.index(_ROOT) :] for one in _DECLARATIONS),
    *(PLAIN.replace(_TIME, one.encode()) for one in _TIMES),
)


@pytest.mark.parametrize("content", HEADS)
def test_what_is_believed_of_a_head_is_what_the_exact_check_says(
    tmp_path: Path, content: bytes
) -> None:
    path, schema = tmp_path / "flux.xml", schema_path("1.1.2")
    path.write_bytes(content)

    with path.open("rb") as file:
        good = surveyed(file, len(content), schema).good
        file.seek(0)
        errors = validate(file, compile_schema(schema))

    assert not (good and errors)


def test_a_plain_file_is_surely_good_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "flux.xml"
    path.write_bytes(PLAIN)

    with path.open("rb") as file:
        assert surveyed(file, len(PLAIN), schema_path("1.1.2")).good

"""A receipt that is about another file: a fault that tests ask for."""

import re

_FILE_NAME = re.compile(rb"(<nomFichier>)(?=[^<]*</nomFichier>)")
_BEFORE = "autre-"


def misnamed(receipt: bytes) -> bytes:
    """Return a receipt that names another file than its own; the rest stays to the byte."""
    return _FILE_NAME.sub(rb"\1" + _BEFORE.encode(), receipt, count=1)


def misnamed_file(name: str) -> str:
    """Return the file name of a receipt that is about another file than its own."""
    head, underscore, rest = name.partition("_")
    return f"{head}_{_BEFORE}{rest}" if underscore else f"{_BEFORE}{name}"

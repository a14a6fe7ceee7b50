"""Short ways to ask the check of a document."""

import io

from mockportal.domain.deposits import FileError
from mockportal.wire.validation import CompiledSchema, validate

NAMESPACE = "urn:cdc:cpf:pc5:schema:1.0.0"
HEAD = f'<cpf:flux xmlns:cpf="{NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">\n'
FOOT = "</cpf:flux>"


def errors_of(document: str | bytes, schema: CompiledSchema) -> list[FileError]:
    """Return the errors of a document."""
    content = document.encode() if isinstance(document, str) else document
    return list(validate(io.BytesIO(content), schema))


def texts_of(document: str | bytes, schema: CompiledSchema) -> list[str]:
    """Return the messages alone."""
    return [error.message for error in errors_of(document, schema)]


def expanded(*names: str) -> str:
    """Return a list of elements as messages write it."""
    return "{" + ", ".join(f'"{NAMESPACE}":{name}' for name in names) + "}"

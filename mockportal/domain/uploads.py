"""What is refused at the upload, before there is any deposit. The words are ours (ASSUMED)."""

import re
from dataclasses import dataclass
from enum import Enum

MOST_BYTES = 200_000_000
"""200 Mo, of 1 000 000 bytes each (DOCUMENTED)."""
MOST_PASSAGES = 200_000
"""Passages in a file: a number told of 2026; that more are refused is ours (ASSUMED)."""
LONGEST_NAME = 255


class UploadRefusal(Enum):
    """Why an upload is no deposit; the value is the French sentence that its sender reads."""

    NO_FILE = "Aucun fichier n'a été reçu. Choisissez un fichier XML, puis déposez-le."
    NOT_XML_NAME = (
        "Seuls les fichiers dont le nom se termine par « .xml » sont acceptés. Un fichier "
        "compressé (.gz, .zip) doit d'abord être décompressé."
    )
    SLASH_IN_NAME = (
        "Le nom du fichier ne doit contenir ni barre oblique ni barre inversée. Renommez le "
        "fichier, puis déposez-le à nouveau."
    )
    UNWRITABLE_NAME = (
        "Le nom du fichier contient un caractère qui ne peut pas figurer dans un accusé de "
        "traitement. Renommez le fichier, puis déposez-le à nouveau."
    )
    LONG_NAME = (
        "Le nom du fichier dépasse 255 caractères. Raccourcissez-le, puis déposez le fichier à "
        "nouveau."
    )
    TOO_LARGE = (
        "Le fichier dépasse la taille maximale de {limit}. Répartissez les passages dans "
        "plusieurs fichiers."
    )
    PORTAL_RESET = (
        "Le portail vient d'être remis à zéro : ce fichier n'a pas été pris. Déposez-le à nouveau."
    )

    def worded(self, limit: int = MOST_BYTES) -> str:
        """Return the sentence; ``limit`` is the largest size in bytes."""
        size = f"{limit / 1_000_000:g} Mo" if limit >= 1_000_000 else f"{limit} octets"
        return self.value.format(limit=size.replace(".", ","))


@dataclass(frozen=True, slots=True)
class NameRule:
    """A name in which ``pattern`` is found is refused.

    The pattern means the same to Python and, with its flag ``u``, to JavaScript: a browser checks
    a name before it sends a large file, by the very rules of the portal.
    """

    pattern: str
    refusal: UploadRefusal


NAME_RULES = (
    NameRule(r"^(?![\s\S])", UploadRefusal.NO_FILE),
    NameRule(r"[\/\\]", UploadRefusal.SLASH_IN_NAME),
    NameRule(rf"^[\s\S]{{{LONGEST_NAME + 1}}}", UploadRefusal.LONG_NAME),
    NameRule(
        r"[\u0000-\u001f\u007f-\u009f\ud800-\udfff\ufffe\uffff]", UploadRefusal.UNWRITABLE_NAME
    ),
    NameRule(r"^(?![\s\S]*\.[xX][mM][lL]$)", UploadRefusal.NOT_XML_NAME),
)
"""The first that fits says why."""


def refusal_of_name(name: str) -> UploadRefusal | None:
    """Return why a file of this name is not taken, or None."""
    return next((rule.refusal for rule in NAME_RULES if re.search(rule.pattern, name)), None)

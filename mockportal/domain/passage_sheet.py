"""The columns of an export of passages, in the words of the dictionary where it has any."""

from mockportal.domain.dictionary import DICTIONARY

TITLE = "Passages"
IDENTIFIER = DICTIONARY["technical_id"].label
HEADING = (
    IDENTIFIER,
    DICTIONARY["birth_name"].label,
    DICTIONARY["first_name"].label,
    DICTIONARY["certification_code"].label,
    "Certification",
    DICTIONARY["valid_from"].label,
    "Hors délai",
    "Émetteur",
    "Certificateur",
    "Fichier",
    "Déposé le",
    "Modifié le",
)


def yes_no(value: bool) -> str:
    """Return the word for a fact."""
    return "Oui" if value else "Non"

"""The one list of facts: what is known of the real portal, how surely, and where pages say it.

``/aide/suppositions``, the marks on all pages and ``docs/facts.md`` are made from it. The messages
of the second control and their bases stand in their own catalogue (``messages``); here they are
facts as well, each under the key ``message-CODE``.
"""

from mockportal.domain.facts.accounts import ACCOUNTS
from mockportal.domain.facts.controls import CONTROLS
from mockportal.domain.facts.deposits import DEPOSITS
from mockportal.domain.facts.model import FILES, GUIDE, OURS, Fact
from mockportal.domain.facts.outcomes import AFTERWARDS, AROUND, RECEIPTS
from mockportal.domain.file_errors import Fault
from mockportal.domain.messages import CATALOGUE, Basis, Code, Message

__all__ = [
    "BESIDE_ELEMENTS", "BESIDE_MESSAGES", "FACTS", "OF_FAULTS", "SUBJECTS", "Fact", "fact",
    "message_key",
]  # fmt: skip

_SAYS = {Basis.DOCUMENTED: GUIDE, Basis.OBSERVED: FILES, Basis.ASSUMED: OURS}


def message_key(code: Code) -> str:
    """Return the key of the fact that a message's sentence is."""
    return f"message-{code.value}"


def _of(message: Message) -> Fact:
    # The page of a deposit marks what is assumed alone: beside the real sentences it has no room.
    ours = Basis.ASSUMED in message.basis
    return Fact(
        message_key(message.code),
        message.text,
        message.basis,
        " ; ".join(_SAYS[basis] for basis in message.basis),
        ("/aide/messages", "/depots/…") if ours else ("/aide/messages",),
    )


SUBJECTS: dict[str, tuple[Fact, ...]] = {
    "Comptes": ACCOUNTS,
    "Dépôt et contrôle XML": DEPOSITS,
    "Contrôle des passages": CONTROLS,
    "Accusés": RECEIPTS,
    "Après le dépôt": AFTERWARDS,
    "Autour du portail": AROUND,
    "Les phrases des passages KO": tuple(_of(message) for message in CATALOGUE.values()),
}
"""All facts, by subject."""

FACTS: dict[str, Fact] = {fact.key: fact for facts in SUBJECTS.values() for fact in facts}
"""All facts, by their keys."""

BESIDE_MESSAGES: dict[Code, tuple[str, ...]] = {
    Code.SENDER: ("file-conditions",),
    Code.MANDATE: ("file-conditions",),
    Code.CONTRACT: ("file-conditions",),
    Code.DUPLICATE: ("same-file", "freed-identifier"),
    Code.CERTIFICATION: ("inactive",),
    Code.NIR_UNKNOWN: ("national-ids",),
    Code.NIR_NAME: ("national-ids",),
    Code.SUPPRESSION_UNKNOWN: ("suppressions",),
}
"""What the help says of the rule behind a message, beyond its sentence."""

BESIDE_ELEMENTS: dict[str, tuple[str, ...]] = {
    "flux_id": ("flux-id", "flux-id-again"),
    "action": ("schema-1.1.5",),
    "national_id_part": ("schema-1.1.5",),
    "contract": ("contract-of-mandate",),
    "certification_type": ("six-types",),
    "depositor_nature": ("depositor-nature",),
    "final": ("definitive", "definitive-unchecked"),
    "valid_from": ("late-accepted",),
    "commune_label": ("dictionary-differs",),
    "country_label": ("dictionary-differs",),
}
"""What the dictionary says of an element, by our name of it, beyond its rule."""

OF_FAULTS: dict[Fault, str] = {Fault.DOCTYPE: "doctype", Fault.TOO_MANY: "most-passages"}
"""The fact behind an error of the first control that is refused by a choice of ours."""


def fact(key: str) -> Fact:
    """Return the fact of a key; a KeyError names one that is not in the list."""
    return FACTS[key]

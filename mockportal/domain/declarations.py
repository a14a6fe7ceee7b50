"""Declaring one passage by a form: its pages, what each asks, and what the flux will say.

How the real portal's form is made is ASSUMED; its fields and rules are the dictionary's.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from mockportal.domain.dictionary import DICTIONARY, Group
from mockportal.domain.dictionary_rules import FieldFault
from mockportal.domain.identifiers import AccountId, ClientId, ContractId, DepositId, WorldId
from mockportal.domain.messages import Code, message_of
from mockportal.domain.registrations import MISSING

FOR_WHOM, WAY = "for_whom", "way"
"""What a form asks beside the dictionary's fields: a certificateur's contract, how to name."""
NOT_FOR_THEM = "Choisissez l'un des certificateurs qui mandatent votre organisme."
_YES = "true"
_BY_VAE = "VAE"
_SAID_ELSEWHERE = ("sender", "certifier", "contract")


class Page(Enum):
    """A page of the form; the value is its name in addresses."""

    CERTIFICATION = "certification"
    AWARD = "obtention"
    TERMS = "modalites"
    DETAILS = "precisions"
    WAY = "titulaire"
    HOLDER = "identite"
    SUMMARY = "recapitulatif"


STEPS: tuple[tuple[str, tuple[Page, ...]], ...] = (
    ("Certification", (Page.CERTIFICATION,)),
    ("Obtention", (Page.AWARD,)),
    ("Modalités", (Page.TERMS, Page.DETAILS)),
    ("Titulaire", (Page.WAY, Page.HOLDER)),
    ("Récapitulatif", (Page.SUMMARY,)),
)
"""The steps that the bar shows, and the pages of each."""
WAYS = {one.name.lower(): one for one in (Group.HOLDER, Group.TRAINING_FILE, Group.NATIONAL_ID)}
"""The three ways to name a holder, by how a form names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A form as it is filled in so far; one that was sent has its deposit."""

    number: str
    """The form's own number: one that is sent twice is deposited once."""
    world: WorldId
    account: AccountId
    values: Mapping[str, str] = field(default_factory=dict)
    """What was typed, by our names of the fields; ``FOR_WHOM`` and ``WAY`` among them."""
    begun_at: datetime
    corrects: DepositId | None = None
    """The deposit that was KO and that this one makes good."""
    deposit: DepositId | None = None

    def value(self, name: str) -> str:
        """Return what a field holds."""
        return self.values.get(name, "")


def fields_asked(page: Page, values: Mapping[str, str]) -> list[str]:
    """Return the fields of a page that apply to what was said before, in their order."""
    if page is Page.CERTIFICATION:
        rest = (one for one in _of(Group.CERTIFICATION) if one != "certification_code")
        return [FOR_WHOM, "technical_id", "certification_code", *rest]
    if page is Page.AWARD:
        return _of(Group.AWARD) + _of(Group.EXAM)
    if page is Page.TERMS:
        asked = ["has_language_level", "has_digital_level", *_of(Group.ENROLMENT)]
        return [name for name in asked if name != "vae_way"]
    if page is Page.DETAILS:
        return [name for name, applies in _conditional(values).items() if applies]
    if page is Page.WAY:
        return [WAY]
    return _of_way(values.get(WAY, "")) if page is Page.HOLDER else []


def pages_asked(values: Mapping[str, str]) -> list[Page]:
    """Return the pages to go through, given what was said; one that asks nothing is left out."""
    return [one for one in Page if one is Page.SUMMARY or fields_asked(one, values)]


def page_of(name: str, values: Mapping[str, str]) -> Page:
    """Return the page that asks for a field; what no page asks for is seen on the last one."""
    pages = (one for one in Page if name in fields_asked(one, values))
    return next(pages, Page.SUMMARY)


def said(values: Mapping[str, str]) -> dict[str, str | None]:
    """Return what the flux will say: only the fields that apply, None where nothing was typed."""
    applying = {name for page in Page for name in fields_asked(page, values)}
    return {
        name: (values.get(name) or None) if name in applying else None
        for name in DICTIONARY
        if name not in _SAID_ELSEWHERE
    }


def missing(values: Mapping[str, str], asked: Sequence[str]) -> list[FieldFault]:
    """Return a fault for each field that has to be filled in and is not."""
    return [FieldFault(one, MISSING) for one in asked if not values.get(one) and is_mandatory(one)]


def is_mandatory(name: str) -> bool:
    """Tell whether a field that is asked for has to be filled in."""
    if name == "certification_type":  # the code tells it
        return False
    return name in (FOR_WHOM, WAY) or DICTIONARY[name].mandatory


def date_faults(values: Mapping[str, str]) -> list[FieldFault]:
    """Return the periods that end before they begin."""
    faults = []
    for first, last, code in (
        ("valid_from", "valid_until", Code.VALIDITY),
        ("exam_from", "exam_until", Code.EXAM_DATES),
    ):
        begins, ends = _day(values.get(first)), _day(values.get(last))
        if begins and ends and ends < begins:
            faults.append(FieldFault(last, message_of(code).happened))
    return faults


def type_told_by(code: str) -> str:
    """Return the type of a certification that its code begins with: RNCP, RS, or nothing."""
    return re.split(r"\d", code, maxsplit=1)[0].strip()


def pair_of(for_whom: str) -> tuple[ClientId, ContractId]:
    """Return the certificateur and the contract that a form names in one value."""
    certifier, _, contract = for_whom.partition("/")
    return ClientId(certifier), ContractId(contract)


def proposed_id(number: str, today: date) -> str:
    """Return an idTechnique for a passage that has none yet."""
    return f"DECL-{today:%Y%m%d}-{number[:8]}"


def file_name(technical_id: str, now: datetime) -> str:
    """Return the name under which a declaration is deposited."""
    safe = re.sub(r"[^A-Za-z0-9._-]+", "-", technical_id).strip("-.")[:80]
    return f"declaration-{safe or 'passage'}-{now:%Y%m%d%H%M%S}.xml"


def _conditional(values: Mapping[str, str]) -> dict[str, bool]:
    digital = values.get("has_digital_level") == _YES
    return {
        "language_level": values.get("has_language_level") == _YES,
        "digital_score": digital,
        "digital_results": digital,
        "vae_way": values.get("way_in") == _BY_VAE,
    }


def _of_way(way: str) -> list[str]:
    if way not in WAYS:
        return []
    return [*_of(WAYS[way]), *(["birth_name"] if WAYS[way] is Group.NATIONAL_ID else [])]


def _of(group: Group) -> list[str]:
    return [one.name for one in DICTIONARY.values() if one.group is group]


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None

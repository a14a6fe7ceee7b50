"""What lies behind a KO, in French: the certification, an earlier deposit, broken text."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from mockportal.domain.broken_text import broken_text
from mockportal.domain.identifiers import DepositId, ProcessingId
from mockportal.domain.people import Claim, HolderClaim, NirClaim
from mockportal.domain.recognition import Cause, Unrecognised
from mockportal.domain.stray_signs import name_of_sign, stray_sign, without_stray_signs

ACCEPTED_BEFORE = "Ce passage a été accepté dans le dépôt"
LEARN = "mockportal registry learn FICHIER"
_LET_IN = f"Pour la faire connaître : « {LEARN} », ou l'option « --certifications open »."
_NAMES = {
    "birth_name": "le nom de naissance",
    "usage_name": "le nom d'usage",
    "first_name": "le premier prénom",
    "second_name": "le deuxième prénom",
    "third_name": "le troisième prénom",
}


@dataclass(frozen=True, slots=True)
class EarlierDeposit:
    """The deposit in which a passage was accepted before; ``received_at`` as in Paris."""

    id: DepositId
    processing_id: ProcessingId
    file_name: str
    received_at: datetime


def duplicate_cause(earlier: EarlierDeposit, deposit: DepositId) -> str:
    """Return where the passage was before: in the same deposit, or in which other one, and when."""
    if earlier.id == deposit:
        return "Le même fichier contient ce passage deux fois : le premier est accepté."
    return (
        f"{ACCEPTED_BEFORE} n° {earlier.processing_id} du "
        f"{earlier.received_at:%d/%m/%Y} ({earlier.file_name})."
    )


def certification_cause(unrecognised: Unrecognised) -> str:
    """Return why a certification is not recognised, the one that was meant, and how to mend it."""
    given, near = unrecognised.given, unrecognised.near
    seen = f"Transmis : type « {given.type} », code « {given.code} »."
    likely = f" La plus proche : type « {near.type} », code « {near.code} »." if near else ""
    sign = stray_sign(given.type) or stray_sign(given.code)
    if sign and unrecognised.cause is not Cause.LISTED_SINCE:
        return (
            f"{seen} Un caractère y est invisible : {name_of_sign(sign)}. Effacez la valeur et "
            f"tapez-la de nouveau : type « {without_stray_signs(given.type).strip()} », code "
            f"« {without_stray_signs(given.code).strip()} »."
        )
    why = "Elle n'était pas connue lors du traitement, et l'est à présent : redéposez."
    match unrecognised.cause:
        case Cause.UNKNOWN:
            why = f"Ce code n'est pas dans la liste.{likely} {_LET_IN}"
        case Cause.MISSPELT:
            fault = "sa casse" if near and near.code == given.code.upper() else "son écriture"
            if near and near.code == given.type + given.code:
                fault = "son préfixe qui manque"
            why = (
                f"Ce code est connu autrement, à {fault} près.{likely} Corrigez-le dans le fichier."
            )
        case Cause.BAD_FORM:
            why = (
                "Ce code n'est pas écrit comme ceux des répertoires, avec leur préfixe et en "
                f"majuscules : « {unrecognised.form} ». Corrigez-le dans le fichier."
            )
        case Cause.OTHER_TYPE:
            why = f"Le type et le code ne vont pas ensemble.{likely} Corrigez-les dans le fichier."
        case Cause.INACTIVE:
            why = (
                "Cette certification est dans la liste, mais n'est plus active. Pour la rendre "
                "active : POST /_mock/certifications, avec « active » à true."
            )
        case Cause.LISTED_SINCE:
            pass
    return f"{seen} {why}"


def text_causes(claim: Claim) -> Iterator[str]:
    """Yield what looks broken in the names that a claim gives, with what was probably meant."""
    fields = _NAMES if isinstance(claim, HolderClaim) else ("birth_name", "first_name")
    for field in fields:
        if isinstance(claim, NirClaim) and field != "birth_name":
            continue
        text = getattr(claim, field)
        # Spaces of all kinds compare as one: none of them is the cause.
        broken = broken_text(" ".join(text.split()), of_a_name=True) if text else None
        if broken:
            yield f"Dans {_NAMES[field]} « {text} », {broken.why}"

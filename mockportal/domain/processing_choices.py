"""A processing as a form asks for it: a mode, a number, and the unit of a delay; in French."""

from dataclasses import dataclass

from mockportal.domain.processing import Mode, Processing, processing_of
from mockportal.domain.registrations import Faults

WORKING_DAYS = "jours-ouvres"
UNITS = {"secondes": 1, "heures": 3_600, "jours": 86_400, WORKING_DAYS: 0}
"""The units of a delay, the smallest first, each with its seconds; working days have none."""
MODES = (Mode.IMMEDIATE, Mode.DELAY, Mode.POLLS, Mode.MANUAL)
"""The modes that a form offers: working days are a unit there."""

_NO_MODE = "Choisissez quand le second contrôle commence."
_NO_UNIT = "Choisissez l'unité du délai."
_NUMBER_OF = {
    Mode.DELAY: "Indiquez la durée du délai en chiffres, par exemple 2.",
    Mode.WORKING_DAYS: "Indiquez un nombre de jours ouvrés, de 1 à 999.",
    Mode.POLLS: "Indiquez un nombre de consultations, au moins 1.",
}
_TOO_LARGE = "Ce nombre est trop grand : au plus 999 jours ouvrés, ou 999 999 999 secondes."
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Choice:
    """What the fields of the form hold."""

    mode: str
    amount: str
    unit: str


def choice_of(processing: Processing) -> Choice:
    """Return how a form shows a processing: a delay in the largest unit that divides it."""
    if processing.mode is Mode.WORKING_DAYS:
        return Choice(Mode.DELAY.value, str(processing.amount), WORKING_DAYS)
    unit, amount = "secondes", processing.amount
    if processing.mode is Mode.DELAY and amount:
        whole = [one for one, size in UNITS.items() if size and amount % size == 0]
        unit = whole[-1]
        amount //= UNITS[unit]
    return Choice(processing.mode.value, str(amount) if processing.mode.counts else "", unit)


def chosen_processing(choice: Choice) -> Processing | Faults:
    """Return what was chosen, or a sentence for the field that is wrong.

    Spaces in the number are let be; a number that the mode does not need is not read.
    """
    offered = {mode.value: mode for mode in MODES}
    if choice.mode not in offered:
        return {"mode": _NO_MODE}
    mode = offered[choice.mode]
    if not mode.counts:
        return Processing(mode)
    if mode is Mode.DELAY and choice.unit not in UNITS:
        return {"unit": _NO_UNIT}
    if mode is Mode.DELAY and choice.unit == WORKING_DAYS:
        mode = Mode.WORKING_DAYS
    digits = "".join(choice.amount.split())
    if not (digits.isascii() and digits.isdigit()):
        return {"amount": _NUMBER_OF[mode]}
    if len(digits) > _MOST_DIGITS:
        return {"amount": _TOO_LARGE}
    amount = int(digits) * (UNITS[choice.unit] if mode is Mode.DELAY else 1)
    wrong = _TOO_LARGE if amount > 1 else _NUMBER_OF[mode]
    return processing_of(f"{mode.value}={amount}") or {"amount": wrong}

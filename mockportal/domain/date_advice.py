"""Advice on dates and times that the schema does not accept."""

import calendar
import re

from mockportal.domain.advice import Advice, Case
from mockportal.domain.changes import ChangeKind
from mockportal.domain.date_reading import ReadDate, read_date
from mockportal.domain.file_errors import Facts, Fault, Form, Place
from mockportal.domain.finding import Finding, fits
from mockportal.domain.messages import Basis
from mockportal.domain.moment_reading import read_moment
from mockportal.domain.number_reading import read_number
from mockportal.domain.suggesting import suggested


def is_of(place: Place, form: Form) -> bool:
    """Return whether the schema wants a value of this form."""
    return place.expected is not None and place.expected.form is form


def is_guessed(facts: Facts, place: Place) -> bool:
    """Return whether it shows how the value was meant."""
    return place.expected is not None and bool(suggested(facts.value, place.expected.form))


def _date_with(pattern: str) -> Case:
    return Case(
        "Cette date contient plus que le jour : « {value} ».",
        "Une date s'écrit AAAA-MM-JJ, sans heure ni fuseau horaire : {suggested}.",
        lambda f, p: is_of(p, Form.DATE) and re.search(pattern, f.value.strip()) is not None
        and is_guessed(f, p),
    )  # fmt: skip


DATES = (
    _date_with(r"\d(?:Z|[+-]\d\d:\d\d)\Z"),
    _date_with(r"\d[T ]\d"),
    Case(
        "La date « {value} » n'est pas écrite dans la forme du flux.",
        "Une date s'écrit AAAA-MM-JJ, l'année d'abord, mois et jour sur deux chiffres : "
        "{suggested}.",
        lambda f, p: is_of(p, Form.DATE) and suggested(f.value, Form.DATE) not in ("", f.value),
    ),
    Case(
        "Ce jour n'existe pas dans le calendrier.",
        "Vérifiez le jour et le mois : « {value} » n'est pas une date réelle.",
        lambda f, p: is_of(p, Form.DATE) and f.fault is Fault.DATATYPE and is_guessed(f, p),
    ),
    Case(
        "La date « {value} » n'est pas de celles que le schéma accepte : années 1900 à 2099, mois "
        "01 à 12, jours 01 à 31.",
        "Écrivez une date de la forme AAAA-MM-JJ, par exemple 2026-01-31.",
        lambda _, p: is_of(p, Form.DATE),
    ),
    Case(
        "L'heure est donnée en temps universel, avec un Z : le schéma veut un décalage.",
        "Remplacez Z par +00:00, ou donnez l'heure de Paris avec +01:00 ou +02:00 : {suggested}.",
        lambda f, p: is_of(p, Form.DATE_TIME) and f.value.strip().endswith("Z")
        and is_guessed(f, p),
    ),
    Case(
        "L'heure contient une fraction de seconde, que le schéma refuse.",
        "Arrondissez à la seconde : {suggested}.",
        lambda f, p: is_of(p, Form.DATE_TIME) and re.search(r":\d\d[.,]\d", f.value) is not None
        and is_guessed(f, p),
    ),
    Case(
        "Il manque à cette heure son décalage (+01:00 en hiver, +02:00 en été à Paris).",
        "Ajoutez le décalage à la fin : {suggested}.",
        lambda f, p: is_of(p, Form.DATE_TIME) and is_guessed(f, p)
        and re.search(r"[+-]\d\d:?\d\d\Z", f.value.strip()) is None,
    ),
    Case(
        "La date et l'heure « {value} » n'ont pas la forme voulue.",
        "Écrivez {suggested}.",
        lambda f, p: is_of(p, Form.DATE_TIME)
        and suggested(f.value, Form.DATE_TIME) not in ("", f.value.strip()),
    ),
    Case(
        "La date et l'heure « {value} » n'ont pas la forme voulue, ou n'existent pas.",
        "Écrivez AAAA-MM-JJTHH:MM:SS suivi du décalage, par exemple 2026-01-31T09:30:00+01:00 : "
        "un jour réel, une heure de 00 à 23, un décalage d'au plus 14 heures.",
        lambda _, p: is_of(p, Form.DATE_TIME),
    ),
)  # fmt: skip
_BIRTH = ("birth_year", "birth_month", "birth_day")


def on_date(finding: Finding) -> Advice | None:
    """Return the day that is probably meant, and how it was read; None where it is not known."""
    value = finding.facts.value
    read = read_date(value, finding.today) or _last_of_month(value)
    if read is None:
        return None
    change = finding.value(str(read), to_complete=not read.sure)
    happened = f"La date « {finding.shown} » n'est pas écrite dans la forme du flux, AAAA-MM-JJ."
    if read.sure:
        mend = f"Écrivez {change.shown} ({read.how}). Vérifiez le jour, le mois et l'année."
    else:
        mend = f"Écrivez le vrai jour, par exemple {change.shown} ({read.how})."
        nothing = finding.without_value()
        if nothing and nothing.kind is ChangeKind.REMOVE:
            mend += f" S'il n'est pas connu, retirez toute la balise « {finding.name} »."
        elif nothing:
            mend += f" S'il n'est pas connu, écrivez {nothing.shown}."
    return Advice(happened, mend, Basis.OBSERVED, change)


def _last_of_month(value: str) -> ReadDate | None:
    """Return the last day of a month that has no such day as is written."""
    year_first = re.match(r"\s*(\d{4})[-/.](\d\d?)[-/.](\d\d?)", value)
    day_first = re.match(r"\s*(\d\d?)[-/.](\d\d?)[-/.](\d{4})", value)
    parts = year_first.groups() if year_first else day_first.groups()[::-1] if day_first else ()
    if not parts or not 1 <= int(parts[1]) <= 12 or not 28 < int(parts[2]) <= 31:
        return None
    last = calendar.monthrange(int(parts[0]), int(parts[1]))[1]
    read = read_date(f"{parts[0]}-{int(parts[1]):02}-{last}")
    return read and ReadDate(read.day, f"ce mois n'a que {last} jours", sure=False)


def on_moment(finding: Finding) -> Advice | None:
    """Return the time that is probably meant: its own hour, with the day's offset in Paris."""
    value = finding.facts.value
    read = read_moment(value, finding.today)
    if read is None:
        return None
    change = finding.value(read.written, to_complete=not read.has_hour)
    if not read.has_hour:
        return Advice(
            f"« {finding.shown} » donne un jour sans heure lisible ; le schéma veut la date, "
            "l'heure et le décalage.",
            f"Écrivez {change.shown}, où « 12:00:00 » est à remplacer par l'heure de l'export ; "
            f"{read.written[-6:]} est le décalage de Paris ce jour-là.",
            Basis.OBSERVED,
            change,
        )
    how = f" ({' ; '.join(read.how)})" if read.how else ""
    return Advice(
        f"La date et l'heure « {finding.shown} » n'ont pas la forme voulue, AAAA-MM-JJTHH:MM:SS "
        "suivi du décalage.",
        f"Écrivez {change.shown}{how}.",
        Basis.OBSERVED,
        change,
    )


def on_part_of_birth(finding: Finding) -> Advice | None:
    """Return the year, month or day of birth that a value means: a part of a date, a short year."""
    key, value, element = finding.key, finding.facts.value, finding.element
    if key not in _BIRTH or element is None or element.form is None:
        return None
    read = None if re.fullmatch(r"\s*\d{1,4}\s*", value) else read_date(
        value, finding.today, of_birth=True
    )  # fmt: skip
    if read and read.sure:
        return _on_whole_birth(finding, read)
    if key == "birth_year":
        return _on_year(finding) or (_on_whole_birth(finding, read) if read else None)
    month = read_date(f"1 {value} 2000") if key == "birth_month" else None
    if month is None or value.strip().isdecimal() or not month.sure:
        return None
    change = finding.value(str(month.day.month))
    return Advice(
        f"« {finding.shown} » n'est pas un nombre : le mois s'écrit de 1 à 12.",
        f"Écrivez {change.shown}.",
        Basis.OBSERVED,
        change,
    )


def _on_whole_birth(finding: Finding, read: ReadDate) -> Advice:
    parts = dict(zip(_BIRTH, (read.day.year, read.day.month, read.day.day), strict=True))
    change = finding.value(str(parts[finding.key]))
    names = {node.key: node.name for node in finding.elements if node.key in _BIRTH}
    others = " et ".join(
        f"{parts[key]} dans « {names[key]} »"
        for key in _BIRTH
        if key != finding.key and key in names
    )
    return Advice(
        f"« {finding.shown} » est une date, et le flux donne l'année, le mois et le jour de "
        "naissance dans trois éléments.",
        f"Écrivez {change.shown} ({read.how})"
        + (f", et mettez {others}, s'ils n'y sont pas." if read.sure else "."),
        Basis.OBSERVED,
        change,
    )


def _on_year(finding: Finding) -> Advice | None:
    value, element = finding.facts.value, finding.element
    if element is None or element.form is None:
        return None
    number = read_number(value, "0", None)
    year = ""
    if len(number) <= 2 and number and number != "0":
        read = read_date(f"01/01/{int(number):02}", finding.today, of_birth=True)
        year, how = (str(read.day.year) if read else ""), f"{number} lu comme une année courte"
    else:
        year, how = number, "sans décimales ni espaces"
    if not year or not fits(element.form, year):
        return None
    change = finding.value(year)
    return Advice(
        f"« {finding.shown} » n'est pas une année de naissance de quatre chiffres.",
        f"Écrivez {change.shown} ({how}). Vérifiez l'année.",
        Basis.OBSERVED,
        change,
    )

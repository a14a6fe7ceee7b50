"""How a value was probably meant, in the form that the schema wants."""

import re
from difflib import get_close_matches

from mockportal.domain.date_reading import read_date
from mockportal.domain.file_errors import Form
from mockportal.domain.moment_reading import read_moment
from mockportal.domain.word_reading import yes_or_no


def suggested(value: str, form: Form) -> str:
    """Return the value in the right form; empty when it cannot be guessed."""
    bare = value.strip()
    match form:
        case Form.DATE:
            return str(read_date(bare) or "")
        case Form.DATE_TIME:
            moment = read_moment(bare)
            return moment.written if moment else ""
        case Form.BOOLEAN:
            return yes_or_no(bare)
        case Form.INTEGER:
            whole = re.fullmatch(r"(\d+)[.,]0+", bare.replace(" ", ""))
            return whole[1] if whole else ""
        case _:
            return ""


def closest(word: str, words: tuple[str, ...]) -> str:
    """Return the one of ``words`` that is written most like ``word``; empty when none is near."""
    plain = {one.casefold(): one for one in words}
    found = get_close_matches(word.strip().casefold(), plain, n=1, cutoff=0.75)
    return plain[found[0]] if found else ""

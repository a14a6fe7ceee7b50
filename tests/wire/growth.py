"""How time grows with a run of signs in a flux: measured in a process of its own.

    python -m tests.wire.growth [FIRST [LAST]]

prints a line of JSON for each run that grows faster than it should: its name, and the seconds.
"""

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from mockportal.domain.places import Gazetteer
from mockportal.resources import schema_path
from mockportal.wire.doubtful_values import DoubtfulValues
from mockportal.wire.first_control import KeepLeaves, Reading, first_control
from mockportal.wire.leaves import KeptLeaves
from mockportal.wire.reading import KeptFile
from tests.fluxes import a_flux_xml, a_passage_xml

MOST = 2.5
"""What doubling a run may multiply the time by."""
_MEASURABLE = 0.02
"""Seconds of the processor from which on a ratio says something."""
_SHORTEST, _LONGEST = 20_000, 320_000
"""Signs of a run: it is doubled until its time can be measured."""
_LATER = 2 * _LONGEST
"""Signs beyond which no file is read in another way for its size."""
_SEVERAL = 3
_HERE = "@@"
_RECEIVED = date(2026, 11, 30)

RUNS: dict[str, str] = {
    "blanks": " ", "tabs": "\t", "line feeds": "\n", "carriage returns": "\r", "CRLF": "\r\n",
    "digits": "7", "zeros": "0", "letters": "a", "accents": "é", "emoji": "😀", "nulls": "\x00",
    "brackets": "[", "closing brackets": "]", "double quotes": '"', "single quotes": "'",
    "dashes": "-", "colons": ":", "equals signs": "=", "less-than signs": "<",
    "greater-than signs": ">", "ampersands": "&", "slashes": "/", "exclamation marks": "!",
    "question marks": "?", "references": "&#32;", "entities": "&amp;", "open references": "&#x",
    "comments": "<!---->", "comment starts": "<!--", "comment ends": "-->",
    "instructions": "<?x y?>", "instruction starts": "<?x ", "CDATA sections": "<![CDATA[]]>",
    "CDATA starts": "<![CDATA[", "CDATA ends": "]]>", "attributes": " a='1'",
    "quoted attributes": ' a=">"', "namespaces": " xmlns:a='u'", "half namespaces": " xmlns:a",
    "nil": ' xsi:nil="true"', "depth": "<a>", "elements": "<a/>", "end tags": "</a>",
    "passage starts": "<cpf:passageCertification>", "passage ends": "</cpf:passageCertification>",
    "spaced passage ends": "</cpf:passageCertification >",
    "passages": "<cpf:passageCertification/>",
    "certifications": "<cpf:certification>", "identifiers": "<cpf:idTechnique>A</cpf:idTechnique>",
    "names": "cpf:passageCertification", "declarations": "<?xml version='1.0'?>",
    "doctypes": "<!DOCTYPE a>", "results": "<cpf:resultat></cpf:resultat>", "dots": ".",
    "prefixes": "cpf:", "percent signs": "%", "braces": "{}", "types": " type ", "a quoted message":
    "' -valid : La valeur '",
}  # fmt: skip

_FIRST, _MIDDLE, _LAST = a_passage_xml("A"), a_passage_xml("B&amp;"), a_passage_xml("C")
_NIL = "<cpf:scoring xsi:nil"


def _flux(middle: str = _MIDDLE, between: str = "") -> str:
    return a_flux_xml(_FIRST, middle, between + _LAST).decode()


_PLAIN = _flux()
PLACES: dict[str, str] = {
    "between passages": _flux(between=_HERE),
    "in a passage": _flux(_MIDDLE.replace("<cpf:donnee", f"{_HERE}<cpf:donnee")),
    "in a start tag": _flux(_MIDDLE.replace("<cpf:idTechnique>", f"<cpf:idTechnique{_HERE}>")),
    "in an end tag": _flux(_MIDDLE.replace("</cpf:idTechnique>", f"</cpf:idTechnique{_HERE}>")),
    "in a passage's end tag": _flux(
        _MIDDLE.replace("</cpf:passageCertification>", f"</cpf:passageCertification{_HERE}>")
    ),
    "in a text": _flux(_MIDDLE.replace("B&amp;", f"B{_HERE}")),
    "in a number": _flux(_MIDDLE.replace("1990", f"{_HERE}1990")),
    "in a date": _flux(_MIDDLE.replace("2026-10-01", f"2026-10-01{_HERE}")),
    "in a choice": _flux(_MIDDLE.replace(">true<", f">true{_HERE}<")),
    "before nil": _flux(_MIDDLE.replace(_NIL, f"<cpf:scoring{_HERE} xsi:nil")),
    "in nil": _flux(_MIDDLE.replace('<cpf:scoring xsi:nil="', f'<cpf:scoring xsi:nil="{_HERE}')),
    "after nil": _flux(_MIDDLE.replace(f'{_NIL}="true"', f'{_NIL}="true"{_HERE}')),
    "in results": _flux(
        a_passage_xml(
            "B",
            extra="<cpf:niveauNumeriqueEuropeen><cpf:resultats><cpf:resultat></cpf:resultat>"
            f"{_HERE}</cpf:resultats></cpf:niveauNumeriqueEuropeen>",
        )
    ),
    "before the declaration": _HERE + _PLAIN,
    "in the declaration": _PLAIN.replace("<?xml ", f"<?xml {_HERE}"),
    "in the encoding": _PLAIN.replace("UTF-8", f"UTF-8{_HERE}"),
    "after the encoding": _PLAIN.replace('UTF-8"', f'UTF-8"{_HERE}'),
    "in the prolog": _PLAIN.replace("<cpf:flux", f"{_HERE}<cpf:flux"),
    "in the root's name": _PLAIN.replace("<cpf:flux", f"<cpf:flux{_HERE}"),
    "in the root's tag": _PLAIN.replace('instance">', f'instance"{_HERE}>'),
    "in a namespace": _PLAIN.replace("instance", f"instance{_HERE}"),
    "in the head": _PLAIN.replace("<cpf:idFlux>", f"{_HERE}<cpf:idFlux>"),
    "in a text of the head": _PLAIN.replace("flux-1", f"flux-1{_HERE}"),
    "in the foot": _PLAIN.replace("</cpf:emetteur>", f"{_HERE}</cpf:emetteur>"),
    "in the epilogue": _PLAIN + _HERE,
}


def runaways(first: int = 0, last: int | None = None) -> Iterator[tuple[str, float, float]]:
    """Yield each run at each place that takes too long when doubled, with the two times."""
    cases = [(run, place) for run in RUNS for place in PLACES]
    with TemporaryDirectory(prefix="mockportal-") as folder:
        for run, place in cases[first:last]:
            before, after = _times(PLACES[place], RUNS[run], Path(folder))
            if after <= MOST * before:
                continue
            # Something else was at work, or a longer file is read in another way: a step in the
            # time is no growth, which three more doublings would show as well.
            before, after = (
                _best(PLACES[place], RUNS[run], length, Path(folder), _SEVERAL)
                for length in (_LATER, 8 * _LATER)
            )
            if after > MOST**3 * before:
                yield f"{run} {place}", before, after


def _times(template: str, run: str, folder: Path) -> tuple[float, float]:
    """Return the processor's seconds for a run, and for one twice as long."""
    length = _SHORTEST
    before = _best(template, run, length, folder, 1)
    while before < _MEASURABLE and length < _LONGEST:
        length *= 2
        before = _best(template, run, length, folder, 1)
    if before < _MEASURABLE:
        return before, before  # the longest takes no time to speak of
    before = min(before, _best(template, run, length, folder, _SEVERAL - 1))
    return before, _best(template, run, 2 * length, folder, _SEVERAL, MOST * before)


def _best(
    template: str, run: str, length: int, folder: Path, tries: int, enough: float = 0.0
) -> float:
    """Return the best of several times; any that is below ``enough`` will do."""
    content = template.replace(_HERE, run * (length // len(run)))
    (folder / "deposit.xml").write_bytes(content.encode())
    best = float("inf")
    for _ in range(tries):
        best = min(best, _seconds(lambda: _read(folder)))
        if best < enough:
            break
    return best


def _seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _read(folder: Path) -> None:
    path, schema = folder / "deposit.xml", schema_path("1.1.2")
    with (folder / "regular.xml").open("w+b") as copy, (folder / "leaves").open("w+b") as out:
        reading = first_control(path, schema, copy, keep=KeepLeaves(out, path, 7, apart=False))
    if not isinstance(reading, Reading):
        return
    path = folder / "regular.xml" if reading.regular_copy else path
    with KeptFile(path, schema=schema) as kept, KeptLeaves(folder / "leaves") as leaves:
        finder = DoubtfulValues(kept.frame, _RECEIVED, Gazetteer({}))
        for piece in reading.pieces:
            kept.passages(
                piece, lambda a, b: reading.certifications[a : b + 1], leaves.of(piece.number)
            )
            kept.element(piece, piece.passages - 1)
            kept.raw(piece)
            for passage in finder.passages(kept.content(piece)):
                list(finder.doubtful(passage, kept.values(passage)))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        for found in runaways(*map(int, sys.argv[1:])):
            print(json.dumps(found), flush=True)  # noqa: T201  # a command for a terminal

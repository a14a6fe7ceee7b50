"""Make ``seeds/holders.csv``: the people of the registry that every portal starts with.

    python tests/tools/make_seed_holders.py > seeds/holders.csv

The checked-in file was made once, with Faker 40.54.0; another release of Faker gives other people,
and what users learn of these people must stay true: after a change, look at the difference. The
people of ``HAND_PLACED`` come first, in their order; ``seeds/cases.json`` counts on them. Those
that follow are drawn: no two of them, and none of them with one of the first, agree at level 1.
"""

import csv
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

from faker import Faker

from mockportal.domain.comparing import normalised
from mockportal.domain.nir import make_nir

SEEDS = Path(__file__).parents[2] / "seeds"
SEED = 20260330
DRAWN = 360
TRAINING_FILES = 16
HEADER = (
    "nomNaissance,nomUsage,prenom1,prenom2,prenom3,anneeNaissance,moisNaissance,jourNaissance,"
    "sexe,codeInsee,libelleCommuneNaissance,codePaysNaissance,nir,idDossier"
)
CORSICA_DIVIDED = 1976
"""From this year on, a NIR says 2A or 2B."""

HAND_PLACED = """\
KERVELLANT,,Jean-François,Yann,,1974,5,12,M,29019,310900001
BEAUREGARD,TISSERANT,Sophie,,,1985,3,22,F,69383,3109000012
CHAMPENOIS,,Marie,Charlotte,,1993,10,8,F,51454,
BERTHELIER,,Matthieu,Luc,Aimé,1987,1,19,M,63113,31090000133
MAISON-NEUVE,,Élodie,,,1999,7,30,F,86194,
ŒUVRARD,,Anaëlle,Noémie,,2000,9,4,F,37261,
GARÇONNET,PÉLISSIÉ,Françoise,Thérèse,,1961,12,1,F,81004,310900001234
DE LA ROCHETTE,,Aliénor,Marguerite,Éléonore,1997,4,23,F,49007,
D'ESTREMONT,,Côme,,,1991,2,28,M,37261,3109000012345
OLIVIER,,Bernard,Henri,,1958,9,17,M,45234,
LE BIHANNIC,,Gwenaëlle,,,1982,10,2,F,22278,
L'HERMINIER,,Loïc,Marie,,1973,12,24,M,56260,
VAN DER ELSTRAETE,,Maxime,,,1999,5,6,M,59183,
MARCHANDEAU,,Nicolas,,,1990,3,11,M,59350,
MARCHANDEAU,,Nicolas,Paul,,1990,8,25,M,44109,
PERRONNEAU,,Lucie,,,1996,2,14,F,21231,
PERRONNEAU,,Lucie,,,1996,2,27,F,37261,
PERRONNEAU,,Lucie,,,1996,11,14,F,57463,
LAMBERTIN,,Camille,Louise,,1995,6,21,F,31555,
LAMBERTIN,,Camille,Inès,,1995,6,21,F,33063,
SAINT-AUBIN,,Julie,,,1988,9,2,F,75115,
SAINT-AUBIN,,Julie,,,1988,9,2,F,13206,
CHANTEREAU,GUILLEMOT,Nathalie,,,1972,4,4,F,45234,
CHANTEREAU,PASTOUREL,Nathalie,,,1972,4,4,F,45234,
BENHAMIDOU,,Karim,,,1979,,,M,99352 ORAN,
BENHAMIDOU,,Karim,,,1979,7,14,M,59512,
DURANTON,,Thomas,,,1992,1,30,M,35238,
DURANTON,,Thomas,,,1992,1,30,M,35238,
ROUSSELIN,,Léa,Marie,,2001,12,5,F,06088,
ROUSSELIN,,Léa,,,2001,12,5,F,06088,
KEÏTA-BAMBA,,Aminata,,,1976,,,F,99335 BAMAKO,
WEISSENBACH,,Jürgen,,,1969,3,5,M,99109 STUTTGART,
FERREIRA DO VALE,LEMOINE-DUVAL,Inês,Sofia,,1989,11,17,F,99139 BRAGA,
MONTAGNAC,,Zoé,,,2003,5,,F,34172,
GRANDCHAMP,,Maël,Yves,Côme,1984,6,,M,99126 ATHÈNES,
CASABIANDA,,Ghjulia,,,1998,2,17,F,2A004,
POGGIALETTI,,Dumenicu,Anton,,1983,6,9,M,2B033,
HOAREAU-VALMY,,Marie-Ange,Rose,,1994,5,15,F,97411,
MONTPLAISIR,,Dorian,,,2002,8,19,M,97209,
ZÉPHIRIN,,Rose-Laure,,,1978,1,27,F,97302,
ABDOU SALIM,,Nadjma,,,1996,1,1,F,97611,
WAMOINE,,Jean-Yves,Noël,,1986,7,3,M,98818,
PAPAÏ-TERIIVA,,Moana,,,1990,4,10,M,98735,
"""
"""Birth name, usage name, three first names, year, month, day, sex, INSEE code of the place of
birth (with the city's name when it is abroad), training file."""

CITIES_ABROAD = {
    "99109": "HAMBOURG", "99114": "CLUJ", "99122": "CRACOVIE", "99127": "TURIN",
    "99131": "LIÈGE", "99132": "BRISTOL", "99134": "VALENCE", "99139": "PORTO",
    "99140": "GENÈVE", "99155": "LVIV", "99205": "TRIPOLI", "99208": "IZMIR",
    "99216": "WENZHOU", "99243": "HUÉ", "99322": "DOUALA", "99326": "BOUAKÉ",
    "99333": "TAMATAVE", "99341": "THIÈS", "99350": "FÈS", "99351": "SFAX",
    "99352": "CONSTANTINE", "99390": "CUREPIPE", "99410": "JACMEL", "99416": "RECIFE",
}  # fmt: skip

Row = list[str]


def hand_placed(communes: dict[str, str]) -> Iterator[Row]:
    """Yield the people of ``HAND_PLACED`` as rows of the registry, without a NIR."""
    for line in csv.reader(HAND_PLACED.splitlines()):
        *person, place, training_file = line
        code, _, label = place.partition(" ")
        yield [*person, *_birth_place(code, label or communes[code]), "", training_file]


def drawn(communes: dict[str, str], taken: set[tuple[str, ...]]) -> Iterator[Row]:
    """Yield people without end, none of whom agrees at level 1 with another or with ``taken``."""
    chance = Random(SEED)
    faker = Faker("fr_FR")
    faker.seed_instance(SEED)
    codes = sorted(communes)
    while True:
        sex = chance.choice("MF")
        first_name = faker.first_name_male if sex == "M" else faker.first_name_female
        year = chance.randint(1950, 2007)
        names = _first_names(chance, list(dict.fromkeys(first_name() for _ in range(5))))
        birth_name = faker.last_name().upper()
        if chance.random() < 0.08:
            birth_name += "-" + faker.last_name().upper()
        married = sex == "F" and year < 1998 and chance.random() < 0.3
        usage_name = faker.last_name().upper() if married else ""
        code = chance.choice(codes)
        label = communes[code]
        if chance.random() < 0.1:
            code, label = chance.choice(sorted(CITIES_ABROAD.items()))
        month, day = str(chance.randint(1, 12)), str(chance.randint(1, 28))
        unknown = chance.random()
        month, day = (month if unknown > 0.01 else ""), (day if unknown > 0.03 else "")
        row = [birth_name, usage_name, *names, str(year), month, day, sex]
        if code[:2] in {"2A", "2B"} and year < CORSICA_DIVIDED:
            continue
        if level1(row) not in taken:
            taken.add(level1(row))
            yield [*row, *_birth_place(code, label), "", ""]


def level1(row: Row) -> tuple[str, ...]:
    """Return what level 1 compares of ``row``."""
    return normalised(row[0]), normalised(row[2]), row[5], row[8]


def with_nirs(rows: list[Row]) -> Iterator[Row]:
    """Yield ``rows`` with a NIR each, no two alike."""
    chance = Random(SEED)
    given: set[str] = set()
    for row in rows:
        year, month, place = int(row[5]), int(row[6]) if row[6] else None, row[9]
        while True:
            order = chance.randint(1, 400)
            nir = make_nir(sex=row[8], year=year, month=month, place=place, order=order)
            if nir not in given:
                break
        given.add(nir)
        yield [*row[:12], nir, row[13]]


def _first_names(chance: Random, choices: list[str]) -> Row:
    names = choices[: chance.choices((1, 2, 3), weights=(4, 3, 3))[0]]
    if chance.random() < 0.06:
        names[0] += "-" + choices[-1]
    return names + [""] * (3 - len(names))


def _birth_place(code: str, label: str) -> Row:
    return [code, label.upper(), code[2:] if code.startswith("99") else ""]


def main() -> None:
    """Write the whole registry to standard output."""
    with (SEEDS / "communes.csv").open(encoding="utf-8", newline="") as file:
        communes = {line["code"]: line["name"] for line in csv.DictReader(file)}
    rows = list(hand_placed(communes))
    others = drawn(communes, {level1(row) for row in rows})
    rows += [next(others) for _ in range(DRAWN)]
    for number, row in enumerate(rows[-TRAINING_FILES:]):
        row[13] = str(31100002000 + 7919 * number)
    sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(HEADER.split(","))
    out.writerows(with_nirs(rows))


if __name__ == "__main__":
    main()

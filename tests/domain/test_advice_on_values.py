"""What is advised of values: read as they were meant, with the very text to write."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mockportal.domain.advice import Advice
from mockportal.domain.advising import advice_on
from mockportal.domain.changes import ChangeKind
from mockportal.domain.date_reading import read_date, tells_no_date
from mockportal.domain.file_errors import Facts, Fault, Place
from mockportal.domain.moment_reading import read_moment
from mockportal.domain.schema_elements import SchemaElement
from mockportal.domain.word_reading import listed_word
from mockportal.wire.schema_elements import schema_elements

_XSD = Path(__file__).parents[2] / "xsd"
TODAY = date(2026, 3, 30)
_FAULTS = (Fault.ENUMERATION, Fault.PATTERN, Fault.WRONG_LENGTH, Fault.TOO_LONG, Fault.TOO_SMALL,
           Fault.DATATYPE, Fault.TOO_SHORT, Fault.TOO_LARGE, Fault.NOT_NILLABLE,
           Fault.NIL_WITH_CONTENT)  # fmt: skip
_STRANGE = (Fault.UNEXPECTED, Fault.NOTHING_MORE, Fault.TEXT_BETWEEN, Fault.CHILD_IN_VALUE,
            Fault.INCOMPLETE)  # fmt: skip


@cache
def elements(version: str = "1.1.5") -> tuple[SchemaElement, ...]:
    """Return the elements of a schema."""
    return schema_elements(_XSD / f"flux-{version}.xsd")


def advice(name: str, value: str, fault: Fault = Fault.PATTERN) -> Advice:
    """Return the advice on a value of the element of a name."""
    path = next(one.path for one in elements("1.1.2") if one.name == name)
    place = Place(path="/".join(path), tag=f"cpf:{name}")
    return advice_on(Facts(fault, value, name, "cpf"), place, elements("1.1.2"), TODAY)


def written(name: str, value: str, fault: Fault = Fault.PATTERN) -> str:
    """Return what an advice has a person write; empty where the element goes."""
    change = advice(name, value, fault).change
    assert change is not None
    return change.text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15-01-26", "2026-01-15"),
        ("26-01-15", "2026-01-15"),
        ("01/15/2026", "2026-01-15"),
        ("01/02/2026", "2026-02-01"),
        ("46037", "2026-01-15"),
        ("2026-W03-4", "2026-01-15"),
        ("2026-015", "2026-01-15"),
        ("Thu Jan 15 2026", "2026-01-15"),
        ("Thu Jan 15 09:00:00 CET 2026", "2026-01-15"),
        ("1er février 2026", "2026-02-01"),
        ("January 15th, 2026", "2026-01-15"),
        ("15-janv.-26", "2026-01-15"),
        ("2026-01-14T23:00:00.000Z", "2026-01-15"),
        ("2026-13-01", "2026-01-13"),
        ("2O26-O1-15", "2026-01-15"),
        ("1768431600", "2026-01-15"),
        ("2026‑01‑15", "2026-01-15"),
        ("0000-01", ""),
        ("9999-366", ""),
        ("mars 0000", ""),
        ("hier", ""),
    ],
)
def test_a_date_is_read_as_it_was_probably_meant(text: str, meant: str) -> None:
    assert str(read_date(text, TODAY) or "") == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [("12/05/74", "1974-05-12"), ("740512", "1974-05-12"), ("01/02/12", "2012-02-01"),
     ("01/02/13", "1913-02-01"), ("27161", "1974-05-12")],
)  # fmt: skip
def test_a_short_year_of_birth_is_that_of_somebody_old_enough(text: str, meant: str) -> None:
    assert str(read_date(text, TODAY, of_birth=True)) == meant


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-03-28T09:00:00", "2026-03-28T09:00:00+01:00"),
        ("2026-03-30T09:00:00", "2026-03-30T09:00:00+02:00"),
        ("2026-10-25T09:00:00", "2026-10-25T09:00:00+01:00"),
        ("1774861200", "2026-03-30T11:00:00+02:00"),
        ("1774861200123", "2026-03-30T11:00:00+02:00"),
        ("2026-03-30T09:00:00Z", "2026-03-30T09:00:00+00:00"),
        ("2026-03-30T09:00", "2026-03-30T09:00:00+02:00"),
        ("2026-03-30T09:00:00.123456789", "2026-03-30T09:00:00+02:00"),
        ("03/30/2026 9:05 PM", "2026-03-30T21:05:00+02:00"),
        ("30/03/2026 à 9h05", "2026-03-30T09:05:00+02:00"),
        ("2026-03-30T09:00:00+15:00", "2026-03-30T09:00:00+02:00"),
        ("2026-03-30T24:00:00", "2026-03-31T00:00:00+02:00"),
        ("Mon Mar 30 2026 09:00:00 GMT+0200 (CEST)", "2026-03-30T09:00:00+02:00"),
        ("202601310930", "2026-01-31T09:30:00+01:00"),
        ("20260131093015", "2026-01-31T09:30:15+01:00"),
        ("46111.375", "2026-03-30T09:00:00+02:00"),
    ],
)
def test_a_time_keeps_its_hour_and_takes_the_offset_of_its_day(text: str, meant: str) -> None:
    read = read_moment(text, TODAY)

    assert read is not None
    assert (read.written, read.has_hour) == (meant, True)


def test_a_day_alone_is_given_no_hour_that_passes_for_its_own() -> None:
    told = advice("horodatage", "2026-03-30")

    assert told.change is not None
    assert told.change.to_complete
    assert "« 12:00:00 » est à remplacer par l'heure de l'export" in told.mend


@pytest.mark.parametrize(
    "text", ["0000-00-00", "Illimitée", "31/12/9999", "à vie", "0001-01-01", "sans limite"]
)
def test_what_says_that_there_is_no_date_becomes_nil(text: str) -> None:
    assert tells_no_date(text)
    assert written("dateFinValidite", text) == '<cpf:dateFinValidite xsi:nil="true"/>'


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("sexe", "Homme", "M"),
        ("sexe", "Mme", "F"),
        ("mentionValidee", "Très bien", "MENTION_TRES_BIEN"),
        ("modaliteAcces", "EQUIVALENCE_(DIPLOME_ETRANGER)", "EQUIVALENCE_DIPLOME_ETRANGER"),
        ("obtentionCertification", "ADMISSION", "PAR_ADMISSION"),
        ("niveauLangueEuropeen", "b2+", "B2"),
        ("donneeCertifiee", "Oui", "true"),
        ("initiativeInscription", "France Travail", "POLE_EMPLOI"),
        ("anneeNaissance", "74", "1974"),
        ("anneeNaissance", "12/05/1974", "1974"),
        ("moisNaissance", "mai", "5"),
        ("moisNaissance", "00", '<cpf:moisNaissance xsi:nil="true"/>'),
        ("niveau", "-1", ""),
        ("scoreGeneral", "0", ""),
        ("scoreGeneral", "512,4", "512"),
        ("codeInsee", "1310", "01310"),
        ("codeInsee", "75 056", "75056"),
        ("codeInsee", "BREST (29019)", "29019"),
        ("codeInsee", "\ufeff29019", "29019"),
        ("codePaysNaissance", "99127", "127"),
        ("codePaysNaissance", "99100", ""),
        ("codePaysNaissance", "FR", ""),
        ("idClient", "3TST001", "03TST001"),
        ("idClient", "03 TST 001", "03TST001"),
    ],
)
def test_the_text_to_write_is_read_from_the_value(name: str, value: str, text: str) -> None:
    assert written(name, value, Fault.WRONG_LENGTH) == text


@pytest.mark.parametrize(
    ("value", "seems"),
    [
        ("CERT00001", "sans doute un identifiant de connexion"),
        ("CERT001", "un matricule auquel il manque un caractère"),
    ],
)
def test_a_login_or_half_a_matricule_gives_no_matricule(value: str, seems: str) -> None:
    told = advice("idClient", value, Fault.WRONG_LENGTH)

    assert seems in told.happened
    assert "« Mon compte »" in told.mend
    assert told.change is not None
    assert (told.change.text, told.change.to_complete) == ("03ABC123", True)


@pytest.mark.parametrize(
    ("value", "seems"),
    [
        ("154640", "un numéro trop long"),
        ("99", "né à l'étranger"),
        ("BREST", "un nom"),
        ("CHE", "le code ISO d'un pays"),
        ("12345678901234", "un numéro SIRET"),
        ("", "est vide"),
    ],
)
def test_a_code_of_a_birth_place_that_nobody_can_read_has_a_way_out(value: str, seems: str) -> None:
    told = advice("codeInsee", value, Fault.WRONG_LENGTH)

    assert seems in told.happened
    assert "code officiel géographique (COG) de l'Insee" in told.mend
    assert told.change is not None
    assert (told.change.kind, told.change.around) == (ChangeKind.REPLACE, "codeInseeNaissance")
    assert told.change.text == (
        '<cpf:codePostalNaissance><cpf:codePostal xsi:nil="true"/></cpf:codePostalNaissance>'
    )
    assert told.change.text in told.mend


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_nothing_that_a_file_may_say_is_too_odd_for_an_advice(data: st.DataObject) -> None:
    element = data.draw(st.sampled_from(elements()))
    texts = st.one_of(
        st.text(max_size=60),
        st.text("0123456789-/.:TZW +²Ⅷ٣\u200b\u00a0oOjanv", max_size=24),
        st.from_regex(r"\d{1,5}[-/. ]\d{1,3}[-/. ]\d{1,5}", fullmatch=True),
    )
    value, content = data.draw(texts), data.draw(texts)
    fault = data.draw(st.sampled_from((*_FAULTS, *_STRANGE)))
    children = [one.name for one in elements() if one.parent == element.path]
    place = Place(
        path="/".join((*element.path, data.draw(st.sampled_from(("", "dateNaissance", "sexe"))))),
        tag="cpf:x",
        missing=tuple(children[: data.draw(st.integers(0, 3))]),
        content=content,
        xsi=data.draw(st.sampled_from(("xsi", ""))),
    )
    own = Place(path="/".join(element.path), tag=element.name, content=content)
    for where in (place, own):
        told = advice_on(Facts(fault, value, "x", "cpf"), where, elements(), TODAY)

        assert told.happened.endswith((".", "…"))
        assert told.mend


@pytest.mark.parametrize(
    "value", ["NON ADMIS", "Non validé", "INVALIDE", "non obtenu", "refusée", "ajourné", "pas reçu"]
)
def test_what_was_not_obtained_is_not_told_as_obtained(value: str) -> None:
    told = advice("obtentionCertification", value, Fault.ENUMERATION)

    assert told.change is None
    assert "Seules les certifications obtenues se transmettent" in told.mend


def test_an_initiative_that_nobody_knows_is_not_called_another() -> None:
    assert not listed_word("initiative", "zzz", ("AUTRE", "OF"))


def stranger(name: str, content: str, missing: str, *, allowed: tuple[str, ...] = ()) -> Advice:
    """Return the advice on an element in the place where another one is missing."""
    around = next(one.parent for one in elements() if one.name == missing)
    place = Place("/".join((*around, name)), f"cpf:{name}", missing=(missing,), content=content)
    facts = Facts(
        Fault.UNEXPECTED, element=name, prefix="cpf", allowed=allowed, namespace="u", wanted="u"
    )
    return advice_on(facts, place, elements(), TODAY)


@pytest.mark.parametrize(
    ("name", "content", "missing", "kind"),
    [
        ("email", "a@b.fr", "nomUsage", ChangeKind.REPLACE),
        ("telephone", "0102030405", "nomNaissance", ChangeKind.REPLACE),
        ("prenom3", "Zoé", "nomNaissance", ChangeKind.REMOVE),
        ("nomUsuel", "Zoé", "nomUsage", ChangeKind.RENAME),
        ("genre2", "F", "sexe", ChangeKind.RENAME),
        ("quand", "2026-01-15", "dateDebutValidite", ChangeKind.RENAME),
        ("quand", "hier", "dateDebutValidite", ChangeKind.REPLACE),
        ("combien", "1974", "anneeNaissance", ChangeKind.RENAME),
    ],
)
def test_a_text_goes_to_another_element_only_where_something_tells_so(
    name: str, content: str, missing: str, kind: ChangeKind
) -> None:
    told = stranger(name, content, missing)

    assert told.change is not None
    assert told.change.kind is kind
    if kind is ChangeKind.REPLACE:
        assert told.mend.startswith(f"Retirez toute la balise « {name} ». Ce qui manque")
        assert content not in told.change.text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("dateFinValidite", "validité est sans limite"),
        ("nomUsage", "Si la valeur est connue, écrivez-la à la place."),
        ("presenceNiveauLangueEuro", "true si ce passage donne un niveau de langue européen"),
        ("presenceNiveauNumeriqueEuro", "true si ce passage donne un niveau numérique européen"),
    ],
)
def test_what_is_missing_is_not_called_unknown_without_a_word(name: str, said: str) -> None:
    around = next(one.parent for one in elements() if one.name == name)
    place = Place("/".join(around), f"cpf:{around[-1]}", missing=(name,))

    assert said in advice_on(Facts(Fault.INCOMPLETE), place, elements(), TODAY).mend
    assert said in stranger("zzz", "hier", name).mend


@pytest.mark.parametrize(
    ("name", "cut"),
    [("nomNaissance", False), ("nomUsage", False), ("prenom2", False), ("idTechnique", False),
     ("idContrat", False), ("idDossier", False), ("code", False), ("verbatim", True)],
)  # fmt: skip
def test_a_name_or_an_identifier_is_not_cut(name: str, cut: bool) -> None:
    told = advice(name, "A" * 300, Fault.TOO_LONG)

    assert told.change is not None
    assert ("en la coupant" in told.mend, told.change.to_complete) == (cut, not cut)
    assert told.change.text.startswith("AAA") is cut


@pytest.mark.parametrize("value", ["29200 BREST", "29200 - Brest"])
def test_a_number_before_a_town_is_its_postal_code(value: str) -> None:
    told = advice("codeInsee", value, Fault.WRONG_LENGTH)

    assert "sans doute un code postal" in told.happened
    assert told.change is not None
    assert (told.change.text, told.change.around) == (
        "<cpf:codePostalNaissance><cpf:codePostal>29200</cpf:codePostal></cpf:codePostalNaissance>",
        "codeInseeNaissance",
    )
    assert "<cpf:codeInsee>29200</cpf:codeInsee>" in told.mend


@pytest.mark.parametrize(
    ("name", "content", "missing", "text"),
    [
        ("siret", "12345678901234", "idClient", "<cpf:idClient>03ABC123</cpf:idClient>"),
        ("prenomUsuel", "Zoé", "prenom1", "<cpf:prenom1>Prénom</cpf:prenom1>"),
        ("prenoms", "Zoé Anne", "prenom1", "<cpf:prenom1>Zoé</cpf:prenom1>"),
        ("prenoms", "Zoé", "prenom1", "cpf:prenom1"),
    ],
)
def test_another_name_gives_its_value_only_to_what_means_the_same(
    name: str, content: str, missing: str, text: str
) -> None:
    told = stranger(name, content, missing)

    assert told.change is not None
    assert told.change.text == text
    assert ("est tout le premier prénom" in told.mend) == (" " in content)


@pytest.mark.parametrize(
    ("text", "none"),
    [
        ("2999-12-31", True), ("9999", True), ("01/01/2999", True), ("3000-01-01", True),
        ("31/12/3999", True), ("3000-12-31T00:00:00", True),
        ("31/12/3026", False), ("3026-01-15", False),
        ("15/01/3026", False), ("9026-01-15", False),
    ],
)  # fmt: skip
def test_a_slip_in_a_year_is_no_endless_validity(text: str, none: bool) -> None:
    assert tells_no_date(text) is none


@pytest.mark.parametrize(("text", "sure"), [("2026015", False), ("2026-015", True)])
def test_seven_digits_are_no_sure_date(text: str, sure: bool) -> None:
    read = read_date(text, TODAY)

    assert read is not None
    assert read.sure is sure


@pytest.mark.parametrize(("length", "given"), [(255, True), (256, False), (400, False)])
def test_a_text_that_may_be_cut_is_not_given_to_be_written(length: int, given: bool) -> None:
    told = stranger("NomUsage", "a" * length, "nomUsage")

    assert ("aaa" in told.mend) is given


@pytest.mark.parametrize(
    ("name", "said"),
    [("idClient", "l'endroit le plus proche où"), ("idContrat", "le seul endroit où")],
)
def test_an_element_with_several_homes_is_led_to_the_nearest(name: str, said: str) -> None:
    assert said in stranger(name, "03ABC123", "donneeCertifiee").mend

"""The catalogue of advice: whole, well written, and of the right case for each cause."""

import pytest

from mockportal.domain.advice import Case, always
from mockportal.domain.advising import FILE_ADVICE, advice_on
from mockportal.domain.cause_advice import CAUSES
from mockportal.domain.document_advice import DOCUMENTS
from mockportal.domain.fault_causes import Cause
from mockportal.domain.file_errors import Expected, Facts, Fault, Form, Place, Resembling
from mockportal.domain.messages import Basis
from mockportal.domain.suggesting import closest, suggested

TEXT = Form.TEXT


def a_place(
    form: Form = TEXT, *, optional: bool = False, nillable: bool = False, path: str = "flux/a/b"
) -> Place:
    """Return the place of a fault in an element that the schema knows."""
    return Place(path=path, tag="cpf:b", expected=Expected(form, optional, nillable))


def unexpected(element: str, *allowed: str) -> Facts:
    """Return what the message on an element of the flux's own namespace says."""
    return Facts(Fault.UNEXPECTED, element=element, allowed=allowed, namespace="u", wanted="u")


@pytest.mark.parametrize("fault", Fault)
def test_every_kind_of_error_has_advice_that_always_fits(fault: Fault) -> None:
    cases = FILE_ADVICE[fault]

    assert cases[-1].fits is always


@pytest.mark.parametrize("fault", Fault)
def test_every_sentence_is_whole_once_its_facts_are_in(fault: Fault) -> None:
    facts = Facts(
        fault, "valeur", "b", "cpf", "att", "nbsp", "8", "7", ("b", "c"), "urn:x", "urn:cdc"
    )

    for case in FILE_ADVICE[fault]:
        for sentence in (case.happened, case.mend):
            assert sentence.endswith(".")
            assert not sentence.startswith(" ")
            assert "  " not in sentence
    advice = advice_on(facts, a_place())
    assert "{" not in advice.happened + advice.mend


@pytest.mark.parametrize(
    "case", [*DOCUMENTS.items(), *CAUSES.items()], ids=lambda case: case[0].name
)
def test_every_sentence_on_a_file_or_a_mistake_is_whole(
    case: tuple[Resembling | Cause, Case],
) -> None:
    for sentence in (case[1].happened, case[1].mend):
        assert sentence.endswith(".")
        assert "  " not in sentence
        assert "{{" not in sentence


def test_every_document_and_every_mistake_has_its_advice() -> None:
    assert set(DOCUMENTS) == set(Resembling)
    assert set(CAUSES) == set(Cause)


def test_what_the_file_is_speaks_before_the_mistake_and_that_before_the_kind_of_error() -> None:
    facts = Facts(Fault.AMPERSAND)

    known = Place(resembles=Resembling.PDF, cause=Cause.CONFLICT)
    assert "PDF" in advice_on(facts, known).happened
    assert "conflit" in advice_on(facts, Place(cause=Cause.CONFLICT)).happened
    assert "signe &" in advice_on(facts, Place()).happened


def test_only_what_nobody_outside_knows_is_assumed() -> None:
    assumed = {
        fault
        for fault, cases in FILE_ADVICE.items()
        if any(case.basis is not Basis.OBSERVED for case in cases)
    }

    assert assumed == {Fault.DOCTYPE, Fault.TOO_MANY}


@pytest.mark.parametrize(
    ("facts", "place", "said"),
    [
        (Facts(Fault.TOO_SHORT), a_place(optional=True), "Retirez la balise « b »"),
        (Facts(Fault.TOO_SHORT), a_place(nillable=True), '<cpf:b xsi:nil="true"/>'),
        (Facts(Fault.TOO_SHORT), a_place(), "Donnez une valeur à « b »"),
        (Facts(Fault.ENUMERATION, " M ", allowed=("M", "F")), a_place(), "<cpf:b>M</cpf:b>"),
        (Facts(Fault.ENUMERATION, "H", allowed=("M", "F")), a_place(), "Écrivez M pour un homme"),
        (Facts(Fault.ENUMERATION, "vae", allowed=("VAE", "CANDIDAT_LIBRE")), a_place(), "VAE"),
        (Facts(Fault.ENUMERATION, "x", allowed=("A1", "A2")), a_place(), "« A1 », « A2 »"),
        (Facts(Fault.DATATYPE, "nill"), a_place(Form.INTEGER, nillable=True), "xsi:nil"),
        (Facts(Fault.DATATYPE, "null"), a_place(Form.DATE, optional=True), "Retirez la balise"),
        (Facts(Fault.PATTERN, "01/02/2023"), a_place(Form.DATE), ": 2023-02-01."),
        (Facts(Fault.PATTERN, "2023-02-01Z"), a_place(Form.DATE), "fuseau horaire : 2023-02-01."),
        (Facts(Fault.PATTERN, "2023-02-01T10:00:00"), a_place(Form.DATE), "sans heure"),
        (Facts(Fault.DATATYPE, "2023-02-30"), a_place(Form.DATE), "AAAA-MM-JJ"),
        (Facts(Fault.PATTERN, "1823-02-01"), a_place(Form.DATE), "AAAA-MM-JJ"),
        (
            Facts(Fault.PATTERN, "2026-11-20T10:00:00Z"),
            a_place(Form.DATE_TIME),
            "2026-11-20T10:00:00+00:00.",
        ),
        (
            Facts(Fault.PATTERN, "2026-11-20T10:00:00.25+01:00"),
            a_place(Form.DATE_TIME),
            "la seconde : 2026-11-20T10:00:00+01:00.",
        ),
        (
            Facts(Fault.PATTERN, "2026-11-20T10:00:00"),
            a_place(Form.DATE_TIME),
            "Ajoutez le décalage à la fin : 2026-11-20T10:00:00+01:00.",
        ),
        (
            Facts(Fault.PATTERN, "2026-11-20 10:00:00+01:00"),
            a_place(Form.DATE_TIME),
            "Écrivez 2026-11-20T10:00:00+01:00.",
        ),
        (Facts(Fault.PATTERN, "hier à 10:00"), a_place(Form.DATE_TIME), "14 heures"),
        (Facts(Fault.DATATYPE, "oui"), a_place(Form.BOOLEAN), "ici, true."),
        (Facts(Fault.DATATYPE, "?"), a_place(Form.BOOLEAN), "true ou false"),
        (Facts(Fault.DATATYPE, "12.0"), a_place(Form.INTEGER), "Écrivez 12 :"),
        (Facts(Fault.DATATYPE, "mai"), a_place(Form.INTEGER), "en chiffres"),
        (Facts(Fault.DATATYPE, "oui", limit="boolean"), a_place(), 'xsi:nil="true"'),
        (Facts(Fault.DATATYPE, "a b", limit="QName"), a_place(), "Retirez-le"),
        (Facts(Fault.TOO_LONG, "x 😀", limit="3", length="4"), a_place(), "emoji"),
        (Facts(Fault.TOO_LONG, " xyz\n", limit="3", length="5"), a_place(), "Retirez ce qui"),
        (Facts(Fault.TOO_LONG, "wxyz", limit="3", length="4"), a_place(), "à 3 caractères"),
        (Facts(Fault.WRONG_LENGTH, "1234", limit="5", length="4"), a_place(), "zéro perdu"),
        (Facts(Fault.WRONG_LENGTH, "ab", limit="5", length="2"), a_place(), "en entier"),
        (Facts(Fault.TOO_SMALL, "0", limit="1"), a_place(nillable=True), "xsi:nil"),
        (Facts(Fault.TOO_SMALL, "0", limit="1"), a_place(), "inférieure à 1"),
        (Facts(Fault.UNEXPECTED, element="b"), a_place(), "le même préfixe"),
        (
            Facts(Fault.UNEXPECTED, element="b", namespace="urn:x", wanted="urn:y"),
            a_place(),
            "« urn:y »",
        ),
        (
            Facts(Fault.UNEXPECTED, element="b", namespace="urn:y", wanted="urn:y"),
            a_place(),
            "Gardez le bon",
        ),
        (
            unexpected("IDFLUX", "idFlux"),
            Place("flux/IDFLUX"),
            "Écrivez « idFlux »",
        ),
        (
            unexpected("prenom", "prenom1"),
            Place("flux/prenom"),
            "« prenom1 »",
        ),
        (
            Facts(Fault.UNEXPECTED, element="sexe", namespace="u", wanted="u"),
            Place("flux/sexe", home="titulaire"),
            "Déplacez-le dans « titulaire »",
        ),
        (Facts(Fault.INCOMPLETE), Place("flux", missing=("idFlux",)), "Ajoutez-le"),
        (Facts(Fault.INCOMPLETE), Place("flux", missing=("a", "b")), "Ajoutez-les"),
        (Facts(Fault.INCOMPLETE, allowed=("a",)), Place("flux"), "peut venir ici : « a »"),
        (Facts(Fault.ROOT, element="flux", allowed=("flux",), wanted="urn:y"), Place(), "urn:y"),
        (Facts(Fault.ROOT, element="a"), Place(resembles=Resembling.RECEIPT), "réponse du portail"),
        (Facts(Fault.ROOT, element="html"), Place(resembles=Resembling.HTML), "exportez"),
        (Facts(Fault.NO_TEXT), Place(resembles=Resembling.GZIP), "Décompressez-le"),
        (Facts(Fault.NO_TEXT), Place(resembles=Resembling.ZIP), "Décompressez-le"),
        (Facts(Fault.NO_TEXT), Place(), "UTF-8"),
        (Facts(Fault.NOT_NILLABLE), a_place(optional=True), "Retirez la balise"),
        (Facts(Fault.NOT_NILLABLE), a_place(), "Donnez une valeur"),
        (Facts(Fault.CUT_SHORT), Place("flux/a"), "Exportez-le ou transférez-le"),
        (Facts(Fault.AMPERSAND), Place(), "Écrivez &amp;"),
        (Facts(Fault.PREFIX, prefix="xsi"), Place(), "XMLSchema-instance"),
        (Facts(Fault.PREFIX, prefix="cpf", wanted="urn:y"), Place(), 'xmlns:cpf="urn:y"'),
    ],
)  # fmt: skip
def test_the_remedy_is_that_of_the_cause(facts: Facts, place: Place, said: str) -> None:
    assert said in advice_on(facts, place).mend


@pytest.mark.parametrize(
    ("value", "form", "meant"),
    [
        ("31/12/2023", Form.DATE, "2023-12-31"),
        ("1.2.2023", Form.DATE, "2023-02-01"),
        ("2023/2/1", Form.DATE, "2023-02-01"),
        ("20230201", Form.DATE, "2023-02-01"),
        ("2023-02-01+01:00", Form.DATE, "2023-02-01"),
        ("12/31/2023", Form.DATE, "2023-12-31"),
        ("hier", Form.DATE, ""),
        ("2026-11-20T10:00+0100", Form.DATE_TIME, "2026-11-20T10:00:00+01:00"),
        ("20/11/2026", Form.DATE_TIME, "2026-11-20T12:00:00+01:00"),
        ("demain", Form.DATE_TIME, ""),
        ("Non", Form.BOOLEAN, "false"),
        ("peut-être", Form.BOOLEAN, ""),
        ("1 985,00", Form.INTEGER, "1985"),
        ("1,5", Form.INTEGER, ""),
        ("x", Form.TEXT, ""),
    ],
)
def test_a_value_is_rewritten_only_where_its_meaning_is_sure(
    value: str, form: Form, meant: str
) -> None:
    assert suggested(value, form) == meant


def test_the_closest_name_is_one_that_exists() -> None:
    assert closest("Prenom", ("prenom1", "nomNaissance")) == "prenom1"
    assert not closest("coucou", ("prenom1", "nomNaissance"))


def test_a_long_value_and_a_long_list_are_cut_in_the_sentence() -> None:
    facts = Facts(Fault.ENUMERATION, "x" * 500, allowed=tuple(f"V{n}" for n in range(40)))

    advice = advice_on(facts, a_place())

    assert len(advice.happened) < 200
    assert advice.mend.endswith("« V11 », ….")

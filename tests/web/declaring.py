"""Declaring one passage by the form."""

from werkzeug.test import TestResponse

from tests.web.visitor import Visitor

START = "/transmettre/passage"
CERTIFICATION = {"idTechnique": "DECL/1", "code": "RNCP90001"}
AWARD = {
    "obtentionCertification": "PAR_ADMISSION",
    "donneeCertifiee": "true",
    "dateDebutValidite": "2026-10-01",
}
TERMS = {"presenceNiveauLangueEuro": "false", "presenceNiveauNumeriqueEuro": "false"}
HOLDER = {
    "nomNaissance": "KERVELLANT",
    "prenom1": "Jean-François",
    "anneeNaissance": "1974",
    "sexe": "M",
    "codeInsee": "29019",
}


def begun(visitor: Visitor) -> str:
    """Begin a declaration and return its address, without the page."""
    first = visitor.fill(START).location
    return first.removesuffix("/certification")


def filled_in(visitor: Visitor, **fields: str) -> str:
    """Fill a declaration in up to its summary; return its address. ``fields`` differ from ours."""
    form = begun(visitor)
    for page, values in (
        ("certification", CERTIFICATION),
        ("obtention", AWARD),
        ("modalites", TERMS),
        ("titulaire", {}),
        ("identite", HOLDER),
    ):
        answer = visitor.fill(
            f"{form}/{page}", **{name: fields.get(name, value) for name, value in values.items()}
        )
        assert answer.status_code == 303, answer.text
    return form


def sent(visitor: Visitor, form: str) -> TestResponse:
    """Send a declaration and open what it leads to."""
    return visitor.follow(visitor.fill(f"{form}/recapitulatif"))

"""« Assistance » : guides, messages, dictionary, people to try; open to all.

All of it is made from what treats the deposits: the catalogue of messages, the files of the
schemas, the writers of receipts, the cases of the seeds.
"""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from mockportal.domain.declarations import STEPS
from mockportal.domain.deposits import Status
from mockportal.domain.dictionary_lines import found as found_lines
from mockportal.domain.dictionary_lines import sections
from mockportal.domain.facts import BESIDE_ELEMENTS, BESIDE_MESSAGES, OF_FAULTS, SUBJECTS
from mockportal.domain.messages import CATALOGUE, Basis, Code
from mockportal.journeys.assistance import (
    certifications_by_code,
    dictionary,
    faults_of_files,
    people_to_try,
    receipt_of_a_refused_file,
    receipt_of_a_treated_file,
)
from mockportal.journeys.declare import knows_nirs
from mockportal.journeys.demonstrations import (
    DEMONSTRATION,
    demonstration_for,
    demonstrations,
    header_for,
    schema_for,
)
from mockportal.journeys.failure import MOST_ATTEMPTS
from mockportal.web.outcomes import found, xml_download
from mockportal.web.served import desk
from mockportal.web.session import someone

blueprint = Blueprint("assistance", __name__, url_prefix="/aide")


@blueprint.get("")
def show() -> str:
    """Show the ways into the help."""
    return render_template("assistance/aide.html")


@blueprint.get("/deposer")
def deposit() -> str:
    """Explain how to deposit a file, and offer those to try with."""
    account = someone()
    return render_template(
        "assistance/deposer.html",
        files=demonstrations(desk()),
        applied=schema_for(desk(), account),
        header=header_for(desk(), account) if account else None,
    )


@blueprint.get("/declarer")
def declare() -> str:
    """Explain how to declare one person's passage by the form."""
    account = someone()
    return render_template(
        "assistance/declarer.html",
        steps=[name for name, _ in STEPS],
        with_nir=account is not None and knows_nirs(desk(), account),
    )


@blueprint.get("/accuse")
def receipt() -> str:
    """Explain how to read both forms of the receipt, on examples."""
    return render_template(
        "assistance/accuse.html",
        treated=receipt_of_a_treated_file(desk()),
        refused=receipt_of_a_refused_file(desk()),
        Status=Status,
        most_attempts=MOST_ATTEMPTS,
    )


@blueprint.get("/corriger")
def correct() -> str:
    """Explain how a holder is found, and how to mend what is KO."""
    return render_template("assistance/corriger.html", messages=CATALOGUE, Code=Code)


@blueprint.get("/messages")
def messages() -> str:
    """Show every message of the receipts, with its cause and cure."""
    cases = people_to_try(desk())
    counts = {code: sum(one.code is code for one in cases) for code in CATALOGUE}
    return render_template(
        "assistance/messages.html",
        messages=CATALOGUE.values(),
        real=sum(Basis.ASSUMED not in message.basis for message in CATALOGUE.values()),
        beside=BESIDE_MESSAGES,
        cases=counts,
    )


@blueprint.get("/erreurs")
def errors() -> str:
    """Show every error of the first control, with what may have caused it and how to mend it."""
    return render_template(
        "assistance/erreurs.html",
        parts=faults_of_files(),
        of_faults={fault.name: key for fault, key in OF_FAULTS.items()},
    )


@blueprint.get("/dictionnaire")
def show_dictionary() -> str:
    """Show the data dictionary of a version of the schema, or the lines that hold some words."""
    version = request.args.get("version", desk().policy.schema)
    typed = request.args.get("q", "").strip()
    lines = found(dictionary(desk(), version))
    shown = found_lines(lines, typed)
    return render_template(
        "assistance/dictionnaire.html",
        of_schema=version,
        versions=list(desk().schemas),
        typed=typed,
        count=len(shown),
        sections=list(sections(shown, lines)),
        beside=BESIDE_ELEMENTS,
    )


@blueprint.get("/personnes")
def people() -> str:
    """Show the people to try, all of them or those who bring one message."""
    wanted = request.args.get("message", "")
    cases = people_to_try(desk())
    shown = [one for one in cases if wanted in {"", one.code.value if one.code else "OK"}]
    return render_template(
        "assistance/personnes.html",
        wanted=wanted,
        cases=found(shown or None),
        messages=CATALOGUE,
    )


@blueprint.get("/certifications")
def certifications() -> str:
    """Show the certifications that the visitor's world knows."""
    account = someone()
    listed = certifications_by_code(desk(), account.organisation.world if account else None)
    return render_template("assistance/certifications.html", certifications=listed.values())


@blueprint.get("/suppositions")
def assumptions() -> str:
    """Tell what is known of the real portal, and what is assumed."""
    return render_template("assistance/suppositions.html", subjects=SUBJECTS)


@blueprint.get("/glossaire")
def glossary() -> str:
    """Explain the words."""
    return render_template("assistance/glossaire.html")


@blueprint.get(f"/{DEMONSTRATION}", defaults={"name": DEMONSTRATION})
@blueprint.get("/<name>")
def demonstration(name: str) -> Response:
    """Download a flux that brings many messages at once, in the visitor's own name."""
    return xml_download(found(demonstration_for(desk(), name, someone())), name)

"""Messages of Java's taken apart again: the kind, and the facts."""

from collections import defaultdict

from mockportal.domain.file_errors import Facts, Fault
from mockportal.wire.names import NAMESPACE
from mockportal.wire.recognising import recognised
from mockportal.wire.validation import faults, messages
from tests.oracle.vectors import kept_vectors


def test_every_message_of_the_kept_files_is_of_a_known_kind() -> None:
    texts = {text for vector in kept_vectors() for _, _, text in vector.java}

    unknown = [text for text in texts if recognised(text).fault is Fault.OTHER]

    assert unknown == []


def test_every_template_is_of_a_known_kind() -> None:
    texts = {
        name: text
        for module in (faults, messages)
        for name, text in vars(module).items()
        if name.isupper() and not name.startswith("_") and name not in ("XSI", "LENGTHS", "BOUNDS")
    }

    unknown = [
        name
        for name, text in texts.items()
        if recognised(text.format_map(defaultdict(lambda: "x"))).fault is Fault.OTHER
    ]

    assert unknown == []


def test_what_a_message_says_is_read_from_it() -> None:
    assert recognised(
        "cvc-length-valid : La valeur '1234567', ayant pour longueur '7', n'est pas un facet "
        "valide par rapport à la longueur '8' pour le type '#AnonType_idClientemetteur'."
    ) == Facts(Fault.WRONG_LENGTH, "1234567", limit="8", length="7", wanted=NAMESPACE)
    assert recognised(
        "cvc-complex-type.2.4.a : Contenu non valide trouvé à partir de l'élément "
        f"'{{\"{NAMESPACE}\":coucou}}'. L'une des valeurs "
        f"'{{\"{NAMESPACE}\":idFlux, other}}' est attendue."
    ) == Facts(
        Fault.UNEXPECTED,
        element="coucou",
        allowed=("idFlux", "other"),
        namespace=NAMESPACE,
        wanted=NAMESPACE,
    )
    assert recognised(
        "cvc-complex-type.2.4.a : Contenu non valide trouvé à partir de l'élément 'coucou'. "
        "L'une des valeurs '{a}' est attendue."
    ) == Facts(Fault.UNEXPECTED, element="coucou", allowed=("a",), wanted=NAMESPACE)


def test_a_value_that_holds_a_message_of_its_own_does_not_mislead() -> None:
    value = "x' de l'élément 'y' n'est pas valide."

    said = recognised(messages.SIMPLE_VALUE.format(value=value, element="cpf:sexe"))

    assert said.fault is Fault.SAME_AS_BEFORE
    assert (said.value, said.prefix, said.element) == (value, "cpf", "sexe")


def test_a_message_that_nobody_knows_is_told_as_such() -> None:
    assert recognised("Une phrase entière.").fault is Fault.OTHER
    assert recognised("x-unknown-encoding").fault is Fault.ENCODING_NAME

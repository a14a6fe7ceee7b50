"""The texts that a portal user meets, word for word (``receipts.md``, messages of form B)."""

import pytest

from mockportal.wire.validation import CompiledSchema
from tests.wire.validation.asking import FOOT, HEAD, NAMESPACE, expanded, texts_of

_HOUR = (
    r"(19|20)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[1-2][0-9]|3[0-1])T(2[0-3]|[01][0-9]):[0-5][0-9]:"
    r"[0-5][0-9](\+|-)(:2[0-3]|[01][0-9]):[0-5][0-9]"
)
_BIRTH_PLACES = expanded("codeInseeNaissance", "codePostalNaissance")
_CHILDREN = expanded("idFlux", "horodatage", "emetteur")


@pytest.mark.parametrize(
    ("document", "text"),
    [
        ("<!-- a -- b -->", 'La chaîne "--" n\'est pas autorisée dans les commentaires.'),
        ("<?xml encoding='UTF-8'?>", "La version est obligatoire dans la déclaration XML."),
        (
            "<?xml version='2.0'?>",
            (
                'La version XML "2.0" n\'est pas prise en charge. '
                "Seule la version XML 1.0 est prise en charge."
            ),
        ),
        (
            "<cpf:flux xmlns:cpf='urn:x'/>",
            "cvc-elt.1.a : Déclaration de l'élément 'cpf:flux' introuvable.",
        ),
        (
            f"{HEAD}<cpf:idClient></cpf:emetteur>",
            (
                'Le type d\'élément "cpf:idClient" doit se terminer par la balise de fin '
                'correspondante "</cpf:idClient>".'
            ),
        ),
        (
            f"<cpf:flux xmlns:cpf='{NAMESPACE}'<cpf:idFlux/>",
            (
                "Le type d'élément \"cpf:flux\" doit être suivi des spécifications d'attribut, "
                '">" ou "/>".'
            ),
        ),
        (
            "<!DOCTYPE flux><flux/>",
            (
                "DOCTYPE n'est pas autorisé lorsque la fonctionnalité "
                '"http://apache.org/xml/features/disallow-doctype-decl" est définie sur True.'
            ),
        ),
        ("", "Fin prématurée du fichier."),
        ("code;libelle", "Contenu non autorisé dans le prologue."),
        (b"\x1f\x8b\x08", "Octet 1 de la séquence UTF-8 à 1 octets non valide."),
    ],
)
def test_a_file_that_is_no_xml_gets_one_error_in_java_s_words(
    document: str | bytes, text: str, schema: CompiledSchema
) -> None:
    assert texts_of(document, schema)[-1] == text


@pytest.mark.parametrize(
    ("type_name", "element", "value", "text"),
    [
        (
            "flux",
            "horodatage",
            "2026",
            (
                f"cvc-pattern-valid : La valeur '2026' n'est pas un facet valide par rapport au "
                f"modèle '{_HOUR}' pour le type '#AnonType_horodatageflux'."
            ),
        ),
        (
            "emetteur",
            "idClient",
            "1234567",
            (
                "cvc-length-valid : La valeur '1234567', ayant pour longueur '7', n'est pas un "
                "facet valide par rapport à la longueur '8' pour le type "
                "'#AnonType_idClientemetteur'."
            ),
        ),
        (
            "flux",
            "idFlux",
            "",
            (
                "cvc-minLength-valid : La valeur '', ayant pour longueur '0', n'est pas un facet "
                "valide par rapport à minLength '1' pour le type '#AnonType_idFluxflux'."
            ),
        ),
        (
            "titulaire",
            "codeCommuneNaissance",
            None,
            (
                "cvc-complex-type.2.4.b : Le contenu de l'élément 'cpf:codeCommuneNaissance' n'est "
                f"pas complet. L'un des éléments '{_BIRTH_PLACES}' est attendu."
            ),
        ),
        (
            "dossierFormation",
            "idDossier",
            "12345678901234",
            (
                "cvc-maxLength-valid : La valeur '12345678901234', ayant pour longueur '14', n'est "
                "pas un facet valide par rapport à maxLength '13' pour le type "
                "'#AnonType_idDossierdossierFormation'."
            ),
        ),
        (
            "titulaire",
            "moisNaissance",
            "00",
            (
                "cvc-minInclusive-valid : La valeur '00' n'est pas un facet valide par rapport à "
                "minInclusive '1' pour le type '#AnonType_moisNaissancetitulaire'."
            ),
        ),
        (
            "titulaire",
            "moisNaissance",
            "13",
            (
                "cvc-maxInclusive-valid : La valeur '13' n'est pas un facet valide par rapport à "
                "maxInclusive '12' pour le type '#AnonType_moisNaissancetitulaire'."
            ),
        ),
        (
            "titulaire",
            "sexe",
            "H",
            (
                "cvc-enumeration-valid : La valeur 'H' n'est pas un facet valide par rapport à "
                "l'énumération '[M, F]'. Il doit s'agir d'une valeur provenant de l'énumération."
            ),
        ),
        (
            "passageCertification",
            "dateDebutValidite",
            "2023-02-30",
            "cvc-datatype-valid.1.2.1 : '2023-02-30' n'est pas une valeur valide pour 'date'.",
        ),
        (
            "flux",
            "horodatage",
            "2026-01-01T10:00:00+15:00",
            (
                "cvc-datatype-valid.1.2.1 : '2026-01-01T10:00:00+15:00' n'est pas une valeur "
                "valide pour 'dateTime'."
            ),
        ),
    ],
)
def test_a_wrong_value_gets_its_facet_s_text_and_cvc_type_3_1_3_after_it(
    type_name: str, element: str, value: str | None, text: str, schema: CompiledSchema
) -> None:
    content = "" if value is None else value
    inside = f"<cpf:{element}>{content}</cpf:{element}>"

    texts = texts_of(f"{HEAD}<x xsi:type='cpf:{type_name}'>{inside}</x>{FOOT}", schema)

    at = texts.index(text)
    if value is not None:
        wrong = (
            f"cvc-type.3.1.3 : La valeur '{value}' de l'élément 'cpf:{element}' n'est pas valide."
        )
        assert texts[at + 1] == wrong


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (
            "<cpf:emetteur/>",
            (
                "cvc-complex-type.2.4.b : Le contenu de l'élément 'cpf:emetteur' n'est pas "
                f"complet. L'un des éléments '{expanded('idClient', 'certificateurs')}' "
                "est attendu."
            ),
        ),
        (
            "<cpf:coucou/>",
            (
                "cvc-complex-type.2.4.a : Contenu non valide trouvé à partir de l'élément "
                f"'{expanded('coucou')}'. L'une des valeurs '{_CHILDREN}' est attendue."
            ),
        ),
        (
            (
                "<x xsi:type='cpf:codeCommuneNaissance'><cpf:codeInseeNaissance/>"
                "<cpf:codePostalNaissance/></x>"
            ),
            (
                "cvc-complex-type.2.4.d : Contenu non valide trouvé à partir de l'élément "
                "'cpf:codePostalNaissance'. Aucun élément enfant n'est attendu à cet endroit."
            ),
        ),
        (
            "<cpf:emetteur>x</cpf:emetteur>",
            (
                "cvc-complex-type.2.3 : L'élément 'cpf:emetteur' ne doit comporter aucun enfant "
                "([children]) de type caractère, car le type porte le type de contenu "
                '"element-only".'
            ),
        ),
        (
            "<cpf:emetteur foo='1'/>",
            (
                "cvc-complex-type.3.2.2 : L'attribut 'foo' n'est pas autorisé dans l'élément "
                "'cpf:emetteur'."
            ),
        ),
        (
            "<x xsi:type='cpf:titulaire'><cpf:nomUsage xsi:nil='true'>x</cpf:nomUsage></x>",
            (
                "cvc-elt.3.2.1 : L'élément 'cpf:nomUsage' ne doit comporter aucun enfant "
                "([children]) de type caractère ou élément d'information, car "
                "'http://www.w3.org/2001/XMLSchema-instance,nil' est indiqué."
            ),
        ),
        (
            "<x xsi:type='cpf:titulaire'><cpf:prenom1 xsi:nil='true'/></x>",
            (
                "cvc-elt.3.1 : L'attribut 'http://www.w3.org/2001/XMLSchema-instance,nil' ne doit "
                "pas figurer dans l'élément 'cpf:prenom1', car la propriété {nillable} de "
                "'cpf:prenom1' est False."
            ),
        ),
    ],
)
def test_a_wrong_structure_gets_java_s_text(
    content: str, text: str, schema: CompiledSchema
) -> None:
    assert text in texts_of(HEAD + content + FOOT, schema)


def test_a_wrong_namespace_or_root_gets_one_error(schema: CompiledSchema) -> None:
    texts = texts_of("<flux><idFlux/><emetteur>x</emetteur></flux>", schema)

    assert texts == ["cvc-elt.1.a : Déclaration de l'élément 'flux' introuvable."]

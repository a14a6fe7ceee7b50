"""The French texts of Java's schema validator, word for word (``receipts.md``; the JDK's own)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mockportal.domain.ellipsis import abridged
from mockportal.wire.validation.components import Name

XSI = "http://www.w3.org/2001/XMLSchema-instance"

LENGTHS = (
    "cvc-{facet}-valid : La valeur '{value}', ayant pour longueur '{length}', n'est pas un facet "
    "valide par rapport à {limit_name} '{limit}' pour le type '{type}'."
)
BOUNDS = (
    "cvc-{facet}-valid : La valeur '{value}' n'est pas un facet valide par rapport à {facet} "
    "'{limit}' pour le type '{type}'."
)
PATTERN = (
    "cvc-pattern-valid : La valeur '{value}' n'est pas un facet valide par rapport au modèle "
    "'{pattern}' pour le type '{type}'."
)
ENUMERATION = (
    "cvc-enumeration-valid : La valeur '{value}' n'est pas un facet valide par rapport à "
    "l'énumération '[{values}]'. Il doit s'agir d'une valeur provenant de l'énumération."
)
DATATYPE = "cvc-datatype-valid.1.2.1 : '{value}' n'est pas une valeur valide pour '{type}'."
UNDECLARED_PREFIX = (
    "UndeclaredPrefix : Impossible de résoudre '{value}' en un QName : le préfixe '{prefix}' n'est "
    "pas déclaré."
)
SIMPLE_VALUE = "cvc-type.3.1.3 : La valeur '{value}' de l'élément '{element}' n'est pas valide."
SIMPLE_CHILDREN = (
    "cvc-type.3.1.2 : L'élément '{element}' est de type simple et ne doit comporter aucun enfant "
    "([children]) de type élément d'information."
)
SIMPLE_ATTRIBUTE = (
    "cvc-type.3.1.1 : L'élément '{element}' est de type simple et ne peut donc pas avoir "
    "d'attributs, à l'exception de ceux où le nom d'espace de noms est identique à '"
    + XSI
    + "' et "
    "où [local name] est 'type', 'nil', 'schemaLocation' ou 'noNamespaceSchemaLocation'. "
    "Cependant, l'attribut '{attribute}' a été trouvé."
)
EMPTY_CONTENT = (
    "cvc-complex-type.2.1 : L'élément '{element}' ne doit comporter aucun enfant ([children]) de "
    "type caractère ou élément d'information, car le type de contenu du type est vide."
)
TEXT_BETWEEN = (
    "cvc-complex-type.2.3 : L'élément '{element}' ne doit comporter aucun enfant ([children]) de "
    'type caractère, car le type porte le type de contenu "element-only".'
)
UNEXPECTED = (
    "cvc-complex-type.2.4.a : Contenu non valide trouvé à partir de l'élément '{element}'. L'une "
    "des valeurs '{expected}' est attendue."
)
INCOMPLETE = (
    "cvc-complex-type.2.4.b : Le contenu de l'élément '{element}' n'est pas complet. L'un des "
    "éléments '{expected}' est attendu."
)
NOTHING_EXPECTED = (
    "cvc-complex-type.2.4.d : Contenu non valide trouvé à partir de l'élément '{element}'. Aucun "
    "élément enfant n'est attendu à cet endroit."
)
ATTRIBUTE_NOT_ALLOWED = (
    "cvc-complex-type.3.2.2 : L'attribut '{attribute}' n'est pas autorisé dans l'élément "
    "'{element}'."
)
ATTRIBUTE_VALUE = (
    "cvc-attribute.3 : La valeur '{value}' de l'attribut '{attribute}' de l'élément '{element}' "
    "n'est pas valide par rapport à son type, '{type}'."
)
ROOT_UNKNOWN = "cvc-elt.1.a : Déclaration de l'élément '{element}' introuvable."
NOT_NILLABLE = (
    "cvc-elt.3.1 : L'attribut '"
    + XSI
    + ",nil' ne doit pas figurer dans l'élément '{element}', car "
    "la propriété {{nillable}} de '{element}' est False."
)
NIL_WITH_CONTENT = (
    "cvc-elt.3.2.1 : L'élément '{element}' ne doit comporter aucun enfant ([children]) de type "
    "caractère ou élément d'information, car '" + XSI + ",nil' est indiqué."
)
TYPE_NOT_QNAME = (
    "cvc-elt.4.1 : La valeur '{value}' de l'attribut '" + XSI + ",type' de l'élément '{element}' "
    "n'est pas un QName valide."
)
TYPE_UNKNOWN = (
    "cvc-elt.4.2 : Impossible de résoudre '{value}' en une définition de type pour l'élément "
    "'{element}'."
)
TYPE_NOT_DERIVED = (
    "cvc-elt.4.3 : La dérivation du type '{value}' à partir de la définition de type '{type}' de "
    "l'élément \"{element}\" n'est pas valide."
)


def listed(names: Iterable[Name]) -> str:
    """Return the list of elements as messages write it."""
    return "{" + ", ".join(f'"{space}":{local}' if space else local for space, local in names) + "}"


def braced(name: Name) -> str:
    """Return an element that may not come here, as Java 17 writes it."""
    return listed([name]) if name[0] else name[1]


@dataclass(frozen=True, slots=True)
class Message:
    """What Java says of a file: a text with places for facts, and the facts."""

    template: str
    facts: Mapping[str, str]
    allowed: tuple[str, ...] = ()
    """The values, or the local names of the elements, that may stand there."""
    name: Name | None = None
    """The element that may not come here, where the text gives its namespace."""

    @property
    def text(self) -> str:
        """Return the text, word for word."""
        return self.template.format_map(self.facts)

    def abridged(self, most: int) -> "Message":
        """Return the same with facts of at most ``most`` characters, each without its middle."""
        facts = {name: abridged(fact, most) for name, fact in self.facts.items()}
        return replace(self, facts=facts)


def worded(
    template: str, allowed: Iterable[str] = (), name: Name | None = None, /, **facts: str
) -> Message:
    """Return a message of one of the texts of this module, or of ``faults``."""
    return Message(template, facts, tuple(allowed), name)

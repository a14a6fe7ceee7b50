"""The French texts of Java's XML reader for a file that is not well-formed, word for word."""

PREMATURE_END = "Fin prématurée du fichier."
CUT_SHORT = "Les structures de document XML doivent commencer et se terminer dans la même entité."
NOT_IN_PROLOG = "Contenu non autorisé dans le prologue."
NOT_AFTER_ROOT = "Contenu non autorisé dans la section de fin."
REFERENCE_IN_PROLOG = "Référence non autorisée dans le prologue."
MARKUP_IN_PROLOG = (
    "Le balisage du document précédant l'élément racine doit avoir un format correct."
)
MARKUP_IN_CONTENT = (
    "Le contenu des éléments doit inclure un balisage ou des caractères au format correct."
)
MARKUP_AFTER_ROOT = "Le balisage du document suivant l'élément racine doit avoir un format correct."
DOCTYPE = (
    "DOCTYPE n'est pas autorisé lorsque la fonctionnalité "
    '"http://apache.org/xml/features/disallow-doctype-decl" est définie sur True.'
)
DOCTYPE_IN_CONTENT = "Scanner State 24 not Recognized "
COMMENT_START = 'Le commentaire doit commencer par "<!--".'
DASHES_IN_COMMENT = 'La chaîne "--" n\'est pas autorisée dans les commentaires.'
CDATA_END_IN_TEXT = (
    'La séquence de caractères "]]>" ne doit pas figurer dans le contenu sauf si elle est utilisée '
    "pour baliser la fin d'une section CDATA."
)
INSTRUCTION_TARGET = "L'instruction de traitement doit commencer par le nom de la cible."
INSTRUCTION_SPACE = (
    "Un espace est obligatoire entre les données et la cible de l'instruction de traitement."
)
RESERVED_TARGET = (
    "La cible de l'instruction de traitement correspondant à \"[xX][mM][lL]\" n'est pas autorisée."
)
ELEMENT_UNTERMINATED = (
    'Le type d\'élément "{element}" doit être suivi des spécifications d\'attribut, ">" ou "/>".'
)
END_TAG_REQUIRED = (
    'Le type d\'élément "{element}" doit se terminer par la balise de fin correspondante '
    '"</{element}>".'
)
END_TAG_UNTERMINATED = (
    "La balise de fin pour le type d'élément \"{element}\" doit se terminer par un délimiteur '>'."
)
EQUALS_REQUIRED = (
    'Le nom d\'attribut "{attribute}" associé à un type d\'élément "{element}" doit être suivi du '
    "caractère '='."
)
QUOTE_REQUIRED = (
    'Des guillemets ouvrants sont attendus pour l\'attribut "{attribute}" associé à un type '
    'd\'élément "{element}".'
)
LESS_THAN_IN_VALUE = (
    'La valeur de l\'attribut "{attribute}" associé à un type d\'élément "{element}" ne doit pas '
    "contenir le caractère '<'."
)
ATTRIBUTE_TWICE = 'L\'attribut "{attribute}" a déjà été spécifié pour l\'élément "{element}".'
ATTRIBUTE_TWICE_IN_SPACE = (
    'L\'attribut "{attribute}" lié à l\'espace de noms "{space}" a déjà été spécifié pour '
    'l\'élément "{element}".'
)
ATTRIBUTE_PREFIX = (
    'Le préfixe "{prefix}" de l\'attribut "{attribute}" associé à un type d\'élément "{element}" '
    "n'est pas lié."
)
ELEMENT_PREFIX = 'Le préfixe "{prefix}" de l\'élément "{element}" n\'est pas lié.'
ELEMENT_XMLNS = 'L\'élément "{element}" ne peut pas avoir "xmlns" comme préfixe.'
EMPTY_BINDING = (
    'La valeur de l\'attribut "prefix="xmlns",localpart="{local}",rawname="{attribute}"" n\'est '
    "pas valide. Les liaisons d'espaces de noms préfixés ne peuvent pas être vides."
)
XML_BINDING = (
    'Le préfixe "xml" ne peut pas être lié à un autre espace de noms que son espace de noms '
    'habituel. Lespace de noms de "xml" ne peut pas non plus être lié à un autre préfixe que "xml".'
)
XMLNS_BINDING = (
    'Le préfixe "xmlns" ne peut pas être lié à un espace de noms de façon explicite, pas plus que '
    'lespace de noms de "xmlns" à un préfixe quelconque.'
)
NOT_A_QNAME = (
    "Lélément ou lattribut ne correspond pas à la production QName : QName::=(NCName:)?NCName."
)
REFERENCE_NAME = (
    "Le nom de l'identité doit immédiatement suivre le caractère \"&\" dans la référence d'entité."
)
REFERENCE_UNTERMINATED = (
    "La référence à l'entité \"{entity}\" doit se terminer par le délimiteur ';'."
)
ENTITY_UNKNOWN = 'L\'entité "{entity}" était référencée, mais pas déclarée.'
DIGIT_REQUIRED = (
    'Une représentation décimale doit immédiatement suivre la chaîne "&#" dans une référence de '
    "caractère."
)
HEX_DIGIT_REQUIRED = (
    'Une représentation hexadécimale doit immédiatement suivre la chaîne "&#x" dans une référence '
    "de caractère."
)
CHARACTER_UNTERMINATED = "La référence de caractère doit se terminer par le délimiteur ';'."
CHARACTER_INVALID = 'La référence de caractère "&#{code}" est un caractère XML non valide.'
_CHARACTER = "Un caractère XML non valide (Unicode : 0x{code}) a été détecté dans "
CHARACTER_IN_TEXT = _CHARACTER + "le contenu d'élément du document."
CHARACTER_IN_COMMENT = _CHARACTER + "le commentaire."
CHARACTER_IN_CDATA = _CHARACTER + "la section CDATA."
CHARACTER_IN_INSTRUCTION = _CHARACTER + "l'instruction de traitement."
CHARACTER_IN_VALUE = (
    _CHARACTER + 'la valeur de l\'attribut "{attribute}" et l\'élément est "{element}".'
)
CHARACTER_IN_DECLARATION = _CHARACTER + "la déclaration XML."

NAME_TOO_LONG = (
    'JAXP00010005 : La longueur de l\'entité "[xml]" est de "{length}". Cette valeur dépasse la '
    'limite de "1\u202f000" définie par "FEATURE_SECURE_PROCESSING".'
)
TOO_MANY_ATTRIBUTES = (
    'JAXP00010002 : L\'élément "{element}" a plus de "10\u202f000" attributs. "10\u202f000" est la '
    "limite imposée par le JDK."
)
TOO_DEEP = (
    'JAXP00010006 : l\'élément "{element}" a une profondeur de "{depth}" qui dépasse la limite de '
    '"{limit}" définie par "maxElementDepth".'
)
PASSAGE_TOO_LARGE = (
    "Un passage du fichier compte plusieurs millions de caractères : il dépasse la limite de ce "
    "portail."
)
"""Ours, likewise."""
TOO_MANY_PASSAGES = (
    "Le fichier contient {length} passages de certification : il dépasse la limite de {limit} "
    "passages par fichier."
)
"""Ours, likewise."""
TOO_MANY_NAMESPACES = (
    "Les espaces de noms déclarés par l'élément \"{element}\" et par ceux qui l'entourent "
    "dépassent la limite de ce portail."
)
"""Ours: Java has no limit but its memory."""
VERSION_REQUIRED = "La version est obligatoire dans la déclaration XML."
VERSION_UNKNOWN = (
    'La version XML "{version}" n\'est pas prise en charge. Seule la version XML 1.0 est prise en '
    "charge."
)
SPACE_BEFORE_PART = (
    "Un espace est obligatoire devant le pseudo-attribut {part} dans la déclaration XML."
)
EQUALS_IN_DECLARATION = "Le caractère '=' doit suivre \"{part}\" dans la déclaration XML."
QUOTE_IN_DECLARATION = (
    'La valeur suivant "{part}" dans la déclaration XML doit être une chaîne entre guillemets.'
)
PART_EXPECTED = "Un nom de pseudo-attribut est attendu."
ENCODING_REQUIRED = "La déclaration d'encodage est obligatoire dans la déclaration textuelle."
NO_MORE_PARTS = "Aucun autre pseudo-attribut n'est autorisé."
STANDALONE_MISSPELT = (
    "Le nom de document autonome contenu dans la déclaration XML est peut-être mal orthographié."
)
STANDALONE_INVALID = (
    'La valeur de déclaration de document autonome doit être "oui" ou "non", mais pas "{value}".'
)
ENCODING_UNKNOWN = "{encoding}"
"""Java gives the name alone of an encoding that it does not know."""
ENCODING_INVALID = 'Nom d\'encodage "{encoding}" non valide.'
BYTE_ORDER_UNKNOWN = (
    "L'ordre des octets donné pour encoder \"{encoding}\" n'est pas pris en charge."
)
DECLARATION_UNTERMINATED = 'La déclaration XML doit se terminer par "?>".'
BYTE_INVALID = "Octet {position} de la séquence UTF-8 à {length} octets non valide."
BYTE_EXPECTED = "Octet {position} de la séquence UTF-8 à {length} octets attendu."
HIGH_SURROGATE = (
    "Les bits de substitution supérieurs (High surrogate) dans la séquence UTF-8 ne doivent pas "
    "dépasser 0x10 mais des bits 0x{bits} ont été détectés."
)
NOT_ASCII = "L'octet \"{byte}\" n'appartient pas au jeu de caractères ASCII (7 bits)."

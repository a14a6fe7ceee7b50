"""Advice on files that are not well-formed XML, or no XML at all."""

from mockportal.domain.advice import Case
from mockportal.domain.file_errors import Facts, Fault, Place
from mockportal.domain.messages import Basis

_STOPS = "La lecture s'arrête à cet endroit : d'autres erreurs peuvent suivre."


def _at_the_start(_facts: Facts, place: Place) -> bool:
    return not place.path


SYNTAX: dict[Fault, tuple[Case, ...]] = {
    Fault.NOTHING: (
        Case(
            "Le fichier est vide, ou ne contient aucune balise.",
            "Exportez-le de nouveau : l'export a sans doute échoué.",
            _at_the_start,
        ),
        Case("Le fichier s'arrête avant la fin.", "Exportez-le de nouveau, en entier."),
    ),
    Fault.NO_TEXT: (
        Case(
            "Le fichier contient des octets qui ne sont pas du texte dans l'encodage qu'il "
            "déclare (UTF-8 s'il ne dit rien). " + _STOPS,
            "Le plus souvent, le fichier est en ISO-8859-1 ou Windows-1252 alors qu'il se dit "
            "UTF-8, et le premier accent le trahit : enregistrez-le vraiment en UTF-8.",
        ),
    ),
    Fault.CUT_SHORT: (
        Case(
            "Le fichier s'arrête avant la fin : il est tronqué.",
            "Exportez-le ou transférez-le de nouveau, en entier.",
        ),
    ),
    Fault.BEFORE_ROOT: (
        Case(
            "Quelque chose précède le premier élément : du texte, un espace avant « <?xml », ou "
            "un contenu qui n'est pas du XML.",
            "Le fichier doit commencer par <?xml …?> ou par la première balise, sans rien devant.",
        ),
    ),
    Fault.AFTER_ROOT: (
        Case(
            "Quelque chose suit la dernière balise du flux.",
            "Retirez ce qui suit la balise de fin : souvent deux exports collés bout à bout. Un "
            "fichier ne contient qu'un flux.",
        ),
    ),
    Fault.DOCTYPE: (
        Case(
            "Le fichier contient une déclaration DOCTYPE, refusée pour des raisons de sécurité.",
            "Retirez « <!DOCTYPE … > » en entier, jusqu'à son signe > (ou jusqu'à ]> s'il contient "
            "des crochets) : le flux n'en a pas besoin.",
            basis=Basis.ASSUMED,
        ),
    ),
    Fault.AMPERSAND: (
        Case(
            "Le signe & est écrit tel quel. En XML il annonce toujours une entité. " + _STOPS,
            "Écrivez &amp; à la place de &, dans les noms comme dans les adresses de pages web.",
        ),
    ),
    Fault.ENTITY: (
        Case(
            "L'entité « &{entity}; » n'existe pas en XML, qui n'en connaît que cinq : &amp; &lt; "
            "&gt; &apos; &quot;. " + _STOPS,
            "Écrivez le caractère lui-même (é, espace insécable…), le fichier étant en UTF-8 ; "
            "si c'était un simple &, écrivez &amp;.",
        ),
    ),
    Fault.LESS_THAN: (
        Case(
            "Le signe < n'ouvre pas ici une balise correcte. " + _STOPS,
            "Dans un texte, écrivez &lt; à la place de <. Sinon, corrigez la balise.",
        ),
    ),
    Fault.END_TAG: (
        Case(
            "La balise « {tag} » n'est pas fermée avant que se ferme ce qui l'entoure : une "
            "balise de fin manque, ou deux balises se croisent. " + _STOPS,
            "Ajoutez </{tag}> au bon endroit, ou corrigez le nom de la balise de fin.",
        ),
    ),
    Fault.TAG_NOT_CLOSED: (
        Case(
            "La balise « {tag} » n'est pas terminée par > ou />. " + _STOPS,
            "Ajoutez le > qui manque. Un nom de balise ne contient ni espace, ni signe spécial.",
        ),
    ),
    Fault.ATTRIBUTE_FORM: (
        Case(
            "L'attribut « {attribute} » de « {tag} » est mal écrit. " + _STOPS,
            "Un attribut s'écrit nom=\"valeur\" : un signe égal, des guillemets droits, et ni < "
            "ni & seuls dans la valeur.",
        ),
    ),
    Fault.ATTRIBUTE_TWICE: (
        Case(
            "L'attribut « {attribute} » est écrit deux fois dans la même balise. " + _STOPS,
            "Gardez-en un.",
        ),
    ),
    Fault.PREFIX: (
        Case(
            "Le préfixe « {prefix} » n'est déclaré nulle part. " + _STOPS,
            "Déclarez-le dans la première balise : xmlns:{prefix}=\"http://www.w3.org/2001/"
            "XMLSchema-instance\".",
            lambda f, _: f.prefix == "xsi",
        ),
        Case(
            "Le préfixe « {prefix} » n'est déclaré nulle part. " + _STOPS,
            "Déclarez-le dans la première balise, par exemple xmlns:{prefix}=\"{wanted}\", ou "
            "employez le préfixe qui y est déclaré.",
        ),
    ),
    Fault.NAMESPACE: (
        Case(
            "Une déclaration d'espace de noms (xmlns) est mal écrite. " + _STOPS,
            "Reprenez la première balise d'un fichier qui passe, par exemple celle de l'aide.",
        ),
    ),
    Fault.COMMENT: (
        Case(
            "Un commentaire contient deux tirets de suite, ou commence mal. " + _STOPS,
            "Retirez le commentaire entier, de <!-- à --> : le flux n'en a pas besoin. Pour le "
            "garder, écrivez <!-- texte -->, sans deux tirets de suite dans le texte.",
        ),
    ),
    Fault.CDATA_END: (
        Case(
            "La suite de signes ]]> se trouve dans un texte. " + _STOPS,
            "Écrivez ]]&gt; à la place.",
        ),
    ),
    Fault.INSTRUCTION: (
        Case(
            "Une instruction <? … ?> est mal écrite, ou une déclaration <?xml …?> se trouve "
            "ailleurs qu'au tout début. " + _STOPS,
            "Retirez-la : souvent deux fichiers XML ont été collés bout à bout.",
        ),
    ),
    Fault.CONTROL_CHARACTER: (
        Case(
            "Le fichier contient un caractère invisible que XML interdit. " + _STOPS,
            "Retirez-le de la donnée d'origine : il vient souvent d'un copier-coller ou d'un "
            "ancien logiciel.",
        ),
    ),
    Fault.CHARACTER_REFERENCE: (
        Case(
            "Un caractère est mal écrit par son numéro (&#…;). " + _STOPS,
            "Écrivez le caractère lui-même, ou &#233; pour é : des chiffres, puis un "
            "point-virgule.",
        ),
    ),
    Fault.DECLARATION: (
        Case(
            "La première ligne, <?xml …?>, est mal écrite. " + _STOPS,
            "Écrivez exactement <?xml version=\"1.0\" encoding=\"UTF-8\"?>.",
        ),
    ),
    Fault.VERSION: (
        Case(
            "La première ligne annonce une version de XML que le portail ne lit pas.",
            "Écrivez <?xml version=\"1.0\" encoding=\"UTF-8\"?> : la version du flux ne va pas "
            "là.",
        ),
    ),
    Fault.ENCODING_NAME: (
        Case(
            "L'encodage annoncé par la première ligne n'est pas connu, ou pas celui du fichier.",
            "Enregistrez le fichier en UTF-8 et écrivez encoding=\"UTF-8\".",
        ),
    ),
    Fault.NAME: (
        Case(
            "Un nom de balise ou d'attribut est mal formé. " + _STOPS,
            "Un nom commence par une lettre et contient au plus un deux-points, entre le préfixe "
            "et le nom.",
        ),
    ),
    Fault.LIMIT: (
        Case(
            "Le fichier dépasse une limite du lecteur XML : nom trop long, trop d'attributs, "
            "passage trop long, ou trop de balises les unes dans les autres. " + _STOPS,
            "Un flux n'approche jamais ces limites : cherchez une balise qui n'est pas fermée.",
        ),
    ),
    Fault.TOO_MANY: (
        Case(
            "Le fichier est conforme au schéma, mais il compte plus de passages que ce portail "
            "n'en prend en une fois : {length}, pour {limit} au plus.",
            "Répartissez les passages dans plusieurs fichiers, chacun avec son propre « idFlux ».",
            basis=Basis.ASSUMED,
        ),
    ),
    Fault.OTHER: (
        Case(
            "Le fichier n'est pas un XML correct à cet endroit. " + _STOPS,
            "Ouvrez le fichier à cette ligne dans un éditeur qui connaît XML, et corrigez-le.",
        ),
    ),
}  # fmt: skip

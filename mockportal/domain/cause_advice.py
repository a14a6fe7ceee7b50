"""Advice on the mistakes that show in the text around an error, with the very text to write."""

from mockportal.domain.advice import Case
from mockportal.domain.changes import Change, ChangeKind
from mockportal.domain.fault_causes import Cause
from mockportal.domain.finding import Finding

_STOPS = "La lecture s'arrête à cet endroit : d'autres erreurs peuvent suivre."
_XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
_AGAIN = (
    "Exportez-le ou transférez-le de nouveau, en entier. Ne fermez pas les balises à la main : ce "
    "qui manque serait perdu."
)
_IN_UTF_8 = (
    "l'enregistrez en UTF-8 (Bloc-notes : « Enregistrer sous », codage UTF-8 ; "
    "Notepad++ : menu « Encodage », « Convertir en UTF-8 »)"
)


def _removed(_finding: Finding) -> Change:
    return Change(ChangeKind.REMOVE)


CAUSES: dict[Cause, Case] = {
    Cause.BLANK_BEFORE: Case(
        "{blank} avant « <?xml », qui doit être tout au début du fichier.",
        "Retirez {removed}, et gardez {declaration}, qui doit ouvrir la première ligne.",
    ),
    Cause.BLANK_BEFORE_ROOT: Case(
        "{blank} avant « {begins} », la première balise.",
        "Retirez {removed} : le fichier doit commencer par « {begins} ».",
    ),
    Cause.MARKS_BEFORE: Case(
        "Le fichier commence par {count} marques d'ordre des octets (BOM, des signes invisibles), "
        "là où une seule est admise : deux logiciels en ont sans doute écrit une chacun.",
        "Retirez les {bytes} premiers octets du fichier ({hexadecimal}), pour qu'il commence par "
        "« < ». Sans éditeur d'octets : ouvrez-le dans le Bloc-notes, placez le curseur tout au "
        "début, appuyez {surplus} fois sur Suppr (rien ne se voit), et enregistrez.",
    ),
    Cause.MARK_AS_TEXT: Case(
        "Le fichier commence par « ï»¿ » : une marque d'ordre des octets (BOM) lue dans un autre "
        "encodage, et réécrite comme du texte.",
        "Retirez les signes « ï»¿ » : le fichier doit commencer par « < ».",
    ),
    Cause.COMMENT_BEFORE: Case(
        "Un commentaire ou une instruction précède « <?xml », qui doit être tout au début du "
        "fichier.",
        "Retirez ce qui précède « <?xml » (ligne {line}), ou déplacez-le après la ligne "
        "{declaration}.",
    ),
    Cause.NOTICE_BEFORE: Case(
        "Un message du serveur ou du programme précède le flux : « {written} ».",
        "Retirez tout ce qui précède « {begins} » (ligne {line}), et tout ce qui suivrait la "
        "dernière balise </{root}>. Signalez le message à qui s'occupe du logiciel : il reviendra "
        "à chaque export, et des données peuvent manquer.",
    ),
    Cause.TEXT_BEFORE: Case(
        "Du texte précède le flux : « {written} ».",
        "Retirez tout ce qui précède « {begins} » (ligne {line}), et tout ce qui suivrait la "
        "dernière balise </{root}>. Si le flux a été copié depuis un navigateur ou un message, "
        "enregistrez plutôt le fichier lui-même.",
    ),
    Cause.TWO_FILES: Case(
        "Deux fichiers sont collés bout à bout : un second commence à la ligne {line}, après "
        "</{root}>.",
        "Séparez-les : gardez ici tout jusqu'à </{root}> compris, mettez ce qui suit dans un autre "
        "fichier, et déposez l'un et l'autre.",
    ),
    Cause.TEXT_AFTER: Case(
        "Quelque chose suit la dernière balise </{root}> : « {written} ».",
        "Retirez tout ce qui suit </{root}> (ligne {line}) : le fichier doit finir là.",
    ),
    Cause.NOTICE_INSIDE: Case(
        "Un message du serveur ou du programme se trouve avant le flux : « {written} ».",
        "Retirez tout ce qui se trouve entre {declaration} et <{root}, et tout ce qui suivrait la "
        "dernière balise </{root}>. Signalez le message à qui s'occupe du logiciel : il reviendra "
        "à chaque export, et des données peuvent manquer.",
    ),
    Cause.TEXT_INSIDE: Case(
        "Du texte se trouve avant le flux, après la déclaration <?xml : « {written} ».",
        "Retirez tout ce qui se trouve entre {declaration} et <{root}.",
    ),
    Cause.DECLARATION_INSIDE: Case(
        "Une déclaration <?xml se trouve à la ligne {line}, ailleurs qu'au tout début : souvent, "
        f"un fichier XML entier a été inséré dans un autre. {_STOPS}",
        "Retirez « {written} » à cet endroit : seul le début du fichier peut être une telle "
        "déclaration.",
    ),
    Cause.TRUNCATED: Case(
        "Le fichier s'arrête avant la fin, à la ligne {line}{inside} : il est tronqué, et il y "
        "manque peut-être des passages.",
        _AGAIN,
    ),
    Cause.OTHER_ENCODING: Case(
        "Le fichier est en {actual}, et sa première ligne {announces}. Rien ne peut être lu "
        "tant que les deux diffèrent.",
        "Soit vous écrivez {instead} à la place de {written}, sans rien convertir ; soit vous "
        f'{_IN_UTF_8}, la première ligne annonçant encoding="UTF-8".',
    ),
    Cause.ANNOUNCED_WRONGLY: Case(
        "Le fichier est en UTF-8, et sa première ligne annonce {announced}. Rien ne peut être lu "
        "tant que les deux diffèrent.",
        "Écrivez {instead} à la place de {written}, sans rien convertir ; ou gardez cette ligne, "
        "et enregistrez vraiment le fichier dans cet encodage.",
    ),
    Cause.ENCODING_UNKNOWN: Case(
        "La première ligne annonce l'encodage « {announced} », un nom que le lecteur de XML ne "
        "connaît pas. Le fichier est en {actual}.",
        "Écrivez {instead} à la place de {written}, sans rien convertir.",
    ),
    Cause.NO_ENCODING: Case(
        "Le fichier est en {actual}, et ne l'annonce pas : il est lu comme de l'UTF-8.",
        "Soit vous écrivez {instead} tout au début du fichier ; soit, sans rien ajouter, vous "
        f"{_IN_UTF_8}.",
    ),
    Cause.UTF_32: Case(
        "Le fichier est en {actual}, quatre octets par signe, que le portail ne lit pas.",
        f'Une seule issue : vous {_IN_UTF_8}, la première ligne annonçant encoding="UTF-8".',
    ),
    Cause.MIXED_ENCODINGS: Case(
        "Le fichier est en UTF-8, sauf par endroits : « {written} », à la ligne {line}, vient d'un "
        "texte en Windows-1252. Des données de deux encodages y sont mêlées.",
        "Écrivez « {instead} » à la place, le fichier étant enregistré en UTF-8, et de même aux "
        "autres endroits ; à la source, convertissez toutes les données en UTF-8.",
    ),
    Cause.DECLARATION: Case(
        "La première ligne, qui annonce le XML, est mal écrite : {written}.",
        "Écrivez exactement {instead} à sa place.",
    ),
    Cause.LIST_ALONE: Case(
        "Le fichier ne contient que « {root} », sans l'enveloppe du flux qui dit qui dépose et "
        "pour quelle certification. Rien d'autre n'a été contrôlé.",
        "Exportez le flux entier, ou remettez l'enveloppe. Avant <{tag}> (mais après <?xml …?>) : "
        "{before} et tout à la fin : {after}. Mettez-y vos propres valeurs.",
    ),
    Cause.ROOT_TAG: Case(
        "La première balise est bien celle d'un flux, mais son espace de noms n'est pas déclaré "
        "comme il faut. Rien d'autre n'a été contrôlé.",
        "Écrivez {instead} à la place de {written}{end}.",
    ),
    Cause.ROOT_NAME: Case(
        "La première balise s'appelle « {root} », et non « flux ». Rien d'autre n'a été contrôlé.",
        "Écrivez {instead} à la place de {written}{end}.",
    ),
    Cause.WRAPPED: Case(
        "Le flux est enfermé dans un autre document : la première balise est <{root}>, et "
        "<{flux}> ne vient qu'à la ligne {line}.",
        "Gardez seulement le flux : retirez tout ce qui précède <{flux} (sauf <?xml …?>) et tout "
        "ce qui suit </{flux}>. La première balise du fichier devient {instead}.",
    ),
    Cause.IN_SOAP: Case(
        "Ce fichier est un message SOAP (un échange entre serveurs) : le flux est à l'intérieur de "
        "<{body}>, et <{flux}> ne vient qu'à la ligne {line}.",
        "Gardez seulement l'intérieur de <{body}> : retirez tout ce qui précède <{flux} (sauf "
        "<?xml …?>) et tout ce qui suit </{flux}>. La première balise du fichier devient "
        "{instead}.",
    ),
    Cause.EMPTY_LIST: Case(
        "La liste « {element} » est vide : cette certification n'a aucun passage.",
        "Si le fichier n'a aucun passage, il n'y a rien à déposer : vérifiez dans votre logiciel "
        "les dates et les filtres de l'export, et exportez de nouveau. Si d'autres certifications "
        "du fichier ont des passages, retirez seulement celle-ci, de <{tag}> à </{tag}> compris.",
    ),
    Cause.NO_CERTIFICATION: Case(
        "La liste « certifications » est vide : le fichier n'a aucun passage, il n'y a rien à "
        "déposer.",
        "Vérifiez dans votre logiciel les dates et les filtres de l'export, et exportez de nouveau "
        "quand il y a des passages à transmettre.",
    ),
    Cause.TWO_CERTIFIERS: Case(
        "Un second « {element} » se trouve dans « {parent} » : un flux n'a qu'un émetteur et qu'un "
        "certificateur.",
        "Faites un fichier par certificateur : dans celui-ci, gardez le premier <{tag}> et retirez "
        "les autres, de <{tag}> à </{tag}> ; mettez chacun des autres dans une copie du fichier, à "
        "la place du premier, avec un autre idFlux.",
        change=_removed,
    ),
    Cause.LIST_TWICE: Case(
        "Une seconde liste « {element} » se trouve dans « {parent} », qui n'en a qu'une.",
        "Réunissez-les : retirez </{tag}> à la fin de la première et <{tag}> au début de la "
        "seconde.",
        change=lambda _: Change(ChangeKind.JOIN),
    ),
    Cause.END_TAG_MISSPELT: Case(
        "La balise de fin {written}, ligne {line}, ne répond pas à {start}, ouverte ligne {since}. "
        f"{_STOPS}",
        "Écrivez {instead} à la place de {written}, ligne {line}.",
    ),
    Cause.START_TAG_MISSPELT: Case(
        f"La balise {{written}}, ouverte ligne {{line}}, est fermée par {{end}}. {_STOPS}",
        "Écrivez {instead} à la place de {written}, ligne {line}.",
    ),
    Cause.END_TAG_MISSING: Case(
        f"La balise {{start}}, ouverte ligne {{line}}, n'est pas fermée. {_STOPS}",
        "Ajoutez {instead} {where}.",
    ),
    Cause.START_TAG_MISSING: Case(
        f"La balise de fin de {{written}} n'a pas de balise de début. {_STOPS}",
        "Écrivez {instead} à la place de {written}.",
    ),
    Cause.START_TAG_LOST: Case(
        f"La balise de fin {{written}} n'a pas de balise de début. {_STOPS}",
        "Ajoutez {instead} {where}.",
    ),
    Cause.END_TAG_ALONE: Case(
        f"La balise de fin {{written}} est de trop : rien d'ouvert ne porte ce nom. {_STOPS}",
        "Retirez {written} à la ligne {line}.",
    ),
    Cause.SLASH_MISSING: Case(
        "Une balise de début, {start}, se trouve à la ligne {line} là où devrait être la balise "
        f"de fin du même nom. {_STOPS}",
        "Écrivez {instead} à la place de {written}, ligne {line}{which}.",
    ),
    Cause.TAG_MISSPELT: Case(
        f"La balise {{written}}, ligne {{line}}, est mal écrite. {_STOPS}",
        "Écrivez {instead} à la place de {written}, ligne {line}.",
    ),
    Cause.NO_SPACE: Case(
        "Un espace insécable, ou un autre signe qui ressemble à un espace ({sign}), se trouve dans "
        f"une balise : XML n'y admet que l'espace ordinaire. {_STOPS}",
        "Effacez ce signe et tapez un espace : {instead}. Faites de même partout.",
    ),
    Cause.STRAY_TEXT: Case(
        "« {written} » se trouve entre deux balises de « {element} », ligne {line}, hors de toute "
        "valeur : « {element} » ne contient que des éléments.",
        "Retirez « {written} », qui suit {start}, ou mettez-le dans l'élément auquel il "
        "appartient.",
        change=lambda _: Change(ChangeKind.CLEAR),
    ),
    Cause.COMMENT_OPEN: Case(
        "{kind} commence à la ligne {line} par {start} et ne finit jamais : tout ce qui suit "
        "n'est pas lu.",
        "Écrivez {instead} à la place de {written}.",
    ),
    Cause.CONFLICT: Case(
        "Le fichier contient les marques d'un conflit de versions (<<<<<<<, =======, >>>>>>>). "
        f"{_STOPS}",
        "Choisissez l'une des deux versions, et retirez l'autre et les trois lignes de marques.",
    ),
    Cause.SIGN_UNESCAPED: Case(
        f"Le signe {{sign}} est écrit tel quel dans une valeur : en XML, il annonce {{opens}}. "
        f"{_STOPS}",
        "Écrivez {escape} à la place de {sign} : {instead}. Faites de même partout où un texte "
        "contient ce signe.",
    ),
    Cause.HTML_ENTITY: Case(
        "« {written} » vient du HTML : XML ne connaît que &amp; &lt; &gt; &apos; et &quot;. "
        f"{_STOPS}",
        "Écrivez {instead} à la place de {written}{others}, le fichier étant en {actual}.",
    ),
    Cause.CONTROL_CHARACTER: Case(
        "Le caractère {name}, invisible et interdit en XML, se trouve à la ligne {line}{between}. "
        f"{_STOPS}",
        "Retirez-le (ou mettez un espace s'il sépare deux mots) : {instead}. Faites de même "
        "partout, et à la source.",
    ),
    Cause.CONTROL_REFERENCE: Case(
        f"{{written}} désigne {{name}}, que XML interdit, même écrit par son numéro. {_STOPS}",
        "Retirez {written}, ou mettez un espace à la place. Faites de même partout, et à la "
        "source.",
    ),
    Cause.REFERENCE_MISSPELT: Case(
        f"Un caractère est mal écrit par son numéro : {{written}}. {_STOPS}",
        "Écrivez {instead} à la place de {written}.",
    ),
    Cause.QUOTES: Case(
        "L'attribut « {attribute} » n'est pas écrit entre deux guillemets droits : {written}. "
        f"{_STOPS}",
        "Écrivez {instead} à la place, et de même partout.",
    ),
    Cause.UNPREFIXED: Case(
        "L'élément « {element} » est écrit sans le préfixe de ses voisins, donc hors de l'espace "
        "de noms du flux.",
        "Écrivez {instead} à la place de {written}, et de même à sa balise de fin. Si tout le "
        "fichier est sans préfixe, ajoutez plutôt {declaration} dans la première balise.",
        change=lambda finding: Change(ChangeKind.RENAME, finding.tags.name(finding.name)),
    ),
    Cause.EMPTY_XMLNS: Case(
        "L'attribut xmlns=\"\" de « {element} » le met, avec ce qu'il contient, hors de l'espace "
        "de noms du flux.",
        "Écrivez {instead} à la place de {written}, partout où il se trouve.",
    ),
    Cause.PREFIX_MISSPELT: Case(
        f"Le préfixe « {{prefix}} » n'est déclaré nulle part : le bon est ici « {{right}} ». "
        f"{_STOPS}",
        "Écrivez {instead} à la place de {written}, et de même partout, balises de fin comprises.",
    ),
    Cause.PREFIX_UNDECLARED: Case(
        f"Le préfixe « {{prefix}} » n'est déclaré nulle part. {_STOPS}",
        "Écrivez {instead} à la place de {written}, la première balise{end}.",
    ),
    Cause.XSI_MISSPELT: Case(
        "L'attribut « {attribute} » est bien écrit, mais l'adresse de « xmlns:{prefix} », dans la "
        "première balise, ne l'est pas à la lettre : aucun {attribute} du fichier n'est reconnu.",
        "Dans la première balise, écrivez {instead} à la place de {written}. Ne retirez pas les "
        "{attribute}.",
    ),
    Cause.NIL_MISSPELT: Case(
        "L'attribut « {attribute} » de « {element} » n'existe pas : une valeur inconnue se dit par "
        "{nil}.",
        "Écrivez {instead} à la place de {written}, et de même dans les autres éléments{declare}.",
        change=lambda finding: finding.without_value(),
    ),
    Cause.NIL_BESIDE_VALUE: Case(
        "L'attribut « {attribute} » de « {element} » n'existe pas, et « {element} », qui contient "
        "quelque chose, n'a pas besoin d'attribut.",
        "Retirez l'attribut et gardez la valeur : écrivez {instead} à la place de {written}.",
        change=lambda finding: Change(ChangeKind.REMOVE_ATTRIBUTE, finding.facts.attribute),
    ),
    Cause.NIL_ON_OPTIONAL: Case(
        "L'attribut « {attribute} » n'existe pas, et « {element} », qui est facultatif, n'a pas "
        "besoin d'être dit inconnu.",
        "Retirez la balise {written} entière : un élément facultatif absent ne gêne pas.",
        change=_removed,
    ),
    Cause.NIL_ON_MANDATORY: Case(
        "L'attribut « {attribute} » n'existe pas, et « {element} », qui est obligatoire, ne peut "
        "pas être dit inconnu.",
        "Donnez sa valeur : <{tag}>…</{tag}>, sans attribut.",
    ),
}

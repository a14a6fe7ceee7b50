"""Advice on elements and attributes that are missing, misplaced or unknown."""

from mockportal.domain.advice import Case
from mockportal.domain.file_errors import Facts, Fault, Place
from mockportal.domain.suggesting import closest


def _other_namespace(facts: Facts, _place: Place) -> bool:
    return bool(facts.namespace) and facts.namespace != facts.wanted


def _same_word(facts: Facts, _place: Place) -> bool:
    return facts.element.casefold() in {one.casefold() for one in facts.allowed}


STRUCTURE: dict[Fault, tuple[Case, ...]] = {
    Fault.UNEXPECTED: (
        Case(
            "L'élément « {element} » est écrit hors de l'espace de noms du flux.",
            "Écrivez-le comme ses voisins, avec le même préfixe (ou le même xmlns) : son espace "
            "de noms doit être « {wanted} ».",
            lambda f, _: not f.namespace,
        ),
        Case(
            "L'élément « {element} » est dans l'espace de noms « {namespace} ».",
            "L'espace de noms du flux est « {wanted} » : corrigez la déclaration xmlns.",
            _other_namespace,
        ),
        Case(
            "L'élément « {element} » vient une deuxième fois dans « {parent} », qui n'en accepte "
            "qu'un.",
            "Gardez le bon, retirez l'autre. Peut-être manque-t-il aussi une balise de fin et une "
            "balise de début entre les deux.",
            lambda _, p: p.expected is not None,
        ),
        Case(
            "Le nom « {element} » n'est pas celui du schéma.",
            "Écrivez « {closest} » : majuscules et minuscules comptent.",
            _same_word,
        ),
        Case(
            "L'élément « {element} » n'est pas à sa place dans « {parent} ».",
            "Déplacez-le dans « {home} », le seul endroit où le schéma l'accepte.",
            lambda _, p: p.home is not None,
        ),
        Case(
            "Le schéma ne connaît pas « {element} ».",
            "Le bon nom est sans doute « {closest} » : écrivez-le à la lettre près.",
            lambda f, _: bool(closest(f.element, f.allowed)),
        ),
        Case(
            "Le schéma ne connaît pas « {element} » dans « {parent} ».",
            "Retirez-le, ou corrigez son nom. Peuvent encore venir ici : {allowed}.",
        ),
    ),
    Fault.INCOMPLETE: (
        Case(
            "Il manque à « {element} » un élément obligatoire : {missing}.",
            "Ajoutez-le dans « {element} ». Une valeur inconnue se dit par xsi:nil=\"true\", là "
            "où le schéma le permet ; l'élément doit être là dans tous les cas.",
            lambda _, p: len(p.missing) == 1,
        ),
        Case(
            "Il manque à « {element} » des éléments obligatoires : {missing}.",
            "Ajoutez-les dans « {element} ». Une valeur inconnue se dit par xsi:nil=\"true\", là "
            "où le schéma le permet ; l'élément doit être là dans tous les cas.",
            lambda _, p: bool(p.missing),
        ),
        Case(
            "Le contenu de « {element} » n'est pas complet.",
            "Ajoutez ce qui manque ; peut venir ici : {allowed}.",
        ),
    ),
    Fault.NOTHING_MORE: (
        Case(
            "« {element} » ne peut plus venir ici : « {parent} » a déjà tout ce qu'il accepte.",
            "Gardez un seul des éléments entre lesquels le schéma laisse le choix, et retirez "
            "« {element} » ou l'autre.",
        ),
    ),
    Fault.ROOT: (
        Case(
            "Le premier élément est bien « {element} », mais son espace de noms n'est pas celui "
            "du flux. Rien d'autre n'a été contrôlé.",
            "Déclarez exactement xmlns:cpf=\"{wanted}\" (ou xmlns=\"{wanted}\" sans préfixe).",
            lambda f, _: f.element in f.allowed,
        ),
        Case(
            "Le premier élément du fichier est « {element} » : c'est du XML, mais pas un flux. "
            "Rien d'autre n'a été contrôlé.",
            "Déposez le fichier que votre logiciel exporte pour ce portail : son premier élément "
            "est {allowed}, dans l'espace de noms « {wanted} ».",
        ),
    ),
    Fault.CHILD_IN_VALUE: (
        Case(
            "« {element} » doit contenir une valeur, et contient une autre balise.",
            "Écrivez la valeur seule entre les balises. Un texte qui contient < ou & s'écrit avec "
            "&lt; et &amp;.",
        ),
    ),
    Fault.ATTRIBUTE: (
        Case(
            "L'attribut « {attribute} » n'existe pas dans « {element} » : le flux n'a pas "
            "d'attributs, hormis xsi:nil.",
            "Retirez l'attribut ; une donnée se met dans un élément.",
        ),
    ),
    Fault.CONTENT_IN_EMPTY: (
        Case("« {element} » doit rester vide.", "Retirez ce qu'il contient."),
    ),
    Fault.TEXT_BETWEEN: (
        Case(
            "Du texte se trouve entre les balises de « {element} », qui ne contient que des "
            "éléments.",
            "Retirez ce texte, ou mettez-le dans l'élément auquel il appartient.",
        ),
    ),
    Fault.NOT_NILLABLE: (
        Case(
            "« {element} » est facultatif : xsi:nil n'y est pas permis.",
            "Retirez la balise « {element} » quand la valeur est inconnue.",
            lambda _, p: p.expected is not None and p.expected.optional,
        ),
        Case(
            "« {element} » est obligatoire et ne peut pas être déclaré inconnu (xsi:nil).",
            "Donnez une valeur à « {element} », et retirez l'attribut xsi:nil.",
        ),
    ),
    Fault.NIL_WITH_CONTENT: (
        Case(
            "« {element} » est dit inconnu (xsi:nil=\"true\") et contient pourtant quelque chose, "
            "fût-ce un espace ou un retour à la ligne.",
            "Retirez l'attribut si la valeur est bonne, ou écrivez <{tag} xsi:nil=\"true\"/> sans "
            "rien dedans.",
        ),
    ),
    Fault.XSI_TYPE: (
        Case(
            "L'attribut xsi:type donne à « {element} » un type que le schéma n'accepte pas là.",
            "Retirez xsi:type : le flux n'en a pas besoin.",
        ),
    ),
}  # fmt: skip

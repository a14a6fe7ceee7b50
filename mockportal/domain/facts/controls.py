"""What is known of the second control: its rules, and how a holder is found."""

from mockportal.domain.facts.model import (
    ANNOUNCED,
    ASSUMED,
    DICTIONARY,
    DOCUMENTED,
    FILES,
    GUIDE,
    OURS,
    SITE,
    Fact,
)

CONTROLS = (
    Fact(
        "levels",
        "Les trois niveaux de la recherche du titulaire, et l'arrêt dès qu'une seule personne "
        "reste.",
        DOCUMENTED, GUIDE, ("/aide/corriger",),
    ),
    Fact(
        "french-number",
        "Seules les personnes qui ont un numéro de sécurité sociale français peuvent être "
        "trouvées.",
        DOCUMENTED, SITE, ("/aide/corriger", "/aide/personnes"),
    ),
    Fact(
        "accents",
        "Dans un nom, les accents ne comptent pas, la ponctuation compte.",
        DOCUMENTED, GUIDE, ("/aide/corriger",),
    ),
    Fact(
        "names-case",
        "Majuscules et minuscules se valent : de vrais fichiers les mêlent.",
        ASSUMED, f"{OURS}, d'après de {FILES}", ("/aide/corriger",),
    ),
    Fact(
        "names-signs",
        "Les deux formes de l'apostrophe se valent, une ligature vaut ses lettres, plusieurs "
        "espaces en valent un.",
        ASSUMED, OURS, ("/aide/corriger",),
    ),
    Fact(
        "half-known",
        "Quand le fichier ne donne ni le jour ni le mois de naissance (nil), le deuxième niveau ne "
        "compare rien ; quand il donne l'un des deux, il compare celui-là.",
        ASSUMED, OURS, ("/aide/corriger",),
    ),
    Fact(
        "missing-datum",
        "Une donnée que le registre n'a pas pour une personne ne la retient ni ne l'écarte ; les "
        "libellés de commune et de pays ne sont pas comparés, seuls leurs codes le sont.",
        ASSUMED, OURS, ("/aide/corriger",),
    ),
    Fact(
        "birth-places",
        "Un code postal de naissance se compare aux codes postaux de la commune, un arrondissement "
        "de Paris, Lyon ou Marseille à sa ville.",
        ASSUMED, OURS, ("/aide/corriger",),
    ),
    Fact(
        "order",
        "L'ordre des contrôles : doublon, certification, dates, titulaire ; le premier qui échoue "
        "donne au passage son seul message.",
        ASSUMED, OURS, ("/aide/corriger",),
    ),
    Fact(
        "same-file",
        "Un identifiant deux fois dans un fichier : le second est un doublon si le premier est "
        "accepté.",
        ASSUMED, OURS, ("/aide/messages",),
    ),
    Fact(
        "certification",
        "La certification doit être dans la liste, avec son code exact, et un type qui va avec.",
        DOCUMENTED, GUIDE,
    ),
    Fact(
        "six-types",
        "Le dictionnaire nomme six types : RNCP, RS, Diplôme d'Etablissement, Diplôme "
        "Universitaire, Habilitation, Reconnaissance. Le code commence par le type pour les deux "
        "premiers ; pour les autres, il suffit que type et code soient dans la liste (supposé).",
        ANNOUNCED, f"{DICTIONARY} ; {OURS}", ("/aide/certifications", "/aide/dictionnaire"),
    ),
    Fact(
        "inactive",
        "Ce que devient une certification inactive n'est pas documenté : ici, elle vaut une "
        "certification inconnue.",
        ASSUMED, OURS, ("/aide/certifications", "/aide/messages"),
    ),
    Fact(
        "exam-dates",
        "Un examen qui finit avant d'avoir commencé est refusé.",
        DOCUMENTED, GUIDE,
    ),
    Fact(
        "file-conditions",
        "L'émetteur, le mandat et le contrat sont contrôlés pour le fichier entier : personne "
        "au-dehors ne sait si le vrai portail le fait. Le contrôle est un choix du simulateur, et "
        "ses phrases aussi.",
        ASSUMED, OURS, ("/aide/messages",),
    ),
    Fact(
        "training-files",
        "Un dossier de formation doit exister, et porter le même nom et le même prénom.",
        DOCUMENTED, DICTIONARY,
    ),
    Fact(
        "national-ids",
        "Ce que vérifie un identifiant national : une personne du registre, dont le nom de "
        "naissance concorde.",
        ASSUMED, OURS, ("/aide/messages",),
    ),
    Fact(
        "suppressions",
        "Une SUPPRESSION ne passe par aucun autre contrôle : chaque passage est cherché par son "
        "émetteur et son identifiant technique, et supprimé.",
        ASSUMED, OURS, ("/aide/messages",),
    ),
)  # fmt: skip
"""In the order in which a page lists them."""

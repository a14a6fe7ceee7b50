"""What is known of a deposit, of its file and of the first control."""

from mockportal.domain.facts.model import (
    ANNOUNCED,
    ASSUMED,
    DICTIONARY,
    DOCUMENTED,
    FILES,
    GUIDE,
    LAW,
    OBSERVED,
    OURS,
    PORTAL,
    SCHEMA,
    SEEN,
    SITE,
    Fact,
)
from mockportal.domain.messages import Basis

DEPOSITS = (
    Fact(
        "navigation",
        "La navigation, « Que souhaitez-vous effectuer ? » et ses deux cartes.",
        DOCUMENTED, PORTAL,
    ),
    Fact(
        "history",
        "Un compte dépose un fichier, consulte l'historique de ses fichiers avec leur statut, et "
        "télécharge les deux accusés de chacun.",
        DOCUMENTED, GUIDE,
    ),
    Fact(
        "largest-file",
        "Un fichier .xml de 200 Mo au plus. Aucune règle n'est publiée sur son nom.",
        DOCUMENTED, GUIDE, ("/aide/deposer",),
    ),
    Fact(
        "upload-refusals",
        "1 Mo compte 1 000 000 octets ; les noms de fichier refusés, et les phrases de ces refus.",
        ASSUMED, OURS, ("/aide/deposer",),
    ),
    Fact(
        "most-passages",
        "200 000 passages au plus dans un fichier : ce nombre est cité pour 2026 par un tiers. "
        "Que le portail refuse au-delà, et comment il le dit, n'est pas connu.",
        ASSUMED, OURS,
        ("/aide/deposer", "/aide/erreurs", "/depots/…", "/transmettre/fichier"),
    ),
    Fact(
        "statuses",
        "« Traitement en cours », « Traitement avec erreurs », « Traité avec succès », « Traité "
        "avec erreurs » : les mots des quatre statuts.",
        DOCUMENTED, GUIDE, ("/aide/accuse",),
    ),
    Fact(
        "status-refused",
        "Deux guides de 2026 parlent de « fichiers traités avec erreur » et de « fichiers "
        "rejetés » : « Traitement avec erreurs » s'appelle peut-être « Rejeté » à présent.",
        ANNOUNCED, GUIDE, ("/aide/accuse",),
    ),
    Fact(
        "status-failed",
        "« Non traité » est propre au simulateur : une panne du portail, qui ne dit rien du "
        "fichier.",
        ASSUMED, OURS, ("/aide/accuse",),
    ),
    Fact(
        "acknowledgement",
        "L'accusé de réception est disponible aussitôt : OK ou KO pour le fichier.",
        DOCUMENTED, GUIDE, ("/aide/accuse",),
    ),
    Fact(
        "acknowledgement-format",
        "La forme de l'accusé de réception, et le nom de son fichier.",
        ASSUMED, OURS, ("/aide/accuse",),
    ),
    Fact(
        "two-days",
        "Une seule paire de vrais fichiers montre environ deux jours entre le dépôt et l'accusé de "
        "traitement. Ici, il est prêt dès que le fichier est traité, ou au bout du délai réglé : "
        "c'est voulu.",
        OBSERVED, FILES, ("/aide/deposer", "/coulisses"),
    ),
    Fact(
        "accepted-is-final",
        "Les passages acceptés sont définitifs : seuls les passages KO se corrigent et se "
        "redéposent, dans un nouveau fichier.",
        DOCUMENTED, GUIDE, ("/aide/deposer",),
    ),
    Fact(
        "no-test-portal",
        "Le vrai portail n'a ni environnement d'essai, ni simulateur, ni API (en 2022, et toujours "
        "en 2026 pour autant que l'on sache). Le schéma est le seul contrôle que l'on puisse faire "
        "soi-même.",
        DOCUMENTED, GUIDE,
    ),
    Fact(
        "declaration",
        "« Déclarer un passage de certification » : annoncé « à développer » en 2024, montré comme "
        "existant par une vidéo plus récente de la Caisse des Dépôts.",
        DOCUMENTED, SITE, ("/aide/declarer", "/transmettre/passage"),
    ),
    Fact(
        "declaration-screens",
        "Les écrans de ce formulaire, ses étapes et leur ordre ne sont pas connus.",
        ASSUMED, OURS, ("/aide/declarer", "/transmettre/passage"),
    ),
    Fact(
        "obligation",
        "Une certification se transmet dans les trois mois qui suivent sa délivrance par le jury ; "
        "on le fait chaque année, promotion par promotion. Qui tarde risque une sanction : depuis "
        "mai 2025, une mise en demeure donne 60 jours.",
        DOCUMENTED, LAW, ("/aide/deposer",),
    ),
    Fact(
        "since-2021",
        "L'obligation vaut pour les certifications délivrées depuis le 1er juillet 2021 ; de plus "
        "anciennes peuvent être transmises, et ne sont pas hors délai.",
        DOCUMENTED, f"{SITE} ; {LAW}", ("/aide/deposer",),
    ),
    Fact(
        "late-accepted",
        "Un passage transmis plus tard est accepté : on ne connaît pas de refus du portail. Le "
        "délai se compte ici depuis la date de début de validité, celle du parchemin.",
        ASSUMED, OURS, ("/aide/deposer", "/aide/dictionnaire", "/chiffres", "/depots/…"),
    ),
    Fact(
        "definitive",
        "Seuls des résultats définitifs sont à transmettre (« donneeCertifiee » à « true »).",
        DOCUMENTED, f"{SITE}, {DICTIONARY}", ("/aide/deposer", "/aide/dictionnaire"),
    ),
    Fact(
        "definitive-unchecked",
        "Un résultat qui n'est pas définitif (« false ») n'est pas refusé.",
        ASSUMED, OURS, ("/aide/dictionnaire",),
    ),
    Fact(
        "flux-id",
        "« idFlux » est un UUID, différent dans chaque fichier, dit le dictionnaire ; le schéma "
        "n'en contrôle que la longueur, de 1 à 50 caractères.",
        DOCUMENTED, DICTIONARY, ("/aide/dictionnaire", "/depots/…"),
    ),
    Fact(
        "flux-id-again",
        "Un « idFlux » déjà vu est accepté, avec un avertissement : de vrais exporteurs le "
        "répètent.",
        ASSUMED, OURS, ("/aide/dictionnaire", "/depots/…"),
    ),
    Fact(
        "depositor-nature",
        "Les deux valeurs de « natureDeposant » sont celles du schéma. On y lit qui dépose : "
        "CERTIFICATEUR, le certificateur lui-même ; TIERS_CONFIANCE, l'organisme qu'il mandate. "
        "Rien ne la compare à l'émetteur.",
        ANNOUNCED, f"{SCHEMA} ; {OURS}", ("/aide/dictionnaire",),
    ),
    Fact(
        "technical-id",
        "« idTechnique » est un texte libre de 1 à 255 caractères, barres obliques comprises, "
        "unique pour toujours chez un émetteur.",
        DOCUMENTED, f"{DICTIONARY}, {SCHEMA}",
    ),
    Fact(
        "schemas",
        "Les schémas 1.1.1 et 1.1.2 du flux.",
        DOCUMENTED, SCHEMA,
    ),
    Fact(
        "schema-1.1.5",
        "Le schéma 1.1.5 (30 mars 2026) n'est connu que par un tiers : qu'il ait « action » et "
        "« identifiantNational » se lit chez lui ; leur forme, et ce que le portail en fait, sont "
        "supposés.",
        (Basis.OBSERVED, Basis.ASSUMED), f"un tiers ; {OURS}",
        ("/aide/deposer", "/aide/dictionnaire"),
    ),
    Fact(
        "schema-applied",
        "Que le portail suive une version du schéma, la même pour tous les fichiers d'un compte : "
        "le fichier ne la dit pas.",
        ASSUMED, OURS, ("/aide/deposer",),
    ),
    Fact(
        "refused-whole",
        "Un fichier non conforme est refusé en entier ; une centaine d'erreurs au plus sont "
        "listées.",
        SEEN, f"{GUIDE} ; {FILES}",
    ),
    Fact(
        "java-words",
        "Les mots, les lignes et les colonnes de ces erreurs sont ceux du contrôle XML de Java, en "
        "français.",
        OBSERVED, FILES, ("/aide/erreurs",),
    ),
    Fact(
        "error-places",
        "Là où Java ne donne pas de place (des octets illisibles), la ligne et la colonne de "
        "l'octet fautif.",
        ASSUMED, OURS,
    ),
    Fact(
        "doctype",
        "Un fichier avec un DOCTYPE est refusé, avec la phrase de Java pour ce cas.",
        ASSUMED, OURS, ("/aide/erreurs", "/depots/…"),
    ),
    Fact(
        "added",
        "Le vrai portail ne donne que la phrase de l'accusé. La recherche, la personne la plus "
        "proche, les conseils, les valeurs à relire et les tableurs sont des ajouts du simulateur.",
        OBSERVED, FILES, ("/depots/…",),
    ),
)  # fmt: skip
"""In the order in which a page lists them."""

"""What is known of receipts, of stored passages, of the passport, and of what lies around."""

from mockportal.domain.facts.model import (
    ANNOUNCED,
    APOGEE,
    ASSUMED,
    DICTIONARY,
    DOCUMENTED,
    FILES,
    GUIDE,
    OBSERVED,
    OURS,
    PORTAL,
    SEEN,
    SITE,
    Fact,
)

RECEIPTS = (
    Fact(
        "receipt-forms",
        "Les deux formes de l'accusé de traitement : éléments, ordre, retraits, préfixe inutilisé.",
        SEEN, f"{GUIDE} ; {FILES}", ("/aide/accuse",),
    ),
    Fact(
        "receipt-empty",
        "Quand rien n'est KO, ou rien OK : un élément vide.",
        ASSUMED, OURS, ("/aide/accuse",),
    ),
    Fact(
        "receipt-name",
        "Le nom du fichier : « Accusé de traitement_ », le nom du fichier déposé, le jour.",
        OBSERVED, FILES, ("/aide/accuse",),
    ),
    Fact(
        "receipt-errors",
        "Dans l'accusé d'un fichier refusé, le type est toujours « XSD », et une valeur fautive "
        "donne deux messages à la même place : la colonne qui suit la balise fermante.",
        OBSERVED, FILES, ("/aide/accuse",),
    ),
    Fact(
        "processing-id",
        "« idTraitement » croît, d'un même compteur pour tous les déposants.",
        OBSERVED, FILES, ("/aide/accuse",),
    ),
    Fact(
        "receipts-of-2021",
        "Les accusés de 2021 et de 2022 (« --receipts ») : « idDemande », et une seule phrase pour "
        "tout titulaire introuvable en juillet 2022.",
        OBSERVED, FILES,
    ),
)  # fmt: skip
"""In the order in which a page lists them."""

AFTERWARDS = (
    Fact(
        "passages-page",
        "La page « Passages de certification » : la recherche par identifiant technique, le "
        "compte, une carte pour chaque passage.",
        DOCUMENTED, PORTAL,
    ),
    Fact(
        "passage-card",
        "Une carte montre l'identifiant, le prénom et le nom en capitales, et une ligne comme "
        "« DOCTORAT Culture, Art, Spectacle ». Que ce soit là un titre ou grade, puis un domaine, "
        "est supposé ; ici, l'intitulé et le code de la certification.",
        ANNOUNCED, PORTAL, ("/passages",),
    ),
    Fact(
        "passage-changes",
        "Un passage se consulte, se modifie et se supprime sur le portail.",
        DOCUMENTED, GUIDE,
    ),
    Fact(
        "fields-that-change",
        "Quels champs le vrai portail laisse modifier, et par quels écrans, n'est pas connu ; ni "
        "que les deux contrôles repassent.",
        ASSUMED, OURS, ("/passages/…/modifier",),
    ),
    Fact(
        "freed-identifier",
        "Un passage supprimé libère son identifiant technique, qui peut être envoyé à nouveau.",
        ASSUMED, OURS,
        ("/aide/messages", "/passages/…", "/passages/…/supprimer", "/passages/suppression/apercu",
         "/passages/suppression"),
    ),
    Fact(
        "mass-deletion",
        "La suppression en masse, après un mauvais dépôt, est annoncée ; comment elle se fait ne "
        "l'est pas.",
        ANNOUNCED, GUIDE, ("/passages/suppression",),
    ),
    Fact(
        "guaranteed",
        "Le passage accepté paraît dans le passeport du titulaire avec une marque verte, « données "
        "garanties » ; ce que le titulaire ajoute y a une marque bleue. Lui seul voit son "
        "passeport. Un passage KO n'y paraît jamais.",
        DOCUMENTED, SITE, ("/passeport",),
    ),
    Fact(
        "passport-page",
        "Ce que la page du passeport montre d'un passage.",
        ASSUMED, OURS, ("/passeport/…",),
    ),
    Fact(
        "passport-rest",
        "Le vrai passeport s'ouvre sur « Bienvenue sur votre Passeport de compétences » et cinq "
        "rubriques : « Mes acquis », « Mon parcours », « Mes CV », « Mes compétences », « Mon "
        "avenir » (2024). Chacun y fait plusieurs CV, remis en un PDF signé par la Caisse des "
        "Dépôts. Rien de cela n'est imité ici.",
        DOCUMENTED, SITE, ("/passeport",),
    ),
)  # fmt: skip
"""In the order in which a page lists them."""

AROUND = (
    Fact(
        "identity-check",
        "Vérifier l'identité à l'examen, sur une carte d'identité ou un passeport en cours de "
        "validité ; transmettre aussi les données facultatives (deuxième et troisième prénoms, "
        "commune de naissance) ; prendre garde aux étudiants étrangers ; respecter le RGPD.",
        DOCUMENTED, GUIDE, ("/aide/corriger",),
    ),
    Fact(
        "ko-that-stay",
        "Si un passage reste KO alors que tout est vérifié, garder fichiers, accusés et mails : la "
        "Caisse des Dépôts annonce une procédure.",
        DOCUMENTED, GUIDE, ("/aide/corriger",),
    ),
    Fact(
        "apogee",
        "Dans Apogée, l'identifiant technique se compose de l'année d'obtention, du numéro "
        "d'étudiant, du code et de la version du diplôme ; un nom y a 30 caractères au plus, un "
        "prénom 20. L'extraction prend, pour une année, les diplômés de versions de diplôme qui "
        "ont un code RNCP ou RS.",
        DOCUMENTED, APOGEE, ("/aide/corriger",),
    ),
    Fact(
        "apogee-screens",
        "Les écrans d'Apogée : « Fiche individuelle de l'étudiant » ; « Lancement du traitement de "
        "certification CDC », ses critères (année universitaire, diplômes et versions, "
        "composantes, « Tous » ou « Quelques ») et sa prévision d'exécution.",
        DOCUMENTED, APOGEE,
    ),
    Fact(
        "volumes",
        "Mi-2024 : 34 618 000 passages reçus, 18 695 000 passeports alimentés ; 2 148 "
        "certificateurs connus sur 2 548, 1 371 comptes ouverts, 1 090 avec un fichier déposé ; "
        "3 246 certifications RNCP et 866 RS. Pour le seul enseignement supérieur : 640 000 "
        "passages, 556 000 passeports, 314 établissements sur 357 avec leurs identifiants, 211 "
        "comptes, 176 avec un fichier déposé, 1 341 certifications RNCP et 56 RS.",
        DOCUMENTED, SITE, ("/chiffres",),
    ),
    Fact(
        "kit",
        "Le site public donne un kit (schéma, exemple, modèle de tableur) et des guides : "
        "« Comment déposer un fichier XML ? », « Comment corriger ses passages KO ? », la lecture "
        "d'un accusé. Ses rubriques : « Accueil », « Actualités », « Réglementations », "
        "« Guides », « Feuille de route », « Etablissements du supérieur ».",
        DOCUMENTED, SITE,
    ),
    Fact(
        "dictionary-differs",
        "Le dictionnaire et le schéma ne s'accordent pas partout : deux libellés y ont 40 "
        "caractères au plus, et le schéma en prend 60.",
        DOCUMENTED, f"{DICTIONARY}, schéma", ("/aide/dictionnaire",),
    ),
)  # fmt: skip
"""In the order in which a page lists them."""

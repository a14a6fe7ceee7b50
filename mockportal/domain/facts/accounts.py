"""What is known of accounts, registration and mandates."""

from mockportal.domain.facts.model import (
    ANNOUNCED,
    ASSUMED,
    DICTIONARY,
    DOCUMENTED,
    FILES,
    GUIDE,
    OBSERVED,
    OURS,
    PORTAL,
    SITE,
    Fact,
)

ACCOUNTS = (
    Fact(
        "identifier",
        "L'identifiant de connexion a 9 caractères ; il est généré à la fin de l'inscription et "
        "envoyé par mail. Ce n'est ni le matricule, ni le numéro de contrat.",
        DOCUMENTED, GUIDE, ("/inscription/terminee",),
    ),
    Fact(
        "identifier-alphabet",
        "Les signes dont un identifiant est fait : des majuscules et des chiffres, sans 0, O, 1 "
        "ni I. Il se tape aussi en minuscules.",
        ASSUMED, OURS, ("/inscription/terminee",),
    ),
    Fact(
        "matricule",
        "Le matricule (« idClient » dans le flux, « bcr » dans les messages) a 8 caractères, le "
        "numéro de contrat de 1 à 20 : rien d'autre n'en est contrôlé.",
        DOCUMENTED, f"{SITE}, {DICTIONARY}", ("/inscription/…/organisme",),
    ),
    Fact(
        "matricule-shape",
        "Les vrais matricules ont la forme de 03ABC123, les vrais contrats celle de MCFCER suivi "
        "de six chiffres.",
        OBSERVED, FILES, ("/inscription/…/organisme",),
    ),
    Fact(
        "account-of-organisation",
        "Un organisme (SIRET) s'inscrit une seule fois ; la première personne inscrite en est "
        "l'administrateur, et peut ajouter des utilisateurs et des administrateurs.",
        DOCUMENTED, GUIDE, ("/inscription/…/titulaire",),
    ),
    Fact(
        "already-registered",
        "Si l'organisme a déjà un administrateur, l'inscription le dit et donne son nom.",
        DOCUMENTED, GUIDE,
    ),
    Fact(
        "two-kinds",
        "Un certificateur s'inscrit avec son matricule et son numéro de contrat ; un déposant avec "
        "son matricule et celui d'un certificateur qui le mandate, sans numéro de contrat.",
        DOCUMENTED, GUIDE,
    ),
    Fact(
        "two-accounts",
        "Un organisme qui est à la fois certificateur et déposant a deux comptes.",
        DOCUMENTED, GUIDE, ("/inscription",),
    ),
    Fact(
        "roles",
        "Ce que peut chaque rôle : un administrateur gère les utilisateurs, le nom commercial et "
        "les mandats ; un utilisateur dépose et consulte.",
        ASSUMED, OURS, ("/compte/utilisateurs",),
    ),
    Fact(
        "passwords",
        "Les règles des mots de passe, des essais et des sessions : celles du vrai portail ne "
        "sont pas connues.",
        ASSUMED, OURS,
        ("/aide", "/compte/mot-de-passe", "/inscription/…/mot-de-passe", "/mot-de-passe/…"),
    ),
    Fact(
        "mails",
        "Les mots des mails, et la durée de leurs liens. Elle se compte en temps réel, quelle que "
        "soit l'horloge du simulateur.",
        ASSUMED, OURS, ("/inscription/envoyee",),
    ),
    Fact(
        "forgotten",
        "La même réponse, que le compte existe ou non.",
        ASSUMED, OURS, ("/message-envoye/…",),
    ),
    Fact(
        "login-page",
        "Les mots de la page de connexion : son titre, ses deux cartes, ses champs et ses liens.",
        DOCUMENTED, PORTAL,
    ),
    Fact(
        "registration-words",
        "Les mots de l'inscription : son titre, ses deux cartes, l'encadré, les champs de l'étape "
        "2 avec leurs aides, le passage d'une nature à l'autre et le lien « Connexion ».",
        DOCUMENTED, PORTAL,
    ),
    Fact(
        "registration-steps",
        "La répartition des champs sur les étapes 2 à 4, et les phrases des refus.",
        ASSUMED, OURS, ("/inscription/…/organisme",),
    ),
    Fact(
        "identifiers-origin",
        "Le matricule et le numéro de contrat se demandent par le formulaire de contact de la "
        "Caisse des Dépôts (« Quel est le motif de votre demande ? », « Je souhaite me faire "
        "connaître et procéder à mon accrochage ») ; ils arrivent par mail, environ un mois après.",
        DOCUMENTED, SITE, ("/inscription/identifiants",),
    ),
    Fact(
        "mandate-origin",
        "Un mandat se déclare par le certificateur, dans le formulaire de contact de la Caisse des "
        "Dépôts. Un partenaire de formation n'est pas accepté comme déposant.",
        DOCUMENTED, SITE, ("/compte/mandats/donner",),
    ),
    Fact(
        "mandate-pages",
        "Donner un mandat sur le portail, et y mettre fin : pour autant que l'on sache, le vrai "
        "n'a pas de page pour cela.",
        ASSUMED, OURS, ("/compte", "/compte/mandats/donner", "/compte/mandats/…/terminer"),
    ),
    Fact(
        "mandate-scope",
        "Un déposant dépose pour chaque certificateur qui le mandate.",
        DOCUMENTED, GUIDE,
    ),
    Fact(
        "mandate-in-force",
        "Un mandat compte s'il est en vigueur quand le second contrôle commence ; sans lui, chaque "
        "passage du fichier est KO.",
        ASSUMED, OURS,
    ),
    Fact(
        "mandate-ended",
        "Quand un mandat prend fin, le déposant voit encore ses anciens dépôts et leurs accusés, "
        "et ne peut plus ni déposer ni modifier pour ce certificateur.",
        ASSUMED, OURS, ("/compte/mandats/…/terminer", "/passages/…"),
    ),
    Fact(
        "header-of-flux",
        "Un certificateur écrit son matricule aux deux endroits, émetteur et certificateur. Un "
        "déposant écrit le sien comme émetteur, puis le matricule du certificateur et le contrat "
        "qui lie les deux.",
        DOCUMENTED, GUIDE, ("/aide/deposer",),
    ),
    Fact(
        "contract-of-mandate",
        "Le contrat qui lie les deux : ici, l'un de ceux du certificateur. Qu'il y en ait un "
        "propre à chaque mandat n'est pas connu.",
        ASSUMED, OURS, ("/aide/deposer", "/aide/dictionnaire"),
    ),
    Fact(
        "visibility",
        "Un certificateur voit ce qu'il a déposé et ce que déposent pour lui les organismes qu'il "
        "mandate ou a mandatés ; un fichier qui le nomme sans mandat n'est vu que de son auteur "
        "(sauf si le portail accepte tout émetteur).",
        ASSUMED, OURS,
    ),
    Fact(
        "any-certification",
        "Tout certificateur peut délivrer toute certification connue du simulateur.",
        ASSUMED, OURS, ("/aide/certifications",),
    ),
    Fact(
        "trade-name",
        "Le nom commercial est annoncé sur le portail ; où il se voit ne l'est pas.",
        ANNOUNCED, GUIDE, ("/compte/nom-commercial",),
    ),
    Fact(
        "assistance",
        "L'assistance est un outil de tickets, « Ticketing MCF » : son compte se demande par le "
        "formulaire de contact (« Je souhaite créer un compte pour accéder aux services "
        "d'assistance des certificateurs »), puis « Demande de support », activité « Accrochage "
        "des certificateurs ». Aucune donnée personnelle dans un ticket : elles vont par "
        "mail au support. Rien de cela n'est imité ici.",
        DOCUMENTED, SITE, ("/aide",),
    ),
)  # fmt: skip
"""In the order in which a page lists them."""

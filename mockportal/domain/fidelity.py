"""How faithful the double is: what is known of the real portal, what is chosen; in French.

Beside it, the messages carry their own basis (``messages``), and so do the rules.
"""

from dataclasses import dataclass

from mockportal.domain.messages import Basis

_KNOWN = (Basis.DOCUMENTED,)
_SEEN = (Basis.OBSERVED,)
_BOTH = (Basis.DOCUMENTED, Basis.OBSERVED)
_CHOSEN = (Basis.ASSUMED,)


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the double does, and how sure we are that the real portal does the same."""

    text: str
    basis: tuple[Basis, ...]


FIDELITY: dict[str, tuple[Fact, ...]] = {
    "Comptes": (
        Fact("Un identifiant de 9 caractères pour se connecter, un matricule de 8, un "
             "numéro de contrat de 1 à 20.", _KNOWN),
        Fact("L'alphabet de l'identifiant ; les règles des mots de passe et des sessions ; "
             "la répartition des étapes 2 à 4 de l'inscription.", _CHOSEN),
        Fact("Un déposant dépose pour chaque certificateur qui le mandate.", _KNOWN),
        Fact("Un certificateur voit ce qu'il a déposé et ce que déposent pour lui les organismes "
             "qu'il mandate ou a mandatés ; un fichier qui le nomme sans mandat n'est vu que de "
             "son auteur (sauf si le portail accepte tout émetteur).", _CHOSEN),
        Fact("Tout certificateur peut délivrer toute certification connue du simulateur.",
             _CHOSEN),
        Fact("Quand un mandat prend fin, le déposant voit encore ses anciens dépôts, et ne "
             "peut plus ni déposer ni modifier.", _CHOSEN),
    ),
    "Dépôt": (
        Fact("Les statuts, les deux façons de transmettre, les cartes de la page de "
             "connexion.", _KNOWN),
        Fact("Un fichier .xml de 200 Mo au plus.", _KNOWN),
        Fact("1 Mo compte 1 000 000 octets ; les phrases des refus au moment de l'envoi.",
             _CHOSEN),
    ),
    "Contrôle XML": (
        Fact("Les schémas 1.1.1 et 1.1.2 du flux.", _KNOWN),
        Fact("Le schéma 1.1.5 a un élément « action » et un « identifiantNational ».", _SEEN),
        Fact("La forme de ces deux éléments, et les réponses qu'ils reçoivent.", _CHOSEN),
        Fact("Un fichier non conforme est refusé en entier ; une centaine d'erreurs au plus "
             "sont listées.", _BOTH),
        Fact("Les mots, les lignes et les colonnes de ces erreurs sont ceux du contrôle XML "
             "de Java, en français.", _SEEN),
        Fact("Un fichier avec un DOCTYPE est refusé.", _CHOSEN),
    ),
    "Contrôle des passages": (
        Fact("Les trois niveaux de la recherche du titulaire et leurs messages ; les accents "
             "ne comptent pas, la ponctuation compte.", _KNOWN),
        Fact("L'ordre des contrôles : doublon, certification, dates, titulaire.", _CHOSEN),
        Fact("Un mot en majuscules vaut le même en minuscules ; apostrophes, ligatures et "
             "espaces répétées.", _CHOSEN),
        Fact("Une date à moitié connue ; une donnée que le registre n'a pas ; les codes "
             "postaux et les arrondissements de naissance.", _CHOSEN),
        Fact("Un identifiant deux fois dans un fichier : le second est un doublon si le "
             "premier est accepté.", _CHOSEN),
        Fact("Les réponses aux dossiers de formation, aux identifiants nationaux et aux "
             "suppressions.", _CHOSEN),
        Fact("L'émetteur, le mandat et le contrat sont contrôlés pour le fichier entier.",
             _CHOSEN),
    ),
    "Accusés": (
        Fact("Les deux formes de l'accusé de traitement : éléments, ordre, retraits, "
             "préfixe inutilisé.", _SEEN),
        Fact("Quand rien n'est KO, ou rien OK : un élément vide.", _CHOSEN),
        Fact("Le nom du fichier de l'accusé de traitement.", _KNOWN),
        Fact("L'accusé de réception est disponible aussitôt.", _KNOWN),
        Fact("Le format de l'accusé de réception.", _CHOSEN),
        Fact("Ici, l'accusé de traitement est prêt dès que le fichier est traité ; le vrai "
             "prend des jours. C'est voulu.", _SEEN),
    ),
    "Après le dépôt": (
        Fact("Un passage se consulte, se modifie et se supprime sur le portail.", _KNOWN),
        Fact("Les champs qui se modifient, et les écrans pour le faire.", _CHOSEN),
        Fact("Un passage supprimé libère son identifiant technique.", _CHOSEN),
        Fact("Un passage transmis après les trois mois est accepté, et marqué hors délai.",
             _CHOSEN),
        Fact("Le passage accepté paraît dans le passeport du titulaire avec une marque verte, "
             "« données garanties » ; lui seul le voit.", _KNOWN),
        Fact("Ce que la page du passeport montre d'un passage.", _CHOSEN),
    ),
}  # fmt: skip
"""What is known and what is chosen, by subject."""

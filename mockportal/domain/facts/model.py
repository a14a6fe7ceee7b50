"""A fact about the real portal: how sure we are of it, where it comes from, where it is shown."""

from dataclasses import dataclass

from mockportal.domain.messages import Basis

DOCUMENTED = (Basis.DOCUMENTED,)
OBSERVED = (Basis.OBSERVED,)
SEEN = (Basis.DOCUMENTED, Basis.OBSERVED)
ASSUMED = (Basis.ASSUMED,)
ANNOUNCED = (Basis.DOCUMENTED, Basis.ASSUMED)
"""That it is so is documented; how, is our choice."""

GUIDE = "guides de la Caisse des Dépôts"
SITE = "site public de la Caisse des Dépôts"
PORTAL = "pages du portail montrées par les guides"
DICTIONARY = "dictionnaire des données"
SCHEMA = "schéma du flux"
FILES = "vrais fichiers, dans le code public de certificateurs"
LAW = "Code du travail, articles R.\u00a06113-17-2 et suivants"
APOGEE = "guides d'Apogée"
OURS = "choix du simulateur"


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that the double does or says, and whether the real portal does the same."""

    key: str
    """Our name of it: what a template's mark asks for."""
    text: str
    """In French, as users read it."""
    basis: tuple[Basis, ...]
    source: str
    """Who says so, in French."""
    shown: tuple[str, ...] = ()
    """The pages that mark it, by their paths with ``…`` for what varies in them.

    All facts stand on ``/aide/suppositions`` besides.
    """

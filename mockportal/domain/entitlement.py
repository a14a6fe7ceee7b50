"""Who may deposit for whom: the three conditions on a whole file. All ASSUMED."""

from mockportal.domain.flux import Outline
from mockportal.domain.identifiers import ClientId
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Organisation


def may_act_for(acting: Organisation, certifier: ClientId) -> bool:
    """Tell whether an organisation may deposit and change for that certificateur now.

    A certificateur for itself; a déposant for those whose mandate is in force.
    """
    return certifier == acting.client_id or certifier in acting.mandated_by


def refusal_of_sender(
    outline: Outline, depositing: Organisation, certifier: Organisation | None
) -> Code | None:
    """Return the one reason for which every passage of the file is KO, or None.

    ``certifier`` is the organisation that the file names as certificateur, None when unknown.
    """
    if outline.sender != depositing.client_id:
        return Code.SENDER
    if certifier is None or not may_act_for(depositing, certifier.client_id):
        return Code.MANDATE
    if outline.contract not in certifier.contracts:
        return Code.CONTRACT
    return None

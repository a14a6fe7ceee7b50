"""Who may deposit for whom: the three conditions on a whole file. All ASSUMED."""

from mockportal.domain.flux import Outline
from mockportal.domain.messages import Code
from mockportal.domain.organisations import Organisation


def refusal_of_sender(
    outline: Outline, depositing: Organisation, certifier: Organisation | None
) -> Code | None:
    """Return the one reason for which every passage of the file is KO, or None.

    ``certifier`` is the organisation that the file names as certificateur, None when unknown.
    """
    if outline.sender != depositing.client_id:
        return Code.SENDER
    if certifier is None or not (
        certifier.client_id == depositing.client_id or certifier.client_id in depositing.mandated_by
    ):
        return Code.MANDATE
    if outline.contract not in certifier.contracts:
        return Code.CONTRACT
    return None

"""The identifiers of the field, one type each, so that none is taken for another."""

from typing import NewType

AccountId = NewType("AccountId", str)
"""The 9-character login identifier (« identifiant »). DOCUMENTED; its alphabet is ASSUMED."""
ClientId = NewType("ClientId", str)
"""The 8-character « matricule » of an organisation, ``idClient`` or BCR. DOCUMENTED."""
ContractId = NewType("ContractId", str)
"""A contract number, 1 to 20 characters, unique for its certificateur only. DOCUMENTED."""
TechnicalId = NewType("TechnicalId", str)
"""``idTechnique``: 1 to 255 characters of any kind, slashes included. DOCUMENTED."""
FluxId = NewType("FluxId", str)
"""``idFlux``: 1 to 50 characters, not unique (real exporters repeat it). OBSERVED."""
ProcessingId = NewType("ProcessingId", int)
"""``idTraitement``: a growing integer, one counter for all senders of a world. OBSERVED."""
DepositId = NewType("DepositId", str)
"""The portal's own opaque name of a deposit."""
HolderId = NewType("HolderId", int)
"""The registry's own number of a person."""
WorldId = NewType("WorldId", int)
"""The number of a world: a portal within the portal, for a test or a class."""
PassageId = NewType("PassageId", int)
"""The portal's own number of a stored passage: an ``idTechnique`` does not name it alone."""

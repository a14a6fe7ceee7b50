"""Reading the mails that a portal would have sent."""

from mockportal.assembly import Portal
from mockportal.domain.mails import Mail


def mails_to(portal: Portal, address: str, world: str = "default") -> list[Mail]:
    """Return the mails to an address, newest first."""
    number = portal.desk.stores.worlds.named(world)
    assert number is not None
    return [
        mail for mail in portal.desk.stores.outbox.of_world(number, 1_000) if mail.to == address
    ]


def link_to(portal: Portal, address: str) -> str:
    """Return the one link of the newest mail to an address."""
    (link,) = mails_to(portal, address)[0].letter.links
    return link

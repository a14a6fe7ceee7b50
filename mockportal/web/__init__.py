"""The pages of the portal, in French, for the people who deposit; two doors for programs."""

from typing import TYPE_CHECKING

from mockportal.assembly import Portal

if TYPE_CHECKING:
    from flask import Flask


def create_app(portal: Portal) -> "Flask":
    """Return the WSGI application that serves a portal."""
    from mockportal.web import application  # noqa: PLC0415  # a server listens before it is there

    return application.create_app(portal)

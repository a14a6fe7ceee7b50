"""The portal that an application serves, within reach of its views."""

from typing import cast

from flask import Flask, current_app

from mockportal.assembly import Portal
from mockportal.journeys.desk import Desk

_KEY = "mockportal"


def hand_over(app: Flask, portal: Portal) -> None:
    """Give an application its portal."""
    app.extensions[_KEY] = portal


def served_portal() -> Portal:
    """Return the portal of the application that is answering."""
    return cast("Portal", current_app.extensions[_KEY])


def desk() -> Desk:
    """Return the desk at which this request's journey starts."""
    return served_portal().desk

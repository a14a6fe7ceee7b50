"""The command line: ``mockportal``. What it says to its operator is English."""

from mockportal.cli.main import main

__all__ = ["main"]

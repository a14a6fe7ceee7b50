"""A test double of the French certifying bodies' deposit portal."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("mockportal")
except PackageNotFoundError:  # a checkout that was never installed
    __version__ = "0+unknown"

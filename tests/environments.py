"""Environments of the processes that tests start."""

import os


def unmeasured(**more: str) -> dict[str, str]:
    """Return an environment in which coverage counts no lines: that takes twice the time.

    For processes that do again what other tests have counted, many times, or that are killed.
    """
    return {name: value for name, value in os.environ.items() if "COVERAGE" not in name} | more

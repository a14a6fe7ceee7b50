"""Hostile input, thrown at every door of a portal: ``python -m tests.hostile --help``."""

"""The words and the rules of the portal: pure data and functions, standard library only.

Nothing here reads a file, a clock or a random source: ``now`` and new identifiers are arguments.
"""

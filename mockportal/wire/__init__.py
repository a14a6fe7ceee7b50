"""Bytes in, domain out, and back: the only home of lxml and of the French tag names."""

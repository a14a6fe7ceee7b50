"""What servers and the application agree on about the bodies of requests."""

LEAST_LARGE = 1_000_000
"""Bytes that anybody may send: a form, and some more."""
REFUSED = "mockportal.refused"
"""Why the server has kept nothing of a body, in the environment of its request."""
FORM = "mockportal.form"
"""In the same place: what the server has read of a form while it came in."""

"""How a portal and its model come to differ."""


class DiffersError(AssertionError):
    """The portal answers something else than the model says."""


def same(what: str, answered: object, expected: object) -> None:
    """Raise DiffersError unless the portal answers what is expected."""
    if answered != expected:
        raise DiffersError(f"{what}: the portal says {answered!r}, the model {expected!r}")

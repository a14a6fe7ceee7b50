"""The portal's image as a container of testcontainers; needs ``mockportal[testcontainers]``."""

from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import HttpWaitStrategy

from mockportal.settings import ENVIRONMENT_PREFIX

PORT = 8000
_SECONDS_TO_START = 60


class MockPortalContainer(DockerContainer):
    """A portal in a container, configured by its environment alone: a context manager.

    ``settings`` are the options of ``mockportal serve``, their hyphens as underscores:
    ``MockPortalContainer(registry="open", control_key="a-key")``. It keeps nothing unless
    ``ephemeral=False`` is among them. It is ready when ``/readyz`` says so.

    >>> with MockPortalContainer("registry.example.org/mockportal", registry="open") as portal:
    ...     deposit_at(portal.url)
    """

    def __init__(self, image: str = "mockportal", **settings: str | int | bool) -> None:
        """Keep the image, which the project's Dockerfile makes, and the settings."""
        super().__init__(image)
        self.with_exposed_ports(PORT)
        for name, value in {"ephemeral": True, **settings}.items():
            said = str(value).lower() if isinstance(value, bool) else str(value)
            self.with_env(f"{ENVIRONMENT_PREFIX}_{name.upper()}", said)
        ready = HttpWaitStrategy(PORT, "/readyz").for_status_code(200)
        self.waiting_for(ready.with_startup_timeout(_SECONDS_TO_START))

    @property
    def url(self) -> str:
        """Return where the started portal is, as this machine reaches it."""
        return f"http://{self.get_container_host_ip()}:{self.get_exposed_port(PORT)}"

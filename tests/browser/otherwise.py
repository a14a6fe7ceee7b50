"""A portal that is set otherwise, that keeps a key, and that nobody has deposited at yet."""

from playwright.sync_api import Page

from tests.browser.scene import Act, Scene, one_after_the_other, press

_KEY = "une cle pour le formateur"
SETTINGS: dict[str, object] = {
    "any_sender": True,
    "open_registry": True,
    "control_key": _KEY,
    "label": "Certif'Azur & Cie, formation des gestionnaires du 12 mars, salle <B>",
}


def scenes() -> list[Scene]:
    """Return its pages as CERT00001, who has logged in, sees them from another machine."""
    return [
        Scene("home", "/"),
        Scene("figures", "/chiffres"),
        Scene("passport", "/passeport"),
        Scene("key-asked-for", "/coulisses", _from_elsewhere),
        Scene("key-wrong", "/coulisses", _entered("?"), "Ce n'est pas la clé"),
        Scene("frozen", "/coulisses", one_after_the_other(_entered(_KEY), press("Figer"), _home)),
    ]


def _from_elsewhere(page: Page) -> None:
    page.set_extra_http_headers({"X-Forwarded-For": "192.0.2.7"})
    page.reload()


def _entered(key: str) -> Act:
    return press("Entrer", cle=key)


def _home(page: Page) -> None:
    page.goto("/")

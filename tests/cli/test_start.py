"""What a start imports: seconds in a CI, and memory while nobody asks for anything."""

import subprocess
import sys

import pytest


def imported_by(*modules: str) -> set[str]:
    """Return all modules that a new process has after importing some of ours."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("modules", "unneeded"),
    [
        (
            ("mockportal.cli.main", "mockportal.cli.serve", "mockportal.web.serving"),
            {"flask", "werkzeug", "jinja2", "pydantic", "spectree", "rich", "alembic", "faker",
             "holidays", "xlsxwriter", "psycopg", "sqlalchemy.dialects.postgresql"},
        ),
        (
            ("mockportal.cli.main", "mockportal.cli.worker"),
            {"flask", "werkzeug", "jinja2", "pydantic", "waitress", "rich", "alembic", "faker"},
        ),
        (
            ("mockportal.web.application",),  # loaded while a portal waits
            {"pydantic", "spectree", "rich", "alembic", "faker", "holidays", "xlsxwriter"},
        ),
    ],
    ids=["serve", "worker", "waiting"],
)  # fmt: skip
def test_nothing_is_imported_that_a_start_does_not_need(
    modules: tuple[str, ...], unneeded: set[str]
) -> None:
    assert not imported_by(*modules) & unneeded


def test_a_command_imports_no_other() -> None:
    code = (
        "import sys; from mockportal.cli.main import commands; "
        "commands.main(['rules', '--help'], standalone_mode=False); "
        "print(*(name for name in sys.modules if name.startswith('mockportal.cli.')))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert set(done.stdout.splitlines()[-1].split()) <= {
        f"mockportal.cli.{name}" for name in ("main", "options", "output", "rules")
    }

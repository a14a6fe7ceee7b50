"""The OpenAPI documents as two linters read them: every error, and every warning, fails."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from mockportal.web import create_app
from tests.web.conftest import PutTogether

LINTERS = Path(__file__).parents[1] / "openapi"
QUIET = {"REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true", "NO_COLOR": "1"}
COMMANDS = {
    "redocly": ["lint", "--config", str(LINTERS / "redocly.yaml"), "--format", "stylish"],
    "spectral": ["lint", "--fail-severity", "warn", "--ruleset", str(LINTERS / ".spectral.yaml")],
}


@pytest.mark.parametrize("linter", COMMANDS)
@pytest.mark.parametrize("door", ["/api/v1", "/_mock"])
def test_a_document_has_no_error_and_no_warning(
    put_together: PutTogether, tmp_path: Path, linter: str, door: str
) -> None:
    command = LINTERS / "node_modules" / ".bin" / linter
    if not shutil.which("node") or not command.exists():
        pytest.skip(f"{linter} is not installed: tests/run does so where there is npm")
    document = tmp_path / "openapi.json"
    served = create_app(put_together()).test_client().get(f"{door}/openapi.json")
    document.write_text(json.dumps(served.json, indent=1), encoding="utf-8")

    result = subprocess.run(
        [command, *COMMANDS[linter], document],
        cwd=tmp_path,
        env={**os.environ, **QUIET},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert result.returncode == 0, result.stdout + result.stderr

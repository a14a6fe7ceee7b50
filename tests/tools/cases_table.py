"""Make the table of cases from ``seeds/cases.json``.

python -m tests.tools.cases_table     writes it between the two markers of docs/messages.md
"""

import json
from pathlib import Path

from mockportal.resources import seeds_folder

DOCUMENT = Path(__file__).parents[2] / "mockportal" / "docs" / "messages.md"
BEGIN, END = "<!-- cases -->\n", "<!-- /cases -->"


def table() -> str:
    """Return the table as Markdown: what to write, the message it brings, why (in French)."""
    lines = [
        "<details><summary>All the cases, by the message that they bring</summary>",
        "",
        "| brings | deposit as | write | why |",
        "|---|---|---|---|",
    ]
    for case in json.loads((seeds_folder() / "cases.json").read_text(encoding="utf-8")):
        schema = "" if case["schema"] == "1.1.2" else f" ({case['schema']})"
        written = ", ".join(
            f"{name} {'*nil*' if value is None else f'`{value}`'}"
            for name, value in case["write"].items()
            if name not in ("idTechnique", "libelleCommuneNaissance")
        )
        cells = (f"`{case['code']}`{schema}", f"`{case['deposit_as']}`", written, case["why"])
        lines.append(f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |")
    return "\n".join([*lines, "", "</details>"]) + "\n"


def with_table(document: str) -> str:
    """Return the document with its table made anew."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}{table()}{END}{after}"


if __name__ == "__main__":
    DOCUMENT.write_text(with_table(DOCUMENT.read_text(encoding="utf-8")), encoding="utf-8")

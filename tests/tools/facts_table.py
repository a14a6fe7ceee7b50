"""Make the table of facts in ``mockportal/docs/facts.md``.

python -m tests.tools.facts_table     writes it anew
"""

import re
from collections import Counter
from pathlib import Path

from mockportal.domain.facts import FACTS, SUBJECTS, Fact

DOCUMENT = Path(__file__).parents[2] / "mockportal" / "docs" / "facts.md"
_HEAD = """\
# What is known of the real portal

Made from `mockportal/domain/facts/`, the one list that also feeds `/aide/suppositions` and the
marks on the pages; `python -m tests.tools.facts_table` writes this file, a test compares it, and
another one finds each mark on its page. Facts and sources are in French, as the pages show them;
`…` stands for what varies. All of them are on `/aide/suppositions`; the last column names the
other pages.

**DOCUMENTED**: an official guide, FAQ, data dictionary or schema says so. **OBSERVED**: seen in a
real file that the portal took or made. **ASSUMED**: nobody outside knows, and this is our choice.
A fact with two words is partly the one, partly the other.

"""
_COLUMNS = "| fact | basis | source | also on |\n|---|---|---|---|"


def document() -> str:
    """Return the document: how many facts of each basis, then a table for each subject."""
    counts = Counter(basis.value for one in FACTS.values() for basis in one.basis)
    told = ", ".join(f"{number} {basis}" for basis, number in sorted(counts.items()))
    parts = [f"{_HEAD}{len(FACTS)} facts, with {told}.\n"]
    for subject, facts in SUBJECTS.items():
        rows = "\n".join(map(_row, facts))
        parts.append(
            f"## {subject}\n\n| fact | basis | source | also on |\n|---|---|---|---|\n{rows}\n"
        )
    return "\n".join(parts)


def _row(one: Fact) -> str:
    cells = (
        re.sub(r"\{\w+\}", "…", one.text),
        ", ".join(basis.value for basis in one.basis),
        one.source,
        ", ".join(f"`{place}`" for place in one.shown) or "–",
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    DOCUMENT.write_text(document(), encoding="utf-8")

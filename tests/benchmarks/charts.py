"""Charts of time and memory against the size of a file, as PNG; needs the extra ``benchmark``."""

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple


class Point(NamedTuple):
    """What was measured on a file of one size."""

    passages: int
    seconds: float
    yardstick: float
    """Seconds of xmllint on the same file."""
    cpu: float
    memory: float
    """Megabytes of all processes of the portal."""


def draw(points: Sequence[Point], folder: Path) -> None:
    """Write ``time.png`` and ``memory.png`` into a folder."""
    import matplotlib as mpl  # noqa: PLC0415  # only who draws needs it

    mpl.use("Agg")
    from matplotlib import pyplot as plt  # noqa: PLC0415  # after the choice of what it draws with

    folder.mkdir(parents=True, exist_ok=True)
    sizes = [one.passages for one in points]
    for name, label, lines in (
        ("time", "seconds", {
            "mockportal, wall": [one.seconds for one in points],
            "mockportal, CPU": [one.cpu for one in points],
            "xmllint --stream --schema, wall": [one.yardstick for one in points],
        }),
        ("memory", "MB (PSS of all processes)", {
            "mockportal serve": [one.memory for one in points],
        }),
    ):  # fmt: skip
        figure, axes = plt.subplots(figsize=(8, 4.5))
        for line, values in lines.items():
            axes.plot(sizes, values, marker="o", label=line)
        axes.set_xlabel("passages in the file")
        axes.set_ylabel(label)
        axes.set_ylim(bottom=0)
        axes.grid(visible=True, alpha=0.3)
        axes.legend()
        figure.tight_layout()
        figure.savefig(folder / f"{name}.png", dpi=120)
        plt.close(figure)

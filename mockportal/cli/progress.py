"""Progress of what takes a while: on a terminal, and nowhere else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from mockportal.domain.deposits import Deposit
from mockportal.journeys.desk import Desk
from mockportal.pacing import Beats

if TYPE_CHECKING:
    from rich.progress import Progress

_PAUSE = 0.2


@contextmanager
def watching(desk: Desk, label: str) -> Iterator[None]:
    """Show how far the treatment of a desk's one deposit is, while the block runs."""
    with _shown("MofNCompleteColumn") as bar:
        task = bar.add_task(label, total=None)

        def look() -> None:
            for deposit in map(desk.stores.deposits.get, desk.stores.deposits.unfinished()):
                if deposit is not None:
                    bar.update(task, completed=_judged(deposit), total=_passages(deposit))

        if bar.disable:
            yield
        else:
            with Beats(_PAUSE).repeating(look):
                yield


@contextmanager
def uploading(label: str, size: int) -> Iterator[Callable[[int], None]]:
    """Show how much of a file has left; what is yielded is told the size of each block."""
    with _shown("DownloadColumn") as bar:
        task = bar.add_task(label, total=size)
        yield lambda sent: bar.advance(task, sent)


@contextmanager
def waiting(label: str) -> Iterator[Callable[[dict[str, Any]], None]]:
    """Show that a treatment goes on; what is yielded is told the deposit as it is seen."""
    with _shown() as bar:
        task = bar.add_task(label, total=None)

        def seen(deposit: dict[str, Any]) -> None:
            counts = f"{deposit['accepted']} OK, {deposit['rejected']} KO so far"
            bar.update(task, description=f"{label}: {counts}")

        yield seen


def _shown(*counts: str) -> "Progress":
    """Return a bar; ``counts`` are columns of rich that tell how far it is."""
    from rich import progress  # noqa: PLC0415  # the other commands start without it
    from rich.console import Console  # noqa: PLC0415  # likewise

    terminal = Console(stderr=True).is_terminal
    # Quiet, since rich before 14 ends the line of a bar that was never shown.
    console = Console(stderr=True, quiet=not terminal)
    return progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        *(getattr(progress, one)() for one in counts),
        console=console,
        transient=True,
        disable=not terminal,
    )


def _judged(deposit: Deposit) -> int:
    return deposit.accepted + deposit.rejected


def _passages(deposit: Deposit) -> int | None:
    return deposit.outline.passages if deposit.outline else None

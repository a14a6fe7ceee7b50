"""Reading a receipt back, as a program that deposits does."""

from collections.abc import Iterator
from typing import BinaryIO

from lxml import etree


def outcomes(receipt: BinaryIO) -> Iterator[tuple[str, str | None]]:
    """Yield the passages of a receipt: its identifier, and the message of a KO; streaming.

    They come as the receipt has them, the KO first. One of a refused file has none.
    """
    waiting: str | None = None
    for _, element in etree.iterparse(receipt, tag=("idTechnique", "messageErreur", "passage")):
        parent = element.getparent()
        if element.tag == "messageErreur":
            yield waiting or "", element.text or ""
        elif element.tag == "idTechnique":
            waiting = element.text or ""
            if parent is not None and parent.tag == "PassagesOK":
                yield waiting, None
                _let_go(element)
        else:
            _let_go(element)


def _let_go(element: etree._Element) -> None:
    """Keep nothing of what was read: a receipt is as long as its file has passages."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        parent.remove(parent[0])

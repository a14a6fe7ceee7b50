"""Receipts are read back as they were written."""

from io import BytesIO

import pytest

from mockportal.domain.deposits import FileError
from mockportal.domain.identifiers import ProcessingId, TechnicalId
from mockportal.wire.receipt_reading import outcomes
from mockportal.wire.receipts import EmptyLists, ReceiptHead, write_processed, write_refused

HEAD = ReceiptHead("flux.xml", ProcessingId(1))


@pytest.mark.parametrize("empty", EmptyLists)
@pytest.mark.parametrize("rejected", [[], [("K-1", "non"), ("é & <", "l'autre")]])
@pytest.mark.parametrize("accepted", [[], ["A/1"], [f"T-{n}" for n in range(1000)]])
def test_each_passage_has_its_outcome(
    rejected: list[tuple[str, str]], accepted: list[str], empty: EmptyLists
) -> None:
    receipt = BytesIO()
    write_processed(
        receipt,
        HEAD,
        [(TechnicalId(one), text) for one, text in rejected],
        [TechnicalId(one) for one in accepted],
        empty,
    )
    receipt.seek(0)

    found = list(outcomes(receipt))

    assert found == [*rejected, *((one, None) for one in accepted)]


def test_a_refused_file_has_no_passage() -> None:
    receipt = BytesIO()
    write_refused(receipt, HEAD, [FileError(1, 2, "non")])
    receipt.seek(0)

    assert list(outcomes(receipt)) == []

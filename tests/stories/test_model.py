"""A small run of ``python -m tests.model``: a portal does what a simple model of it says."""

import pytest

from tests.model.walk import shrunk, walk


@pytest.mark.slow
@pytest.mark.embedded
def test_two_hundred_steps_at_random_lead_where_the_model_says() -> None:
    assert walk(range(200), seed=7) == ""


def test_steps_that_do_not_matter_are_left_out() -> None:
    assert shrunk(list(range(40)), lambda steps: {3, 17} <= set(steps)) == [3, 17]

"""Tests of one group run in one process: those that share what is dear, or would disturb others."""

import pytest


@pytest.mark.xdist_group("groups")
def test_a_group_is_in_the_name_that_the_tests_are_shared_out_by(
    request: pytest.FixtureRequest,
) -> None:
    if not request.config.getoption("loadgroup", default=False):
        pytest.skip("one process runs all tests: --dist loadgroup was not asked for")

    assert request.node.nodeid.endswith("@groups")


def test_names_of_tests_are_short(request: pytest.FixtureRequest) -> None:
    assert [item.nodeid[:200] for item in request.session.items if len(item.nodeid) > 600] == []

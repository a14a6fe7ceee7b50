"""The pytest plugin, as a suite that uses it sees it: each runs in a process of its own."""

import json
import re
from pathlib import Path

import pytest

from mockportal.testing import MockPortal

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EACH_WITH_ITS_OWN = """
    import pytest
    from tests.fluxes import a_flux_xml, a_passage_xml, a_titulaire

    def name(number):
        return "N" + "".join(chr(65 + int(digit)) for digit in str(number))

    def passage(number):
        return a_passage_xml(f"T-{number}", a_titulaire(nomNaissance=name(number)))

    @pytest.mark.parametrize("number", range(60))
    def test_deposit(mock_portal, number):
        mock_portal.people.add(
            nomNaissance=name(number), prenom1="Léa", anneeNaissance=1990, sexe="F"
        )
        everyone = [number, (number + 1) % 60, (number + 59) % 60]

        deposit = mock_portal.deposit(a_flux_xml(*map(passage, everyone)))

        assert deposit.processing_id == 1
        assert deposit.accepted == [f"T-{number}"]
        assert {one.code for one in deposit.rejections} == {"LEVEL1"}
        assert deposit.warnings == []
        assert [one.id for one in mock_portal.deposits] == [deposit.id]
"""
FAILS = """
    from tests.fluxes import a_flux_xml

    def test_that_fails(mock_portal):
        mock_portal.deposit(a_flux_xml(), name="export.xml").assert_all_accepted()
"""


@pytest.fixture
def suite(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """Return a suite that may use our builders, and whose temporary files can be counted."""
    pytester.makeini(
        f"[pytest]\npythonpath = {ROOT}\naddopts = --strict-markers -p no:cacheprovider\n"
        "filterwarnings = error\n"
    )
    (pytester.path / "temporary").mkdir()
    monkeypatch.setenv("TMPDIR", str(pytester.path / "temporary"))
    return pytester


@pytest.mark.parametrize("processes", ["0", "4"])
def test_sixty_tests_do_not_see_one_another(suite: pytest.Pytester, processes: str) -> None:
    suite.makepyfile(EACH_WITH_ITS_OWN)

    ran = suite.runpytest_subprocess("-q", "-n", processes)

    ran.assert_outcomes(passed=60)
    assert not list((suite.path / "temporary").glob("mockportal-*"))


def test_a_failed_test_leaves_its_flux_its_receipt_and_what_explains_it(
    suite: pytest.Pytester,
) -> None:
    suite.makepyfile(FAILS)

    ran = suite.runpytest_subprocess("--mock-portal-artifacts", "left")

    ran.assert_outcomes(failed=1)
    ran.stdout.fnmatch_lines(["*T-1: LEVEL1", "*mock_portal: deposits*", "left*/1"])
    (folder,) = (suite.path / "left").glob("*/1")
    assert folder.parent.name.endswith("test_that_fails")
    names = {path.name for path in folder.iterdir()}
    (receipt,) = names - {"export.xml", "deposit.json", "explanation.json"}
    assert b"<PassagesKO>" in (folder / receipt).read_bytes()
    explained = json.loads((folder / "explanation.json").read_text(encoding="utf-8"))
    assert explained["passages"][0]["code"] == "LEVEL1"


def test_without_a_place_to_leave_them_they_are_in_the_temporary_folder_of_pytest(
    suite: pytest.Pytester,
) -> None:
    suite.makepyfile(FAILS)

    ran = suite.runpytest_subprocess("--basetemp", "base", "-n", "1")

    ran.assert_outcomes(failed=1)
    assert list((suite.path / "base").rglob("export.xml"))


def test_a_test_that_passes_leaves_nothing(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        from tests.fluxes import a_flux_xml

        def test_that_passes(mock_portal):
            mock_portal.deposit(a_flux_xml())
        """
    )

    suite.runpytest_subprocess("--mock-portal-artifacts", "left").assert_outcomes(passed=1)

    assert not (suite.path / "left").exists()


def test_a_marker_changes_the_portal_of_one_test(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import pytest
        from tests.fluxes import a_flux_xml

        pytestmark = pytest.mark.mock_portal(processing="manual")

        @pytest.mark.mock_portal(registry="open", sender="any")
        def test_open(mock_portal):
            deposit = mock_portal.deposit(a_flux_xml(sender="99TST999", certifier="99TST999"))
            assert deposit.status == "processing"
            mock_portal.treat()
            deposit.assert_all_accepted()

        @pytest.mark.mock_portal(schema="1.1.5", processing="immediate")
        def test_newer(mock_portal):
            deposit = mock_portal.deposit(a_flux_xml(action="<cpf:action>CREATION</cpf:action>"))
            assert deposit.status == "partly_rejected"

        @pytest.mark.mock_portal(world="empty")
        def test_empty(mock_portal):
            assert len(mock_portal.people) == 0
        """
    )

    suite.runpytest_subprocess().assert_outcomes(passed=3)


WRONG_MARKERS = {
    'shema="1.1.5"': "*mark mock_portal takes schema, registry*",
    '"1.1.5"': "*mark mock_portal takes schema, registry*",
    'schema="9"': "*schema is '9', none of 1.1.1, 1.1.2, 1.1.5*",
    'processing="later"': "*'later', which says nothing*immediate, delay=SECONDS*",
    'world="emtpy"': "*world is 'emtpy', none of seeds, empty*",
    'seed="one"': "*seed is 'one', neither a number nor empty*",
    'registry="opne"': "*registry is 'opne', none of strict, open*",
    'schema=["1.1.5"]': "*schema*none of 1.1.1, 1.1.2, 1.1.5*",
}


def test_a_marker_that_says_nothing_is_an_error(suite: pytest.Pytester) -> None:
    tests = (
        f"@pytest.mark.mock_portal({marker})\ndef test_{number}(mock_portal): pass\n"
        for number, marker in enumerate(WRONG_MARKERS)
    )
    suite.makepyfile("import pytest\n" + "".join(tests))

    ran = suite.runpytest_subprocess()

    ran.assert_outcomes(errors=len(WRONG_MARKERS))
    for number, answer in enumerate(WRONG_MARKERS.values()):
        ran.stdout.fnmatch_lines([f"*ERROR at setup of test_{number} *", answer])


def test_a_module_and_a_session_can_share_a_portal(suite: pytest.Pytester) -> None:
    share = """
        import pytest
        from tests.fluxes import a_flux_xml

        pytestmark = pytest.mark.mock_portal(processing="manual")

        @pytest.mark.parametrize("number", [1, 2])
        def test_module(mock_portal_module, number):
            deposit = mock_portal_module.deposit(a_flux_xml())
            assert (deposit.processing_id, deposit.status) == (number, "processing")

        def test_session(mock_portal_session, mock_portal, mock_portal_module):
            deposit = mock_portal_session.deposit(a_flux_xml())
            assert deposit.processing_id == len(mock_portal_session.deposits) == %d
            assert mock_portal_session.processing == "immediate"
            assert not mock_portal.deposits and len(mock_portal_module.deposits) == 2
    """
    suite.makepyfile(test_a=share % 1, test_b=share % 2)

    suite.runpytest_subprocess().assert_outcomes(passed=6)


def test_a_failed_test_leaves_the_deposits_of_the_portals_that_it_shares_and_of_no_other(
    suite: pytest.Pytester,
) -> None:
    suite.makepyfile(
        """
        from tests.fluxes import a_flux_xml

        def test_that_shares(mock_portal_module, mock_portal_session):
            mock_portal_module.deposit(a_flux_xml(), name="module.xml")
            mock_portal_session.deposit(a_flux_xml(), name="session.xml")
            mock_portal_module.assert_all_accepted()

        def test_that_does_not():
            assert False
        """
    )

    suite.runpytest_subprocess("--mock-portal-artifacts", "left").assert_outcomes(failed=2)

    left = {path.name: path for path in (suite.path / "left").rglob("*.xml")}
    assert {"module.xml", "session.xml"} <= set(left)
    assert all("test_that_shares" in str(path) for path in left.values())


def test_the_settings_of_a_suite_are_in_its_configuration(suite: pytest.Pytester) -> None:
    with (suite.path / "tox.ini").open("a", encoding="utf-8") as ini:
        ini.write("\nmock_portal_registry = open\nmock_portal_processing = polls=2\n")
    suite.makepyfile(
        """
        from tests.fluxes import a_flux_xml

        def test_it(mock_portal):
            assert mock_portal.processing == "polls=2"
            deposit = mock_portal.deposit(a_flux_xml())
            mock_portal.treat()
            deposit.assert_all_accepted()
        """
    )

    suite.runpytest_subprocess().assert_outcomes(passed=1)


def test_the_same_test_draws_the_same_identifiers_each_time(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        from tests.fluxes import a_flux_xml

        def test_it(mock_portal):
            deposit = mock_portal.deposit(a_flux_xml())
            print("drawn", mock_portal.account.id, deposit.id)
        """
    )

    drawn = {
        re.search(r"drawn \w{9} \S+", suite.runpytest_subprocess("-s").stdout.str()) for _ in "12"
    }

    assert len({one[0] for one in drawn if one}) == 1


def test_a_suite_that_does_not_use_it_pays_nothing_for_it(suite: pytest.Pytester) -> None:
    suite.makepyfile(
        """
        import sys

        def test_it():
            heavy = {"flask", "sqlalchemy", "lxml", "mockportal.testing", "mockportal.assembly"}
            assert not heavy & set(sys.modules)
        """
    )

    suite.runpytest_subprocess("-p", "no:faker").assert_outcomes(passed=1)


def test_our_own_suite_has_the_fixture_too(mock_portal: MockPortal) -> None:
    assert mock_portal.deposits == []

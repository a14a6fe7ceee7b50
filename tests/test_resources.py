"""The schemas and the seeds are found, wherever the package lies."""

import importlib.util
import shutil
from pathlib import Path
from types import ModuleType

import pytest

from mockportal import resources


def resources_of_a_package_in(folder: Path) -> ModuleType:
    """Return the module as it would be in a package that lies in ``folder``."""
    package = folder / "mockportal"
    package.mkdir()
    copy = shutil.copy(resources.__file__, package)
    spec = importlib.util.spec_from_file_location("resources_elsewhere", copy)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def schemas_in(folder: Path, *versions: str) -> None:
    """Write empty schemas of the flux, and one of a receipt beside them."""
    folder.mkdir(parents=True)
    for version in versions:
        (folder / f"flux-{version}.xsd").touch()
    (folder / "receipt-processed.xsd").touch()


def test_the_three_known_schemas_are_there() -> None:
    assert resources.schema_versions() == ("1.1.1", "1.1.2", "1.1.5")


def test_each_version_has_its_file() -> None:
    for version in resources.schema_versions():
        declared = f'version="{version}"'
        assert declared in resources.schema_path(version).read_text(encoding="utf-8")


def test_the_seeds_are_there() -> None:
    assert (resources.seeds_folder() / "holders.csv").is_file()


def test_an_unknown_version_is_told_with_those_that_exist() -> None:
    with pytest.raises(resources.MissingResourceError, match=r"'9\.9'.*1\.1\.1, 1\.1\.2, 1\.1\.5"):
        resources.schema_path("9.9")


def test_a_version_is_a_version_and_no_path() -> None:
    with pytest.raises(resources.MissingResourceError):
        resources.schema_path("../xsd/flux-1.1.2")


def test_a_version_is_added_by_adding_its_file(tmp_path: Path) -> None:
    schemas_in(tmp_path / "xsd", "1.1.2", "1.1.10", "1.1.5")

    elsewhere = resources_of_a_package_in(tmp_path)

    assert elsewhere.schema_versions() == ("1.1.2", "1.1.5", "1.1.10")
    assert elsewhere.schema_path("1.1.10") == tmp_path / "xsd" / "flux-1.1.10.xsd"


def test_a_wheel_s_own_data_come_before_a_folder_that_happens_to_lie_beside_it(
    tmp_path: Path,
) -> None:
    elsewhere = resources_of_a_package_in(tmp_path)
    schemas_in(tmp_path / "mockportal" / "_data" / "xsd", "1.1.2")
    schemas_in(tmp_path / "xsd", "6.6.6")

    assert elsewhere.schema_versions() == ("1.1.2",)


def test_a_package_without_its_data_says_where_it_looked(tmp_path: Path) -> None:
    elsewhere = resources_of_a_package_in(tmp_path)

    with pytest.raises(elsewhere.MissingResourceError, match=r"'seeds' is neither in .*_data"):
        elsewhere.seeds_folder()

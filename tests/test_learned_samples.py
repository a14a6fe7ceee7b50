"""Files that other people's exporters wrote, learned and then deposited twice."""

from pathlib import Path

import pytest

from mockportal.assembly import assemble
from mockportal.domain.deposits import Status
from mockportal.domain.messages import Code
from mockportal.domain.worlds import DEFAULT_WORLD
from mockportal.journeys.learn import Learned, learn
from mockportal.settings import Settings
from tests.fluxes import SAMPLES
from tests.working import deposited


@pytest.mark.parametrize(
    "name",
    [
        "csv-exporter-clean",
        "template-exporter-titulaire",
        "template-exporter-dossier",
        "legal-any-order",
    ],
)
def test_a_learned_file_is_accepted_once_and_then_a_duplicate(tmp_path: Path, name: str) -> None:
    flux = SAMPLES / f"{name}.xml"
    with assemble(Settings(data=tmp_path)) as portal:
        world = portal.desk.stores.worlds.named(DEFAULT_WORLD)
        assert world is not None
        learned = learn(portal.desk, world, flux, tmp_path / "regular.xml")
        assert isinstance(learned, Learned)
        assert learned.password is not None
        account = portal.log_in(learned.account, learned.password)
        assert account is not None
        deposits = []
        for _ in range(2):
            with flux.open("rb") as content:
                deposits.append(deposited(portal.desk, account, flux.name, content))
        first, second = deposits
        assert (first.status, first.accepted) == (Status.ACCEPTED, 3)
        assert first.status.label == "Traité avec succès"
        rejections = list(portal.desk.stores.deposits.rejections(second.id))
        assert [one.code for one in rejections] == [Code.DUPLICATE] * 3
        assert second.flux_seen_before

"""The six types of certifications that the dictionary names: each can pass."""

import pytest

from mockportal.assembly import assemble
from mockportal.domain.rules import TYPES_WITHOUT_PREFIX
from mockportal.journeys.assistance import certifications_by_code
from mockportal.settings import Settings
from tests.fluxes import a_certification_xml, a_flux_xml, a_passage_xml
from tests.passages import KNOWN
from tests.web.furnished import deposited
from tests.working import at_work

TYPES = ("RNCP", "RS", *TYPES_WITHOUT_PREFIX)


@pytest.mark.parametrize("type_", TYPES)
def test_a_certification_of_each_type_passes_with_its_own_type_alone(type_: str) -> None:
    with assemble(Settings()) as portal, at_work(portal):
        listed = certifications_by_code(portal.desk, None).values()
        code = next(one.code for one in listed if one.type == type_ and one.active)
        other = next(one for one in TYPES if one != type_)
        flux = a_flux_xml(
            certifications=a_certification_xml(a_passage_xml("RIGHT", KNOWN), type_, code)
            + a_certification_xml(a_passage_xml("WRONG", KNOWN), other, code)
        )

        made = deposited(portal, "CERT00001", "types.xml", flux)

        assert (made.accepted, made.rejected) == (1, 1)
        reasons = portal.desk.stores.deposits.rejections_by_reason(made.id)
        assert reasons == [("CERTIFICATION", 1)]

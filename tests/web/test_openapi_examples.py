"""The examples of the OpenAPI documents, held to their shapes."""

import jsonschema_rs
import pytest

from mockportal.web import create_app
from tests.web.conftest import PutTogether
from tests.web.test_reference import PROMISED, contents_of, document_of, operations_of


@pytest.mark.parametrize("door", PROMISED)
def test_every_example_is_what_its_shape_takes(put_together: PutTogether, door: str) -> None:
    document = document_of(create_app(put_together()), door)
    count = 0
    for operation in operations_of(document):
        for content in contents_of(operation):
            for described in content.values():
                validator = jsonschema_rs.Draft202012Validator(
                    {**described["schema"], "components": document["components"]}
                )
                several = [one["value"] for one in described.get("examples", {}).values()]
                for example in [*several, *filter(None, [described.get("example")])]:
                    validator.validate(example)
                    count += 1
    assert count > 50

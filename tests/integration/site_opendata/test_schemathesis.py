"""The whole API, asked for whatever its description allows and much that it does not."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from tests.lib.nightly import scale
from tests.lib.site import released

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
]


@pytest.fixture(scope="module")
def api_schema(tmp_path_factory):
    from torg.site.application import application_of

    study = released(tmp_path_factory.mktemp("api"))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application_of(study))


@pytest.fixture
def without_counting(monkeypatch):
    from torg.site.opendata.api.api import throttle

    monkeypatch.setattr(throttle, "allow_request", lambda request: True)


schema = schemathesis.pytest.from_fixture("api_schema")


@schema.parametrize()
@settings(
    max_examples=scale(12, 600),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_no_fault_and_every_answer_as_described(case, without_counting):
    response = case.call()
    case.validate_response(response, checks=CHECKS)
    assert response.status_code < 500

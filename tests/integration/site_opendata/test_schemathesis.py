"""The whole API, asked for whatever its description allows and much that it does not."""

import pytest
import schemathesis
from hypothesis import HealthCheck, assume, given, settings
from schemathesis import GenerationMode
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
OFTEN = settings(
    max_examples=scale(10, 1000), deadline=None, suppress_health_check=list(HealthCheck)
)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    from torg.site.application import application_of

    study = released(tmp_path_factory.mktemp("api"))
    return schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application_of(study))


@pytest.fixture
def without_counting(monkeypatch):
    from torg.site.opendata.api.api import throttle

    monkeypatch.setattr(throttle, "allow_request", lambda request: True)


def is_told_as_meant(query):
    """Whether an address says what is meant: an object is written into it as some valid text."""
    values = query.values() if isinstance(query, dict) else ()
    flat = (each for value in values for each in (value if isinstance(value, list) else [value]))
    return not any(isinstance(each, dict | list) for each in flat)


@pytest.mark.parametrize("mode", GenerationMode)
def test_no_fault_and_every_answer_is_as_described(described, without_counting, mode, figure):
    statuses = []
    for operation in described.get_all_operations():
        asked_for = operation.ok().as_strategy(generation_mode=mode)

        @OFTEN
        @given(case=asked_for)
        def holds(case):
            assume(is_told_as_meant(case.query))
            response = case.call()
            case.validate_response(response, checks=CHECKS)
            statuses.append(response.status_code)

        holds()
    assert statuses
    assert max(statuses) < 500
    figure(f"schemathesis, {mode.value}: {len(statuses)} calls, no fault")

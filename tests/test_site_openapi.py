"""The API held against its own document by Schemathesis: whatever is asked, no server error."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

pytestmark = pytest.mark.usefixtures("site")
_EXAMPLES = int(os.environ.get("MAHDAR_FUZZ", "1")) * 25
_CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance,
    response_schema_conformance,
]  # fmt: skip


@pytest.fixture(scope="module")
def operations(site: None) -> list[Any]:
    """Return the operations that the API's document tells of."""
    from mahdar.web.wsgi import application

    schema = schemathesis.openapi.from_wsgi("/api/v2/openapi.json", application)
    found: list[Any] = list(schema.get_all_operations())
    return [result.ok() for result in found]


def test_no_question_breaks_the_api(
    operations: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    asked: dict[str, int] = {}
    for operation in operations:

        @given(case=operation.as_strategy())
        @settings(
            max_examples=_EXAMPLES, deadline=None, derandomize=True, phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )  # fmt: skip
        def ask(case: Any) -> None:
            asked[case.operation.label] = asked.get(case.operation.label, 0) + 1
            case.call_and_validate(checks=_CHECKS, headers={"Accept-Encoding": "identity"})

        ask()
    assert len(asked) == len(operations) >= 18
    with capsys.disabled():
        print(f"\n{sum(asked.values())} questions to {len(asked)} operations, no server error")

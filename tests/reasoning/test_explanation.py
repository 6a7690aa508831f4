"""An explanation tells the changes to each settled status that the option does not have."""

import pytest

from tests.small import at, small
from wizard.pathway.model import Status
from wizard.reasoning.changes import nearest_changes


@pytest.mark.parametrize("option", ["spray", "watch", "prune", "fell"])
@pytest.mark.parametrize("given", [{}, {"kind": "pine", "height": 50, "near": "house"}])
def test_changes_lead_to_every_settled_status_but_its_own(
    option: str, given: dict[str, object]
) -> None:
    compiled, case = small(), at(given)
    found = case.explained.options[option]
    assert found.status is case.assessment.options[option].status
    settled = {Status.DESCRIBED: True, Status.NOT_DESCRIBED: False}
    assert found.changes == {
        status: nearest_changes(compiled, case.answers, compiled.options[option], wanted=wanted)
        for status, wanted in settled.items()
        if status is not found.status
    }

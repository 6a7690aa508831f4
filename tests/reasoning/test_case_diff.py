"""What moved between two cases, each alert once."""

from collections.abc import Mapping

from wizard.reasoning.assessment import AlertState, Assessment
from wizard.reasoning.case_diff import AlertMove, moved

RAISED, CHECK = AlertState.RAISED, AlertState.CHECK


def showing(alerts: Mapping[str, AlertState]) -> Assessment:
    return Assessment({}, alerts, next=(), waiting=(), parked=(), applies={}, derived={})


def test_an_alert_that_shows_in_both_cases_is_told_once() -> None:
    before = showing({"frost": RAISED, "rot": CHECK, "age": CHECK})
    after = showing({"storm": CHECK, "rot": RAISED, "age": CHECK})
    found = moved(before.showing, after.showing)
    assert found.alerts == (
        AlertMove("frost", RAISED, None),
        AlertMove("rot", CHECK, RAISED),
        AlertMove("storm", None, CHECK),
    )
    assert found
    assert not moved(before.showing, before.showing)

"""A case that surely meets a function, with as few answers as any."""

from collections.abc import Iterator

import pytest

from tests.small import park, prostate, shipped, small
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import Compiled
from wizard.engine.diagrams import FALSE, TRUE, Node
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.changes import nearest_changes
from wizard.reasoning.meeting import case_that_meets, case_that_raises

PATHWAYS = {"shipped": shipped, "prostate": prostate, "park": park, "small": small}

NEVER_RAISED = ("prune_caution.pine",)
"""No pine is pruned in the small pathway, so nothing has to be said of it."""


def functions(compiled: Compiled) -> Iterator[Node]:
    """Where statements and exclusions hold."""
    yield from compiled.statements.values()
    yield from compiled.exclusions.values()


@pytest.mark.parametrize("name", PATHWAYS)
def test_every_statement_and_exclusion_has_a_case_without_an_answer_too_many(
    name: str,
) -> None:
    compiled = PATHWAYS[name]()
    found = 0
    for function in functions(compiled):
        answers = case_that_meets(compiled, function)
        assert answers is not None
        assert compiled.settles(answers, function, wanted=True)
        for factor in answers:
            fewer = answers.without(factor)
            assert not compiled.settles(fewer, function, wanted=True), (answers, factor)
        nearest = nearest_changes(compiled, NO_ANSWERS, function, wanted=True)
        assert len(answers) == len(nearest.changes[0].answers)
        found += 1
    assert found > 5


@pytest.mark.parametrize("name", PATHWAYS)
def test_where_the_search_is_stopped_a_region_serves(name: str) -> None:
    compiled = PATHWAYS[name]()
    for function in functions(compiled):
        answers = case_that_meets(compiled, function, most=0)
        assert answers is not None
        assert compiled.settles(answers, function, wanted=True)


@pytest.mark.parametrize("name", PATHWAYS)
def test_every_alert_of_the_files_is_raised_by_a_case(name: str) -> None:
    compiled = PATHWAYS[name]()
    for alert in compiled.pathway.alerts.values():
        answers = case_that_raises(compiled, alert.id)
        if alert.answer_to is None and alert.id not in NEVER_RAISED:
            assert answers is not None, alert.id
            assert assess(compiled, answers).alerts[alert.id] is AlertState.RAISED


def test_an_alert_that_no_case_raises_has_none() -> None:
    assert [case_that_raises(small(), alert) for alert in NEVER_RAISED] == [None]


def test_what_no_case_meets_has_none_and_what_every_case_does_needs_no_answer() -> None:
    assert case_that_meets(small(), FALSE) is None
    assert case_that_meets(small(), TRUE) == NO_ANSWERS

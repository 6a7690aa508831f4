"""Where the functions of a pathway outgrow the store: never less than the truth, never an error
that names nothing.
"""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.benchmarks.workbench import edited
from tests.reasoning.brute import brute
from tests.reasoning.pathways import random_pathway
from tests.workbench.expecting import silent
from tests.workbench.test_covering import certain, possible
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import compile_pathway
from wizard.engine.disorder import BudgetExceededError
from wizard.pathway.codes import Code
from wizard.pathway.model import Pathway
from wizard.workbench import deep, generating, rule_diff, rule_functions
from wizard.workbench.covering import coverage
from wizard.workbench.deep import deep_check
from wizard.workbench.findings import Finding
from wizard.workbench.generating import generate
from wizard.workbench.rule_diff import compare_functions
from wizard.workbench.scoring import score

TODAY = date(2026, 11, 27)
seeds = st.integers(0, 2**32 - 1)


def deep_findings(pathway: Pathway) -> tuple[Finding, ...]:
    return deep_check(pathway, TODAY, silent)


WORK: dict[str, Callable[[Pathway], object]] = {
    "deep": deep_findings,
    "coverage": lambda pathway: coverage(pathway, {}, silent),
    "generate": lambda pathway: generate(pathway, silent),
    "score": lambda pathway: score(pathway, {}, silent),
    "diff": lambda pathway: compare_functions(pathway, edited(pathway)),
}


def with_budget(budget: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (rule_functions, rule_diff, deep):
        monkeypatch.setattr(module, "BUDGET", budget)


def needed(pathway: Pathway) -> int:
    return len(compile_pathway(pathway).diagrams)


def worked(work: Callable[[Pathway], object], pathway: Pathway) -> object:
    try:
        return work(pathway)
    except BudgetExceededError as error:
        return error


@pytest.mark.parametrize("name", WORK)
def test_work_is_done_whole_or_refused_by_what_costs_most(
    name: str, small_pathway: Pathway, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = WORK[name]
    whole = work(small_pathway)
    outcomes = set()
    for budget in range(needed(small_pathway) // 2, 8 * needed(small_pathway), 31):
        with_budget(budget, monkeypatch)
        found = worked(work, small_pathway)
        if isinstance(found, BudgetExceededError):
            assert f"outgrow {budget:,} nodes" in found.message
            assert found.where is not None
            outcomes.add("refused")
        elif name == "deep" and found != whole:
            assert isinstance(found, tuple)
            assert isinstance(whole, tuple)
            assert {one.code for one in set(found) - set(whole)} == {Code.TOO_LARGE}
            outcomes.add("in part")
        elif name != "generate":
            # Cases that were not joined are as good, and more.
            assert found == whole
    assert "refused" in outcomes
    assert name != "deep" or "in part" in outcomes


@given(seeds, st.integers(0, 40))
def test_cases_too_large_to_join_are_left_as_they_are(seed: int, room: int) -> None:
    pathway = random_pathway(Random(seed))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(generating, "MOST_NODES", room)
        made = [each.answers for each in generate(pathway, silent)]
    reached = set[object]()
    for answers in made:
        reached |= certain(brute(pathway, answers), answers)
    assert reached == possible(brute(pathway, NO_ANSWERS))

"""Trees as text: the lit path agrees with the assessment, on every regression case."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import brute
from tests.reasoning.pathways import random_answers, random_pathway
from tests.reasoning.records import HERE
from tests.screen.driving import TODAY, shipped
from tests.small import answers, at
from wizard.case.answers import Answers
from wizard.engine.compiling import compile_pathway
from wizard.pathway.model import Status
from wizard.pathway.owned_rules import owned_rules
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    Not,
    OneOf,
    Requirement,
    Rule,
    Tree,
    Use,
    parts,
)
from wizard.reasoning.situation import situation
from wizard.wording.trees import Reach, tree_lines

CASES: dict[str, dict[str, object]] = {
    "nothing": {},
    "type": {"tumour_type": "net"},
    "one of two": {"tumour_type": ["net", "nec"], "site": ["pancreas", "lung"]},
    "liver": {
        "tumour_type": "net",
        "site": "pancreas",
        "extent": "spread",
        "spread_sites": {"liver": "present"},
    },
    "elsewhere, by what is absent": {
        "tumour_type": "net",
        "extent": "spread",
        "spread_sites": {"liver": "absent"},
    },
    "lung carcinoma": {"tumour_type": "nec", "site": "lung", "growth_rate": "fast"},
    "full": {
        "tumour_type": "net",
        "site": "small_intestine",
        "extent": "advanced_not_spread",
        "growth_rate": "very_slow",
        "progress": [],
        "problems": ["carcinoid_syndrome"],
        "hormones": "functioning",
        "surgery_feasible": "can_remove",
        "other_treatments": "none_yet",
        "general_health": [],
        "medicines": [],
    },
}


def answers_of(raw: dict[str, object]) -> Answers:
    return answers(shipped().pathway, raw)


@pytest.mark.parametrize("raw", CASES.values(), ids=CASES)
def test_the_outcomes_in_reach_are_those_of_the_statement(raw: dict[str, object]) -> None:
    given_answers = answers_of(raw)
    case = situation(shipped(), given_answers, TODAY)
    for option in shipped().pathway.options.values():
        for statement in option.statements.values():
            if not isinstance(statement.rule.tree, Ask):
                continue
            lines = tree_lines(case, statement.rule.tree)
            leaves = [line for line in lines if line.outcome is not None]
            reached = {line.outcome for line in leaves if line.reach is not Reach.CLOSED}
            taken = [line.outcome for line in leaves if line.reach is Reach.TAKEN]
            status = case.assessment.options[option.id].statements[statement.id]
            name = (option.id, statement.id)
            assert len(taken) <= 1, name
            if status is Status.POSSIBLE:
                assert reached == {True, False}, name
                assert not taken, name
            else:
                assert (status is Status.DESCRIBED) in reached, name
            if taken:
                assert taken == [status is Status.DESCRIBED], name


def test_every_question_branch_and_part_is_a_line() -> None:
    pathway = shipped().pathway

    def count(tree: Tree) -> int:  # noqa: PLR0911 - one for each kind of tree
        match tree:
            case Ask(branches=branches):
                return 1 + sum(1 + count(branch.tree) for branch in branches)
            case Use(name=name):
                return 1 + count(pathway.shared[name].rule.tree)
            case AtLeast(trees=(only,)):
                return count(only)
            case AtLeast(trees=trees):
                return 1 + sum(count(each) for each in trees)
            case Not(tree=denied):
                return count(denied)
            case Requirement():
                return 1
        return 0

    for option in pathway.options.values():
        for statement in option.statements.values():
            lines = tree_lines(at({}, shipped()), statement.rule.tree)
            assert len(lines) == max(count(statement.rule.tree), 1)


REACHED = {
    Status.DESCRIBED: Reach.TAKEN,
    Status.POSSIBLE: Reach.OPEN,
    Status.NOT_DESCRIBED: Reach.CLOSED,
}


@settings(max_examples=150)
@given(st.integers(0, 2**32 - 1))
def test_a_part_of_a_condition_is_marked_as_it_holds_over_all_completions(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    compiled, given_answers = compile_pathway(pathway), random_answers(random, pathway.factors)
    now = situation(compiled, given_answers, TODAY)
    twin, nodes = brute(pathway, given_answers), len(compiled.diagrams)
    for owned in owned_rules(pathway):
        for part in parts(owned.rule.tree):
            if not isinstance(part, AtLeast) or len(part.trees) == 1:
                continue
            first, *_ = tree_lines(now, part)
            holds = twin.function(Rule(part, part.position))
            assert first.reach is REACHED[twin.status(holds, given_answers)]
    assert len(compiled.diagrams) == nodes


def test_a_condition_is_drawn_as_it_is_written() -> None:
    kind, damage = Requirement("kind", (OneOf(("oak",)),), True, HERE), Use("risky_place", HERE)
    storm = Requirement("damage", (AnyOf(("storm", "fungus")),), False, HERE)
    near = Requirement("near", (OneOf(("house",)),), False, HERE)
    two = AtLeast(2, (storm, near, Not(AtLeast(1, (kind, near), HERE), HERE)), HERE)
    now = at({"kind": "oak", "near": "house"})
    lines = tree_lines(now, AtLeast(2, (two, damage), HERE))
    marks = {Reach.TAKEN: "+", Reach.OPEN: "?", Reach.CLOSED: "-"}
    assert [f"{marks[line.reach]} {line.guides}{line.words}" for line in lines[:7]] == [
        "? all of these",
        "? ├─ at least 2 of these",
        "? │  ├─ Damage: Storm damage or Fungus",
        "+ │  ├─ What is near it: A house",
        "- │  └─ none of these",
        "- │     ├─ Kind of tree: not Oak",
        "+ │     └─ What is near it: A house",
    ]

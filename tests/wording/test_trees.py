"""Trees as text: the lit path agrees with the assessment, on every regression case."""

import pytest

from tests.screen.driving import TODAY, shipped
from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.transitions import parse_answer
from wizard.pathway.model import Status
from wizard.pathway.trees import Ask, Outcome, Tree
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
    answers = NO_ANSWERS
    for factor, value in raw.items():
        answer = parse_answer(shipped().pathway.factors[factor], value)
        answers = answers.with_answer(factor, answer)
    return answers


@pytest.mark.parametrize("raw", CASES.values(), ids=CASES)
def test_the_outcomes_in_reach_are_those_of_the_statement(raw: dict[str, object]) -> None:
    answers = answers_of(raw)
    case = situation(shipped(), answers, TODAY)
    for option in shipped().pathway.options.values():
        for statement in option.statements.values():
            lines = tree_lines(shipped().pathway, statement.rule.tree, answers)
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


def test_every_question_and_every_branch_of_a_tree_is_a_line() -> None:
    pathway = shipped().pathway

    def count(tree: Tree) -> int:
        if isinstance(tree, Outcome):
            return 0
        if isinstance(tree, Ask):
            return 1 + sum(1 + count(branch.tree) for branch in tree.branches)
        return 1 + count(pathway.shared[tree.name].rule.tree)

    for option in pathway.options.values():
        for statement in option.statements.values():
            lines = tree_lines(pathway, statement.rule.tree, NO_ANSWERS)
            assert len(lines) == max(count(statement.rule.tree), 1)

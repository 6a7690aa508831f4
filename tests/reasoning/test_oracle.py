"""The shipped pathway's statuses, reasons and changes against a SAT solver, without diagrams."""

from random import Random

import pytest

from tests.reasoning.oracle import Oracle
from tests.reasoning.pathways import random_answers
from wizard.case.answers import Answer, Answers, ChoiceAnswer, MultiAnswer
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.pathway.factors import ChoiceFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import Pathway, Status
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.changes import Counterfactual, nearest_changes
from wizard.reasoning.reasons import sufficient_reasons

CASES = 300


@pytest.fixture(scope="module")
def shipped() -> Pathway:
    return read_pathway(shipped_folder())


@pytest.fixture(scope="module")
def compiled(shipped: Pathway) -> Compiled:
    return compile_pathway(shipped)


@pytest.fixture(scope="module")
def oracle(shipped: Pathway) -> Oracle:
    return Oracle(shipped)


def partial_case(seed: int, pathway: Pathway) -> Answers:
    """Random answers, of which most have the first type: the one that most trees speak of."""
    random = Random(seed)
    answers = random_answers(random, pathway.factors)
    first = next(f for f in pathway.factors.values() if isinstance(f, ChoiceFactor))
    if random.random() < 0.6:
        usual = next(iter(first.values))
        answers = answers.with_answer(first.id, ChoiceAnswer(frozenset([usual])))
    return answers


def test_statuses_and_reasons_are_those_of_the_oracle(
    shipped: Pathway, compiled: Compiled, oracle: Oracle
) -> None:
    seen = dict.fromkeys(Status, 0)
    several = 0
    for seed in range(CASES):
        answers = partial_case(seed, shipped)
        selectors = oracle.bind(answers)
        assessed = assess(compiled, answers)
        for option, function in compiled.options.items():
            status = oracle.status(option, selectors.values())
            assert assessed.options[option].status is status
            reasons = sufficient_reasons(compiled, answers, function)
            assert reasons.status is status
            seen[status] += 1
            if status is not Status.POSSIBLE:
                wanted = status is Status.DESCRIBED
                expected, corrections = oracle.reasons(option, selectors, wanted=wanted)
                assert {frozenset(each.factors) for each in reasons.reasons} == expected
                assert {frozenset(each) for each in reasons.corrections} == corrections
                several += len(expected) > 1
    assert min(seen.values()) > CASES
    assert several > CASES / 2


def test_alerts_and_checks_are_those_of_the_oracle(
    shipped: Pathway, compiled: Compiled, oracle: Oracle
) -> None:
    seen: set[tuple[str, AlertState]] = set()
    for seed in range(CASES // 3):
        answers = partial_case(seed, shipped)
        shown = oracle.shown(oracle.bind(answers).values())
        assert assess(compiled, answers).alerts == shown
        seen |= set(shown.items())
    assert {("carcinoid_crisis", state) for state in AlertState} <= seen
    assert ("spread_mismatch", AlertState.CHECK) in seen


def singles(change: Counterfactual) -> list[frozenset[tuple[str, Answer]]]:
    """Each combination of single values of a change."""
    found: list[dict[str, Answer]] = [{}]
    for factor, values in change.answers.items():
        each: list[Answer]
        if isinstance(values, ChoiceAnswer):
            each = [ChoiceAnswer(frozenset([value])) for value in values.values]
        else:
            assert isinstance(values, MultiAnswer)
            each = [values]
        found = [{**before, factor: one} for before in found for one in each]
    return [frozenset(one.items()) for one in found]


@pytest.mark.slow
def test_nearest_changes_are_those_of_the_oracle(
    shipped: Pathway, compiled: Compiled, oracle: Oracle
) -> None:
    facts = [factor.id for factor in shipped.factors.values() if factor.fixed]
    none = several = 0
    for seed in range(CASES):
        random = Random(seed)
        answers = partial_case(seed, shipped)
        released = [name for name in facts if random.random() < 0.5]
        held = [name for name in facts if name not in released]
        option = random.choice(list(compiled.options))
        wanted = random.random() < 0.5
        found = nearest_changes(
            compiled, answers, compiled.options[option], wanted=wanted, released=released
        )
        assert found.complete
        listed = [single for change in found.changes for single in singles(change)]
        assert len(set(listed)) == len(listed)
        assert set(listed) == oracle.changes(option, answers, held, wanted=wanted)
        none += not listed
        several += len(listed) > 1
    assert min(none, several) > 20

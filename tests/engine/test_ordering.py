"""The order of variables: it changes what a diagram costs, and nothing that is found."""

from collections.abc import Iterator, Sequence
from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute_explanations import Twin, twin
from tests.reasoning.pathways import random_answers, random_pathway
from tests.reasoning.records import HERE, a_choice, a_statement, an_option, pathway, rule
from wizard.case.answers import Answer, Answers
from wizard.engine.compiler import Compiler
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.counting import cases_of
from wizard.engine.disorder import BudgetExceededError
from wizard.engine.joint import joint
from wizard.engine.ordering import variable_order, wide_conditions
from wizard.engine.space import cuts_of, parts_of, space_of
from wizard.pathway.model import Pathway
from wizard.pathway.trees import AtLeast, OneOf, Requirement
from wizard.reasoning.assessing import assess
from wizard.reasoning.changes import NearestChanges, nearest_changes
from wizard.reasoning.reasons import sufficient_reasons
from wizard.reasoning.settling import settling
from wizard.reasoning.what_if import whole_case


def in_order(made: Pathway, order: Sequence[str]) -> Compiled:
    space = space_of(made.factors, cuts_of(made, parts_of(made), {}), order)
    return Compiler(made, 1_000_000, space).compiled()


def points(brute: Twin, found: NearestChanges) -> set[frozenset[tuple[str, Answer]]]:
    """Single new answers: which of them stand together in one change is a matter of the order."""
    return {
        frozenset(point)
        for change in found.changes
        for point in product(
            *[[(f, p) for p in brute.points(f, v)] for f, v in change.answers.items()]
        )
    }


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_is_found_does_not_depend_on_the_order_of_variables(seed: int) -> None:
    random = Random(seed)
    made = random_pathway(random)
    answers = random_answers(random, made.factors)
    walked = compile_pathway(made)
    other = in_order(made, random.sample(list(made.factors), len(made.factors)))
    now = assess(walked, answers)
    assert assess(other, answers) == now
    assert settling(other, answers, now) == settling(walked, answers, now)
    assert whole_case(other, answers, now) == whole_case(walked, answers, now)
    counts, other_counts = cases_of(walked), cases_of(other)
    for option, function in walked.options.items():
        same = other.options[option]
        assert sufficient_reasons(other, answers, same) == sufficient_reasons(
            walked, answers, function
        )
        # Where nothing is a case, a function may ask what the same one in another order does not.
        support = {*walked.support(function), *other.support(same)}
        assert other_counts.count(same, support) == counts.count(function, support)
        same_changes(walked, other, answers, option)


def same_changes(walked: Compiled, other: Compiled, answers: Answers, option: str) -> None:
    brute = twin(walked.pathway, answers, option)
    for wanted in (True, False):
        expected = nearest_changes(walked, answers, walked.options[option], wanted=wanted)
        found = nearest_changes(other, answers, other.options[option], wanted=wanted)
        assert (found.complete, found.at_least) == (expected.complete, expected.at_least)
        assert points(brute, found) == points(brute, expected)
        for change in found.changes:
            assert list(change.answers) == [f for f in other.pathway.factors if f in change.answers]


def clauses(random: Random, spread: int) -> Iterator[AtLeast]:
    """24 clauses of three conditions, each over factors that lie within so many of the walk."""
    for _ in range(24):
        first = random.randint(0, 40 - spread)
        needs = (
            Requirement(f"f{at}", (OneOf((random.choice("abc"),)),), negated=False, position=HERE)
            for at in random.sample(range(first, first + spread), 3)
        )
        yield AtLeast(3, tuple(needs), HERE)


def wide(seed: int, spread: int) -> Pathway:
    factors = {f"f{at}": a_choice(f"f{at}", "abc") for at in range(40)}
    condition = AtLeast(1, tuple(clauses(Random(seed), spread)), HERE)
    option = an_option({"s": a_statement("s", rule(condition))})
    return pathway(factors, {"o": option}, {}, {})


@pytest.mark.parametrize("seed", range(5))
def test_clauses_that_lie_across_the_walk_need_few_nodes_in_their_own_order(seed: int) -> None:
    made = wide(seed, 40)
    assert len(compile_pathway(made, 3_000).diagrams) < 3_000
    space = space_of(made.factors, {}, tuple(made.factors))
    with pytest.raises(BudgetExceededError):
        Compiler(made, 3_000, space).compiled()


def test_a_walk_that_no_wide_condition_crosses_is_kept() -> None:
    made = wide(1, 5)
    assert variable_order(tuple(made.factors), wide_conditions(made, parts_of(made))) == tuple(
        made.factors
    )
    assert compile_pathway(made).space.follows_walk


def test_factors_that_no_wide_condition_asks_stay_behind_their_neighbours() -> None:
    ends = [frozenset({f"a{at}", f"z{at}"}) for at in range(9)]
    walk = [*(f"a{at}" for at in range(9)), "still", "quiet", *(f"z{at}" for at in range(9))]
    order = variable_order(walk, [ends])
    assert sorted(order) == sorted(walk)
    assert order.index("still") == order.index("a8") + 1
    assert order.index("quiet") == order.index("still") + 1
    assert all(abs(order.index(f"a{at}") - order.index(f"z{at}")) == 1 for at in range(8))


def test_versions_are_compared_in_the_order_that_wide_conditions_of_both_need() -> None:
    both = joint(wide(1, 40), wide(2, 40), 20_000)
    assert not both.space.follows_walk
    assert both.old.options["o"] != both.new.options["o"]

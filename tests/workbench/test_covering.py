"""Coverage and generated cases against enumeration, and what a person is told of a miss."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, Case, brute, passes, walk
from tests.reasoning.pathways import random_answers, random_pathway
from tests.small import answers as small_answers
from tests.small import shipped
from tests.workbench.expecting import confirmed, silent
from wizard.case.answers import NO_ANSWERS, Answers
from wizard.case.files import read_regression_cases
from wizard.engine.compiling import compile_pathway
from wizard.pathway.load import shipped_folder
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import RuleKind, owned_rules
from wizard.pathway.trees import Ask, AtLeast, Not, Requirement, Tree, Use
from wizard.workbench.covering import Part, coverage

seeds = st.integers(0, 2**32 - 1)
Step = tuple[str, tuple[int, ...]]
"""A rule's title, and the branches from its root."""
Trail = tuple[tuple[object, ...], Step]
"""The places of the uses that lead to a branch, and the branch."""


def trails(
    pathway: Pathway, tree: Tree, case: Case, here: Step, uses: tuple[object, ...] = ()
) -> Iterator[Trail]:
    """Every branch that a case takes in a rule and in the shared trees that it goes on with.

    A part of a condition counts where the others leave it to this one.
    """
    match tree:
        case Ask():
            at = next(n for n, b in enumerate(tree.branches) if passes(b.test, case[tree.factor]))
            yield uses, below(here, at)
            yield from trails(pathway, tree.branches[at].tree, case, below(here, at), uses)
        case Requirement() if tree.factor in case:
            passed = [passes(test, case[tree.factor]) for test in tree.tests]
            yield uses, below(here, [*passed, True].index(True))
        case Not(tree=denied):
            yield from trails(pathway, denied, case, below(here, 0), uses)
        case AtLeast(least=least, trees=trees):
            held = [walk(pathway, each, case) for each in trees]
            for at, each in enumerate(trees):
                if sum(held) - held[at] == least - 1:
                    yield from trails(pathway, each, case, below(here, at), uses)
        case Use(name=name):
            there = pathway.shared[name].rule.tree
            yield from trails(pathway, there, case, (f"shared tree {name}", ()), (*uses, here))


def below(here: Step, at: int) -> Step:
    return here[0], (*here[1], at)


def tree_branches(tree: Tree, here: Step) -> set[Step]:
    """Every branch of the questions of a rule that are written as a tree."""
    match tree:
        case Ask(branches=branches):
            parts = [branch.tree for branch in branches]
            own = {below(here, at) for at in range(len(parts))}
        case AtLeast(trees=trees):
            parts, own = list(trees), set()
        case Not(tree=denied):
            parts, own = [denied], set()
        case _:
            return set()
    return own.union(*(tree_branches(part, below(here, at)) for at, part in enumerate(parts)))


def certain(twin: Brute, answers: Answers) -> set[Step]:
    """The branches that every completion takes by one way."""
    found: set[Step] = set()
    completions = twin.completions(answers)
    for place in owned_rules(twin.pathway):
        if place.kind is not RuleKind.SHARED:
            taken = [
                set(trails(twin.pathway, place.rule.tree, case, (place.title, ())))
                for case in completions
            ]
            found |= {step for _, step in set.intersection(*taken)} if taken else set()
    return found


def possible(twin: Brute) -> set[Step]:
    return {
        step
        for place in owned_rules(twin.pathway)
        if place.kind is not RuleKind.SHARED
        for case in twin.cases
        for _, step in trails(twin.pathway, place.rule.tree, case, (place.title, ()))
    }


@pytest.mark.slow
@settings(max_examples=60)
@given(seeds)
def test_branches_are_reached_where_every_completion_takes_them(seed: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    every = [random_answers(random, pathway.factors) for _ in range(3)]
    compiled = compile_pathway(pathway)
    found = coverage(pathway, confirmed(compiled, every), silent)
    reached: set[Step] = set()
    for answers in every:
        reached |= certain(brute(pathway, answers), answers)
    assert found.reached[Part.BRANCH] == len(reached)
    assert found.total[Part.BRANCH] == len(possible(brute(pathway, NO_ANSWERS)))
    assert all(miss.words for miss in found.misses)
    branches = [miss for miss in found.misses if miss.part is Part.BRANCH]
    examples = [miss.example for miss in branches if miss.example is not None]
    assert len(examples) == len(branches)
    again = coverage(pathway, confirmed(compiled, [*every, *examples]), silent)
    assert again.reached[Part.BRANCH] == again.total[Part.BRANCH]


def test_a_miss_is_told_with_its_line_and_a_case_that_would(small_pathway: Pathway) -> None:
    found = coverage(small_pathway, {}, silent)
    told = {(miss.part, str(miss.position)): (miss.what, miss.words) for miss in found.misses}
    assert told[Part.STATEMENT, "options/fell.yaml:4:3"] == (
        "statement tall_near_people of fell holds",
        "Height: 20 m; What is near it: A path",
    )
    assert not found.complete
    assert set(found.reached.values()) == {0}


def test_an_example_reaches_what_was_missed(small_pathway: Pathway) -> None:
    missed = coverage(small_pathway, {}, silent)
    compiled = compile_pathway(small_pathway)
    examples = [miss.example for miss in missed.misses if miss.example is not None]
    found = coverage(small_pathway, confirmed(compiled, examples), silent)
    assert {m.part for m in found.misses} <= {Part.PAIR}


def test_a_boundary_pair_differs_in_one_answer_alone(small_pathway: Pathway) -> None:
    compiled = compile_pathway(small_pathway)
    title = "statement broken_branches of prune: two cases that differ in Height alone"

    def missing(*heights: float) -> set[str]:
        raw = [{"kind": "oak", "damage": [], "height": height} for height in heights]
        every = [small_answers(small_pathway, dict(one)) for one in raw]
        found = coverage(small_pathway, confirmed(compiled, every), silent)
        return {m.what for m in found.misses if m.what.startswith(title)}

    assert len(missing(10)) == 2
    assert len(missing(10, 30)) == 1
    assert missing(10, 30, 50) == set()


def test_the_shipped_cases_reach_everything() -> None:
    pathway = shipped().pathway
    cases = read_regression_cases(shipped_folder() / "cases", pathway)
    found = coverage(pathway, cases, silent)
    assert [miss for miss in found.misses if miss.part is not Part.PAIR] == []
    assert found.total[Part.BRANCH] > 200

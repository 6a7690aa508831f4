"""Nearest changes against enumeration: they decide, none is nearer, none is missing."""

from dataclasses import replace
from itertools import product
from random import Random

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.reasoning.brute_explanations import Twin, twin
from tests.reasoning.pathways import random_answers, random_pathway
from wizard.case.answers import Answer, Answers
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import MultiFactor
from wizard.pathway.model import Pathway
from wizard.reasoning.changes import Counterfactual, nearest_changes

seeds = st.integers(0, 2**32 - 1)


def with_facts(random: Random, pathway: Pathway) -> Pathway:
    factors = {f.id: replace(f, fixed=random.random() < 0.3) for f in pathway.factors.values()}
    return replace(pathway, factors=factors)


def points(brute: Twin, change: Counterfactual) -> set[frozenset[tuple[str, Answer]]]:
    each = [[(f, p) for p in brute.points(f, v)] for f, v in change.answers.items()]
    return {frozenset(point) for point in product(*each)}


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(seeds)
@example(1148)
def test_changes_are_what_enumeration_says(seed: int) -> None:
    random = Random(seed)
    pathway = with_facts(random, random_pathway(random))
    members = [len(f.members) for f in pathway.factors.values() if isinstance(f, MultiFactor)]
    assume(sum(members) <= 8)
    answers = random_answers(random, pathway.factors)
    facts = [f.id for f in pathway.factors.values() if f.fixed]
    released = [f for f in facts if random.random() < 0.3]
    compiled = compile_pathway(pathway)
    free = [f for f in pathway.factors if f not in facts or f in released]
    name = random.choice(list(compiled.options))
    brute = twin(pathway, answers, name)
    for wanted in (True, False):
        found = nearest_changes(
            compiled, answers, compiled.options[name], wanted=wanted, released=released
        )
        assert found.complete
        least, expected = brute.changes(answers, wanted, free)
        assert (least is None) == (found.changes == ())
        listed = [point for change in found.changes for point in points(brute, change)]
        assert set(listed) == expected
        assert len(listed) == len(expected)
        for change in found.changes:
            assert brute.forces({**answers, **change.answers}, wanted)
            assert tuple(change.answers) == tuple(f for f in pathway.factors if f in change.answers)
            assert least is not None
            assert found.at_least == least[0] + least[1]
            assert (len(change.changed), len(change.found_out)) == least[:2]
            assert {*change.changed, *change.found_out} == {*change.answers}
            assert not set(change.changed) & (set(facts) - set(released))


@settings(max_examples=100, deadline=None)
@given(seeds, st.integers(0, 60))
def test_a_search_that_stops_says_so(seed: int, most: int) -> None:
    random = Random(seed)
    pathway = random_pathway(random)
    answers = random_answers(random, pathway.factors)
    compiled = compile_pathway(pathway)
    function = next(iter(compiled.options.values()))
    whole = nearest_changes(compiled, answers, function, wanted=True)
    bounded = nearest_changes(compiled, answers, function, wanted=True, most=most)
    assert whole.complete
    if bounded.complete:
        assert bounded == whole
    else:
        assert bounded.changes == ()
        assert bounded.at_least <= whole.at_least


def test_nothing_has_to_change_where_it_is_so_already() -> None:
    compiled = compile_pathway(random_pathway(Random(3)))
    (change,) = nearest_changes(compiled, Answers({}), 1, wanted=True).changes
    assert change.answers == {}
    assert nearest_changes(compiled, Answers({}), 1, wanted=False).changes == ()

"""Functions held by their leaves, the twin of diagrams: what is found of both is the same."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.test_ordering import same_changes
from tests.reasoning.pathways import random_answers, random_pathway
from wizard.engine.compiler import Compiler
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.counting import and_not, cases_of, definite, exists, fixed, somewhere, xor
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Diagrams, Node, settled
from wizard.engine.restriction import Restriction
from wizard.pathway.model import Pathway
from wizard.reasoning.agreement import agreement
from wizard.reasoning.assessing import assess
from wizard.reasoning.bulk import statuses_of_many
from wizard.reasoning.reasons import sufficient_reasons
from wizard.reasoning.settling import settling
from wizard.reasoning.what_if import whole_case

SIZES = (2, 3, 2, 3)


def by_leaves(made: Pathway) -> Compiled:
    """A pathway of which no rule may need a node of its own."""
    return Compiler(made, 1_000_000, own_budget=0).compiled()


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_what_is_found_of_leaves_is_what_is_found_of_diagrams(seed: int) -> None:
    random = Random(seed)
    made = random_pathway(random)
    answers = random_answers(random, made.factors)
    drawn, leafy = compile_pathway(made), by_leaves(made)
    now = assess(drawn, answers)
    assert assess(leafy, answers) == now
    assert settling(leafy, answers, now) == settling(drawn, answers, now)
    assert whole_case(leafy, answers, now) == whole_case(drawn, answers, now)
    every = [random_answers(random, made.factors) for _ in range(5)]
    assert list(statuses_of_many(leafy, every)) == list(statuses_of_many(drawn, every))
    assert agreement(leafy, answers, now) == agreement(drawn, answers, now)
    counts, others = cases_of(drawn), cases_of(leafy)
    for option, function in drawn.options.items():
        same = leafy.options[option]
        assert sufficient_reasons(leafy, answers, same) == sufficient_reasons(
            drawn, answers, function
        )
        asked = {*drawn.support(function), *leafy.support(same)}
        # Leaves may ask a factor that decides nothing: both are counted over what either asks.
        support = {*counts.closed(asked), *others.closed(asked)}
        assert others.count(same, support) == counts.count(function, support)
        example = others.example(same, support)
        assert (example is None) == (counts.example(function, support) is None)
        assert example is None or settled(leafy.diagrams, same, example, wanted=True)
        same_changes(drawn, leafy, answers, option)


def drawn_at_random(random: Random, store: Diagrams, level: int = 0) -> Node:
    """A function as a diagram, with assignments that are not cases."""
    if level == len(SIZES) or random.random() < 0.15:
        return random.choice([FALSE, FALSE, TRUE, TRUE, IMPOSSIBLE])
    below = [drawn_at_random(random, store, level + 1) for _ in range(SIZES[level])]
    return store.node(level, tuple(below))


def assignments() -> list[tuple[tuple[int, ...], ...]]:
    found: list[tuple[tuple[int, ...], ...]] = [()]
    for size in SIZES:
        found = [(*each, (value,)) for each in found for value in range(size)]
    return found


def table(store: Diagrams, function: Node) -> list[int]:
    return [Restriction(store, case).outcomes(function) for case in assignments()]


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 2**32 - 1))
def test_operations_on_leaves_are_those_on_diagrams(seed: int) -> None:
    random = Random(seed)
    store = Diagrams(SIZES, 1_000_000)
    made = [drawn_at_random(random, store) for _ in range(3)]
    # Of one or more of the three, what the operations are given is held by leaves.
    held = [store.hold(store.pieces(each)) if random.random() < 0.6 else each for each in made]
    values = {level: random.randrange(SIZES[level]) for level in random.sample(range(4), 2)}
    for (a, b, c), (la, lb, lc) in [(made, held), (made[::-1], held[::-1])]:
        pairs = [
            (a, la),
            (store.negation(a), store.negation(la)),
            (store.both(a, b), store.both(la, lb)),
            (store.either(a, b), store.either(la, lb)),
            (store.where(a, b, c), store.where(la, lb, lc)),
            (store.at_least(2, [a, b]), store.at_least(2, [la, lb])),
            (store.select(0, (a, b)), store.select(0, (la, lb))),
            (store.select(3, (a, b, c)), store.select(3, (la, lb, lc))),
            (definite(store, a), definite(store, la)),
            (fixed(store, a, values), fixed(store, la, values)),
            (and_not(store, a, b), and_not(store, la, lb)),
            (xor(store, a, b), xor(store, la, lb)),
            (exists(store, definite(store, a), [1, 2]), exists(store, definite(store, la), [1, 2])),
        ]
        allowed = tuple(
            tuple(sorted(random.sample(range(size), random.randint(1, size)))) for size in SIZES
        )
        for drawn, leafy in pairs:
            assert table(store, leafy) == table(store, drawn)
            assert store.outcomes[leafy] == store.outcomes[drawn]
            assert store.asked[leafy] | store.asked[drawn] == store.asked[leafy]
            here = Restriction(store, allowed)
            assert here.outcomes(leafy) == here.outcomes(drawn)
            assert here.depends(leafy) == here.depends(drawn)
        assert somewhere(store, la, lb, allowed) == somewhere(store, a, b, allowed)

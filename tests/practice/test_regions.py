"""The prime_implicants of a function against all boxes of values, tried one by one."""

from collections.abc import Iterator
from itertools import combinations, product
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Diagrams, Node
from wizard.practice.regions import Region, allowed_in, prime_implicants

seeds = st.integers(0, 2**32 - 1)


def random_function(random: Random, diagrams: Diagrams, level: int = 0) -> Node:
    if level == len(diagrams.sizes) or random.random() < 0.2:
        return random.choice([TRUE, FALSE])
    size = diagrams.sizes[level]
    below = [random_function(random, diagrams, level + 1) for _ in range(2)]
    return diagrams.node(level, tuple(random.choice(below) for _ in range(size)))


def outcome(diagrams: Diagrams, function: Node, whole: tuple[int, ...]) -> Node:
    while function > IMPOSSIBLE:
        function = diagrams.children[function][whole[diagrams.levels[function]]]
    return function


def boxes(sizes: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], ...]]:
    some = [
        [tuple(c) for k in range(1, size + 1) for c in combinations(range(size), k)]
        for size in sizes
    ]
    return product(*some)


def holding(diagrams: Diagrams, function: Node) -> set[tuple[tuple[int, ...], ...]]:
    return {
        box
        for box in boxes(diagrams.sizes)
        if all(outcome(diagrams, function, whole) == TRUE for whole in product(*box))
    }


def made(seed: int) -> tuple[Diagrams, Node]:
    random = Random(seed)
    sizes = tuple(random.choice([2, 2, 3]) for _ in range(random.randint(1, 4)))
    diagrams = Diagrams(sizes, 10_000)
    return diagrams, random_function(random, diagrams)


@settings(max_examples=300, deadline=None)
@given(seeds)
def test_regions_are_all_boxes_with_the_outcome_that_cannot_be_widened(seed: int) -> None:
    diagrams, function = made(seed)
    held = holding(diagrams, function)
    widest = {
        box
        for box in held
        if not any(
            box != other and all(set(a) <= set(b) for a, b in zip(box, other, strict=True))
            for other in held
        )
    }
    found = [tuple(allowed_in(diagrams, region)) for region in prime_implicants(diagrams, function)]
    assert set(found) == widest
    assert len(found) == len(widest)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_beyond_the_bound_each_region_is_still_one(seed: int) -> None:
    diagrams, function = made(seed)
    every = set(prime_implicants(diagrams, function))
    few: tuple[Region, ...] = prime_implicants(diagrams, function, most=1)
    assert set(few) <= every
    assert bool(few) == bool(every)


@settings(max_examples=200, deadline=None)
@given(seeds)
def test_regions_of_a_function_held_by_its_leaves_are_some_of_all_and_leave_no_case_out(
    seed: int,
) -> None:
    diagrams, function = made(seed)
    every = prime_implicants(diagrams, function)
    found = prime_implicants(diagrams, diagrams.hold(diagrams.pieces(function)))
    assert set(found) <= set(every)
    covered = {case for each in found for case in product(*allowed_in(diagrams, each))}
    assert covered == {case for each in every for case in product(*allowed_in(diagrams, each))}

"""Counts, examples and regions against enumeration, over random pathways."""

from collections.abc import Mapping
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, Case, CaseValue, Function, WorkedOut, brute
from tests.reasoning.pathways import random_pathway
from tests.reasoning.records import a_choice, a_number, pathway
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import Compiled, compile_pathway
from wizard.engine.counting import cases_of, different
from wizard.engine.covers import cover
from wizard.engine.diagrams import FALSE, IMPOSSIBLE, TRUE, Allowed, Node
from wizard.pathway.factors import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import Pathway

seeds = st.integers(0, 2**32 - 1)
Placed = Mapping[int, int]


def functions(compiled: Compiled, twin: Brute) -> list[tuple[Node, Function]]:
    """Functions of every kind, with what enumeration makes of them."""
    pathway = compiled.pathway
    found = [(compiled.options[name], twin.option(name)) for name in pathway.options]
    found += [
        (compiled.statements[name, s.id], twin.function(s.rule))
        for name, option in pathway.options.items()
        for s in option.statements.values()
    ]
    found += [(compiled.alerts[a.id].when, twin.when(a)) for a in pathway.alerts.values()]
    return found


def part(case: Case, factors: tuple[str, ...]) -> tuple[tuple[str, CaseValue], ...]:
    return tuple((f, case[f]) for f in factors if f in case)


def placed(compiled: Compiled, case: Case) -> Placed:
    """The value of each variable of what applies in a case."""
    return {
        level: value
        for factor, held in case.items()
        for level, value in assignment(compiled, factor, held).items()
    }


def inside(case: Placed, region: Allowed) -> bool:
    """Whether a case fits a region read as answers: what does not apply is passed over."""
    return all(value in region[level] for level, value in case.items())


def assignment(compiled: Compiled, factor: str, value: CaseValue) -> dict[int, int]:
    record = compiled.pathway.factors[factor]
    first = compiled.space.levels[factor].start
    if isinstance(record, MultiFactor):
        assert isinstance(value, frozenset)
        return {first + i: int(member in value) for i, member in enumerate(named_values(record))}
    if isinstance(record, ChoiceFactor):
        own = None if isinstance(value, WorkedOut) else value
        return {first: compiled.space.values_of(factor).index(own)}
    assert isinstance(value, Decimal)
    return {first: sum(cut <= value for cut in compiled.space.cuts[factor])}


def numbers_at_intervals(compiled: Compiled, case: Case) -> Case:
    """The case with a number as its interval, so that equal intervals are equal cases.

    Of a derived factor the place of its answer, so that none is another one than any.
    """
    return {
        factor: next(iter(assignment(compiled, factor, value).values()))  # type: ignore[misc]  # one level, a number
        if isinstance(compiled.pathway.factors[factor], NumberFactor | DerivedFactor)
        else value
        for factor, value in case.items()
    }


def world(seed: int) -> tuple[Random, Pathway, Compiled, Brute]:
    """A random pathway, compiled and enumerated."""
    random = Random(seed)
    pathway = random_pathway(random)
    compiled = compile_pathway(pathway)
    twin = brute(pathway, NO_ANSWERS)
    return random, pathway, compiled, twin


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(seeds)
def test_counts_and_examples_are_those_of_enumeration(seed: int) -> None:
    random, pathway, compiled, twin = world(seed)
    counts = cases_of(compiled)
    at = [placed(compiled, case) for case in twin.cases]
    plain = [numbers_at_intervals(compiled, case) for case in twin.cases]
    for node, function in functions(compiled, twin):
        holding = [function(case) for case in twin.cases]
        over = counts.closed(compiled.support(node))
        more = counts.closed([*over, random.choice(list(pathway.factors))])
        for factors in (over, more):
            expected = {part(c, factors) for c, holds in zip(plain, holding, strict=True) if holds}
            every = {part(case, factors) for case in plain}
            assert counts.count(node, factors) == len(expected)
            assert counts.total(factors) == len(every)
        example = counts.example(node, over)
        assert (example is None) == (not expected)
        if example is not None:
            fitting = [i for i, case in enumerate(at) if inside(case, example)]
            assert fitting
            assert all(holding[i] for i in fitting)
            assert len({part(plain[i], over) for i in fitting}) == 1


def test_an_example_has_the_only_range_of_a_number_that_no_tree_asks() -> None:
    factors: dict[str, Factor] = {"size": a_number("size"), "kind": a_choice("kind", ["x", "y"])}
    counts = cases_of(compile_pathway(pathway(factors, {}, {}, {})))
    assert counts.example(TRUE, ["size"]) == ((0,), (0, 1))
    assert counts.example(TRUE, ["size", "kind"]) in (((0,), (0,)), ((0,), (1,)))
    assert counts.example(FALSE, ["size"]) is None


@settings(max_examples=250, deadline=None)
@given(seeds)
def test_functions_differ_where_a_case_tells_them_apart(seed: int) -> None:
    _random, _pathway, compiled, twin = world(seed)
    known = functions(compiled, twin)
    for (one, first), (other, second) in product(known[:5], known[:5]):
        told = any(first(case) != second(case) for case in twin.cases)
        assert different(compiled.diagrams, one, other) == told


def widenings(pathway: Pathway, compiled: Compiled, region: Allowed) -> list[Allowed]:
    """The region with one more value of one variable, in every way."""
    return [
        (*region[:level], (*values, value), *region[level + 1 :])
        for level, values in enumerate(region)
        for value in range(compiled.space.sizes[level])
        if value not in values
    ]


@pytest.mark.slow
@settings(max_examples=250, deadline=None)
@given(seeds)
@example(28109956)
@example(1754720)
@example(184466095)
def test_regions_hold_the_function_and_none_can_be_left_out_or_widened(seed: int) -> None:
    _random, pathway, compiled, twin = world(seed)
    at = [placed(compiled, case) for case in twin.cases]

    def held(region: Allowed) -> set[int]:
        return {i for i, case in enumerate(at) if inside(case, region)}

    for node, function in functions(compiled, twin):
        found = cover(cases_of(compiled), node, compiled.free, 1000)
        assert found.left == FALSE
        true = {i for i, case in enumerate(twin.cases) if function(case)}
        holding = [held(region) for region in found.implicants]
        assert set().union(*holding) == true
        for place, own in enumerate(holding):
            others = set().union(*(held for i, held in enumerate(holding) if i != place))
            assert own - others
        for region, own in zip(found.implicants, holding, strict=True):
            for wider in widenings(pathway, compiled, region):
                reached = held(wider)
                assert reached == own or not reached <= true


@settings(max_examples=100, deadline=None)
@given(seeds, st.integers(1, 3))
def test_a_stopped_cover_says_what_it_leaves(seed: int, most: int) -> None:
    _random, _pathway, compiled, twin = world(seed)
    counts = cases_of(compiled)
    for node, function in functions(compiled, twin):
        whole = cover(counts, node, compiled.free, 1000)
        found = cover(counts, node, compiled.free, most)
        assert len(found.implicants) <= most
        assert found == whole or found.left != FALSE
        factors = counts.closed(compiled.support(node))
        held = {
            part(numbers_at_intervals(compiled, case), factors)
            for case in twin.cases
            if function(case)
            and not any(inside(placed(compiled, case), each) for each in found.implicants)
        }
        assert counts.count(found.left, factors) == len(held)


def holds(compiled: Compiled, node: Node, case: Placed) -> bool:
    """Whether a function is true in a case, whatever stands for a factor that does not apply."""
    while node > IMPOSSIBLE:
        node = compiled.diagrams.children[node][case.get(compiled.diagrams.levels[node], 0)]
    return node == TRUE


@settings(max_examples=100, deadline=None)
@given(seeds)
def test_regions_within_a_part_of_all_values_hold_what_lies_there(seed: int) -> None:
    random, pathway, compiled, twin = world(seed)
    counts = cases_of(compiled)
    universe = tuple(
        tuple(sorted(random.sample(values, random.randint(1, len(values)))))
        if not isinstance(pathway.factors[compiled.space.owners[level]], MultiFactor)
        else values
        for level, values in enumerate(compiled.free)
    )
    every_case = [(case, placed(compiled, case)) for case in twin.cases]
    there = [(case, at) for case, at in every_case if inside(at, universe)]
    for node, function in functions(compiled, twin):
        found = cover(counts, node, universe, 1000)
        assert found.left == FALSE
        for region in found.implicants:
            for own, every in zip(region, universe, strict=True):
                assert own == tuple(value for value in every if value in own)
        for case, at in there:
            within = [inside(at, region) for region in found.implicants]
            assert [holds(compiled, held, at) for held in found.functions] == within
            assert function(case) == any(within)

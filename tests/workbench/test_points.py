"""Edits of points, and the bands that cases add, against enumeration."""

from decimal import Decimal
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reasoning.brute import Brute, Case, WorkedOut, brute, cases, passes
from tests.reasoning.pathways import random_answers, random_pathway
from tests.small import PARK
from tests.workbench.expecting import confirmed, silent
from tests.workbench.test_deep import every_function
from tests.workbench.test_scoring import seen
from wizard.case.answers import NO_ANSWERS
from wizard.engine.compiling import compile_pathway
from wizard.pathway.factors import DerivedFactor
from wizard.pathway.format.reading import read_pathway
from wizard.pathway.model import Pathway
from wizard.record import replace
from wizard.workbench.covering import Part, coverage
from wizard.workbench.effects import Consequences
from wizard.workbench.points import points_mutants
from wizard.workbench.rule_functions import compiled_for_work

seeds = st.integers(0, 2**32 - 1)


def adding(random: Random) -> tuple[Pathway, DerivedFactor]:
    """A small random pathway with a factor that adds points."""
    while True:
        pathway = random_pathway(random)
        found = [f for f in pathway.factors.values() if isinstance(f, DerivedFactor) and f.points]
        if found and len(brute(pathway, NO_ANSWERS).cases) <= 60:
            return pathway, found[0]


@settings(max_examples=25, deadline=None)
@given(seeds)
def test_an_edit_of_points_has_the_effects_of_enumeration(seed: int) -> None:
    random = Random(seed)
    pathway, factor = adding(random)
    compiled, functions = compiled_for_work(pathway)
    consequences = Consequences(compiled, functions)
    every = list(points_mutants(pathway, factor))
    assert every
    for mutant in random.sample(every, min(4, len(every))):
        effects = consequences.of_derived(mutant.edited)
        assert effects is not None  # one sum always lies in one value's range
        edited = replace(pathway, factors={**pathway.factors, factor.id: mutant.edited})
        answers = random_answers(random, pathway.factors)
        if not effects:
            assert seen(brute(pathway, answers), answers) == seen(brute(edited, answers), answers)
        if outcomes(pathway) == outcomes(edited):
            assert not effects


NUMBERS = frozenset(Decimal(number) / 2 for number in range(20))
"""Numbers on both sides of every bound, and of every bound that is moved."""


def outcomes(pathway: Pathway) -> set[tuple[object, ...]]:
    """What every function of a pathway is in each case, told by what is answered in it."""
    twin = Brute(pathway, tuple(cases(pathway, NUMBERS)))
    functions = every_function(twin)
    return {
        (
            *((f, v) for f, v in case.items() if not isinstance(v, WorkedOut)),
            *(function(case) for function in functions),
        )
        for case in twin.cases
    }


@settings(max_examples=40, deadline=None)
@given(seeds)
def test_a_band_is_reached_where_every_completion_adds_it(seed: int) -> None:
    random = Random(seed)
    pathway, _ = adding(random)
    every = [random_answers(random, pathway.factors) for _ in range(3)]
    compiled = compile_pathway(pathway)
    found = coverage(pathway, confirmed(compiled, every), silent)
    bands = {
        (factor.id, at, place)
        for factor in pathway.factors.values()
        if isinstance(factor, DerivedFactor)
        for at, points in enumerate(factor.points)
        for place in range(len(points.branches))
    }
    twin = brute(pathway, NO_ANSWERS)
    assert found.total[Part.POINTS] == sum(
        any(adds(pathway, case, *band) for case in twin.cases) for band in bands
    )
    completions = [brute(pathway, answers).completions(answers) for answers in every]
    assert found.reached[Part.POINTS] == sum(
        any(all(adds(pathway, case, *band) for case in among) for among in completions)
        for band in bands
    )
    examples = [miss.example for miss in found.misses if miss.part is Part.POINTS]
    more = [each for each in examples if each is not None]
    assert len(more) == len(examples)
    again = coverage(pathway, confirmed(compiled, [*every, *more]), silent)
    assert again.reached[Part.POINTS] == again.total[Part.POINTS]


def adds(pathway: Pathway, case: Case, name: str, at: int, place: int) -> bool:
    """Whether a case adds one band of the points of a factor that is worked out in it."""
    factor = pathway.factors[name]
    assert isinstance(factor, DerivedFactor)
    if not isinstance(case.get(name), WorkedOut):
        return False
    points = factor.points[at]
    passed = [passes(branch.test, case[points.factor]) for branch in points.branches]
    return passed.index(True) == place


def test_edits_and_bands_are_told_in_the_words_of_the_questions() -> None:
    pathway = read_pathway(PARK)
    strength = pathway.factors["strength"]
    assert isinstance(strength, DerivedFactor)
    whats = {mutant.what for mutant in points_mutants(pathway, strength)}
    assert "Height: below 10 m gives 2 and not 1" in whats
    assert "Height: the bound 10 becomes 9" in whats
    assert "Strength: the sum from 6 becomes from 7" in whats
    missed = [miss for miss in coverage(pathway, {}, silent).misses if miss.part is Part.POINTS]
    assert "points of strength: Height, below 10 m" in {miss.what for miss in missed}

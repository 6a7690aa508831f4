"""Drawn cases: possible ones only, every region reached, and what is said of them is so."""

from collections import Counter
from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.practice.worlds import practised, shipped, world
from tests.reasoning.brute import Case, WorkedOut, brute, fits, walk
from tests.small import factor_of
from wizard.case.answers import Answer, Answers, ChoiceAnswer, MultiAnswer, NumberAnswer, Unknown
from wizard.engine.diagrams import settled
from wizard.pathway.factors import ChoiceFactor, MultiFactor, named_values
from wizard.pathway.model import AlertLevel, Pathway, Status
from wizard.practice.case_pool import target
from wizard.practice.cases import case_for, lies_in, partner, tell
from wizard.practice.items import About
from wizard.practice.regions import allowed_in
from wizard.practice.sampling import answers_of, draw_assignment, with_unknowns
from wizard.practice.tasks import Curriculum, Drill, TaskKind
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState

seeds = st.integers(0, 2**32 - 1)


def chance(seed: int) -> Random:
    return Random(seed)


@pytest.fixture(scope="module")
def real() -> Curriculum:
    return shipped()


def drills(curriculum: Curriculum) -> list[Drill]:
    return [Drill(item, place) for item in curriculum.items.values() for place in item.occurrences]


def value(answer: Answer) -> object:
    match answer:
        case ChoiceAnswer(values=values):
            (only,) = values
            return only
        case MultiAnswer(present=present):
            return present
        case NumberAnswer(value=number):
            return number
    raise AssertionError(answer)


def whole_case(answers: Answers) -> Case:
    return {factor: value(answer) for factor, answer in answers.items()}  # type: ignore[misc]  # a value of its factor


def faults(pathway: Pathway, case: Case) -> Iterator[str]:
    """What is impossible in a case, or in doubt, by the plain walk of the pathway's trees."""
    for factor in pathway.factors.values():
        rule = factor.applies_when
        applies = rule is None or walk(pathway, rule.tree, case)
        if factor.record_only is None and applies != (factor.id in case):
            yield f"{factor.id} applies: {applies}"
        if (
            isinstance(factor, MultiFactor)
            and factor.at_least
            and case.get(factor.id) == frozenset()
        ):
            yield f"{factor.id} is empty"
    for alert in pathway.alerts.values():
        silenced = alert.unless is not None and walk(pathway, alert.unless.tree, case)
        checks = alert.level is AlertLevel.CHECK_ANSWERS and not silenced
        if checks and walk(pathway, alert.when.tree, case):
            yield f"{alert.id} is raised"


@pytest.mark.slow
def test_no_case_of_100_000_is_impossible_and_every_region_is_reached(real: Curriculum) -> None:
    random, compiled = chance(1), real.compiled
    every = drills(real)
    regions = [drill.occurrence.region for drill in every]
    goals = [target(real.pool, region) for region in regions]
    boxes = [allowed_in(real.pool.diagrams, region) for region in regions]
    drawn: Counter[tuple[int, ...]] = Counter()
    for number in range(100_000):
        turn = number % len(goals)
        whole = draw_assignment(real.pool, goals[turn], random)
        assert all(value in box for value, box in zip(whole, boxes[turn], strict=True))
        drawn[whole] += 1
    # Each different case once: more than half of them are.
    assert len(drawn) > 50_000
    for number, whole in enumerate(drawn):
        if number % 4 == 0:
            case = whole_case(answers_of(compiled, whole, random))
            assert list(faults(real.pathway, case)) == []
        fixed = [(value,) for value in whole]
        assert settled(compiled.diagrams, real.pool.plausible, fixed, wanted=True)


def test_every_item_of_the_shipped_pathway_holds_in_its_cases(real: Curriculum) -> None:
    random, compiled = chance(2), real.compiled
    for drill in drills(real):
        told = case_for(real, TaskKind.OPTIONS, drill, 0.6, random)
        assessment = assess(compiled, told.answers)
        wanted = Status.DESCRIBED if drill.item.holds else Status.NOT_DESCRIBED
        if drill.item.about is About.OPTION:
            assert assessment.options[drill.occurrence.owner].status is wanted
        elif drill.item.about is About.CLAIM:
            statements = assessment.options[drill.occurrence.owner].statements
            assert statements[drill.occurrence.statement or ""] is wanted
        else:
            assert drill.occurrence.owner in assessment.alerts
        raised = {
            real.pathway.alerts[alert].level
            for alert, state in assessment.alerts.items()
            if state is AlertState.RAISED
        }
        assert AlertLevel.CHECK_ANSWERS not in raised
        assert assessment.parked == ()


def test_about_the_chosen_share_of_the_questions_is_not_known(real: Curriculum) -> None:
    random, compiled = chance(3), real.compiled
    goal = target(real.pool, ())
    for share in (0.0, 0.3, 0.8):
        asked = known = 0
        for _ in range(1500):
            answers = answers_of(compiled, draw_assignment(real.pool, goal, random), random)
            fewer = with_unknowns(compiled, answers, (), share, random)
            # Only what has no question behind it: that one goes with its parent.
            asked += len(answers.keys() - {"spread_sites"})
            known += sum(fewer.get(f) == answers[f] for f in answers if f != "spread_sites")
        assert abs(known / asked - (1 - share)) < 0.06


def test_what_was_looked_for_and_not_found_is_told_as_answered(real: Curriculum) -> None:
    factor = factor_of(real.pathway, "site", ChoiceFactor)
    whole = next(group for group in factor.groups.values() if group.whole)
    told = [
        tell(real, case_for(real, TaskKind.OPTIONS, drill, 0.6, chance(number)).answers)
        for number, drill in enumerate(drills(real))
    ]
    given = [each for each in told if each.answers.get("site") == Unknown(whole.id)]
    assert given
    for each in told:
        assert ((whole.phrase or whole.label) in each.story) == (each in given)


def test_a_partner_differs_in_one_answer_and_in_the_outcome(real: Curriculum) -> None:
    random, pairs = chance(4), 0
    for drill in drills(real):
        if drill.item.about is not About.OPTION:
            continue
        told = case_for(real, TaskKind.OPTIONS, drill, 0.3, random)
        other = partner(real, told, drill.occurrence.owner, random)
        if other is None:
            continue
        pairs += 1
        before = assess(real.compiled, told.answers).options[drill.occurrence.owner].status
        after = assess(real.compiled, other.answers).options[drill.occurrence.owner].status
        assert {before, after} == {Status.DESCRIBED, Status.NOT_DESCRIBED}
        applying = assess(real.compiled, other.answers).applies
        changed = {
            factor
            for factor in told.answers
            if applying[factor] is Status.DESCRIBED
            and other.answers.get(factor) != told.answers[factor]
        }
        assert len(changed) == 1
        assert other.answers.keys() <= told.answers.keys()
        assert other.lead is not None
    assert pairs > 30


@pytest.mark.slow
@settings(max_examples=150, deadline=None)
@given(seeds, st.booleans())
def test_drawn_cases_of_random_pathways_are_cases_with_the_outcome(
    seed: int, by_leaves: bool
) -> None:
    random = chance(seed)
    pathway = world(random)
    curriculum = practised(pathway, by_leaves=by_leaves)
    for drill in random.sample(drills(curriculum), min(12, len(drills(curriculum)))):
        told = case_for(curriculum, TaskKind.OPTIONS, drill, 0.4, random)
        twin = brute(pathway, told.answers)
        completions = twin.completions(told.answers)
        assert completions
        assert all(any(f in case for case in completions) for f in told.answers)
        if drill.item.about is About.OPTION:
            described = twin.option(drill.occurrence.owner)
            assert {described(case) for case in completions} == {drill.item.holds}
        raised = [a for a, state in twin.alerts(told.answers).items() if state == "raised"]
        assert not any(pathway.alerts[a].level is AlertLevel.CHECK_ANSWERS for a in raised)


@settings(max_examples=100, deadline=None)
@given(seeds, st.booleans())
def test_every_case_that_may_be_told_lies_in_a_region_of_each_option(
    seed: int, by_leaves: bool
) -> None:
    random = chance(seed)
    pathway = world(random)
    curriculum = practised(pathway, by_leaves=by_leaves)
    twin = brute(pathway, Answers({}))
    points = twin.asked_cases
    for case in random.sample(points, min(20, len(points))):
        if list(faults(pathway, case)):
            continue
        asked = {f: v for f, v in case.items() if not isinstance(v, WorkedOut)}
        answers = Answers({f: _answer(pathway, f, v) for f, v in asked.items()})
        assert all(fits(case[f], answer) for f, answer in answers.items())
        for option in curriculum.compiled.options:
            if all(map(twin.option(option), points)):
                continue
            held = [
                item
                for item in curriculum.items.values()
                if item.subject == option
                and lies_in(curriculum.compiled, answers, item.occurrences[0].region)
            ]
            told = {item.holds for item in held}
            assert told == {twin.option(option)(case)} or not (
                told or any(map(twin.option(option), points))
            )


def _answer(pathway: Pathway, factor: str, given: object) -> Answer:
    if isinstance(given, str):
        return ChoiceAnswer(frozenset({given}))
    if isinstance(given, frozenset):
        return MultiAnswer(given, frozenset(named_values(pathway.factors[factor])) - given)
    return NumberAnswer(given)  # type: ignore[arg-type]  # a decimal is what is left


def test_cases_are_the_same_from_the_same_seed(real: Curriculum) -> None:
    drill = drills(real)[40]
    told = [case_for(real, TaskKind.REASON, drill, 0.3, chance(seed)) for seed in (5, 5, 6)]
    assert told[0] == told[1] != told[2]

"""A case that surely meets a function, with as few answers as any.

It is the nearest change from a case without answers (`reasoning.changes`).  Where the search for it
stops at its bound, the shortest of some prime implicants is taken in its place, which may have more
answers than needed (`engine.covers`).
"""

from typing import Final

from wizard.case.answers import (
    NO_ANSWERS,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
)
from wizard.case.transitions import closed_answer
from wizard.engine.compiling import Compiled
from wizard.engine.counting import cases_of
from wizard.engine.covers import cover
from wizard.engine.diagrams import Allowed, Node
from wizard.pathway.factors import NOT_DONE, MultiFactor, NumberFactor
from wizard.pathway.ranges import number_in
from wizard.pathway.trees import Range
from wizard.reasoning.assessing import assess
from wizard.reasoning.assessment import AlertState
from wizard.reasoning.changes import MOST_STEPS, nearest_changes
from wizard.reasoning.value_sets import ValueSet, value_set

_RAISED: Final = AlertState.RAISED
_MOST_IMPLICANTS: Final = 30
"""Prime implicants among which the shortest is taken."""


def case_that_meets(compiled: Compiled, function: Node, most: int = MOST_STEPS) -> Answers | None:
    """Answers all of whose completions make a function true; None where there is no such case.

    Of several values that serve, the first of the factor's own order is answered.  `most` bounds
    the search for the fewest answers.
    """
    found = nearest_changes(compiled, NO_ANSWERS, function, wanted=True, most=most)
    if found.changes:
        nearest = found.changes[0].answers
    elif found.complete:
        return None
    else:
        nearest = _of_a_region(compiled, function)
    answers = Answers({name: _one(compiled, name, values) for name, values in nearest.items()})
    return answers if compiled.settles(answers, function, wanted=True) else None


def case_that_raises(compiled: Compiled, alert: str) -> Answers | None:
    """Answers with which an alert is raised; None where there are none.

    If any, it is raised in each of their completions; else only as long as answers are missing
    that would rule out an option which it is about.
    """
    functions = compiled.alerts[alert]
    for function in (functions.raised, functions.when):
        answers = case_that_meets(compiled, function)
        if answers is not None and assess(compiled, answers).alerts.get(alert) is _RAISED:
            return answers
    return None


def _of_a_region(compiled: Compiled, function: Node) -> dict[str, ValueSet]:
    """The shortest of some regions of a function."""
    cases = cases_of(compiled)
    universe = tuple(
        tuple(value for value in allowed if value in own)
        for allowed, own in zip(cases.universe(), compiled.space.unless_answered, strict=True)
    )
    regions = cover(cases, function, universe, _MOST_IMPLICANTS).implicants
    asked = [_restricted(compiled, region, universe) for region in regions]
    place = min(range(len(regions)), key=lambda place: len(asked[place]), default=None)
    if place is None:
        return {}
    return {name: value_set(compiled.space, name, regions[place]) for name in asked[place]}


def _restricted(compiled: Compiled, region: Allowed, universe: Allowed) -> tuple[str, ...]:
    """The factors of which a region does not take every value."""
    pairs = enumerate(zip(region, universe, strict=True))
    return compiled.space.factors_of(sum(1 << at for at, (own, every) in pairs if own != every))


def _one(compiled: Compiled, name: str, values: ValueSet) -> Answer:
    """One answer out of a set of values."""
    factor = compiled.pathway.factors[name]
    match factor, values:
        case _, ChoiceAnswer(values=chosen):
            order = [value for value in compiled.space.values_of(name) if value in chosen]
            return ChoiceAnswer(frozenset(each for each in order[:1] if each is not None))
        case NumberFactor(), Range() as one:
            return NumberAnswer(number_in(factor, one))
        case NumberFactor(), RangesAnswer(ranges):
            return NumberAnswer(number_in(factor, ranges[0]))
        case MultiFactor() as multi, MultiAnswer(present, absent):
            if not present and absent == {NOT_DONE}:
                # That it was done is not an answer: what was found is.
                return closed_answer(multi, list(multi.members)[: multi.at_least])
            return values
        case _:
            raise TypeError(values)

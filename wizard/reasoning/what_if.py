"""What if an answer were another: each alternative of a factor, and what it would show."""

from collections.abc import Iterator, Mapping

from wizard.case.answers import (
    MULTI_NOT_DONE,
    UNKNOWN,
    Answer,
    Answers,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    Unknown,
)
from wizard.engine.compiling import Compiled
from wizard.engine.restriction import Restriction
from wizard.engine.space import CaseSpace
from wizard.pathway.factors import ChoiceFactor, DerivedFactor, MultiFactor, NumberFactor
from wizard.pathway.trees import Range
from wizard.reasoning.assessment import Assessment
from wizard.reasoning.case_diff import Moved, moved
from wizard.reasoning.showing import Nearby, nearby
from wizard.reasoning.value_sets import ValueSet, answered, fits
from wizard.record import Record


class Alternative(Record):
    """Another answer to a factor, and what would show differently with it.

    `values` is what the answer says; for a number it is the range within which every number has
    the same effect, and `answer` the least of it.
    """

    answer: Answer
    values: ValueSet | Unknown
    moved: Moved


class WhatIf(Record):
    """A factor and its alternatives, in the factor's own order; `not known` last."""

    factor: str
    alternatives: tuple[Alternative, ...]

    @property
    def alike(self) -> Mapping[Moved, list[int]]:
        """The numbers of the alternatives by what they would show differently."""
        together: dict[Moved, list[int]] = {}
        for number, each in enumerate(self.alternatives):
            together.setdefault(each.moved, []).append(number)
        return together


def what_if(compiled: Compiled, answers: Answers, factor: str, now: Assessment) -> WhatIf:
    """Each alternative of one factor; `now` is the assessment of the answers.

    A choice has each of its values; a multi each member as present or absent beside what is said
    of the others, none, and not done; a number each range that the pathway's trees tell apart.
    """
    return _what_if(answers, factor, nearby(compiled, now.showing))


def whole_case(compiled: Compiled, answers: Answers, now: Assessment) -> tuple[WhatIf, ...]:
    """The alternatives of every answered factor that is not parked, in the order of the walk."""
    near = nearby(compiled, now.showing)
    return tuple(
        _what_if(answers, factor, near)
        for factor in compiled.pathway.factors
        if answers.get(factor, UNKNOWN) != UNKNOWN and factor not in now.parked
    )


def _what_if(answers: Answers, factor: str, near: Nearby) -> WhatIf:
    compiled = near.compiled
    found = []
    for answer, values in _alternatives(compiled, factor, answers.get(factor, UNKNOWN)):
        allowed = compiled.space.allowed(answers.with_answer(factor, answer))
        after = near.after(Restriction(compiled.diagrams, allowed), factor)
        found.append(Alternative(answer, values, moved(near.shown, after)))
    return WhatIf(factor, tuple(found))


def _alternatives(
    compiled: Compiled, name: str, given: Answer
) -> Iterator[tuple[Answer, ValueSet | Unknown]]:
    factor = compiled.pathway.factors[name]
    match factor:
        case NumberFactor():
            for answer, interval in _ranges(compiled.space, name):
                if not fits(given, interval):
                    yield answer, interval
        case DerivedFactor(may_be_answered=False):
            return
        case ChoiceFactor():
            for value in factor.values:
                single = ChoiceAnswer(frozenset([value]))
                if single != given:
                    yield single, single
        case MultiFactor():
            yield from ((each, each) for each in _multis(factor, given))
    if answered(given):
        yield UNKNOWN, UNKNOWN


def _ranges(space: CaseSpace, factor: str) -> Iterator[tuple[NumberAnswer, Range]]:
    for interval in range(len(space.cuts[factor]) + 1):
        yield NumberAnswer(space.number_in(factor, interval)), space.interval(factor, interval)


def _multis(factor: MultiFactor, given: Answer) -> Iterator[MultiAnswer]:
    """Each member as present, each as absent, none present and not done, where that is new and a
    valid answer.
    """
    nothing = MultiAnswer(frozenset(), frozenset())
    old = given if isinstance(given, MultiAnswer) and given != MULTI_NOT_DONE else nothing
    everyone = frozenset(factor.members)
    found = [
        *(MultiAnswer(old.present | {one}, old.absent - {one}) for one in factor.members),
        *(MultiAnswer(old.present - {one}, old.absent | {one}) for one in factor.members),
        MultiAnswer(frozenset(), everyone),
        *([MULTI_NOT_DONE] if factor.not_done else []),
    ]
    for answer in dict.fromkeys(found):
        if answer not in (old, given) and not (factor.at_least and answer.absent == everyone):
            yield answer

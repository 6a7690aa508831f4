"""Sets of values of one factor, and what they allow its variables."""

from collections.abc import Sequence

from wizard.case.answers import (
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.engine.compiling import Compiled
from wizard.engine.space import CaseSpace
from wizard.pathway.factors import NOT_DONE, ChoiceFactor, MultiFactor, NumberFactor, named_values
from wizard.pathway.ranges import holds_all, lies_in, united
from wizard.pathway.trees import Range

ValueSet = ChoiceAnswer | MultiAnswer | Range | RangesAnswer
"""One of these values of a choice, this said of a multi's members, or a number in this range, or in
one of several.  Of a multi `not_done` is present where it was not done, and absent where it is only
known that it was.

A bound of a range is None where the factor itself bounds it.
"""


def answered(answer: Answer | None) -> bool:
    """Whether an answer says anything."""
    return not isinstance(answer, Unknown | None)


def value_set(space: CaseSpace, factor: str, allowed: Sequence[tuple[int, ...]]) -> ValueSet:
    """The values of a factor that the allowed values of its variables stand for."""
    own = space.levels[factor]
    match space.factors[factor]:
        case ChoiceFactor():
            ids = space.values_of(factor)
            chosen = (ids[index] for index in allowed[own.start])
            return ChoiceAnswer(frozenset(value for value in chosen if value is not None))
        case MultiFactor() as multi:
            said = dict(zip(named_values(multi), allowed[own.start : own.stop], strict=True))
            present = frozenset(member for member, values in said.items() if values == (1,))
            absent = frozenset(member for member, values in said.items() if values == (0,))
            if NOT_DONE in present:
                return MultiAnswer(frozenset((NOT_DONE,)), frozenset())
            # Whatever is said of a member says that it was looked for.
            looked_for = absent - {NOT_DONE}
            return MultiAnswer(present, looked_for if present or looked_for else absent)
        case NumberFactor():
            ranges = united(space.interval(factor, interval) for interval in allowed[own.start])
            return ranges[0] if len(ranges) == 1 else RangesAnswer(ranges)


def narrow_to(
    compiled: Compiled, allowed: list[tuple[int, ...]], factor: str, to: ValueSet | Answer
) -> None:
    """Write into `allowed` what a set of values allows."""
    if not isinstance(to, Range):
        compiled.space.narrow(allowed, factor, to)
        return
    cuts = compiled.space.cuts[factor]
    first = 0 if to.low is None else cuts.index(to.low) + 1
    last = len(cuts) if to.high is None else cuts.index(to.high)
    allowed[compiled.space.levels[factor].start] = tuple(range(first, last + 1))


def fits(answer: Answer, within: ValueSet) -> bool:
    """Whether everything that an answer allows lies in a set of values of the same factor."""
    match answer, within:
        case ChoiceAnswer(), ChoiceAnswer():
            return answer.values <= within.values
        case MultiAnswer(), MultiAnswer():
            # Whatever is said of a member says that it was looked for.
            absent = answer.absent | ({NOT_DONE} - answer.present)
            return within.present <= answer.present and within.absent <= absent
        case NumberAnswer() | RangesAnswer(), Range() | RangesAnswer():
            return _in_ranges(answer, within)
        case _:
            return False


def _in_ranges(answer: NumberAnswer | RangesAnswer, within: Range | RangesAnswer) -> bool:
    wholes = within.ranges if isinstance(within, RangesAnswer) else (within,)
    if isinstance(answer, NumberAnswer):
        return any(lies_in(answer.value, each) for each in wholes)
    return all(any(holds_all(each, part) for each in wholes) for part in answer.ranges)

"""The space of cases: which variables a pathway's factors are, and which values answers allow.

Theory of operation.  A choice is one variable; a multi is one two-valued variable for each member
(absent, present); a number is one variable whose values are the intervals that the pathway's trees
tell apart.  The variable of a derived factor is the answer that was given to it: its first value,
`WORKED_OUT`, is that none was, and stands for what the factor is by the answers before it.  One
that may not be answered has no other.

A factor that does not apply may take any of its answered values here.  That changes nothing: a
tree asks a factor only where its path implies that the factor applies, so every case extends to
such assignments, and every assignment restricts to a case, with the same outcomes.

A number is cut at the bounds that any tree compares it with, as a timed automaton's clock is cut
into regions (R. Alur and D. L. Dill, "A theory of timed automata", Theoretical Computer Science
126, 1994): no tree can tell two numbers of one interval apart, so that finitely many intervals are
exact.

Cost.  One pass over all trees for the bounds; `allowed` takes time in the answers given and in
nothing else but a copy.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final

from wizard.case.answers import (
    Answer,
    ChoiceAnswer,
    MultiAnswer,
    NumberAnswer,
    RangesAnswer,
    Unknown,
)
from wizard.engine.diagrams import Allowed
from wizard.pathway.model import (
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    Pathway,
    named_values,
)
from wizard.pathway.owned_rules import points_of, rules
from wizard.pathway.ranges import meet, number_in
from wizard.pathway.trees import Range, every_test

WORKED_OUT: Final = 0
"""The value of a derived factor's variable where no answer was given to it."""


@dataclass(frozen=True)
class CaseSpace:
    """The variables of a pathway, in the order of the walk.

    `sizes` has the number of values of each variable; `levels` the variables of each factor;
    `cuts` the ascending bounds between a number's intervals; `owners` each variable's factor.
    """

    factors: Mapping[str, Factor]
    sizes: tuple[int, ...]
    levels: Mapping[str, range]
    cuts: Mapping[str, tuple[Decimal, ...]]
    owners: tuple[str, ...]

    def allowed(self, answers: Mapping[str, Answer]) -> Allowed:
        """The values that every variable may have under the answers."""
        values = list(self.unless_answered)
        for factor, answer in answers.items():
            self.narrow(values, factor, answer)
        return tuple(values)

    @cached_property
    def free(self) -> Allowed:
        """Every value of every variable."""
        return tuple(tuple(range(size)) for size in self.sizes)

    @cached_property
    def unless_answered(self) -> Allowed:
        """What every variable may be where nothing is answered: what is derived is worked out."""
        values = list(self.free)
        for level in self.derived_levels:
            values[level] = (WORKED_OUT,)
        return tuple(values)

    def unanswered(self, allowed: Sequence[tuple[int, ...]]) -> Allowed:
        """What every variable could have under other answers to the same factors.

        A derived factor to which none was given is still worked out.
        """
        values = list(self.free)
        for level in self.derived_levels:
            if allowed[level] == (WORKED_OUT,):
                values[level] = (WORKED_OUT,)
        return tuple(values)

    @cached_property
    def derived_levels(self) -> tuple[int, ...]:
        """The variables of derived factors."""
        return tuple(
            self.levels[name].start
            for name, factor in self.factors.items()
            if isinstance(factor, DerivedFactor)
        )

    def narrow(self, values: list[tuple[int, ...]], factor: str, answer: Answer) -> None:
        """Write into `values` what one answer allows."""
        first = self.levels[factor].start
        match answer:
            case Unknown():
                if isinstance(self.factors[factor], DerivedFactor):
                    values[first] = (WORKED_OUT,)
            case ChoiceAnswer(values=chosen):
                ids = self.values_of(factor)
                values[first] = tuple(v for v, value in enumerate(ids) if value in chosen)
            case NumberAnswer(value=number):
                values[first] = (bisect_right(self.cuts[factor], number),)
            case RangesAnswer(ranges=ranges):
                values[first] = tuple(
                    interval
                    for interval in range(len(self.cuts[factor]) + 1)
                    if any(meet(part, self.interval(factor, interval)) for part in ranges)
                )
            case MultiAnswer(present=present, absent=absent):
                for level, member in enumerate(named_values(self.factors[factor]), first):
                    if member in present:
                        values[level] = (1,)
                    elif member in absent:
                        values[level] = (0,)

    def values_of(self, factor: str) -> tuple[str | None, ...]:
        """What each value of a choice's variable stands for; None where it is worked out."""
        ids = tuple(named_values(self.factors[factor]))
        if not isinstance(self.factors[factor], DerivedFactor):
            return ids
        return (None, *ids)[: self.sizes[self.levels[factor].start]]

    def member_level(self, factor: str, member: str) -> int:
        """The variable of one member of a multi."""
        return self.levels[factor].start + tuple(named_values(self.factors[factor])).index(member)

    def interval(self, factor: str, interval: int) -> Range:
        """One of the ranges of a number that the pathway's trees tell apart."""
        bounds = (None, *self.cuts[factor], None)
        return Range(bounds[interval], bounds[interval + 1])

    def number_in(self, factor: str, interval: int) -> Decimal:
        """The lowest number of an interval, or a round one just above where it has no lowest."""
        match self.factors[factor]:
            case NumberFactor() as number:
                return number_in(number, self.interval(factor, interval))
            case other:
                raise TypeError(other)

    def factors_of(self, levels: int) -> tuple[str, ...]:
        """The factors that own any of these variables (given as bits), in the walk's order."""
        found = []
        while levels:
            owner = self.owners[(levels & -levels).bit_length() - 1]
            end = self.levels[owner].stop
            levels = levels >> end << end
            found.append(owner)
        return tuple(found)


def case_space(
    pathway: Pathway, further: Mapping[str, Iterable[Decimal]] | None = None
) -> CaseSpace:
    """The space of a pathway's cases; `further` has more bounds of its numbers to tell apart."""
    return space_of(pathway.factors, _cuts(pathway, further or {}))


def space_of(factors: Mapping[str, Factor], cuts: Mapping[str, tuple[Decimal, ...]]) -> CaseSpace:
    """The space of factors whose numbers are told apart at these bounds."""
    sizes: list[int] = []
    levels: dict[str, range] = {}
    owners: list[str] = []
    for name, factor in factors.items():
        own = _sizes(name, factor, cuts)
        levels[name] = range(len(sizes), len(sizes) + len(own))
        sizes.extend(own)
        owners.extend([name] * len(own))
    return CaseSpace(factors, tuple(sizes), levels, cuts, tuple(owners))


def _sizes(name: str, factor: Factor, cuts: Mapping[str, tuple[Decimal, ...]]) -> list[int]:
    match factor:
        case DerivedFactor():
            return [1 + factor.may_be_answered * len(factor.values)]
        case ChoiceFactor():
            return [len(factor.values)]
        case MultiFactor():
            return [2] * len(factor.members)
        case NumberFactor():
            return [len(cuts[name]) + 1]


def _cuts(
    pathway: Pathway, further: Mapping[str, Iterable[Decimal]]
) -> dict[str, tuple[Decimal, ...]]:
    numbers = [each for each in pathway.factors.values() if isinstance(each, NumberFactor)]
    found = {number.id: set(further.get(number.id, ())) for number in numbers}
    for rule in rules(pathway):
        for factor, test, _ in every_test(rule.tree):
            if isinstance(test, Range):
                found[factor].update(test.bounds)
    for points in points_of(pathway):
        for branch in points.branches:
            if isinstance(branch.test, Range):
                found[points.factor].update(branch.test.bounds)
    return {
        number.id: tuple(
            cut for cut in sorted(found[number.id]) if number.minimum < cut <= number.maximum
        )
        for number in numbers
    }

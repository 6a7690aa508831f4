"""The space of cases: which variables a pathway's factors are, and which values answers allow.

Theory of operation.  A choice is one variable; a multi is one two-valued variable for each member
(absent, present); a number is one variable whose values are the intervals that the pathway's trees
tell apart.  That it was not done is one more value of a choice, and the last interval of a number.
A multi has a variable of its own for it, before those of its members, which no function asks then,
as where a factor does not apply.  The variable of a derived factor is the answer that was given to
it: its first value, `WORKED_OUT`, is that none was, and stands for what the factor is by the
answers before it.  One that may not be answered has no other.

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

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
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
from wizard.pathway.factors import (
    NOT_DONE,
    ChoiceFactor,
    DerivedFactor,
    Factor,
    MultiFactor,
    NumberFactor,
    named_values,
)
from wizard.pathway.model import Pathway
from wizard.pathway.owned_rules import points_of, rules
from wizard.pathway.ranges import meet, number_in
from wizard.pathway.trees import BEYOND, Ask, Range, Requirement, Tree, own_tests, parts
from wizard.record import Record

WORKED_OUT: Final = 0
"""The value of a derived factor's variable where no answer was given to it."""


class CaseSpace(Record):
    """The variables of a pathway.

    `factors` and `levels`, the variables of each, are in the order of the walk, the variables in
    that of `ordering`: `walk` has each variable's place in the walk.  `sizes` has the number of
    values of each variable; `cuts` the ascending bounds between a number's intervals; `owners`
    each variable's factor.
    """

    __slots__ = ("__dict__",)

    factors: Mapping[str, Factor]
    sizes: tuple[int, ...]
    levels: Mapping[str, range]
    cuts: Mapping[str, tuple[Decimal, ...]]
    owners: tuple[str, ...]
    walk: tuple[int, ...]

    @cached_property
    def follows_walk(self) -> bool:
        """Whether the variables are in the order of the walk."""
        return self.walk == tuple(range(len(self.walk)))

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
            case ChoiceAnswer(values=chosen):
                own = self._named[factor]
                values[first] = tuple(sorted([own[value] for value in chosen if value in own]))
            case MultiAnswer():
                self._narrow_members(values, factor, answer)
            case Unknown():
                if isinstance(self.factors[factor], DerivedFactor):
                    values[first] = (WORKED_OUT,)
            case NumberAnswer(value=number):
                values[first] = (sum(cut <= number for cut in self.cuts[factor]),)
            case RangesAnswer(ranges=ranges):
                values[first] = tuple(
                    interval
                    for interval in range(len(self.cuts[factor]) + 1)
                    if any(meet(part, self.interval(factor, interval)) for part in ranges)
                )

    def _narrow_members(
        self, values: list[tuple[int, ...]], factor: str, answer: MultiAnswer
    ) -> None:
        """Whatever is said of a member says that it was looked for."""
        own = self._named[factor]
        if NOT_DONE in own and (answer.present or answer.absent):
            values[own[NOT_DONE]] = (0,)
        for said, members in (((0,), answer.absent), ((1,), answer.present)):
            for member in members:
                if member in own:
                    values[own[member]] = said

    def values_of(self, factor: str) -> tuple[str | None, ...]:
        """What each value of a choice's variable stands for; None where it is worked out."""
        return self._values[factor]

    @cached_property
    def _values(self) -> Mapping[str, tuple[str | None, ...]]:
        return {
            name: (None, *factor.values)[: self.sizes[self.levels[name].start]]
            if isinstance(factor, DerivedFactor)
            else tuple(factor.values)
            for name, factor in self.factors.items()
            if isinstance(factor, ChoiceFactor)
        }

    def member_level(self, factor: str, member: str) -> int:
        """The variable of one member of a multi."""
        return self._named[factor][member]

    @cached_property
    def _named(self) -> Mapping[str, Mapping[str, int]]:
        """By the id of a choice's value its number, by that of a multi's member its variable."""
        named = {
            name: {value: n for n, value in enumerate(values) if value is not None}
            for name, values in self._values.items()
        }
        for name, factor in self.factors.items():
            if isinstance(factor, MultiFactor):
                named[name] = dict(zip(named_values(factor), self.levels[name], strict=True))
        return named

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
        if not self.follows_walk:
            found.sort(key=lambda owner: self.walk[self.levels[owner].start])
        return tuple(found)


def case_space(
    pathway: Pathway, further: Mapping[str, Iterable[Decimal]] | None = None
) -> CaseSpace:
    """The space of a pathway's cases; `further` has more bounds of its numbers to tell apart."""
    # Imported on first use: what was compiled before has its order.
    from wizard.engine.ordering import variable_order, wide_conditions

    written = parts_of(pathway)
    order = variable_order(tuple(pathway.factors), wide_conditions(pathway, written))
    return space_of(pathway.factors, cuts_of(pathway, written, further or {}), order)


def parts_of(pathway: Pathway) -> list[Tree]:
    """Every part of every rule of a pathway."""
    return [part for rule in rules(pathway) for part in parts(rule.tree)]


def space_of(
    factors: Mapping[str, Factor], cuts: Mapping[str, tuple[Decimal, ...]], order: Sequence[str]
) -> CaseSpace:
    """The space of factors whose numbers are told apart at these bounds.

    `order` is that of their variables.
    """
    own = {name: _sizes(name, factor, cuts) for name, factor in factors.items()}
    ends = list(accumulate(len(own[name]) for name in order))
    starts = dict(zip(order, [0, *ends], strict=False))
    levels = {name: range(starts[name], starts[name] + len(own[name])) for name in factors}
    walked = [level for each in levels.values() for level in each]
    walk = [0] * len(walked)
    for place, level in enumerate(walked):
        walk[level] = place
    return CaseSpace(
        factors,
        tuple(size for name in order for size in own[name]),
        levels,
        cuts,
        tuple(name for name in order for _ in own[name]),
        tuple(walk),
    )


def _sizes(name: str, factor: Factor, cuts: Mapping[str, tuple[Decimal, ...]]) -> list[int]:
    match factor:
        case DerivedFactor():
            return [1 + factor.may_be_answered * len(factor.values)]
        case ChoiceFactor():
            return [len(factor.values)]
        case MultiFactor():
            return [2] * len(named_values(factor))
        case NumberFactor():
            return [len(cuts[name]) + 1]


def cuts_of(
    pathway: Pathway, written: Iterable[Tree], further: Mapping[str, Iterable[Decimal]]
) -> dict[str, tuple[Decimal, ...]]:
    """The bounds at which all parts of a pathway's rules, and `further` ones, cut its numbers."""
    numbers = [each for each in pathway.factors.values() if isinstance(each, NumberFactor)]
    found = {number.id: set(further.get(number.id, ())) for number in numbers}
    beyond = {number.id: (BEYOND,) * (number.not_done is not None) for number in numbers}
    for part in written:
        if isinstance(part, Ask | Requirement) and part.factor in found:
            tests = (test for _, test, _ in own_tests(part))
            found[part.factor].update(*[test.bounds for test in tests if isinstance(test, Range)])
    for points in points_of(pathway):
        for branch in points.branches:
            if isinstance(branch.test, Range):
                found[points.factor].update(branch.test.bounds)
    return {
        number.id: (
            *(cut for cut in sorted(found[number.id]) if number.minimum < cut <= number.maximum),
            *beyond[number.id],
        )
        for number in numbers
    }

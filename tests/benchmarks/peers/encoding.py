"""The rules of a pathway in the words of another package: one walk of the trees, any algebra."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import combinations
from typing import Generic, TypeVar

from wizard.case.answers import Answer
from wizard.engine.space import CaseSpace, case_space
from wizard.pathway.factors import NOT_DONE, DerivedFactor, MultiFactor, named_values
from wizard.pathway.model import Pathway
from wizard.pathway.ranges import lies_in
from wizard.pathway.trees import (
    AnyOf,
    Ask,
    AtLeast,
    NonePresent,
    Not,
    OneOf,
    Outcome,
    Range,
    Requirement,
    Rest,
    Test,
    Tree,
    Use,
)

F = TypeVar("F")


class Encoding(ABC, Generic[F]):
    """The options of a pathway as formulas of a package.

    Pathways with derived factors are refused: none that is measured has any.
    """

    true: F
    false: F

    def __init__(self, pathway: Pathway) -> None:
        if any(isinstance(factor, DerivedFactor) for factor in pathway.factors.values()):
            raise ValueError("no package is given derived factors")
        self.pathway = pathway
        self._shared: dict[str, F] = {}

    @abstractmethod
    def test(self, factor: str, test: Test) -> F:
        """Where the value of a factor passes a test."""

    @abstractmethod
    def negation(self, one: F) -> F:
        """Where a formula does not hold."""

    @abstractmethod
    def ite(self, condition: F, yes: F, no: F) -> F:
        """One formula where a condition holds, else another."""

    def every(self, parts: Iterable[F]) -> F:
        """Where all of the formulas hold."""
        found = self.true
        for part in parts:
            found = self.ite(part, found, self.false)
        return found

    def some(self, parts: Iterable[F]) -> F:
        """Where one of the formulas holds."""
        found = self.false
        for part in parts:
            found = self.ite(part, self.true, found)
        return found

    def options(self) -> dict[str, F]:
        """Where each option is described."""
        return {
            option.id: self.some(self.tree(each.rule.tree) for each in option.statements.values())
            for option in self.pathway.options.values()
        }

    def tree(self, tree: Tree) -> F:
        """Where a tree describes."""
        match tree:
            case Outcome(described=described):
                return self.true if described else self.false
            case Use(name=name):
                if name not in self._shared:
                    self._shared[name] = self.tree(self.pathway.shared[name].rule.tree)
                return self._shared[name]
            case Not(tree=denied):
                return self.negation(self.tree(denied))
            case AtLeast(least, trees):
                return self._at_least(least, [self.tree(each) for each in trees])
            case Requirement(factor=factor, tests=tests, negated=negated):
                passed = self.some(self.test(factor, test) for test in tests)
                return self.every(
                    [self._applies(factor), self.negation(passed) if negated else passed]
                )
            case Ask(factor=factor, branches=branches):
                *earlier, last = branches
                found = self.tree(last.tree)
                for branch in reversed(earlier):
                    found = self.ite(self.test(factor, branch.test), self.tree(branch.tree), found)
                return found

    def _applies(self, factor: str) -> F:
        applies = self.pathway.factors[factor].applies_when
        return self.true if applies is None else self.tree(applies.tree)

    def _at_least(self, least: int, parts: Sequence[F]) -> F:
        if least == len(parts):
            return self.every(parts)
        return self.some(self.every(some) for some in combinations(parts, least))


class FiniteEncoding(Encoding[F]):
    """Formulas over a finite number of values of each variable.

    A choice has its values, a member of a multi is absent or present, and a number has the ranges
    that the rules tell apart.
    """

    @cached_property
    def space(self) -> CaseSpace:
        """The variables, with the bounds of numbers that stand in rules."""
        return case_space(self.pathway)

    @abstractmethod
    def value(self, level: int, value: int) -> F:
        """Where a variable has a value."""

    def test(self, factor: str, test: Test) -> F:
        """Where the value of a factor passes a test."""
        levels = self.space.levels[factor]
        names = list(named_values(self.pathway.factors[factor]))
        match test:
            case OneOf(values=values):
                return self.some(self.value(levels.start, names.index(one)) for one in values)
            case AnyOf(members=members):
                return self.some(self.value(levels[names.index(one)], 1) for one in members)
            case NonePresent():
                return self.every(self.value(level, 0) for level in levels)
            case Range():
                return self.some(
                    self.value(levels.start, interval)
                    for interval in range(self.space.sizes[levels.start])
                    if lies_in(self.space.number_in(factor, interval), test)
                )
            case Rest():
                return self.true

    def needed(self) -> Iterable[F]:
        """What holds in every case: a multi has a member that it needs, and none if not done."""
        for name, factor in self.pathway.factors.items():
            if isinstance(factor, MultiFactor):
                own = dict(zip(named_values(factor), self.space.levels[name], strict=True))
                not_done = own.pop(NOT_DONE, None)
                present = self.some(self.value(level, 1) for level in own.values())
                enough = present if factor.at_least else self.true
                if not_done is not None:
                    none = self.negation(present)
                    enough = self.ite(self.value(not_done, 1), none, enough)
                yield enough

    def left(self, factor: str, answer: Answer) -> dict[int, tuple[int, ...]]:
        """What an answer leaves each variable of its factor, of those that it narrows."""
        values = list(self.space.free)
        self.space.narrow(values, factor, answer)
        return {
            level: values[level]
            for level in self.space.levels[factor]
            if len(values[level]) < self.space.sizes[level]
        }

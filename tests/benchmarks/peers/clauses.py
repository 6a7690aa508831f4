"""What solvers of clauses have in common."""

from collections.abc import Iterator, Mapping
from itertools import combinations, count
from typing import Protocol

from tests.benchmarks.peers.encoding import FiniteEncoding
from tests.benchmarks.peers.peer import Factors
from wizard.case.answers import Answers
from wizard.pathway.model import Pathway, Status
from wizard.pathway.owned_rules import asked_factors

Literal = int


class Solver(Protocol):
    """A package that finds assignments under which clauses hold."""

    def add(self, clause: list[Literal]) -> None:
        """Demand that one of the literals holds."""
        ...

    def solve(self, assumed: list[Literal]) -> bool:
        """Whether all clauses can hold with these literals."""
        ...

    def holds(self, literal: Literal) -> bool:
        """Whether a literal does in the assignment that was just found."""
        ...

    def core(self) -> set[Literal]:
        """Literals that were assumed, and with which alone no assignment is left."""
        ...


class Clauses(FiniteEncoding[Literal]):
    """One copy of a pathway's options as clauses: each part of a rule gets a variable (Tseitin)."""

    def __init__(self, pathway: Pathway, solver: Solver, fresh: Iterator[int]) -> None:
        super().__init__(pathway)
        self._solver, self._fresh = solver, fresh
        self._known: dict[tuple[Literal, Literal, Literal], Literal] = {}
        self.true = next(fresh)
        self.false = -self.true
        solver.add([self.true])
        self.values = [self._variable(size) for size in self.space.sizes]
        for needed in self.needed():
            solver.add([needed])
        self.described = self.options()

    def _variable(self, size: int) -> list[Literal]:
        """A literal for each value; a variable of two values has one with both signs."""
        if size <= 2:
            one = next(self._fresh)
            return [-one, one][:size] if size == 2 else [self.true]
        own = [next(self._fresh) for _ in range(size)]
        self._solver.add(own)
        for one, other in combinations(own, 2):
            self._solver.add([-one, -other])
        return own

    def value(self, level: int, value: int) -> Literal:
        """Where a variable has a value."""
        return self.values[level][value]

    def negation(self, one: Literal) -> Literal:
        """Where a formula does not hold."""
        return -one

    def ite(self, condition: Literal, yes: Literal, no: Literal) -> Literal:
        """One formula where a condition holds, else another."""
        if condition in (self.true, self.false) or yes == no:
            return yes if condition == self.true else no
        if (yes, no) in ((self.true, self.false), (self.false, self.true)):
            return condition if yes == self.true else -condition
        key = (condition, yes, no)
        if key not in self._known:
            name = self._known[key] = next(self._fresh)
            for guard, outcome in ((-condition, yes), (condition, no)):
                self._solver.add([guard, -name, outcome])
                self._solver.add([guard, name, -outcome])
        return self._known[key]

    def excluded(self, factor: str, answers: Answers) -> list[Literal]:
        """The values that an answer leaves out, each denied."""
        return [
            -self.values[level][value]
            for level, left in self.left(factor, answers[factor]).items()
            for value in range(self.space.sizes[level])
            if value not in left
        ]


class Satisfying:
    """Answers are assumed; what an assignment shows of other options is not asked again."""

    def __init__(self, pathway: Pathway, solver: Solver) -> None:
        self._solver = solver
        fresh = count(1)
        self._one, self._two = (Clauses(pathway, solver, fresh) for _ in range(2))
        self._same = [self._alike(level, next(fresh)) for level in range(len(self._one.values))]
        self._asked = {option: self._support(option) for option in pathway.options}

    def _alike(self, level: int, same: Literal) -> Literal:
        """A literal that, assumed, makes both copies give a variable the same value."""
        for one, two in zip(self._one.values[level], self._two.values[level], strict=True):
            self._solver.add([-same, -one, two])
            self._solver.add([-same, one, -two])
        return same

    def _support(self, option: str) -> tuple[str, ...]:
        pathway = self._one.pathway
        statements = pathway.options[option].statements.values()
        found = {name for each in statements for name in asked_factors(pathway, each.rule.tree)}
        return tuple(name for name in pathway.factors if name in found)

    def statuses(self, answers: Answers) -> Mapping[str, Status]:
        """The status of each option over all completions of the answers."""
        assumed = [each for name in answers for each in self._one.excluded(name, answers)]
        self._solver.solve(assumed)
        described = self._one.described
        seen = {option: {self._solver.holds(formula)} for option, formula in described.items()}
        for option, formula in described.items():
            if len(seen[option]) == 1:
                against = -formula if True in seen[option] else formula
                if self._solver.solve([*assumed, against]):
                    for other, its in described.items():
                        if len(seen[other]) == 1:
                            seen[other].add(self._solver.holds(its))
        ends = {True: Status.DESCRIBED, False: Status.NOT_DESCRIBED}
        return {o: ends[min(s)] if len(s) == 1 else Status.POSSIBLE for o, s in seen.items()}

    def relevant(self, answers: Answers, known: Mapping[str, Status]) -> Mapping[str, Factors]:
        """The factors on which each open option still depends, given the statuses.

        Those in which alone two cases differ, of which one is described.
        """
        both = (self._one, self._two)
        assumed = [each for name in answers for one in both for each in one.excluded(name, answers)]
        return {
            option: frozenset(self._telling(option, assumed))
            for option, status in known.items()
            if status is Status.POSSIBLE
        }

    def _telling(self, option: str, assumed: list[Literal]) -> Iterator[str]:
        apart = [self._one.described[option], -self._two.described[option]]
        asked, own = self._asked[option], self._one.space.levels
        for factor in asked:
            others = [self._same[v] for name in asked if name != factor for v in own[name]]
            if self._solver.solve([*assumed, *apart, *others]):
                yield factor

    def reasons(self, answers: Answers, known: Mapping[str, Status]) -> Mapping[str, Factors]:
        """For each settled option a smallest set of answers that settles it, given the statuses.

        What the solver did not need is left out, then one answer after another is tried.
        """
        said = {name: self._one.excluded(name, answers) for name in answers}
        found = {}
        for option, status in known.items():
            if status is not Status.POSSIBLE:
                formula = self._one.described[option]
                against = -formula if status is Status.DESCRIBED else formula
                asked = {name: said[name] for name in self._asked[option] if name in said}
                found[option] = self._reason(against, asked)
        return found

    def _reason(self, against: Literal, asked: Mapping[str, list[Literal]]) -> Factors:
        kept = frozenset(asked)
        for name in (None, *asked):
            fewer = kept - {name}
            if name is None or name in kept:
                assumed = [each for other in fewer for each in asked[other]]
                if not self._solver.solve([against, *assumed]):
                    core = self._solver.core()
                    kept = frozenset(n for n in fewer if not core.isdisjoint(asked[n]))
        return kept

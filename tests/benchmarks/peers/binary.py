"""What packages of binary decision diagrams have in common."""

from abc import abstractmethod
from collections.abc import Iterable, Mapping
from typing import Any

from tests.benchmarks.peers.encoding import FiniteEncoding
from tests.benchmarks.peers.peer import Factors
from wizard.case.answers import Answers
from wizard.pathway.model import Pathway, Status

Formula = Any
"""A diagram of a package without types; `&`, `|` and `~` combine them."""


class BinaryDiagrams(FiniteEncoding[Formula]):
    """A pathway's options as binary diagrams, in the order of the walk.

    A variable of k values has as many bits as they need.  All numbers that no value has stand for
    the last one, so that no assignment has to be excluded.
    """

    def __init__(self, pathway: Pathway) -> None:
        super().__init__(pathway)
        self._bits: list[tuple[Formula, ...]] = []
        for size in self.space.sizes:
            self._bits.append(tuple(self.bit() for _ in range((size - 1).bit_length())))
        self.described = self.options()
        self._always = self.every(self.needed())
        self._asked = {option: self._support(f) for option, f in self.described.items()}

    @abstractmethod
    def bit(self) -> Formula:
        """A new variable, below all others."""

    @abstractmethod
    def implies(self, case: Formula, formula: Formula) -> bool:
        """Whether a formula holds in all of the cases."""

    @abstractmethod
    def anywhere(self, case: Formula, formula: Formula, bits: Iterable[Formula]) -> Formula:
        """Where a formula holds in one of the cases, whatever the bits are."""

    @abstractmethod
    def asks(self, formula: Formula, bits: Iterable[Formula]) -> bool:
        """Whether a formula depends on any of the bits."""

    def value(self, level: int, value: int) -> Formula:
        """Where a variable has a value."""
        bits = self._bits[level]
        numbers = [value]
        if value == self.space.sizes[level] - 1:
            numbers = list(range(value, 1 << len(bits)))
        return self.some(
            self.every(bit if n >> place & 1 else ~bit for place, bit in enumerate(bits))
            for n in numbers
        )

    def negation(self, one: Formula) -> Formula:
        """Where a formula does not hold."""
        return ~one

    def statuses(self, answers: Answers) -> Mapping[str, Status]:
        """The status of each option over all completions of the answers."""
        case = self._case(answers)
        found = {}
        for option, formula in self.described.items():
            if self.implies(case, formula):
                found[option] = Status.DESCRIBED
            else:
                no = self.implies(case, ~formula)
                found[option] = Status.NOT_DESCRIBED if no else Status.POSSIBLE
        return found

    def relevant(self, answers: Answers, known: Mapping[str, Status]) -> Mapping[str, Factors]:
        """The factors on which each open option still depends, given the statuses.

        Those for which, some values of all others given, one value holds and another does not.
        """
        case = self._case(answers)
        return {
            option: frozenset(
                factor
                for factor in self._asked[option]
                if self._tells_apart(case, self.described[option], factor)
            )
            for option, status in known.items()
            if status is Status.POSSIBLE
        }

    def _tells_apart(self, case: Formula, formula: Formula, factor: str) -> bool:
        own = self._own(factor)
        yes, no = (self.anywhere(case, f, own) for f in (formula, ~formula))
        return not self.implies(yes, ~no)

    def reasons(self, answers: Answers, known: Mapping[str, Status]) -> Mapping[str, Factors]:
        """For each settled option a smallest set of answers that settles it, given the statuses.

        Answers are left out one after another, from the last.
        """
        answered = {name: self._narrowed(answers, name) for name in answers}
        found = {}
        for option, status in known.items():
            if status is not Status.POSSIBLE:
                formula = self.described[option]
                wanted = formula if status is Status.DESCRIBED else ~formula
                asked = {name: answered[name] for name in self._asked[option] if name in answered}
                found[option] = self._reason(wanted, asked)
        return found

    def _reason(self, wanted: Formula, asked: Mapping[str, Formula]) -> Factors:
        names = list(asked)
        before = [self._always]
        for name in names:
            before.append(before[-1] & asked[name])
        kept, case = [], self.true
        for place in reversed(range(len(names))):
            if not self.implies(before[place] & case, wanted):
                kept.append(names[place])
                case = case & asked[names[place]]
        return frozenset(kept)

    def _case(self, answers: Answers) -> Formula:
        case = self._always
        for name in reversed(tuple(answers)):
            case = self._narrowed(answers, name) & case
        return case

    def _narrowed(self, answers: Answers, name: str) -> Formula:
        left = self.left(name, answers[name])
        return self.every(
            self.some(self.value(level, value) for value in values)
            for level, values in left.items()
        )

    def _own(self, factor: str) -> list[Formula]:
        return [bit for level in self.space.levels[factor] for bit in self._bits[level]]

    def _support(self, formula: Formula) -> tuple[str, ...]:
        return tuple(name for name in self.space.levels if self.asks(formula, self._own(name)))
